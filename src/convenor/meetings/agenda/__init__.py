"""The agenda of a meeting as plain data, and its interchange form."""

from convenor.meetings.agenda.interchange import from_interchange, to_interchange
from convenor.meetings.agenda.model import Agenda, Audience, Block, Day, Item, Kind, Span, Spans

__all__ = [
    "Agenda",
    "Audience",
    "Block",
    "Day",
    "Item",
    "Kind",
    "Span",
    "Spans",
    "from_interchange",
    "to_interchange",
]
