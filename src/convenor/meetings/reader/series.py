"""Finds numbered series that begin inside another: 5, 1, 2, 6 is 5 with two parts, and then 6."""

from collections.abc import Sequence
from dataclasses import replace

from convenor.meetings.reader.classify import Classified, Sort
from convenor.meetings.reader.labels import NUMBER

_OPENS = frozenset({Sort.TIME, Sort.DAY, Sort.MARKER, Sort.HEADING})


def with_inner(rows: Sequence[Classified]) -> tuple[Classified, ...]:
    """Return the rows with the first label of every inner series marked as such."""
    inner = restarts([_number(one) for one in rows])
    return tuple(
        replace(one, labelled=replace(one.labelled, inner=True)) if at in inner and one.labelled else one
        for at, one in enumerate(rows)
    )


def _number(one: Classified) -> int | None:
    """Return the number of a row; 0 where a new block begins, None where the row says nothing of a series."""
    if one.sort in _OPENS:
        return 0
    labelled = one.labelled
    return labelled.order[0] if labelled and labelled.kind == NUMBER and len(labelled.order) == 1 else None


def restarts(numbers: Sequence[int | None]) -> set[int]:
    """Return the places where a series begins inside another that goes on after it.

    No series goes past a 0. A series after which nothing goes on is a new one, not a part.
    """
    found: set[int] = set()
    last, opened = 0, (0, 0)
    for place, number in enumerate(numbers):
        if number is None:
            continue
        if number and number != last + 1:
            if number == opened[1]:
                found.add(opened[0])
            opened = (place, last + 1) if number == 1 and last > 1 else (0, 0)
        last, opened = (number, opened) if number else (0, (0, 0))
    return found
