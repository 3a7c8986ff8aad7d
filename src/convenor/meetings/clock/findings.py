"""What somebody has to know or decide: ends that are passed, guests that come late, items left over."""

from collections.abc import Iterator, Sequence

from convenor.meetings.clock.history import History
from convenor.meetings.clock.layout import Work
from convenor.meetings.clock.projection import DayTimes, Finding, Note, Occurrence, State, Why
from convenor.meetings.clock.timetable import ZERO, TimedDay


def findings(
    days: Sequence[TimedDay], history: History, shown: Sequence[DayTimes], left: Sequence[Work]
) -> tuple[Note, ...]:
    """Return everything to know, day by day, then what is left over and what was noted about nothing."""
    found: list[Note] = []
    for day, times in zip(days, shown, strict=True):
        if times.state in (State.TO_COME, State.RUNNING):
            found += [*_of_day(day, times, history), *_of_blocks(day, times)]
            found += [note for one in times.occurrences for note in _of_guests(one, history)]
    found += [Note(Finding.LEFT_OVER, work.story.key, work.left) for work in left]
    found += [Note(Finding.UNKNOWN_FACT, fact.key, at=fact.at) for fact in history.unknown]
    return tuple(found)


def _of_day(day: TimedDay, times: DayTimes, history: History) -> Iterator[Note]:
    end = times.expected.end if times.expected else None
    if times.over:
        yield Note(Finding.DAY_OVERRUNS, day.plan.key, times.over, day.end)
    if end is not None and day.latest is not None and end > day.latest:
        yield Note(Finding.HARD_END, day.plan.key, end - day.latest, day.latest)
    if times.state is State.TO_COME and day.start is not None and day.start < history.now:
        yield Note(Finding.NOT_OPENED, day.plan.key, history.now - day.start, day.start)


def _of_blocks(day: TimedDay, times: DayTimes) -> Iterator[Note]:
    for block, shown in zip(day.blocks, times.blocks, strict=True):
        if block.plan.pinned_start and shown.delay > ZERO and shown.state is State.TO_COME:
            yield Note(Finding.PIN_MISSED, block.plan.key, shown.delay, block.start)
        need = sum((slot.length for slot in block.slots), ZERO)
        if block.slots and block.start is not None and need > block.length:
            yield Note(Finding.OVERFULL, block.plan.key, need - block.length)


def _of_guests(one: Occurrence, history: History) -> Iterator[Note]:
    if one.state not in (State.TO_COME, State.RUNNING) or one.expected is None or one.expected.end is None:
        return
    waits = {reason.key: reason for reason in one.delayed if reason.code is Why.WAITS_FOR_GUEST}
    for guest in history.stories[one.item].slot.item.guests:
        if guest.name in waits:
            yield Note(Finding.GUEST_LATE, one.item, waits[guest.name].length, guest.arrives, guest.name)
        if guest.leaves is not None and one.expected.end > guest.leaves:
            yield Note(Finding.GUEST_GONE, one.item, one.expected.end - guest.leaves, guest.leaves, guest.name)
