"""Tells the line that opens a day: "Day 1: 12 June 2017 - Open Consultations", "Wednesday, 16 October 09:00"."""

import re
from dataclasses import dataclass, replace

from convenor.meetings.reader.clocks import When, when_at
from convenor.meetings.reader.dates import Dated, dates_in, weekday_at
from convenor.meetings.reader.runs import EMPTY, Run
from convenor.meetings.reader.words import DAY_WORDS, MONTHS, WEEKDAYS

_LABEL = re.compile(rf"(?:{DAY_WORDS})\s*(?:\d{{1,2}}|[IVX]{{1,4}}|one|two|three|four|five)\b(?!\s*(?:of|de)\b)", re.I)
_GAP = re.compile(r"[\s,|:;()\[\]\-–—·.*•/]*(?:date\s*:\s*|[гр]\.\s*(?:[–—-]\s*|$))?", re.I)
_WORD = re.compile(r"[^\W\d_]+")
_OPENERS = frozenset({*MONTHS, *WEEKDAYS, *DAY_WORDS.split("|")})
MAX_HEADING = 160


@dataclass(frozen=True, slots=True)
class DayLine:
    """What a line that opens a day prints."""

    label: Run
    date: Dated | None
    weekday: int | None
    when: When | None
    heading: Run
    run: Run

    @property
    def date_run(self) -> Run:
        """The date as printed."""
        return self.run.cut(self.date.start, self.date.end) if self.date else EMPTY


def day_line(run: Run, *, dotted: bool) -> DayLine | None:
    """Return what the line says of a day, or None where it does not begin with a day's name, date or weekday."""
    text = run.text
    place, end = _skip(text, 0), 0
    if not _may_open(text, place):
        return None
    dates = _dates(text, 0)
    label, date, weekday, when = EMPTY, None, None, None
    while place < len(text):
        if not label and (match := _LABEL.match(text, place)):
            label, end = run.cut(*match.span()), match.end()
            dates = _dates(text, end)
        elif date is None and place in dates:
            date, end = dates[place], dates[place].end
        elif weekday is None and (found := weekday_at(text, place)):
            weekday, end = found
        elif when is None and (label or date or weekday is not None) and (time := when_at(text, place, dotted=dotted)):
            when, end = time, time.end
        else:
            break
        place = _skip(text, end)
    heading = run.cut(place).strip() if place < len(text) else EMPTY
    if not (label or date or (weekday is not None and (when or not heading))) or not _is_heading(heading):
        return None
    return DayLine(label, date, weekday, when, _trimmed(heading), run)


def _may_open(text: str, place: int) -> bool:
    """Say, at little cost, whether what stands at `place` can begin a day line."""
    first = text[place : place + 1]
    if first.isdigit() or not first.isascii():
        return True
    word = _WORD.match(text, place)
    return word is not None and word[0].casefold() in _OPENERS


def _dates(text: str, place: int) -> dict[int, Dated]:
    """Return the dates from `place` on by where they begin; a day's number before them is none of them."""
    found = dates_in(text[place : place + 200])
    return {place + one.start: replace(one, start=place + one.start, end=place + one.end) for one in found}


def _skip(text: str, place: int) -> int:
    match = _GAP.match(text, place)
    return match.end() if match else place


def _is_heading(heading: Run) -> bool:
    return len(heading.text) <= MAX_HEADING and not heading.text.startswith(("'", "’"))


def _trimmed(heading: Run) -> Run:
    return heading.strip(" \t-–—|:,;")
