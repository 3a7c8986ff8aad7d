"""Printed times: 9:00, 09.00, 0900, 9h30, 9 am, noon; alone or as a range; never an invented one."""

import re
from dataclasses import dataclass
from functools import lru_cache

from convenor.meetings.reader.zones import ZONE, after_zones, zone_beside

_FULL = re.compile(
    r"(\d{1,2})(?:[:：]|\s[:：]\s)(\d{2})(?::\d{2})?(?!\d)|(\d{2})(?:\s:|:\s)(\d{2})(?![\d:])"
    r"|(\d{1,2})\s?[hH]\s?(\d{2})(?!\d)"
)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{2})(?!\d|\.\d)")
_FOUR = re.compile(r"(\d{2})(\d{2})(?!\d)")
_HOUR = re.compile(r"(\d{1,2})(?![\d.:/]|\d)")
_NOON = re.compile(r"(?:12\s+)?(noon|midday|midnight|mediodía|midi|meio-dia)\b", re.I)
_HALF = re.compile(r"\s?(?:([ap])\.\s?m\.?(?![A-Za-z])|([AP])M|([ap])m(?![a-z]))")
_UNIT = re.compile(r"\s?(?:hours|hour|hours|heures|horas|hrs|hs|h|Uhr|o'clock|ore|uur)\b\.?", re.I)
_FROM = re.compile(
    r"(?:from|de|das|von|entre|dalle(?:\s+ore)?|alle(?:\s+ore)?|ore|du|ab|desde(?:\s+las)?|de\s+las|at|à|um|kl\.?|vanaf|van|с|в|"
    r"الساعة|من)\s+(?=\d)",
    re.I,
)
_DASH = re.compile(r"\s*(?:--?|[‐‑‒–—―−~→〜～])\s*")
_WORD = re.compile(
    r"\s+(?:to|until|till|à|às|as|a|até(?:\s+às)?|bis|au|hasta(?:\s+las)?|al|alle|a\s+las|tot|до|إلى|حتى)\s+", re.I
)
_APART = re.compile(r"(?:\s{2,}|\t\s*)(?=\d)")
_MAY_BEGIN = re.compile(r"(?<![\w.,:/])(?=\d|noon\b|midday\b)", re.I)
LOOKED_AT = 2_000
HOURS, HOUR_LENGTH, YEARS = 24, 60, 30
DOTTED, FOUR, HOUR, FULL = "dotted", "four", "hour", "full"


@dataclass(frozen=True, slots=True)
class Clock:
    """One printed time: minutes after midnight, how it is printed, and where it stands."""

    minute: int
    style: str
    half: str
    start: int
    end: int

    @property
    def said(self) -> str:
        """The time as "HH:MM"."""
        return f"{self.minute // 60:02d}:{self.minute % 60:02d}"


@dataclass(frozen=True, slots=True)
class When:
    """A printed time or range, where the whole expression stands in the text, and where its zone does."""

    first: Clock
    last: Clock | None
    start: int
    end: int
    zone: tuple[int, int] | None = None


def when_at(text: str, place: int, *, dotted: bool = False) -> When | None:
    """Return the time or range that stands exactly at `place`, or None.

    A dotted time alone ("9.15") counts only where `dotted` says that the document writes times so; four
    digits and bare hours count in a range, with a unit or with am/pm.
    """
    begin = place
    if opening := _FROM.match(text, place):
        place = opening.end()
    if place and (text[place - 1].isdigit() or text[place - 1] in ".:,/$€£"):
        return None
    first = _clock(text, place)
    if first is None:
        return None
    last = _second(text, first)
    if last is None and not _stands_alone(text, first, dotted):
        return None
    first, last = _settled(first, last)
    if first is None:
        return None
    end = after_zones(text, (last or first).end)
    return When(first, last, begin, end, zone_beside(text, begin, (last or first).end, first.end))


def whens(text: str, *, dotted: bool = False) -> tuple[When, ...]:
    """Return every time or range at the head of the text, in order."""
    return _whens(text[:LOOKED_AT], dotted)


