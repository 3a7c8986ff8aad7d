"""Days, blocks and breaks: opened and closed, and the order and time of speaking on a day."""

from collections.abc import Sequence
from dataclasses import replace

from convenor.meetings.floor.entries import Barred, Code, Draft, Entry, Kind
from convenor.meetings.floor.setting import Setting
from convenor.meetings.floor.state import ItemState, Rule, Stage, State, Wish
from convenor.meetings.floor.turns import without_turn

LONGEST_SECONDS = 24 * 3600


def open_day(state: State, setting: Setting, *, day: str, rules: Sequence[Rule]) -> Draft:
    """Open a day, with the order in which people speak."""
    if state.day:
        raise Barred(Code.ALREADY_OPEN, day=state.day)
    if day not in setting.days:
        raise Barred(Code.UNKNOWN_PART, part=day)
    return Draft(Kind.DAY_OPENED, {"day": day, "rules": [rule.value for rule in rules]})


def close_day(state: State, _setting: Setting) -> Draft:
    """Close the day; the item under way rests, and points of order that wait lapse with it."""
    require_open(state)
    require_no_vote(state)
    return Draft(Kind.DAY_CLOSED, {"day": state.day, "pauses": state.item})


def start_block(state: State, setting: Setting, *, block: str) -> Draft:
    """Begin a block or a break, and end the one before; with that, and in a break, the item under way rests."""
    require_open(state)
    if block not in setting.blocks:
        raise Barred(Code.UNKNOWN_PART, part=block)
    if state.block == block:
        raise Barred(Code.ALREADY_STARTED, part=block)
    is_break = setting.blocks[block]
    require_no_vote(state)
    pauses = state.item if is_break or state.block else ""
    return Draft(Kind.BLOCK_STARTED, {"block": block, "is_break": is_break, "pauses": pauses})


def end_block(state: State, _setting: Setting) -> Draft:
    """End the block or break that runs; the item under way rests."""
    require_open(state)
    if not state.block:
        raise Barred(Code.NOT_STARTED)
    require_no_vote(state)
    return Draft(Kind.BLOCK_ENDED, {"block": state.block, "pauses": state.item})


def set_order(state: State, _setting: Setting, *, rules: Sequence[Rule]) -> Draft:
    """Set in which order people speak for the rest of the day."""
    require_open(state)
    return Draft(Kind.ORDER_SET, {"rules": [rule.value for rule in rules]})


def set_limit(state: State, _setting: Setting, *, seconds: int | None) -> Draft:
    """Set how long whoever gets the floor from now on may speak; None lifts the limit."""
    require_open(state)
    if seconds is not None and not 0 < seconds <= LONGEST_SECONDS:
        raise Barred(Code.BAD_NUMBER, number=seconds)
    return Draft(Kind.LIMIT_SET, {"seconds": seconds})


def require_open(state: State) -> None:
    """Refuse while no day is open."""
    if not state.day:
        raise Barred(Code.NOT_OPEN)


def require_no_vote(state: State) -> None:
    """Refuse while a count or a check runs: it is ended first, so that nobody's word hangs in the air."""
    if state.count:
        raise Barred(Code.COUNT_RUNS)
    if state.check:
        raise Barred(Code.CHECK_RUNS)


def opened(state: State, entry: Entry) -> State:
    """Open the day; the limit of speaking is that of the day before."""
    return replace(state, day=entry.text("day"), rules=_rules(entry))


def closed(state: State, entry: Entry) -> State:
    """Close the day."""
    state = resting(without_turn(state, entry))
    requests = {
        key: replace(one, stage=Stage.LAPSED) if one.wish is Wish.POINT_OF_ORDER and one.stage is Stage.WAITING else one
        for key, one in state.requests.items()
    }
    return replace(state, day="", block="", is_break=False, requests=requests)


def started(state: State, entry: Entry) -> State:
    """Begin the block."""
    if entry.text("pauses"):
        state = resting(without_turn(state, entry))
    return replace(state, block=entry.text("block"), is_break=bool(entry.values.get("is_break")))


def ended(state: State, entry: Entry) -> State:
    """End the block."""
    if entry.text("pauses"):
        state = resting(without_turn(state, entry))
    return replace(state, block="", is_break=False)


def order_set(state: State, entry: Entry) -> State:
    """Take the new order."""
    return replace(state, rules=_rules(entry))


def limit_set(state: State, entry: Entry) -> State:
    """Take the new limit."""
    return replace(state, limit_seconds=entry.number("seconds") or None)


def resting(state: State) -> State:
    """Let the item under way rest."""
    if not state.item:
        return state
    return replace(state, items={**state.items, state.item: ItemState.PAUSED}, item="", matter="")


def _rules(entry: Entry) -> tuple[Rule, ...]:
    return tuple(Rule(one) for one in entry.texts("rules")) or (Rule.FIRST_COME,)
