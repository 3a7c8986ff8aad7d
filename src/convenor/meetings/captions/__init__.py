"""Captions of a meeting: fed live or read from a transcript, kept in order, with speakers from the floor's log."""
