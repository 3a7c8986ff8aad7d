"""Why each row of a lane is late: what happened, and for how many minutes of the delay it answers."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from convenor.meetings.clock.layout import Layout, Row, Setting
from convenor.meetings.clock.projection import Reason, State, Why
from convenor.meetings.clock.timetable import ZERO


class Ledger:
    """What adds up to the present delay. What comes later is charged first; what is made up for is the oldest."""

    def __init__(self) -> None:
        """Begin with no delay."""
        self.total, self.reasons = ZERO, tuple[Reason, ...]()
        self._entries: dict[tuple[Why, str], Reason] = {}  # the oldest first

    def settle(self, delay: timedelta, causes: Sequence[Reason], otherwise: Reason) -> None:
        """Bring the reasons to a delay; `causes` in the order in which they happened."""
        gained, self.total = delay - self.total, delay
        charged: list[Reason] = []
        for cause in reversed(causes):
            amount = min(gained, cause.length or ZERO)
            if amount > ZERO:
                charged.append(_lasting(cause, amount))
                gained -= amount
        if gained > ZERO:
            charged.append(_lasting(otherwise, gained))
        for cause in reversed(charged):
            self._add(cause)
        while gained < ZERO and self._entries:
            name, oldest = next(iter(self._entries.items()))
            left = (oldest.length or ZERO) + gained
            gained = min(ZERO, left)
            if left > ZERO:
                self._entries[name] = _lasting(oldest, left)
            else:
                del self._entries[name]
        self.reasons = tuple(self._entries.values())

    def _add(self, cause: Reason) -> None:
        name = (cause.code, cause.key)
        if entry := self._entries.get(name):
            cause = _lasting(entry, (entry.length or ZERO) + (cause.length or ZERO))
        self._entries[name] = cause


def _lasting(reason: Reason, length: timedelta) -> Reason:
    """Return the reason with another length; quicker than `replace`, and done for every row."""
    return Reason(reason.code, reason.key, length, reason.at)


def explain(layout: Layout) -> None:
    """Give each row of a lane its delay and the reasons for it.

    A break that does not move makes up for nothing by itself: what was cut by it comes behind it for the same reasons.
    """
    ledger, pending = Ledger(), list[Reason]()
    used: dict[str, timedelta] = {}
    above: Row | None = None
    for row in layout.rows:
        if above is None or (row.story is not None and row.state is not State.TO_COME):
            pending += _before(row, above, layout)
        pending += row.causes
        planned = _planned(row, layout.setting, is_first=row.story is None or row.story.key not in used)
        if planned is not None:
            row.delay = row.start - planned
            if not row.block.is_fixed:
                delay = max(ZERO, row.delay)
                if delay != ledger.total:
                    ledger.settle(delay, pending, _otherwise(row, above))
                row.delayed = ledger.reasons
                pending.clear()
        pending += _after(row, used, is_planned=planned is not None)
        above = row


def _planned(row: Row, setting: Setting, *, is_first: bool) -> datetime | None:
    if row.story is None:
        return row.block.start
    is_own = is_first and row.story.block.day == setting.at and row.story.put_off_to is None
    began_here = not row.story.held or row.state is not State.TO_COME
    return row.story.slot.start if is_own and began_here else None


def _before(row: Row, above: Row | None, layout: Layout) -> Iterator[Reason]:
    """Yield what happened between two rows, or before the first."""
    setting = layout.setting
    begun = above.end if above else layout.start
    if above is None and begun is not None:
        if setting.not_before is not None and setting.not_before > begun and setting.opened is None:
            yield Reason(Why.DAY_BEFORE, setting.day_before, setting.not_before - begun)
        if setting.opened is not None and setting.opened > begun:
            yield Reason(Why.OPENED_LATE, setting.day, setting.opened - begun)
            begun = setting.opened
    if row.story is None or row.state is State.TO_COME or begun is None:
        return
    if row.block.waits and row.story.slot.start is not None and row.block.day == setting.at:
        begun = max(begun, row.story.slot.start)
    if row.start > begun:
        yield Reason(Why.TAKEN_UP_LATE, row.story.key, row.start - begun)


def _after(row: Row, used: dict[str, timedelta], *, is_planned: bool) -> Iterator[Reason]:
    """Yield what a row does to those behind it."""
    if row.story is None:
        over = (
            row.end - row.block.end
            if row.block.plan.pinned_end and row.block.end
            else row.end - row.start - row.block.length
        )
        if over > ZERO:
            yield Reason(Why.BREAK_OVERRAN, row.block.plan.key, over)
        return
    key, whole, length = row.story.key, row.story.slot.length, row.end - row.start
    before = used.get(key, ZERO)
    over = max(ZERO, before + length - whole) - max(ZERO, before - whole)
    used[key] = before + length
    if not is_planned and before == ZERO and length > over:
        yield Reason(Why.CARRIED, key, length - over)
    if over > ZERO:
        yield Reason(Why.OVERRAN, key, over)


def _otherwise(row: Row, above: Row | None) -> Reason:
    """Return the reason where nothing that happened explains a delay: a break before it, or another order."""
    if above is not None and above.story is None and row.block.place < above.block.place:
        return Reason(Why.CUT, above.block.plan.key)
    return Reason(Why.ANOTHER_ORDER)
