"""Reads draft agendas: any text → the agenda, what is doubtful in it, and what was inferred."""

from convenor.meetings.reader.errors import Unreadable
from convenor.meetings.reader.links import Link, Reason
from convenor.meetings.reader.reading import Reading, read
from convenor.meetings.reader.runs import said
from convenor.meetings.reader.warnings import Code, Path, Warning

__all__ = ["Code", "Link", "Path", "Reading", "Reason", "Unreadable", "Warning", "read", "said"]
