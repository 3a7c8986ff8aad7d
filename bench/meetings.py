"""Public meetings as timetable problems, as far as our hard rules cover theirs.

A rule "these sessions not at the same time" becomes somebody who is in both; "not in this half-day" becomes somebody
who is away. Left out: the order and distance of a group's sessions, adjacency, group attributes, free text.
"""

from collections.abc import Callable, Mapping
from datetime import date
from itertools import count
from typing import Any

from convenor.optimise.timetable.model import Absence, Closed, Lock, Problem, Room, Session, Slot

#: A meeting file as read from JSON; its shape is written at its own head.
Meeting = Mapping[str, Any]


def number(name: str) -> int:
    """Read the number of an id such as r20 or p7."""
    return int(name[1:])


def minutes_of(clock: str) -> int:
    """Turn 09:30 into minutes after midnight."""
    hours, minutes = clock.split(":")
    return 60 * int(hours) + int(minutes)


def slots_of(meeting: Meeting) -> tuple[Slot, ...]:
    """Return the slots in which something may be held."""
    return tuple(
        Slot(number(one["id"]), date.fromisoformat(one["day"]).toordinal(), minutes_of(one["start"]), one["minutes"])
        for one in meeting["timeslots"] if one["schedulable"]
    )


def rooms_of(meeting: Meeting) -> tuple[Room, ...]:
    """Return the rooms that may be used; a room without a size takes anybody."""
    return tuple(
        Room(number(one["id"]), one["capacity"] or 0) for one in meeting["rooms"] if one["schedulable"]
    )


def ietf106(meeting: Meeting, seed: int) -> Problem:
    """Read IETF 106: every conflict, every person and every half-day hard; two lengths trimmed to the longest slot."""
    slots, rooms = slots_of(meeting), rooms_of(meeting)
    longest = max(slot.minutes for slot in slots)
    invented = count(100_000)
    people: dict[str, set[int]] = {one["group"]: {next(invented)} for one in meeting["sessions"]}
    groups_of: dict[str, set[str]] = {}
    absences: list[Absence] = []
    for rule in meeting["constraints"]:
        held = {group for group in rule["groups"] if group in people}
        if rule["kind"] == "must_attend":
            groups_of.setdefault(rule["person"], set()).update(held)
        elif rule["kind"] == "conflict" and len(held) > 1:
            groups_of.setdefault("+".join(sorted(held)), set()).update(held)
        elif rule["kind"] == "time_range":
            away = {number(t["id"]) for t in meeting["timeslots"] if t.get("time_group") in rule["unavailable"]}
            own = [min(people[group]) for group in held]
            absences += [Absence(who, slot.id) for who in own for slot in slots if slot.id in away]
    for groups in groups_of.values():
        person = next(invented)
        for group in groups:
            people[group].add(person)
    sessions = tuple(
        Session(
            number(one["id"]), min(one["minutes"], longest), one["attendees"] or 0, frozenset(people[one["group"]]),
            one["area"] or "", "regular",
        )
        for one in meeting["sessions"]
    )
    offered = {number(one["id"]): set(one["rooms_with_capacity"]) for one in meeting["timeslots"]}
    closed = tuple(Closed(r.id, s.id) for r in rooms for s in slots if f"r{r.id}" not in offered[s.id])
    return Problem(sessions, slots, rooms, tuple(absences), (), closed, seed)


def breakouts(meeting: Meeting, seed: int) -> Problem:
    """Read W3C Breakouts 2024: conflicts, chairs and the wishes for a time, all hard."""
    slots = slots_of(meeting)
    invented = count(100_000)
    people: dict[str, set[int]] = {one["id"]: set() for one in meeting["sessions"]}
    absences: list[Absence] = []
    for rule in meeting["constraints"]:
        person = next(invented)
        for session in rule["sessions"]:
            if session in people:
                people[session].add(person)
        if rule["kind"] == "time_range":
            absences += [Absence(person, s.id) for s in slots if f"t{s.id}" not in rule["allowed_slots"]]
    sessions = tuple(
        Session(number(one["id"]), one["minutes"], 0, frozenset(people[one["id"]]), "", one["type"])
        for one in meeting["sessions"]
    )
    return Problem(sessions, slots, rooms_of(meeting), tuple(absences), seed=seed)


def tpac2023(meeting: Meeting, seed: int) -> Problem:
    """Read W3C TPAC 2023: every meeting of a session locked to its time, "same room" asked for between neighbours."""
    known = {one["id"]: one for one in meeting["sessions"]}
    sessions, locks = [], []
    for rule in meeting["constraints"]:
        if rule["kind"] != "required_times":
            continue
        one = known[rule["sessions"][0]]
        for slot in rule["slots"]:
            meeting_id = 100 * number(one["id"]) + number(slot)
            own = frozenset({number(one["id"])})
            sessions.append(Session(meeting_id, 0, one["attendees"], own, "", one["type"]))
            locks.append(Lock(meeting_id, number(slot), None))
    return Problem(tuple(sessions), slots_of(meeting), rooms_of(meeting), (), tuple(locks), (), seed)


LOADERS: Mapping[str, Callable[[Meeting, int], Problem]] = {
    "ietf106.json": ietf106,
    "w3c_breakouts2024.json": breakouts,
    "w3c_tpac2023.json": tpac2023,
}
