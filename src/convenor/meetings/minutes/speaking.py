"""Who spoke, when and for how long, and how the time divides."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from convenor.meetings.clock.projection import Span
from convenor.meetings.floor import State
from convenor.meetings.floor.state import Turn
from convenor.meetings.minutes.record import Share, Speech


def speeches(state: State, until: datetime | None) -> Iterator[Speech]:
    """Yield every turn in the order in which they began; one that still lasts is reckoned up to the last entry."""
    turns = [*state.turns, *(one for one in (state.interrupted, state.turn) if one is not None)]
    for turn in sorted(turns, key=lambda one: one.id):
        yield _speech(turn, until)


def _speech(turn: Turn, until: datetime | None) -> Speech:
    limit = None if turn.limit_seconds is None else turn.limit_seconds + turn.extra_seconds
    return Speech(
        entry=turn.id,
        person=turn.person,
        wish=turn.wish,
        channel=turn.seat,
        day=turn.day,
        item=turn.item,
        span=Span(turn.began_at, turn.ended_at),
        seconds=int(turn.spoken(turn.ended_at or until or turn.began_at).total_seconds()),
        limit_seconds=limit,
        is_deviation=turn.is_deviation,
    )


def shares(spoken: Iterable[Speech], code_of: Callable[[Speech], str]) -> tuple[Share, ...]:
    """Divide the time by a code; the longest first, and of equals by their code."""
    of = defaultdict[str, list[Speech]](list)
    for one in spoken:
        of[code_of(one)].append(one)
    found = (
        Share(code, sum(one.seconds for one in some), len(some), len({one.person for one in some}))
        for code, some in of.items()
    )
    return tuple(sorted(found, key=lambda one: (-one.seconds, one.code)))
