"""The record of a meeting: the minutes as they are written, circulated, corrected, adopted and locked."""
