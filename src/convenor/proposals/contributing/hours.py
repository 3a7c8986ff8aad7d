"""Days and hours at which somebody is available, by the clock of where they are; pure.

Wall clock and zone are kept, as they were said; the moments follow from them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MOST_DAYS = 14  # of a meeting that are asked about
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """A day, and from when to when on it; without hours the whole day. An end that is not later is on the day after."""

    day: date
    since: time | None = None
    until: time | None = None

    @property
    def plain(self) -> list[str]:
        """Give it as it is stored."""
        return [self.day.isoformat(), *("" if one is None else f"{one:%H:%M}" for one in (self.since, self.until))]

    def moments(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Give the first moment, and the first one after."""
        start = datetime.combine(self.day, self.since or time(0), zone)
        end = datetime.combine(self.day, self.until or time(0), zone)
        is_next_day = (self.until or time(0)) <= (self.since or time(0))
        return start, end + DAY if is_next_day else end


def read(stored: Iterable[Sequence[str]]) -> list[Hours]:
    """Read what is stored."""
    return [
        Hours(
            date.fromisoformat(day),
            time.fromisoformat(since) if since else None,
            time.fromisoformat(until) if until else None,
        )
        for day, since, until in stored
    ]


def days_between(first: date, last: date) -> list[date]:
    """Give the days of a meeting, both ends included; of a very long one the first."""
    return [first + n * DAY for n in range(min((last - first).days + 1, MOST_DAYS))]
