"""Opens the days: what the day line prints, and what the header makes certain."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from convenor.meetings.agenda import Audience, Span
from convenor.meetings.reader.dates import Dated, within
from convenor.meetings.reader.daylines import DayLine
from convenor.meetings.reader.drafts import DraftDay
from convenor.meetings.reader.header import Header
from convenor.meetings.reader.rows import looks_like_room
from convenor.meetings.reader.runs import EMPTY, Run

_REMOTE = re.compile(r"\b(?:webinar|online only|virtual)\b", re.I)
_AUDIENCES = (
    (Audience.MEMBERS_OBSERVERS, re.compile(r"\bopen to observers\b|\bobservers (?:welcome|admitted)\b", re.I)),
    (Audience.MEMBERS, re.compile(r"\b(?:members only|closed (?:meeting|session)|in camera|huis clos)\b", re.I)),
    (Audience.OPEN, re.compile(r"\bopen (?:consultations?|session|forum|to (?:all|everyone|the public))\b", re.I)),
)


def opened_day(line: DayLine, header: Header) -> DraftDay:
    """Return the day that a day line opens."""
    dated = line.date or _certain(line, header)
    day = DraftDay(label=line.label)
    if dated:
        day.key = (dated.month, dated.days[0])
        day.date = dated.iso(header.year)
        day.date_run = _date_run(line, dated, header)
    day.place = header.place_of(dated)
    if looks_like_room(line.heading.text) and not _REMOTE.search(line.heading.text):
        day.place = line.heading
    else:
        add_heading(day, line.heading)
    return day


def add_heading(day: DraftDay, heading: Run) -> None:
    """Give the day its heading, and what the heading tells of audience and place."""
    day.heading = heading
    if _REMOTE.search(heading.text):
        day.place = EMPTY
    for audience, pattern in _AUDIENCES:
        if match := pattern.search(heading.text):
            day.audience, day.audience_run = audience, heading.cut(*match.span())
            return


def implicit_day(header: Header) -> DraftDay:
    """Return the one day of an agenda whose items are not given to days."""
    dates = header.firm or header.dates
    singles = {(one.month, one.days): (one, run) for one, run in dates if one.is_single}
    day = DraftDay(place=header.place_of(None))
    if len(singles) == 1 and len({(one.month, one.days) for one, _ in dates}) == 1:
        dated, run = next(iter(singles.values()))
        day.key, day.date = (dated.month, dated.days[0]), dated.iso(header.year)
        day.date_run = _with_year(run, dated, header)
        day.place = header.place_of(dated)
    return day


def merged_day(days: Sequence[DraftDay], day: DraftDay) -> DraftDay | None:
    """Return the last day where `day` opens it a second time: the same date and the same label."""
    if not days:
        return None
    last = days[-1]
    same_label = last.label.words.casefold() == day.label.words.casefold() or not day.label or not last.label
    same_key = last.key == day.key or not day.key or not last.key
    known = (day.key and day.key == last.key) or (day.label and day.label.words == last.label.words)
    return last if known and same_label and same_key else None


def _certain(line: DayLine, header: Header) -> Dated | None:
    """Return the date of a day printed without one, where the dates in the header leave no choice."""
    ranges = [dated for dated, _ in header.dates if not dated.is_single]
    if line.weekday is not None:
        return within([replace(one, year=one.year or header.year) for one in ranges], line.weekday)
    number = re.search(r"\d+", line.label.text)
    if number and len(ranges) == 1 and ranges[0].is_range:
        span, nth = ranges[0], int(number[0])
        if 1 <= nth <= span.days[-1] - span.days[0] + 1:
            return replace(span, days=(span.days[0] + nth - 1,), is_range=False)
    return None


def _date_run(line: DayLine, dated: Dated, header: Header) -> Run:
    if line.date:
        return _with_year(line.date_run, dated, header)
    for one, run in header.dates:
        if one.start == dated.start and one.month == dated.month:
            return run
    return EMPTY


def _with_year(run: Run, dated: Dated, header: Header) -> Run:
    """Return where the date stands, the year of the header included where the date prints none."""
    if dated.year or not header.year:
        return run
    spans = sorted({*run.spans, *header.year_run.spans})
    return Run(run.text, tuple(Span(one.start, one.end) for one in spans))


def weekday_number(date: str) -> int:
    """Return the weekday of an ISO date; Monday is 0."""
    return datetime.date.fromisoformat(date).weekday()
