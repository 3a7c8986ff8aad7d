"""How a document prints its times, numbers and words: what decides how a single row is read."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from convenor.meetings.reader.daylines import DayLine, day_line
from convenor.meetings.reader.labels import NUMBER, bullet_of, label_of, word_label
from convenor.meetings.reader.rows import Row
from convenor.meetings.reader.timed import split_time, split_time_at_end

SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Style:
    """How the document prints: dotted times, numbers without a mark, single times at the ends of lines.

    `words` are those it counts with, as in "Session 1: ...", "Session 2: ..."; `bulleted_times` and `bulleted_days` say
    that its bullets end with times in brackets, or print the days.
    """

    dotted: bool
    bare: bool
    closing: bool
    words: frozenset[str]
    bulleted_times: bool
    bulleted_days: bool


def style_of(rows: Sequence[Row], *, dotted: bool) -> Style:
    """Return how the document prints."""
    bullets = [bullet[1] for row in rows if not row.table and (bullet := bullet_of(row.text))]
    ends = [found for run in bullets if (found := split_time_at_end(run, alone=False))]
    days = [day for run in bullets if (day := day_line(run, dotted=dotted)) and is_bare_day(day)]
    return Style(
        dotted,
        _numbers_stand_bare(rows),
        _closes_with_times(rows),
        _numbered_words(rows),
        bulleted_times=len(ends) >= SEVERAL,
        bulleted_days=len(days) > 1,
    )


def is_bare_day(day: DayLine) -> bool:
    """Say whether a day line prints a date and nothing else."""
    return day.date is not None and day.when is None and not day.heading


def _closes_with_times(rows: Sequence[Row]) -> bool:
    """Say whether the document prints single times at the ends of its lines, and none at their beginnings."""
    if any(row.timed or split_time(row.text, dotted=False) for row in rows):
        return False
    return sum(1 for row in rows if split_time_at_end(row.text, alone=True)) >= SEVERAL


def _numbers_stand_bare(rows: Sequence[Row]) -> bool:
    """Say whether the document numbers its items without a mark: "1 Opening", "2 Minutes", "3 Reports"."""
    numbers = []
    for row in rows:
        found = label_of(row.text, bare=True)
        if row.label.text.isdecimal():
            numbers.append(int(row.label.text))
        elif found and not label_of(row.text) and len(found.order) == 1 and found.kind == NUMBER:
            numbers.append(found.order[0])
    return any(numbers[at : at + 3] == [1, 2, 3] for at in range(len(numbers)))


def _numbered_words(rows: Sequence[Row]) -> frozenset[str]:
    """Return the words that the document counts with: they open lines with several numbers."""
    numbers = defaultdict[str, set[int]](set)
    for row in rows:
        if worded := word_label(row.text):
            numbers[worded[0]].add(worded[1].order[0])
    return frozenset(word for word, found in numbers.items() if len(found) > 1)
