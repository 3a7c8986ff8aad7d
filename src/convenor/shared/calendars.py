"""What every iCalendar file of the house has in common (RFC 5545): its head, and words that cannot forge lines."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vDatetime, vDuration, vText, vUTCOffset

REFRESH = timedelta(hours=1)  # how often programmes that ask are told to look again


def feed(product: str, *, name: str, zone: str) -> Calendar:
    """Begin a calendar that people subscribe to."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Convenor//{product}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("x-wr-timezone", zone)
    calendar["refresh-interval"], calendar["x-published-ttl"] = vDuration(REFRESH), vDuration(REFRESH)
    calendar["refresh-interval"].params["VALUE"] = "DURATION"
    return calendar


@lru_cache(maxsize=64)
def zone_table(zone: str, first_year: int, last_year: int) -> Timezone:
    """Give the offsets of a zone (VTIMEZONE) for whole years, one more at both ends.

    The library's own table begins summer an hour late: an offset begins on the clock of the offset before it.
    """
    info = ZoneInfo(zone)
    start, end = datetime(first_year - 1, 1, 1, tzinfo=UTC), datetime(last_year + 2, 1, 1, tzinfo=UTC)
    table = Timezone()
    table["tzid"] = vText(zone)
    before = start.astimezone(info).utcoffset() or timedelta()
    for moment in (start, *_changes(info, start, end)):
        local = moment.astimezone(info)
        after = local.utcoffset() or timedelta()
        part = TimezoneDaylight() if local.dst() else TimezoneStandard()
        part["dtstart"] = vDatetime((moment + before).replace(tzinfo=None))
        part["tzoffsetfrom"], part["tzoffsetto"] = vUTCOffset(before), vUTCOffset(after)
        part["tzname"] = vText(local.tzname() or zone)
        table.add_component(part)
        before = after
    return table


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the moments, to the minute, at which the offset changes: zones change it days apart."""
    day, minute = timedelta(days=1), timedelta(minutes=1)
    while start < end:
        low, high = start, start + day
        if low.astimezone(zone).utcoffset() != high.astimezone(zone).utcoffset():
            while high - low > minute:
                middle = low + (high - low) // 2 // minute * minute
                is_before = middle.astimezone(zone).utcoffset() == start.astimezone(zone).utcoffset()
                low, high = (middle, high) if is_before else (low, middle)
            yield high
        start += day


def one_line(text: str) -> str:
    """Keep a text to one line without control characters, which calendars refuse."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def clean_lines(text: str) -> str:
    """Clean a text line by line."""
    return "\n".join(one_line(line) for line in text.splitlines()).strip()
