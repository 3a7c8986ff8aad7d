"""Writing a proposal: saved as it is typed, merged between editors, checked, handed in, changed until the deadline."""
