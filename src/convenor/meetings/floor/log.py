"""The log and the state it makes: one entry after the other, always with the same result."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from convenor.meetings.floor import days, decisions, items, lists, minuting, turns
from convenor.meetings.floor.entries import GUARDED, STEERING, Barred, Channel, Code, Draft, Entry, Kind
from convenor.meetings.floor.setting import Setting
from convenor.meetings.floor.state import CountEnd, Stage, State

Step = Callable[[State, Setting], Draft]
"""One thing to be done: checks that it can be, and says what is to be entered."""

# How each kind of entry changes the state. An entry is never refused here: what was once entered, counts.
CHANGES: Mapping[Kind, Callable[[State, Entry], State]] = {
    Kind.DAY_OPENED: days.opened,
    Kind.DAY_CLOSED: days.closed,
    Kind.BLOCK_STARTED: days.started,
    Kind.BLOCK_ENDED: days.ended,
    Kind.ORDER_SET: days.order_set,
    Kind.LIMIT_SET: days.limit_set,
    Kind.TAKEN_UP: items.begun,
    Kind.PAUSED: items.paused,
    Kind.CONTINUED: items.begun,
    Kind.CLOSED: items.closed,
    Kind.POSTPONED: items.postponed,
    Kind.MOVED: items.item_moved,
    Kind.ASKED: lists.asked,
    Kind.CHANGED: lists.changed,
    Kind.WITHDRAWN: partial(lists.staged, stage=Stage.WITHDRAWN),
    Kind.SET_ASIDE: partial(lists.staged, stage=Stage.SET_ASIDE),
    Kind.READMITTED: partial(lists.staged, stage=Stage.WAITING),
    Kind.PLACED: lists.placed,
    Kind.LIST_CLOSED: lists.list_closed,
    Kind.LIST_REOPENED: lists.list_reopened,
    Kind.FLOOR_GIVEN: turns.given,
    Kind.FLOOR_ENDED: turns.ended,
    Kind.END_UNDONE: turns.undone,
    Kind.TIME_PAUSED: turns.time_paused,
    Kind.TIME_RESUMED: turns.time_resumed,
    Kind.TIME_EXTENDED: turns.time_extended,
    Kind.COUNT_BEGUN: decisions.count_begun,
    Kind.OBJECTED: partial(decisions.count_ended, end=CountEnd.OBJECTED),
    Kind.COUNT_STOPPED: partial(decisions.count_ended, end=CountEnd.STOPPED),
    Kind.ADOPTED: decisions.adopted,
    Kind.CHECK_BEGUN: decisions.check_begun,
    Kind.ANSWERED: decisions.answered,
    Kind.CHECK_CLOSED: decisions.check_closed,
    Kind.DECIDED: decisions.decided,
    Kind.MINUTED: minuting.minuted,
    Kind.MINUTED_SETTLED: minuting.settled,
}


def record(
    state: State,
    setting: Setting,
    step: Step,
    *,
    by: str,
    at: datetime,
    channel: Channel,
    expected: int | None = None,
) -> Entry:
    """Return the entry that a step makes after a state.

    Args:
        by: the key of whoever does it.
        at: now, with a zone; an entry is never before the one it follows.
        expected: the mark of the state that this person saw; what moves the meeting on must have it.

    Raises:
        Barred: it cannot be done now, or the meeting has moved on since; nothing is entered.
        ValueError: what moves the meeting on came without a mark, or the moment without a zone.
    """
    if at.tzinfo is None:
        raise ValueError("an entry needs a moment with a zone")
    if expected is not None and expected != state.mark:
        raise Barred(Code.MOVED_ON, kind=state.mark_kind.value if state.mark_kind else "", mark=state.mark)
    draft = step(state, setting)
    if expected is None and draft.kind in GUARDED:
        raise ValueError(f"{draft.kind} needs the mark of the state that the person saw")
    return Entry(state.sequence + 1, draft.kind, by, max(at, state.at), channel, draft.values)


def change(state: State, entry: Entry) -> State:
    """Return the state after one more entry.

    Raises:
        ValueError: an entry is missing before it.
    """
    if entry.sequence != state.sequence + 1:
        raise ValueError(f"entry {state.sequence + 1} is missing: the next one is {entry.sequence}")
    state = CHANGES[entry.kind](state, entry)
    if entry.kind in STEERING:
        state = replace(state, mark=entry.sequence, mark_kind=entry.kind)
    return replace(state, sequence=entry.sequence, at=entry.at)


def fold(entries: Iterable[Entry], state: State | None = None) -> State:
    """Return the state after entries, from the beginning or from where a state stands."""
    state = state or State()
    for entry in entries:
        state = change(state, entry)
    return state
