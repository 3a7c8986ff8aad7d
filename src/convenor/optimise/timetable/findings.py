"""Reasons that counting alone can give why no timetable exists; the solver is not asked.

Each finding is a proof by itself: a session without a place, locks that contradict each other, a person with
more sessions than times, a set of sessions with fewer places than members.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from convenor.optimise.timetable.facts import Facts
from convenor.optimise.timetable.model import Finding, Place, Slot
from convenor.optimise.timetable.rules import BARS, Bar, RoomSize, SlotLength, open_places

NO_PLACE = "no_place"
LOCKS_COLLIDE = "locks_collide"
PERSON_TOO_BUSY = "person_too_busy"
TOO_FEW_PLACES = "too_few_places"


def count(facts: Facts) -> tuple[Finding, ...]:
    """Return what counting finds: colliding locks and sessions without a place, or else shortages."""
    slots_of: defaultdict[int, set[int]] = defaultdict(set)
    for place in open_places(facts, BARS):
        slots_of[place.session].add(place.slot)
    collisions = tuple(_colliding_locks(facts))
    explained = {session for finding in collisions for session in finding.sessions}
    homeless = [session for session in facts.sessions if not slots_of[session] and session not in explained]
    certain = (*collisions, *(_no_place(facts, session) for session in homeless))
    return certain or (*_busy_people(facts, slots_of), *_shortages(facts, slots_of))


def _colliding_locks(facts: Facts) -> Iterator[Finding]:
    held = {}
    for session, locks in sorted(facts.locks.items()):
        slots = tuple(sorted({slot for slot, _ in locks if slot is not None}))
        rooms = tuple(sorted({room for _, room in locks if room is not None}))
        if len(slots) > 1 or len(rooms) > 1:
            yield Finding(LOCKS_COLLIDE, (session,), slots=slots, rooms=rooms)
        elif slots:
            held[session] = slots[0], rooms
    for (one, (slot, rooms)), (two, (other, others)) in combinations(held.items(), 2):
        room = rooms if rooms == others else ()
        people = tuple(sorted(facts.sessions[one].people & facts.sessions[two].people))
        if other in facts.overlapping[slot] and (room or people):
            yield Finding(LOCKS_COLLIDE, (one, two), people, tuple(sorted({slot, other})), room)


def _no_place(facts: Facts, session: int) -> Finding:
    """Say which bars, none of them needless, leave the session without a place."""
    places = [Place(session, slot, room) for slot in facts.slots for room in facts.rooms]
    bars = list(BARS)
    for bar in reversed(BARS):
        others = [other for other in bars if other is not bar]
        if not _passing(facts, places, others):
            bars = others
    locks = facts.locks.get(session, ())
    names = tuple(bar.name for bar in bars)
    locked = "locked" in names
    absent = {person for slot in facts.slots for person in facts.absent(session, slot)}
    need, have = _figures(facts, session, places, bars)
    return Finding(
        NO_PLACE,
        (session,),
        tuple(sorted(absent)) if "presence" in names else (),
        tuple(sorted({slot for slot, _ in locks if slot is not None})) if locked else (),
        tuple(sorted({room for _, room in locks if room is not None})) if locked else (),
        names,
        need,
        have,
    )


def _passing(facts: Facts, places: Iterable[Place], bars: Iterable[Bar]) -> list[Place]:
    kept = list(places)
    for bar in bars:
        kept = bar.post(facts, kept)
    return kept


def _figures(facts: Facts, session: int, places: list[Place], bars: list[Bar]) -> tuple[int | None, int | None]:
    """Return what is needed and the most there is where the other bars pass; None unless it is one measure."""
    measured = [bar for bar in bars if isinstance(bar, (SlotLength, RoomSize))]
    if len(measured) != 1:
        return None, None
    left = _passing(facts, places, [bar for bar in bars if bar is not measured[0]])
    if isinstance(measured[0], SlotLength):
        return facts.sessions[session].minutes, max(facts.slots[place.slot].minutes for place in left)
    return facts.sessions[session].seats, max(facts.rooms[place.room].seats for place in left)


def _busy_people(facts: Facts, slots_of: Mapping[int, set[int]]) -> Iterator[Finding]:
    """Yield the people with more sessions than times; people with the same sessions share one finding."""
    groups = defaultdict(list)
    for person, sessions in facts.sessions_of.items():
        groups[sessions].append(person)
    for sessions, people in sorted(groups.items()):
        slots = sorted(set().union(*(slots_of[session] for session in sessions)))
        times = most_apart(facts.slots[slot] for slot in slots)
        if times < len(sessions):
            yield Finding(PERSON_TOO_BUSY, sessions, tuple(people), tuple(slots), need=len(sessions), have=times)


def _shortages(facts: Facts, slots_of: Mapping[int, set[int]]) -> list[Finding]:
    """Return the smallest sets of sessions that outnumber the places they can have.

    A set is "needs a room above this size, within these slots"; every size of a room is tried, and every set
    of slots that some session has.
    """
    sizes = sorted({room.seats for room in facts.rooms.values()})[:-1]
    slot_sets = {frozenset(slots_of[session]) for session in facts.sessions} | {frozenset(facts.slots)}
    found: dict[tuple[int, ...], Finding] = {}
    for slots in sorted(slot_sets, key=lambda one: (len(one), sorted(one))):
        inside = [session for session in facts.sessions if slots_of[session] <= slots]
        for above in (None, *sizes):
            needy = tuple(sorted(s for s in inside if above is None or facts.sessions[s].seats > above))
            have = _room_slots(facts, slots, above) if needy else 0
            if have < len(needy) and (needy not in found or have < (found[needy].have or 0)):
                found[needy] = Finding(
                    TOO_FEW_PLACES,
                    needy,
                    slots=tuple(sorted(slots)),
                    need=len(needy),
                    have=have,
                    more_than_seats=above,
                )
    sets = {sessions: frozenset(sessions) for sessions in found}
    return [found[one] for one in sorted(found) if not any(sets[other] < sets[one] for other in sets)]


def _room_slots(facts: Facts, slots: frozenset[int], above: int | None) -> int:
    """Count the sessions that rooms above that size can hold in these slots, one after another."""
    return sum(
        most_apart(facts.slots[slot] for slot in slots if (room.id, slot) not in facts.closed)
        for room in facts.rooms.values()
        if above is None or room.seats > above
    )


def most_apart(slots: Iterable[Slot]) -> int:
    """Return how many of the slots one room, or one person, can use.

    Taking the earliest end first is optimal for intervals (an exchange argument).
    """
    taken, free_from = 0, None
    for slot in sorted(slots, key=lambda one: (one.closes, one.opens, one.id)):
        if free_from is None or slot.opens >= free_from:
            taken, free_from = taken + 1, slot.closes
    return taken
