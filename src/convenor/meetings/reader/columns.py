"""Mends a table that was read column by column: a pile of times first, then the items in groups."""

from collections.abc import Sequence
from dataclasses import replace

from convenor.meetings.reader.classify import Classified, Sort
from convenor.meetings.reader.runs import EMPTY

PILE, GROUPS, GAP, PAUSE = 3, 2, 2, 45
UNPLACED = "unplaced"
MIDDAY = "midday"


def regrouped(rows: Sequence[Classified]) -> tuple[Classified, ...]:
    """Put each group of items under its time, where three or more times stand piled with nothing under them.

    Groups take the times in order. With fewer groups than times the pause at midday is left empty first; a
    group with no time left goes under no time.
    """
    mended: list[Classified] = []
    at = 0
    while at < len(rows):
        pile = _pile(rows, at)
        if len(pile) < PILE:
            mended.append(rows[at])
            at += 1
            continue
        first = pile[-1] + 1
        end = _groups_end(rows, first)
        groups = _groups(rows[first:end])
        if len(groups) < GROUPS:
            mended += rows[at:first]
        else:
            mended += _dealt([rows[place] for place in pile], groups)
        at = end if len(groups) >= GROUPS else first
    return tuple(mended)


def _pile(rows: Sequence[Classified], at: int) -> list[int]:
    pile = []
    while at < len(rows) and (rows[at].sort is Sort.HEAD or (rows[at].sort is Sort.TIME and not rows[at].text)):
        pile += [at] if rows[at].sort is Sort.TIME else []
        at += 1
    return pile


def _groups_end(rows: Sequence[Classified], first: int) -> int:
    for at in range(first, len(rows)):
        if rows[at].sort in (Sort.TIME, Sort.DAY, Sort.HEADING, Sort.MARKER):
            return at
    return len(rows)


def _groups(rows: Sequence[Classified]) -> list[list[Classified]]:
    """Cut where more empty lines stand than between the items of a group."""
    groups: list[list[Classified]] = []
    for one in rows:
        if not groups or one.row.line.gap >= GAP:
            groups.append([])
        groups[-1].append(one)
    return groups


def _dealt(times: list[Classified], groups: list[list[Classified]]) -> list[Classified]:
    spare = max(0, len(times) - len(groups))
    empty = [at for at, time in enumerate(times) if at_midday(time)][:spare]
    taken = iter(groups)
    dealt: list[Classified] = []
    for at, time in enumerate(times):
        if at in empty:
            dealt.append(replace(time, name=MIDDAY))
        else:
            dealt += [time, *next(taken, [])]
    for group in taken:
        first = group[0]
        dealt += [replace(first, sort=Sort.TIME, text=EMPTY, timed=None, name=UNPLACED), *group]
    return dealt


def at_midday(one: Classified) -> bool:
    """Say whether a time is that of a pause at midday."""
    if one.timed is None or one.timed.when.last is None:
        return False
    first, last = one.timed.when.first.minute, one.timed.when.last.minute
    return 11 * 60 + 30 <= first <= 14 * 60 and last - first >= PAUSE