@lru_cache(maxsize=512)  # one line is asked several times, by stages that know different things
def _whens(text: str, dotted: bool) -> tuple[When, ...]:
    found, place = list[When](), 0
    for match in _MAY_BEGIN.finditer(text):
        if match.start() >= place and (when := when_at(text, match.start(), dotted=dotted)):
            found.append(when)
            place = when.end
    return tuple(found)


def _clock(text: str, place: int) -> Clock | None:
    if match := _NOON.match(text, place):
        return Clock(0 if match[1].lower() == "midnight" else 720, FULL, "n", place, match.end())
    for pattern, style in ((_FULL, FULL), (_DOTTED, DOTTED), (_FOUR, FOUR), (_HOUR, HOUR)):
        if match := pattern.match(text, place):
            hours, minutes = [int(figure) for figure in (*filter(None, match.groups()), "0")][:2]
            if hours <= HOURS and minutes < HOUR_LENGTH:
                return _finished(text, place, match.end(), hours * 60 + minutes, style)
            return None
    return None


def _finished(text: str, start: int, end: int, minute: int, style: str) -> Clock | None:
    half = ""
    if match := _HALF.match(text, end):
        half, end = (match[1] or match[2] or match[3]).lower(), match.end()
        if (not HOUR_LENGTH <= minute < 13 * 60 and half == "a") or minute < HOUR_LENGTH:
            half = "n"
    elif match := _UNIT.match(text, end):
        half, end = "u", match.end()
    return Clock(minute, style, half, start, end) if minute <= 24 * 60 else None


def _second(text: str, first: Clock) -> Clock | None:
    """Return the end of the range, where one is printed."""
    after = first.end
    zone = ZONE.match(text, after)
    for place in (after, zone.end() if zone else after):
        for pattern in (_DASH, _WORD, _APART):
            match = pattern.match(text, place)
            second = _clock(text, match.end()) if match and match.end() > place else None
            if second and _pair(first, second, pattern is _APART):
                return second
    return None


def _pair(first: Clock, second: Clock, only_apart: bool) -> bool:
    """Say whether two times belong together as a range."""
    if only_apart:
        return first.style == second.style == FULL and bool(first.half) == bool(second.half)
    marked = bool(first.half or second.half)
    if HOUR in (first.style, second.style):
        return marked or (FULL in (first.style, second.style) and second.style != HOUR)
    if FOUR in (first.style, second.style):
        return first.style == second.style and (marked or not _is_years(first, second))
    return first.style == second.style or marked or FULL in (first.style, second.style)


def _is_years(first: Clock, second: Clock) -> bool:
    """Say whether four digits and four digits are rather two years, such as 2017-2018."""
    return 19 * 60 <= first.minute <= 20 * 60 + 59 and 0 <= second.minute - first.minute <= YEARS


def _stands_alone(text: str, first: Clock, dotted: bool) -> bool:
    if first.half:
        return first.style != HOUR or first.half in "apn" or not re.match(r"\s*\d", text[first.end :][:3])
    if first.style == DOTTED:
        return dotted and first.minute % 5 == 0
    return first.style == FULL


def _settled(first: Clock, last: Clock | None) -> tuple[Clock | None, Clock | None]:
    """Turn 12-hour times into 24-hour ones; a half printed once counts for both."""
    if last is None:
        return _shifted(first, first.half), None
    before, after = first.half, last.half
    if after in ("a", "p") and before not in ("a", "p", "n") and first.minute < 13 * 60:
        before = after
        if after == "p" and _minute(first, "p") > _minute(last, "p"):
            before = "a"
    elif before in ("a", "p") and after not in ("a", "p", "n") and last.minute < 13 * 60:
        after = before
        if before == "a" and _minute(last, "a") < _minute(first, "a"):
            after = "p"
    return _shifted(first, before), _shifted(last, after)


def _minute(clock: Clock, half: str) -> int:
    if half not in ("a", "p") or clock.minute >= 13 * 60:
        return clock.minute
    return clock.minute % 720 + (720 if half == "p" else 0)


def _shifted(clock: Clock, half: str) -> Clock:
    return Clock(_minute(clock, half), clock.style, half, clock.start, clock.end)
