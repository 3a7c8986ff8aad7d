"""Rules and selections before a meeting: shown at an agenda item, amended, adopted by a decision of the floor."""
