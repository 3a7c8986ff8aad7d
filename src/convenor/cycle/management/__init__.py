"""Commands of forums and years."""
