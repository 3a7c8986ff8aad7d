"""Reads draft agendas: any text → the agenda, what is doubtful in it, and what was inferred."""

from convenor.meetings.reader.errors import Unreadable
from convenor.meetings.reader.links import Link, Reason
from convenor.meetings.reader.reading import Reading, read
from convenor.meetings.reader.runs import said
from convenor.meetings.reader.warnings import Code, Doubt, Path

__all__ = ["Code", "Doubt", "Link", "Path", "Reading", "Reason", "Unreadable", "read", "said"]
