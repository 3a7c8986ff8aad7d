"""Until when something is taken: a stated minute still counts, and the words are those of the meeting's zone."""

from datetime import datetime
from typing import TYPE_CHECKING

from convenor.cycle.closing import moment_words
from convenor.cycle.deadlines import MINUTE, zone_of, zone_words

if TYPE_CHECKING:
    from convenor.meetings.models import Meeting


def is_open(until: datetime | None, now: datetime) -> bool:
    """Say whether something is taken that is taken until the end of a minute; without one it is not open."""
    return until is not None and now < until + MINUTE


def registers_now(meeting: "Meeting", now: datetime) -> bool:
    """Say whether people register for a meeting now."""
    has_begun = meeting.registers_from is None or meeting.registers_from <= now
    return has_begun and is_open(meeting.registers_until, now)


def until_words(until: datetime, zone: str) -> str:
    """Say the moment: “5 June 2017, 23:59 Europe/Zurich (UTC+2)”."""
    there = until.astimezone(zone_of(zone))
    return moment_words(there.date(), there.time(), zone_words(zone, until))
