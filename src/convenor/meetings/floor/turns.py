"""Turns: the floor is given, passes on and comes back; time runs, rests and is made longer."""

from dataclasses import replace
from datetime import datetime

from convenor.meetings.floor.entries import Barred, Code, Draft, Entry, Kind
from convenor.meetings.floor.orders import order
from convenor.meetings.floor.setting import Setting
from convenor.meetings.floor.state import ZERO, Request, Stage, State, Turn, Wish

MOST_EXTRA_SECONDS = 3600


def call_next(state: State, setting: Setting, *, head: int | None = None) -> Draft:
    """Give the floor to the first of the list; end the turn where nobody waits, or the speaker was interrupted.

    `head` is whom the person at the button saw first: somebody else who came before them is not called unseen.
    """
    _require_floor(state)
    places = order(state, setting)
    first = places[0].request if places else 0
    if state.interrupted and not (first and state.requests[first].wish is Wish.POINT_OF_ORDER):
        return end_turn(state, setting)
    if head is not None and head != first:
        raise Barred(Code.ANOTHER_IS_NEXT, request=first)
    if first:
        return give_floor(state, setting, request=first)
    if state.turn is None:
        raise Barred(Code.NOBODY_WAITS)
    return end_turn(state, setting)


def give_floor(state: State, setting: Setting, *, request: int) -> Draft:
    """Give the floor to somebody who waits; the turn before is over with it.

    A point of order interrupts whoever speaks: their time rests, and they go on after it. The entry says who was
    first by the order of the day, so that a chair's choice of another is seen.
    """
    _require_floor(state)
    places = [place.request for place in order(state, setting)]
    if request not in places:
        raise Barred(Code.NOT_WAITING, request=request)
    is_order = state.requests[request].wish is Wish.POINT_OF_ORDER
    is_cut = is_order and state.turn is not None and state.turn.wish is not Wish.POINT_OF_ORDER
    return Draft(Kind.FLOOR_GIVEN, {"request": request, "proposed": places[0], "interrupts": is_cut})


def end_turn(state: State, _setting: Setting) -> Draft:
    """End the turn; whoever was interrupted goes on."""
    _require_turn(state)
    return Draft(Kind.FLOOR_ENDED, {"resumes": bool(state.interrupted)})


def undo_end(state: State, _setting: Setting) -> Draft:
    """Give the floor back to the last speaker, whose turn was ended too early; the next one waits again.

    Only while nothing else has happened: an item that was left meanwhile is not taken up again by this.
    """
    last = state.turns[-1] if state.turns else None
    if last is None or last.ended_by != state.mark or state.mark_kind not in (Kind.FLOOR_GIVEN, Kind.FLOOR_ENDED):
        raise Barred(Code.NOTHING_TO_UNDO)
    return Draft(Kind.END_UNDONE, {"turn": last.id})


def pause_time(state: State, _setting: Setting) -> Draft:
    """Let the speaker's time rest."""
    if _require_turn(state).paused_at:
        raise Barred(Code.TIME_STANDS)
    return Draft(Kind.TIME_PAUSED)


def resume_time(state: State, _setting: Setting) -> Draft:
    """Let the speaker's time run again."""
    if not _require_turn(state).paused_at:
        raise Barred(Code.TIME_RUNS)
    return Draft(Kind.TIME_RESUMED)


def extend_time(state: State, _setting: Setting, *, seconds: int) -> Draft:
    """Give the speaker more time."""
    if _require_turn(state).limit_seconds is None:
        raise Barred(Code.NO_LIMIT)
    if not 0 < seconds <= MOST_EXTRA_SECONDS:
        raise Barred(Code.BAD_NUMBER, number=seconds)
    return Draft(Kind.TIME_EXTENDED, {"seconds": seconds})


def _require_floor(state: State) -> None:
    if not state.day:
        raise Barred(Code.NOT_OPEN)
    if state.is_break:
        raise Barred(Code.IS_BREAK)


