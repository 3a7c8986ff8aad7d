"""Agenda items: taken up, paused, continued, closed, postponed, and moved in the running order."""

from dataclasses import replace

from convenor.meetings.floor.days import require_no_vote, require_open, resting
from convenor.meetings.floor.entries import Barred, Code, Draft, Entry, Kind
from convenor.meetings.floor.setting import Setting, moved, running_order
from convenor.meetings.floor.state import ItemState, State
from convenor.meetings.floor.turns import without_turn

LEAVING = (ItemState.CLOSED, ItemState.PAUSED, ItemState.POSTPONED)


def take_up(state: State, setting: Setting, *, item: str, leaving: ItemState = ItemState.CLOSED) -> Draft:
    """Take an item up; the one under way is left as `leaving` says. A break that runs is over with it.

    An item that was closed can be taken up again: a chair may reopen what was closed too early.
    """
    return Draft(Kind.TAKEN_UP, _begun(state, setting, item, leaving))


def continue_item(state: State, setting: Setting, *, item: str, leaving: ItemState = ItemState.CLOSED) -> Draft:
    """Go on with an item that rests or was postponed, with the speakers that still wait in its list."""
    values = _begun(state, setting, item, leaving)
    if state.items.get(item) not in (ItemState.PAUSED, ItemState.POSTPONED):
        raise Barred(Code.NOT_RESTING, item=item)
    return Draft(Kind.CONTINUED, values)


def pause_item(state: State, _setting: Setting) -> Draft:
    """Let the item under way rest; it keeps its list."""
    _require_under_way(state)
    require_no_vote(state)
    return Draft(Kind.PAUSED, {"item": state.item})


def close_item(state: State, setting: Setting, *, item: str = "") -> Draft:
    """Close the item under way, or another that rests or is to come."""
    require_open(state)
    item = item or state.item
    if not item:
        raise Barred(Code.NOT_UNDER_WAY)
    _require_item(state, setting, item)
    if state.items.get(item) is ItemState.CLOSED:
        raise Barred(Code.ALREADY_CLOSED, item=item)
    if item == state.item:
        require_no_vote(state)
    return Draft(Kind.CLOSED, {"item": item})


def postpone_item(state: State, setting: Setting, *, item: str, to: str = "") -> Draft:
    """Put an item off to the end of a block, or without one to a time that is still to be named; it keeps its list."""
    _require_item(state, setting, item)
    if state.items.get(item) is ItemState.CLOSED:
        raise Barred(Code.ALREADY_CLOSED, item=item)
    if to and to not in setting.blocks:
        raise Barred(Code.UNKNOWN_PART, part=to)
    if item == state.item:
        require_no_vote(state)
    return Draft(Kind.POSTPONED, {"item": item, "to": to})


def move(state: State, setting: Setting, *, item: str, behind: str = "") -> Draft:
    """Take an item right behind another, or first where that is ""; the entry says which items it passes."""
    require_open(state)
    order = running_order(state, setting)
    for key in (item, behind):
        if key and key not in order:
            raise Barred(Code.UNKNOWN_PART, part=key)
    if item == state.item or state.items.get(item) is ItemState.CLOSED:
        raise Barred(Code.NOT_TO_COME, item=item)
    after = moved(order, (item, behind))
    if after == order:
        raise Barred(Code.NOT_MOVED, item=item)
    was, now = order.index(item), after.index(item)
    passes = order[now:was] if now < was else order[was + 1 : now + 1]
    return Draft(Kind.MOVED, {"item": item, "behind": behind, "passes": passes, "is_earlier": now < was})


def _begun(state: State, setting: Setting, item: str, leaving: ItemState) -> dict[str, str]:
    _require_item(state, setting, item)
    if item == state.item:
        raise Barred(Code.ALREADY_UNDER_WAY, item=item)
    require_no_vote(state)
    if leaving not in LEAVING:
        raise ValueError(f"an item is not left {leaving}")
    left = {"leaves": state.item, "as": leaving.value if state.item else ""}
    return {"item": item, "matter": setting.matter(item), **left}


def _require_item(state: State, setting: Setting, item: str) -> None:
    require_open(state)
    if not setting.has_item(item):
        raise Barred(Code.UNKNOWN_PART, part=item)


def _require_under_way(state: State) -> None:
    require_open(state)
    if not state.item:
        raise Barred(Code.NOT_UNDER_WAY)


def begun(state: State, entry: Entry) -> State:
    """Take up or continue the item, and leave the one before."""
    state = without_turn(state, entry)
    items = dict(state.items)
    if state.item:
        items[state.item] = ItemState(entry.text("as") or ItemState.CLOSED)
    items[entry.text("item")] = ItemState.UNDER_WAY
    state = replace(state, items=items, item=entry.text("item"), matter=entry.text("matter"))
    return replace(state, block="", is_break=False) if state.is_break else state


def paused(state: State, entry: Entry) -> State:
    """Let the item rest."""
    return resting(without_turn(state, entry))


def closed(state: State, entry: Entry) -> State:
    """Close the item."""
    return _left(state, entry, ItemState.CLOSED)


def postponed(state: State, entry: Entry) -> State:
    """Put the item off."""
    return _left(state, entry, ItemState.POSTPONED)


def item_moved(state: State, entry: Entry) -> State:
    """Remember the move."""
    return replace(state, moves=(*state.moves, (entry.text("item"), entry.text("behind"))))


def _left(state: State, entry: Entry, how: ItemState) -> State:
    item = entry.text("item")
    if item == state.item:
        state = resting(without_turn(state, entry))
    return replace(state, items={**state.items, item: how})
