"""Corrections of an agenda read from a document: made, taken back, and kept when the document is read again."""