def _require_turn(state: State) -> Turn:
    if state.turn is None:
        raise Barred(Code.NOBODY_SPEAKS)
    return state.turn


def given(state: State, entry: Entry) -> State:
    """Begin the turn. Whoever was interrupted goes on after points of order, unless the chair calls somebody else."""
    request = state.requests[entry.number("request")]
    if entry.values.get("interrupts") and state.turn:
        state = replace(state, interrupted=_rested(state.turn, entry.at), turn=None)
    elif request.wish is Wish.POINT_OF_ORDER:
        state = _ended(state, entry)
    else:
        state = without_turn(state, entry)
    turn = Turn(
        id=entry.sequence,
        request=request.id,
        proposed=entry.number("proposed"),
        person=request.person,
        wish=request.wish,
        seat=request.seat,
        day=state.day,
        item=state.item,
        began_at=entry.at,
        limit_seconds=state.limit_seconds,
    )
    return replace(state.staged(request.id, Stage.SPEAKING), turn=turn)


def ended(state: State, entry: Entry) -> State:
    """End the turn, and let the interrupted speaker go on."""
    state = _ended(state, entry)
    if state.interrupted:
        state = replace(state, turn=_running(state.interrupted, entry.at), interrupted=None)
    return state


def undone(state: State, entry: Entry) -> State:
    """Take the last turn up again; the time in between does not count, and whoever came in between waits again."""
    back = state.turns[-1]
    cut_in = state.turn
    interrupted = state.interrupted
    if cut_in and cut_in.id == back.ended_by:
        state = _waiting_again(state, state.requests[cut_in.request])
    elif cut_in:  # who was interrupted had begun to go on again
        interrupted = _rested(cut_in, back.ended_at or entry.at)
    # A turn whose time rested when it ended rests again from then on.
    gap = ZERO if back.paused_at else entry.at - (back.ended_at or entry.at)
    turn = replace(back, ended_at=None, ended_by=0, paused=back.paused + gap)
    state = state.staged(back.request, Stage.SPEAKING)
    return replace(state, turn=turn, interrupted=interrupted, turns=state.turns[:-1])


def time_paused(state: State, entry: Entry) -> State:
    """Stop the time."""
    return replace(state, turn=_rested(state.turn, entry.at)) if state.turn else state


def time_resumed(state: State, entry: Entry) -> State:
    """Let the time run."""
    return replace(state, turn=_running(state.turn, entry.at)) if state.turn else state


def time_extended(state: State, entry: Entry) -> State:
    """Make the time longer."""
    if state.turn is None:
        return state
    return replace(state, turn=replace(state.turn, extra_seconds=state.turn.extra_seconds + entry.number("seconds")))


def without_turn(state: State, entry: Entry) -> State:
    """End every turn, because the item is left or a break begins."""
    state = _ended(state, entry)
    if state.interrupted:
        state = _ended(replace(state, turn=state.interrupted, interrupted=None), entry)
    return state


def _ended(state: State, entry: Entry) -> State:
    if state.turn is None:
        return state
    turn = replace(state.turn, ended_at=entry.at, ended_by=entry.sequence)
    return replace(state.staged(turn.request, Stage.SPOKEN), turn=None, turns=(*state.turns, turn))


def _rested(turn: Turn, at: datetime) -> Turn:
    return turn if turn.paused_at else replace(turn, paused_at=at)


def _running(turn: Turn, at: datetime) -> Turn:
    if turn.paused_at is None:
        return turn
    return replace(turn, paused_at=None, paused=turn.paused + (at - turn.paused_at))


def _waiting_again(state: State, request: Request) -> State:
    """Let a request wait again, in place of a new one that the same person has made for the same meanwhile."""
    for other in state.waiting(request.matter):
        if (other.person, other.wish, other.matter) == (request.person, request.wish, request.matter):
            state = state.staged(other.id, Stage.LAPSED)
    return state.staged(request.id, Stage.WAITING)
