"""Printed dates in several languages, alone, as ranges or as lists of days."""

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

from convenor.meetings.reader.words import MONTHS, WEEKDAYS

_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_WEEKDAY = "|".join(sorted(map(re.escape, WEEKDAYS), key=len, reverse=True))
_ORDINAL = r"(?:st|nd|rd|th|er|\.|º|°|ª)?"
_TO = r"\s*(?:-|–|—|‐|&|/|,|\bto\b|\band\b|\by\b|\be\b|\bet\b|\bund\b|\bbis\b|\bau\b|\bal?\b)\s*"
_HOUR = r"\d?\s?(?:[ap]\.?\s?m\b|h\b|h\d|uhr\b)"
_YEAR = r"(?:19|20)\d\d"
_DAY_MONTH = re.compile(
    rf"(?<![\w.:])(?P<days>\d{{1,2}}{_ORDINAL}(?:{_TO}(?:(?:{_WEEKDAY}),?\s*)?\d{{1,2}}{_ORDINAL}){{0,6}})"
    rf"[\s-]*(?:of\s+|de\s+|di\s+|d['’])?(?P<month>{_MONTH})\b\.?(?:(?:,|\s|/|-|of|del|de)*(?P<year>{_YEAR})(?!\d))?(?!\s+\d{{1,2}}(?![\d:.h]))",
    re.I,
)
_MONTH_DAY = re.compile(
    rf"\b(?P<month>{_MONTH})\b\.?\s*(?P<days>\d{{1,2}}(?:st|nd|rd|th)?(?:{_TO}\d{{1,2}}(?:st|nd|rd|th)?(?![\d:.]\d|{_HOUR}))"
    rf"{{0,6}})(?![\d:]|\.\d|{_HOUR})(?:(?:,|\s)+(?P<year>{_YEAR})(?!\d))?",
    re.I,
)
_ISO = re.compile(rf"(?<![\d-])(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<days>\d\d)(?!\d)")
_EAST = re.compile(r"(?P<year>\d{4})\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<days>\d{1,2})\s?日")
_SLASHED = re.compile(
    rf"(?<![\d/.])(?P<days>\d{{1,2}})(?P<cut>[/.])(?P<month>\d{{1,2}})(?P=cut)"
    rf"(?P<year>{_YEAR})(?!\d)"
)
_BEFORE = re.compile(rf"(?:\b(?:{_WEEKDAY})\b\.?,?\s*(?:the\s+|den\s+|le\s+|el\s+)?)$", re.I)
_BARE_WEEKDAY = re.compile(rf"(?:{_WEEKDAY})\b\.?", re.I)
LOOKED_AT = 1_000
MONTHS_OF_YEAR, LAST_DAY = 12, 31
_NUMBERS = re.compile(r"\d{1,2}")
_DIGIT, _LETTERS = re.compile(r"\d"), re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date expression: the days of one month it names, and where it stands."""

    year: int | None
    month: int
    days: tuple[int, ...]
    is_range: bool
    start: int
    end: int

    def holds(self, other: "Dated") -> bool:
        """Say whether the single day `other` lies in this expression."""
        if self.month != other.month or (self.year and other.year and self.year != other.year):
            return False
        day = other.days[0]
        return day in self.days or (self.is_range and self.days[0] <= day <= self.days[-1])

    def iso(self, year: int | None = None) -> str | None:
        """Return the first day as "YYYY-MM-DD"; None where the year is not known or the day does not exist."""
        full = self.year or year
        if full is None or not 1 <= self.days[0] <= calendar.monthrange(full, self.month)[1]:
            return None
        return datetime.date(full, self.month, self.days[0]).isoformat()

    @property
    def is_single(self) -> bool:
        """Whether the expression names one day only."""
        return len(self.days) == 1


def dates_in(text: str) -> tuple[Dated, ...]:
    """Return the dates at the head of the text in order; a weekday printed before a date belongs to it."""
    return _dates_in(text[:LOOKED_AT])


@lru_cache(maxsize=512)  # as in `clocks`
def _dates_in(text: str) -> tuple[Dated, ...]:
    if not _DIGIT.search(text):
        return ()
    named = any(word in MONTHS for word in _LETTERS.findall(text.casefold()))
    found: list[Dated] = []
    for pattern in (_ISO, _EAST, *((_DAY_MONTH, _MONTH_DAY) if named else ()), _SLASHED):
        for match in pattern.finditer(text):
            if not any(match.start() < one.end and one.start < match.end() for one in found):
                found += _dated(text, match)
    return tuple(sorted(found, key=lambda one: one.start))


def _dated(text: str, match: re.Match[str]) -> list[Dated]:
    days = tuple(int(number) for number in _NUMBERS.findall(match["days"]))
    name = match["month"].casefold()
    month = MONTHS.get(name) or (int(name) if name.isdecimal() else 0)
    if month > MONTHS_OF_YEAR and len(days) == 1 and days[0] <= MONTHS_OF_YEAR:
        days, month = (month,), days[0]
    if not 1 <= month <= MONTHS_OF_YEAR or not all(1 <= day <= LAST_DAY for day in days):
        return []
    year = int(match["year"]) if match["year"] else None
    before = _BEFORE.search(text, max(0, match.start() - 30), match.start())
    start = before.start() if before else match.start()
    is_list = re.search(r"[&,]|\b(?:and|y|e|et|und)\b", match["days"])
    is_range = len(days[1:]) == 1 and days[0] < days[1] and not is_list
    return [Dated(year, month, days, is_range, start, match.end())]


def weekday_at(text: str, place: int) -> tuple[int, int] | None:
    """Return the weekday (Monday is 0) that stands at `place` and where it ends, or None."""
    match = _BARE_WEEKDAY.match(text, place)
    return (WEEKDAYS[match[0].casefold().rstrip(".")], match.end()) if match else None


def within(ranges: list[Dated], weekday: int) -> Dated | None:
    """Return the only day of the meeting that falls on the weekday, as a date; None where that is not certain."""
    fits = [
        Dated(one.year, one.month, (day,), is_range=False, start=one.start, end=one.end)
        for one in ranges
        if one.year
        for day in (range(one.days[0], one.days[-1] + 1) if one.is_range else one.days)
        if day <= calendar.monthrange(one.year, one.month)[1]
        and datetime.date(one.year, one.month, day).weekday() == weekday
    ]
    return fits[0] if len({(fit.month, fit.days) for fit in fits}) == 1 else None
