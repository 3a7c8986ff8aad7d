"""Reads draft agendas: any text or document → the agenda, what is doubtful in it, and what was inferred."""

from convenor.meetings.formats import MAX_BYTES, text_of
from convenor.meetings.formats.errors import Unreadable, Why
from convenor.meetings.reader.links import Link, Reason
from convenor.meetings.reader.reading import Reading, read, read_document
from convenor.meetings.reader.runs import said
from convenor.meetings.reader.warnings import Code, Doubt, Path

__all__ = [
    "MAX_BYTES",
    "Code",
    "Doubt",
    "Link",
    "Path",
    "Reading",
    "Reason",
    "Unreadable",
    "Why",
    "read",
    "read_document",
    "said",
    "text_of",
]
