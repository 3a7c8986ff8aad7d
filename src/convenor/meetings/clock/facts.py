"""What has happened in a meeting, as a list of facts; they are never changed, only read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Act(StrEnum):
    """What a fact says. The key is that of an item or sub-item, a break, or a day."""

    TAKEN_UP = "taken_up"
    """An item begins; the one before it is closed by that, unless it was paused."""
    PAUSED = "paused"
    """An item rests; what is left of it comes again."""
    CONTINUED = "continued"
    """An item that rested goes on."""
    CLOSED = "closed"
    """An item is over, whatever was left of it."""
    POSTPONED = "postponed"
    """An item is put off: to the end of the block `to`, or without one to a time nobody has named."""
    STARTED = "started"
    """A break begins; the item under way rests."""
    ENDED = "ended"
    """A break is over."""
    OPENED = "opened"
    """A day begins."""
    ADJOURNED = "adjourned"
    """A day is over; what is left of it goes to the next."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened at a moment.

    Raises:
        ValueError: the moment has no zone.
    """

    act: Act
    key: str
    at: datetime
    to: str | None = None

    def __post_init__(self) -> None:
        """Check that the moment is one."""
        if self.at.tzinfo is None:
            raise ValueError("the moment of a fact has no zone")


Actuals = Iterable[Fact]
"""Everything noted of a meeting, in any order."""
