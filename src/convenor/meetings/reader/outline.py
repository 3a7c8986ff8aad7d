"""Finds where the body of the agenda begins and which sections of the document are none of it."""

from collections.abc import Sequence

from convenor.meetings.reader.classify import Classified, Sort
from convenor.meetings.reader.dates import dates_in
from convenor.meetings.reader.lines import PART_LEVEL
from convenor.meetings.reader.rows import is_room_only, looks_like_address
from convenor.meetings.reader.words import APART

HEADER_LENGTH = 12
CONTENT = frozenset({Sort.TIME, Sort.LABEL, Sort.BULLET, Sort.MARKER})


def without_apart(rows: Sequence[Classified]) -> tuple[Classified, ...]:
    """Leave out the sections whose heading says that they are rules, logistics, constraints and the like."""
    kept: list[Classified] = []
    apart = 0
    for one in rows:
        level = one.row.line.level
        if level and (not apart or level <= apart):
            apart = level if 1 < level < PART_LEVEL and one.sort is Sort.HEADING and APART.search(one.text.text) else 0
        if not apart:
            kept.append(one)
    return tuple(kept)


def real_days(rows: Sequence[Classified]) -> list[int]:
    """Return the rows that open a day: a single date or a day's label, with content before the next such row."""
    able = [at for at, one in enumerate(rows) if one.day]
    found: list[int] = []
    for at, following in zip(able, [*able, len(rows)][1:], strict=True):
        day = rows[at].day
        if day is None or _spans_days(rows[at]):
            continue
        between = rows[at + 1 : following]
        if day.when or any(one.sort in CONTENT and not _is_fact(one) for one in between):
            found.append(at)
    if len(found) == 1 and found[0] < HEADER_LENGTH:
        only = rows[found[0]].day
        if only and not only.label and not only.when:
            return []
    return found


def _spans_days(one: Classified) -> bool:
    """Say whether a line prints several days: the dates of the meeting, not of one day of it."""
    dates = dates_in(one.text.text) if one.day and not one.day.label else []
    named = {(date.month, date.days) for date in dates}
    return len(named) > 1 or any(not date.is_single for date in dates[:1])


def body_start(rows: Sequence[Classified], days: Sequence[int]) -> int:
    """Return the row at which the body begins."""
    floor = max(
        (at + 1 for at, one in enumerate(rows) if one.sort is Sort.AGENDA and one.row.line.level > 1), default=0
    )
    marks = [at for at in days if at >= floor][:1]
    hour = _only_hour(rows, floor)
    marks += [at for at in range(floor, len(rows)) if at != hour and _opens(rows[at])][:1]
    marks += _sized(rows, floor)[:1]
    if not marks and (bullets := [at for at in range(floor, len(rows)) if rows[at].sort is Sort.BULLET]):
        marks = bullets[:1]
    if not marks:
        agendas = [at + 1 for at, one in enumerate(rows) if one.sort is Sort.AGENDA]
        return floor or (agendas[-1] if agendas else len(rows))
    return _stepped_back(rows, min(marks), floor)


def _sized(rows: Sequence[Classified], floor: int) -> list[int]:
    """Return the rows that print a length and stand above another such row or a bullet."""
    return [
        at
        for at in range(floor, len(rows) - 1)
        if rows[at].sized and (rows[at + 1].sized or rows[at + 1].sort in (Sort.BULLET, Sort.LABEL))
    ]


def _only_hour(rows: Sequence[Classified], floor: int) -> int | None:
    """Return the row that only prints when the meeting begins: the one time of the text, between date and address."""
    timed = [at for at in range(floor, len(rows)) if rows[at].timed]
    if len(timed) != 1 or rows[timed[0]].text or rows[timed[0]].row.line.cells[1:]:
        return None
    only = timed[0]
    labels = (at for at in range(only, len(rows)) if rows[at].sort is Sort.LABEL)
    between = rows[only + 1 : next(labels, only + 1)]
    dated = only > 0 and bool(dates_in(rows[only - 1].row.text.text))
    return only if dated and between and all(looks_like_address(one.text.text) for one in between) else None


def _opens(one: Classified) -> bool:
    if one.sort is Sort.TIME:
        return not _is_fact(one)
    return one.sort in (Sort.LABEL, Sort.MARKER)


def _is_fact(one: Classified) -> bool:
    """Say whether a timed line of the header only tells the hours of a day: "10:00 to 15:00 on 28 July"."""
    return one.sort is Sort.TIME and bool(dates_in(one.text.text)) and not one.row.table


def _stepped_back(rows: Sequence[Classified], start: int, floor: int) -> int:
    """Include the headings, and the title of a session whose time stands on the next line."""
    if rows[start].sort is Sort.TIME and start > floor and is_titled_above(rows, start):
        start -= 1
    first_heading = next((at for at, one in enumerate(rows) if one.row.line.level), -1)
    while start > floor and rows[start - 1].sort is Sort.HEADING:
        if start - 1 <= first_heading and rows[start - 1].row.line.level < PART_LEVEL:
            break
        start -= 1
    return start


def is_titled_above(rows: Sequence[Classified], at: int) -> bool:
    """Say whether the title of the timed row `at` is the plain line right above it."""
    if not at or rows[at - 1].sort not in (Sort.PLAIN, Sort.HEADING):
        return False
    one, above = rows[at], rows[at - 1]
    if one.text:
        hangs_above = at > 1 and rows[at - 2].sort is Sort.TIME and not above.row.line.gap and one.row.line.gap > 0
        return is_room_only(one.text.text) and not one.row.table and not hangs_above
    below = rows[at + 1] if at + 1 < len(rows) else None
    attached = not one.row.line.gap and above.row.line.gap > 0
    return attached and (below is None or below.row.line.gap > 0) and not above.row.table
