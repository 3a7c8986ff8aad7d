"""The meeting: its agenda, read from a document."""
