"""The list of speakers: asked for the floor, withdrawn, set aside, placed by the chair, closed and opened again."""

from dataclasses import replace
from datetime import datetime

from convenor.meetings.floor.days import require_open
from convenor.meetings.floor.entries import Barred, Channel, Code, Draft, Entry, Kind
from convenor.meetings.floor.orders import order
from convenor.meetings.floor.setting import Setting
from convenor.meetings.floor.state import ItemState, Placement, Request, Stage, State, Wish


def ask(
    state: State,
    setting: Setting,
    *,
    person: str,
    wish: Wish,
    seat: Channel,
    item: str = "",
    raised_at: datetime | None = None,
) -> Draft:
    """Ask for the floor, for oneself or for somebody else, on the item under way or another that is not closed.

    Each person waits once for each kind of request in each list. A point of order is in no list and is never closed.
    A hand that was noted while there was no connection has the place of the moment it was raised.
    """
    require_open(state)
    matter = ""
    if wish is not Wish.POINT_OF_ORDER:
        matter = _open_list(state, setting, item or state.item)
    for other in state.waiting(matter):
        if (other.person, other.wish) == (person, wish):
            raise Barred(Code.ALREADY_WAITING, request=other.id, wish=wish.value)
    values = {"person": person, "wish": wish.value, "matter": matter, "seat": seat.value}
    return Draft(Kind.ASKED, values if raised_at is None else {**values, "raised_at": raised_at.isoformat()})


def change(state: State, _setting: Setting, *, request: int, person: str, wish: Wish, seat: Channel) -> Draft:
    """Ask for the same place with another kind of request, or from another seat; a point of order stays one.

    Raises:
        ValueError: a point of order was to become something else, or something else one.
    """
    found = _request(state, request, Code.NOT_WAITING, Stage.WAITING)
    if found.person != person:
        raise Barred(Code.NOT_YOURS, request=request)
    if (wish is Wish.POINT_OF_ORDER) != (found.wish is Wish.POINT_OF_ORDER):
        raise ValueError("a point of order is withdrawn or raised, and never made of another request")
    for other in state.waiting(found.matter):
        if other.id != request and (other.person, other.wish) == (person, wish):
            raise Barred(Code.ALREADY_WAITING, request=other.id, wish=wish.value)
    return Draft(Kind.CHANGED, {"request": request, "wish": wish.value, "seat": seat.value})


def withdraw(state: State, _setting: Setting, *, request: int, person: str | None = None) -> Draft:
    """Take a request back; a `person` may only take back their own."""
    found = _request(state, request, Code.NOT_WAITING, Stage.WAITING, Stage.SET_ASIDE)
    if person is not None and found.person != person:
        raise Barred(Code.NOT_YOURS, request=request)
    return Draft(Kind.WITHDRAWN, {"request": request})


def set_aside(state: State, _setting: Setting, *, request: int) -> Draft:
    """Decline a request for now: it is not called until it is let in again."""
    _request(state, request, Code.NOT_WAITING, Stage.WAITING)
    return Draft(Kind.SET_ASIDE, {"request": request})


def readmit(state: State, _setting: Setting, *, request: int) -> Draft:
    """Let a request in again that was set aside, at the time it was made."""
    found = _request(state, request, Code.NOT_SET_ASIDE, Stage.SET_ASIDE)
    for other in state.waiting(found.matter):
        if (other.person, other.wish) == (found.person, found.wish):
            raise Barred(Code.ALREADY_WAITING, request=other.id, wish=found.wish.value)
    return Draft(Kind.READMITTED, {"request": request})


def place(state: State, setting: Setting, *, request: int, behind: int = 0) -> Draft:
    """Put a request right behind another, or first where that is 0; points of order stay before all others."""
    found = _request(state, request, Code.NOT_WAITING, Stage.WAITING)
    places = [one.request for one in order(state, setting, found.matter)]
    is_order = {one: state.requests[one].wish is Wish.POINT_OF_ORDER for one in places}
    if found.wish is Wish.POINT_OF_ORDER or behind == request or (behind and behind not in places):
        raise Barred(Code.NOT_IN_LIST, request=behind or request)
    rest = [one for one in places if one != request and not is_order[one]]
    ahead = rest[: rest.index(behind) + 1] if behind in rest else []
    was = [one for one in places if not is_order[one]].index(request) + 1
    return Draft(Kind.PLACED, {"request": request, "behind": behind, "ahead": ahead, "was": was, "is": len(ahead) + 1})


def close_list(state: State, setting: Setting, *, item: str = "") -> Draft:
    """Close the list of an item: who waits is still heard, nobody joins but with a point of order."""
    require_open(state)
    matter = _matter(setting, item or state.item)
    if matter in state.closed_lists:
        raise Barred(Code.LIST_CLOSED_BEFORE, item=matter)
    return Draft(Kind.LIST_CLOSED, {"matter": matter})


def reopen_list(state: State, setting: Setting, *, item: str = "") -> Draft:
    """Open the list of an item again."""
    require_open(state)
    matter = _matter(setting, item or state.item)
    if matter not in state.closed_lists:
        raise Barred(Code.LIST_OPEN, item=matter)
    return Draft(Kind.LIST_REOPENED, {"matter": matter})


def _matter(setting: Setting, item: str) -> str:
    if not item:
        raise Barred(Code.NO_ITEM)
    if not setting.has_item(item):
        raise Barred(Code.UNKNOWN_PART, part=item)
    return setting.matter(item)


def _open_list(state: State, setting: Setting, item: str) -> str:
    matter = _matter(setting, item)
    if state.items.get(item) is ItemState.CLOSED:
        raise Barred(Code.ALREADY_CLOSED, item=item)
    if matter in state.closed_lists:
        raise Barred(Code.LIST_CLOSED, item=item)
    return matter


def _request(state: State, number: int, otherwise: Code, *stages: Stage) -> Request:
    require_open(state)
    found = state.requests.get(number)
    if found is None or found.stage not in stages:
        raise Barred(otherwise, request=number)
    return found


def asked(state: State, entry: Entry) -> State:
    """Add the request."""
    raised_at = datetime.fromisoformat(entry.text("raised_at") or entry.at.isoformat())
    new = Request(
        entry.sequence, entry.text("person"), Wish(entry.text("wish")), entry.text("matter"),
        Channel(entry.text("seat")), min(raised_at, entry.at),
    )  # fmt: skip
    return replace(state, requests={**state.requests, new.id: new})


def changed(state: State, entry: Entry) -> State:
    """Take the other kind and seat."""
    found = state.requests[entry.number("request")]
    found = replace(found, wish=Wish(entry.text("wish")), seat=Channel(entry.text("seat")))
    return replace(state, requests={**state.requests, found.id: found})


def staged(state: State, entry: Entry, *, stage: Stage) -> State:
    """Say what became of the request."""
    return state.staged(entry.number("request"), stage)


def placed(state: State, entry: Entry) -> State:
    """Remember the chair's word, which replaces an earlier one on the same request."""
    new = Placement(entry.number("request"), frozenset(entry.numbers("ahead")))
    others = (one for one in state.placements if one.request != new.request)
    return replace(state, placements=(*others, new))


def list_closed(state: State, entry: Entry) -> State:
    """Close the list."""
    return replace(state, closed_lists=state.closed_lists | {entry.text("matter")})


def list_reopened(state: State, entry: Entry) -> State:
    """Open the list."""
    return replace(state, closed_lists=state.closed_lists - {entry.text("matter")})
