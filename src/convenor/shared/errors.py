"""Errors that people read."""


class Refused(Exception):  # noqa: N818 - it is a sentence to a person, not a fault of the program
    """Something was refused; the text says what, why, what to do and what was kept."""
