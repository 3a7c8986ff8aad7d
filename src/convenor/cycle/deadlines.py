"""When a phase ends to the minute: stated as day, time and zone; open, in grace or closed; pure, moments in.

A stated minute counts to its end: “23:59” is in time until the next minute begins. Where the clocks of a zone change,
a stated time that exists twice or not at all is read in favour of whoever hands in: the later moment counts.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from math import ceil
from zoneinfo import ZoneInfo

_OFFSET = re.compile(r"(?:UTC|GMT)\s*([+\-\u2212])\s*(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
FARTHEST_HOURS = 14  # no clock on earth is farther from UTC
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when something is taken: `closes_at` is the first moment that is too late."""

    opens_at: datetime
    closes_at: datetime
    grace_minutes: int = 0

    @property
    def grace_ends_at(self) -> datetime:
        """The first moment that not even the grace covers."""
        return self.closes_at + timedelta(minutes=self.grace_minutes)


@dataclass(frozen=True, slots=True)
class ToCome:
    """Not open yet."""

    opens_at: datetime
    minutes_to_go: int


@dataclass(frozen=True, slots=True)
class Open:
    """In time; `minutes_left` are counted up, so that the last minute is 1."""

    closes_at: datetime
    minutes_left: int


@dataclass(frozen=True, slots=True)
class Grace:
    """Late but still taken, and marked so."""

    closed_at: datetime
    ends_at: datetime
    minutes_late: int


@dataclass(frozen=True, slots=True)
class Closed:
    """Too late."""

    closed_at: datetime
    minutes_late: int


State = ToCome | Open | Grace | Closed


def state(phase: Window, at: datetime) -> State:
    """Say where a window stands at a moment, with figures.

    Promises: as the moment moves on, the answer only goes from `ToCome` over `Open` and `Grace` to `Closed`, whatever
    zone the moment is written in. Minutes are whole and counted up, at least 1.

    Raises:
        ValueError: the moment has no zone of its own.
    """
    if at.tzinfo is None:
        raise ValueError("a moment needs a zone")
    if at < phase.opens_at:
        return ToCome(phase.opens_at, _minutes(phase.opens_at - at))
    if at < phase.closes_at:
        return Open(phase.closes_at, _minutes(phase.closes_at - at))
    late = _minutes(at - phase.closes_at)
    if at < phase.grace_ends_at:
        return Grace(phase.closes_at, phase.grace_ends_at, late)
    return Closed(phase.closes_at, late)


def moment_of(on: date, clock: time, zone: str) -> datetime:
    """Give the moment at which the clocks of a zone show a time on a day, in UTC; the later one where two do.

    Raises:
        ValueError: there is no such zone.
    """
    there = datetime.combine(on, clock.replace(tzinfo=None, fold=0), zone_of(zone))
    return max(there.replace(fold=fold).astimezone(UTC) for fold in (0, 1))


def start_of(day: date, zone: str) -> datetime:
    """Give the moment at which a day begins in a zone."""
    there = datetime.combine(day, time(0), zone_of(zone))
    return min(there.replace(fold=fold).astimezone(UTC) for fold in (0, 1))


def whole_days(starts_on: date, ends_on: date, zone: str, *, grace_minutes: int = 0) -> Window:
    """Give the window of days, both included, by the calendar of a zone."""
    return Window(start_of(starts_on, zone), start_of(ends_on + timedelta(days=1), zone), grace_minutes)


@lru_cache(maxsize=256)
def zone_of(name: str) -> tzinfo:
    """Give a zone by its name, such as Africa/Nairobi, or by a fixed offset, such as UTC-11 or UTC+5:45.

    Raises:
        ValueError: there is no such zone.
    """
    offset = _offset(name)
    if offset is not None:
        return timezone(offset, _offset_name(offset))
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"“{name}” is no time zone") from error


def zone_name(typed: str) -> str:
    """Give the name that a zone is kept under: a fixed offset in one spelling, anything else as it is.

    Raises:
        ValueError: there is no such zone.
    """
    name = typed.strip()
    zone_of(name)
    offset = _offset(name)
    return name if offset is None else _offset_name(offset)


def zone_words(name: str, moment: datetime) -> str:
    """Say a zone as people read it at a moment: “UTC−11”, or “Africa/Nairobi (UTC+3)”."""
    away = moment.astimezone(zone_of(name)).utcoffset() or timedelta()
    words = _offset_name(away).replace("-", "\u2212")
    return words if _offset(name) is not None or name == "UTC" else f"{name} ({words})"


def _offset(name: str) -> timedelta | None:
    found = _OFFSET.fullmatch(name.strip())
    if not found:
        return None
    away = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    if away > timedelta(hours=FARTHEST_HOURS):
        raise ValueError(f"“{name}” is no time zone")
    return away if found[1] == "+" else -away


def _offset_name(away: timedelta) -> str:
    if not away:
        return "UTC"
    hours, minutes = divmod(abs(round(away.total_seconds() / 60)), 60)
    return f"UTC{'+' if away > timedelta() else '-'}{hours}" + (f":{minutes:02}" if minutes else "")


def _minutes(span: timedelta) -> int:
    return max(1, ceil(span / MINUTE))
