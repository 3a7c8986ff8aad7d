"""Clock times of a place turned into moments: summer time, midnight, and days on which the clock changes."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HALF_A_DAY = timedelta(hours=12)
Times = tuple[datetime | None, datetime | None]


def moment(on: date, at: str, zone: ZoneInfo) -> datetime:
    """Return the moment at which clocks of the zone show "HH:MM" on a date; "24:00" is the midnight that ends it.

    Of an hour that comes twice it is the first; an hour that is left out is read as if the clock had not changed yet.
    """
    days, clock = (1, "00:00") if at == "24:00" else (0, at)
    return datetime.combine(on + timedelta(days=days), time.fromisoformat(clock), zone).astimezone(UTC)


def moments(on: date, printed: Iterable[tuple[str | None, str | None]], zone: ZoneInfo) -> list[Times]:
    """Return start and end of each block of a day from its printed times, in the order printed.

    A start at least twelve hours before the one above it belongs to the next day: the meeting goes on past midnight. An
    end is the first moment after its start that shows the time; where that is more than twelve hours off it is not
    certain, and None.
    """
    found: list[Times] = []
    last: datetime | None = None
    for start, end in printed:
        began = None
        if start is not None:
            began = moment(on, start, zone)
            while last is not None and last - began >= HALF_A_DAY:
                on += timedelta(days=1)
                began = moment(on, start, zone)
            last = began
        found.append((began, _end(on, end, began, zone) if end is not None else None))
    return found


def _end(on: date, end: str, start: datetime | None, zone: ZoneInfo) -> datetime | None:
    if start is None:
        return moment(on, end, zone)
    for day in (on, on + timedelta(days=1)):
        first = moment(day, end, zone)
        again = _again(first, zone)
        for candidate in (first, again):
            if start <= candidate <= start + HALF_A_DAY:
                return candidate
    return None


def _again(first: datetime, zone: ZoneInfo) -> datetime:
    """Return the second moment at which clocks show what they show at the first, or the first where there is none."""
    return max(first, first.astimezone(zone).replace(fold=1).astimezone(UTC))
