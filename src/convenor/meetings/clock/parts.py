"""When each sub-item of an item is treated: its share of the item's time, or what was noted."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate

from convenor.meetings.clock.history import Story
from convenor.meetings.clock.projection import Part, Span, State
from convenor.meetings.clock.timetable import ZERO

Stretches = Sequence[tuple[datetime, timedelta]]


def parts_of(story: Story, spans: Sequence[Span], now: datetime) -> tuple[Part, ...]:
    """Return everything under an item, in reading order; `spans` are its stretches in the order of time."""
    if not story.part_lengths:
        return ()
    slot = story.slot
    planned = _laid(story.part_lengths, [(slot.start, slot.length)]) if slot.start is not None else {}
    expected = _expected(story, [(span.start, (span.end or now) - span.start) for span in spans], now)
    found = []
    for part in (one for top in slot.item.parts for one in top.walk()):
        keys = [leaf.key for leaf in part.leaves()] if part.parts else [part.key]
        span = _around(expected, keys)
        actual = _actual(story, keys) if story.parts_held else None
        found.append(Part(part.key, _around(planned, keys), span, actual, _state(story, keys, actual, span, now)))
    return tuple(found)


def _actual(story: Story, keys: Sequence[str]) -> Span | None:
    held = [one for key in keys for one in story.parts_held.get(key, ())]
    if not held:
        return None
    ends = [one.end for one in held if one.end is not None]
    return Span(min(one.start for one in held), max(ends) if len(ends) == len(held) else None)


def _expected(story: Story, stretches: Stretches, now: datetime) -> Mapping[str, Span]:
    if not stretches:
        return {}
    if not story.parts_held and not story.parts_closed:
        return _laid(story.part_lengths, stretches)
    found, at = dict[str, Span](), story.worked(now)
    for key in sorted(story.part_lengths, key=lambda key: key not in story.parts_held):
        held, left = story.parts_held.get(key, []), story.part_left(key, now)
        if held or left:
            start = held[0].start if held else _moment(stretches, at, is_end=False)
            end = _moment(stretches, at + left, is_end=True) if left else held[-1].end or now
            found[key] = Span(start, max(start, end))
            at += left
    return found


def _laid(lengths: Mapping[str, timedelta], stretches: Stretches) -> dict[str, Span]:
    """Lay lengths out one after the other in stretches of time."""
    found, at = dict[str, Span](), ZERO
    if len(stretches) == 1:  # as nearly all are
        start, whole = stretches[0]
        ends = [start + min(whole, at) for at in accumulate(lengths.values())]
        return {key: Span(above, end) for key, above, end in zip(lengths, [start, *ends], ends, strict=False)}
    for key, length in lengths.items():
        start = _moment(stretches, at, is_end=False)
        found[key] = Span(start, max(start, _moment(stretches, at + length, is_end=True)))
        at += length
    return found


def _moment(stretches: Stretches, worked: timedelta, *, is_end: bool) -> datetime:
    """Return when so much of the time of some stretches has gone by; their end where they are shorter."""
    for start, length in stretches:
        if worked < length or (is_end and worked == length):
            return start + worked
        worked -= length
    start, length = stretches[-1]
    return start + length


def _around(spans: Mapping[str, Span], keys: Sequence[str]) -> Span | None:
    if len(keys) == 1:
        return spans.get(keys[0])
    found = [spans[key] for key in keys if key in spans]
    if not found:
        return None
    return Span(min(one.start for one in found), max(one.end or one.start for one in found))


def _state(story: Story, keys: Sequence[str], actual: Span | None, expected: Span | None, now: datetime) -> State:
    if story.is_closed or story.parts_closed.issuperset(keys):
        return State.HELD if actual or expected else State.NOT_NEEDED
    if actual is not None and actual.end is None:
        return State.RUNNING
    if story.held and not story.parts_held and expected is not None and expected.end is not None:
        return State.TO_COME if expected.start > now else State.HELD if expected.end <= now else State.RUNNING
    return State.TO_COME
