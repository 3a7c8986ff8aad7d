"""Timetables: seconds to the first one, best cost and bound, and what the checker finds, on seeded instances.

The example-like grid has 4 days × 5 slots × 10 rooms for 103 sessions (80 workshops, 23 others) and 450 people. Three
public meetings are added when their files are there: `$CONVENOR_SHARED/data/timetable/meetings` (default `../shared`).
Of these the hard rules are taken as far as ours cover them: "not at the same time" becomes somebody who is in both,
"not in this half-day" somebody who is away. Left out: order and distance of a group's
sessions, adjacency, group attributes.
"""

import argparse
import json
import os
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, count
from pathlib import Path
from time import perf_counter
from typing import Any

from convenor.optimise.timetable.check import check
from convenor.optimise.timetable.model import (
    MAIN,
    Absence,
    Closed,
    Impossible,
    Lock,
    Placement,
    Problem,
    Progress,
    Room,
    Session,
    Slot,
    Undecided,
)
from convenor.optimise.timetable.solve import solve

SEATS = (1600, 650, 750, 180, 180, 120, 120, 100, 100, 60)
STARTS = ((540, 60), (615, 90), (720, 60), (900, 90), (1005, 90))
KINDS = ("workshop",) * 80 + (MAIN,) * 6 + ("open forum",) * 9 + ("coalition",) * 8
THEMES = ("access", "security", "rights", "data", "governance", "inclusion", "media", "infrastructure")
PEOPLE, REGULARS, AWAY = 450, 40, 25
SHARE_WITH_A_REGULAR = 0.7

#: A meeting file as read from JSON; its shape is written at its own head.
Meeting = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One run: None where there was no timetable; `answer` says what came out."""

    instance: str
    sessions: int
    places: int
    first: float | None
    total: float
    cost: int | None
    bound: int | None
    violations: int | None
    answer: str

    @property
    def gap(self) -> float | None:
        """Share of the cost above the bound."""
        if self.cost is None or self.bound is None:
            return None
        return (self.cost - self.bound) / self.cost if self.cost else 0.0


def example(seed: int) -> Problem:
    """Return the example-like instance."""
    slots = tuple(
        Slot(5 * day + place + 1, day, start, minutes)
        for day in range(4)
        for place, (start, minutes) in enumerate(STARTS)
    )
    return Problem(sessions(seed), slots, rooms(10), absences(seed, slots), seed=seed)


def nearly_full(seed: int) -> Problem:
    """Return the same sessions on 4 days × 3 slots × 9 rooms: 103 of 108 places."""
    starts = (540, 660, 900)
    slots = tuple(Slot(3 * day + place + 1, day, start, 90) for day in range(4) for place, start in enumerate(starts))
    return Problem(sessions(seed), slots, rooms(9), absences(seed, slots), seed=seed)


def long_mains(seed: int) -> Problem:
    """Return the example with main sessions of three hours, in slots that lie over two others."""
    case = example(seed)
    long = tuple(Slot(21 + day, day, 900, 195) for day in range(4))
    stretched = tuple(replace(one, minutes=180) if one.kind == MAIN else one for one in case.sessions)
    return replace(case, sessions=stretched, slots=(*case.slots, *long))


def halls_closed(seed: int) -> Problem:
    """Return the example with the three halls open in four slots altogether: fewer than the main sessions need."""
    case = example(seed)
    opened = {(1, 2), (1, 7), (2, 12), (3, 17)}
    closed = tuple(Closed(room, slot.id) for room in (1, 2, 3) for slot in case.slots if (room, slot.id) not in opened)
    return replace(case, closed=closed, absences=())


def entangled(seed: int) -> Problem:
    """Return the example with six sessions of one day, five slots, each two of which share somebody."""
    case = example(seed)
    own = {one: {PEOPLE + i for i, pair in enumerate(combinations(range(6), 2)) if one in pair} for one in range(6)}
    day = frozenset({0})
    first = [replace(case.sessions[i], people=case.sessions[i].people | own[i], days=day) for i in range(6)]
    return replace(case, sessions=(*first, *case.sessions[6:]), absences=())


def sessions(seed: int) -> tuple[Session, ...]:
    """Draw the sessions: four or five people each, some of whom are in several."""
    rng = random.Random(seed)
    newcomers = rng.sample(range(PEOPLE), PEOPLE)
    regulars = rng.sample(range(PEOPLE), REGULARS)
    drawn = []
    for number, kind in enumerate(KINDS, start=1):
        people = {newcomers.pop() for _ in range(min(4, len(newcomers)))}
        people |= {rng.choice(regulars)} if rng.random() < SHARE_WITH_A_REGULAR or not people else set()
        seats = rng.choice((500, 600, 700, 1000) if kind == MAIN else (30, 40, 50, 60, 80, 100, 120, 150, 180))
        minutes = rng.choice((60, 90, 90)) if kind == "workshop" else 90 if kind == MAIN else 60
        drawn.append(Session(number, minutes, seats, frozenset(people), rng.choice(THEMES), kind, None))
    return tuple(drawn)


def rooms(number: int) -> tuple[Room, ...]:
    """Return the first rooms of the example's house."""
    return tuple(Room(room + 1, seats) for room, seats in enumerate(SEATS[:number]))


def absences(seed: int, slots: Sequence[Slot]) -> tuple[Absence, ...]:
    """Keep some people away on the first or on the last day."""
    rng = random.Random(seed + 1)
    away = [(person, rng.choice((0, 3))) for person in rng.sample(range(PEOPLE), AWAY)]
    return tuple(Absence(person, slot.id) for person, day in away for slot in slots if slot.day == day)


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
        for one in meeting["timeslots"]
        if one["schedulable"]
    )


def rooms_of(meeting: Meeting) -> tuple[Room, ...]:
    """Return the rooms that may be used; a room without a size takes anybody."""
    return tuple(Room(number(one["id"]), one["capacity"] or 0) for one in meeting["rooms"] if one["schedulable"])


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
            number(one["id"]),
            min(one["minutes"], longest),
            one["attendees"] or 0,
            frozenset(people[one["group"]]),
            one["area"] or "",
            "regular",
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


def run(instance: str, case: Problem, seconds: float, previous: Sequence[Placement] = ()) -> Row:
    """Solve once and measure; `first` counts from the call, building the model included."""
    seen: list[float] = []
    start = perf_counter()

    def note(_: Progress) -> None:
        seen.append(perf_counter() - start)

    shape = (instance, len(case.sessions), len(case.slots) * len(case.rooms) - len(case.closed))
    try:
        found = solve(case, seconds=seconds, progress=note, previous=previous)
    except Impossible as impossible:
        return Row(*shape, None, perf_counter() - start, None, None, None, said(impossible))
    except Undecided:
        return Row(*shape, None, perf_counter() - start, None, None, None, "undecided")
    total = perf_counter() - start
    wrong = len(check(case, found.placements))
    answer = "proven optimal" if found.proven else "best in time"
    if previous:
        answer += f", {len(set(found.placements) - set(previous))} moved"
    return Row(*shape, seen[0] if seen else None, total, found.cost, found.bound, wrong, answer)


def said(impossible: Impossible) -> str:
    """Put the findings on one line."""
    parts = []
    for one in impossible.findings[:2]:
        figures = f" need {one.need} have {one.have}" if one.need is not None else ""
        rules = f" by {', '.join(one.rules)}" if one.rules else ""
        parts.append(f"{one.code}: {len(one.sessions)} sessions{rules}{figures}")
    more = len(impossible.findings) - len(parts)
    return "; ".join(parts) + (f"; and {more} more" if more > 0 else "")


def rows(seed: int, seconds: float) -> Iterator[Row]:
    """Yield one row per instance, as it is measured."""
    case = example(seed)
    yield run("example", case, seconds)
    yield run("95 % full", nearly_full(seed), seconds)
    yield run("three-hour mains", long_mains(seed), seconds)
    before = solve(case, seconds=seconds / 4).placements
    held = next(one for one in before if one.session == 1)
    shut = replace(case, closed=tuple(Closed(held.room, slot.id) for slot in case.slots))
    yield run("a room lost, solved again", shut, seconds, before)
    yield run("halls closed", halls_closed(seed), seconds)
    yield run("entangled", entangled(seed), seconds)
    folder = Path(os.environ.get("CONVENOR_SHARED", "../shared")) / "data" / "timetable" / "meetings"
    for name, load in LOADERS.items():
        file = folder / name
        if file.exists():
            yield run(file.stem, load(json.loads(file.read_text("utf-8")), seed), seconds)
        else:
            yield Row(file.stem, 0, 0, None, 0.0, None, None, None, f"skipped: {file} is not there")


def line(row: Row) -> str:
    """Format one row of the table."""
    first = "–" if row.first is None else f"{row.first:.2f}"
    gap = "–" if row.gap is None else f"{row.gap:.1%}"
    cells = ["–" if cell is None else str(cell) for cell in (row.cost, row.bound, row.violations)]
    return (
        f"{row.instance:<26}{row.sessions:>9}{row.places:>8}{first:>9}{row.total:>8.2f}{cells[0]:>7}{cells[1]:>7}"
        f"{gap:>8}{cells[2]:>12}  {row.answer}"
    )


def main() -> None:
    """Print the table as it grows, or the same as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=float, default=20.0, help="limit of each run")
    parser.add_argument("--seed", type=int, default=2017)
    options = parser.parse_args()
    if options.json:
        measured = [{**vars(row), "gap": row.gap} for row in rows(options.seed, options.seconds)]
        print(json.dumps({"seconds": options.seconds, "seed": options.seed, "rows": measured}))
        return
    print(
        f"{'instance':<26}{'sessions':>9}{'places':>8}{'first s':>9}{'all s':>8}{'cost':>7}{'bound':>7}"
        f"{'gap':>8}{'violations':>12}  answer"
    )
    for row in rows(options.seed, options.seconds):
        print(line(row), flush=True)


if __name__ == "__main__":
    main()
