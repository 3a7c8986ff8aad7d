"""The annual meeting in Geneva: rooms, slots, and the sessions that no evaluation decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from random import Random

from convenor.example.people import People
from convenor.example.phrasing import Deck, Phrasebook
from convenor.example.records import Closure, OtherSession, Room, Slot, SlotBudget, Venue
from convenor.example.words import THEMES, issues

ASSEMBLY = "Assembly"
ROOMS = (
    Room(ASSEMBLY, 1600, step_free=True),
    Room("XVII", 650, step_free=True),
    Room("XX", 750, step_free=True),
    Room("XXI", 180, step_free=True),
    Room("XXII", 180, step_free=True),
    Room("XXIII", 120, step_free=True),
    Room("XXIV", 120, step_free=True),
    Room("XXV", 100, step_free=True),
    Room("XXVI", 100, step_free=True),
    Room("XXVII", 60, step_free=False),
)
DAYS = tuple(date(2017, 12, day) for day in (18, 19, 20, 21))
MORNING = ((time(9), 60), (time(10, 15), 90), (time(12), 60))
AFTERNOON = ((time(15), 90), (time(16, 45), 90))
HALVES = (time(10), time(15))
"""When the long slots of the Assembly begin."""
LONG_MINUTES = 180
BUDGET = SlotBudget(on_grid=103, open_forums=12, coalitions=7, best_practice_forums=4)
RESERVE = 6
"""Room-slots that stay free on the grid, for what comes up during the week."""


def make_venue() -> Venue:
    """Describe the meeting place: 109 room-slots outside the Assembly, six more than the budget counts."""
    slots = tuple(all_slots())
    return Venue("Geneva", "Europe/Zurich", DAYS, ROOMS, slots, tuple(all_closures(slots)))


def all_slots() -> Iterator[Slot]:
    """Number the slots: the first morning is for the opening, the last afternoon for the closing."""
    number = 0
    for day in DAYS:
        parallel = (MORNING if day != DAYS[0] else ()) + (AFTERNOON if day != DAYS[-1] else ())
        plan = [(start, minutes, "parallel") for start, minutes in parallel]
        plan += [(start, LONG_MINUTES, "main") for start in HALVES]
        for start, minutes, kind in sorted(plan):
            number += 1
            yield Slot(number, day, start, minutes, kind)


def all_closures(slots: Sequence[Slot]) -> Iterator[Closure]:
    """Close rooms outside the Assembly, which itself is kept for the long slots."""
    for slot in slots:
        if slot.kind == "main":
            yield from (Closure(room.name, slot.number, "long slots are the Assembly's") for room in ROOMS[1:])
            continue
        yield Closure(ASSEMBLY, slot.number, "kept for main sessions")
        if slot.start == time(9):
            yield Closure("XVII", slot.number, "interpreters' sound check")
        if slot.start == time(12):
            yield from (Closure(room, slot.number, "interpreters' rest") for room in ("XVII", "XX"))
        if slot.start >= time(12):
            yield Closure("XXVII", slot.number, "bilateral meetings")
        if slot.day == DAYS[0]:
            yield Closure("XXIV", slot.number, "registration desk")
        if slot.day == DAYS[-1]:
            yield from (Closure(room, slot.number, "dismantling") for room in ("XXV", "XXVI"))


class Others:
    """Invents the sessions beside the workshops; guests are shared out so that few meet twice."""

    def __init__(self, rng: Random, people: People, guests: Sequence[int]) -> None:
        self.rng = rng
        self.people = people
        self.guests = Deck(rng, guests)
        self.book = Phrasebook(rng)
        self.issues = Deck(rng, issues())
        self.hosts = {group: Deck(rng, indices) for group, indices in self._by_group().items()}

    def _by_group(self) -> Mapping[str, Sequence[int]]:
        found: dict[str, list[int]] = {}
        for index, organisation in enumerate(self.people.organisations[1:], start=1):
            found.setdefault(organisation.group, []).append(index)
        return found

    def session(self, kind: str, minutes: int, groups: Sequence[str], most: int) -> OtherSession:
        """Invent an open forum, a coalition's meeting or a best practice forum of a host of `groups`."""
        host = self.hosts[self.rng.choice(groups)].draw()
        people = [self.guests.draw() for _ in range(self.rng.randint(2, 4))] + [self.people.add(host)]
        issue = self.issues.draw()
        organisation = self.people.organisations[host].name
        words = {"s": self.rng.choice(issue.subjects), "issue": issue.name, "org": organisation}
        title = self.book.say(kind, words)
        theme = issue.theme
        expected = self.rng.randint(40, most)
        return OtherSession(title, kind, minutes, expected, theme, host, tuple(sorted(people)), None, None)

    def main(self, theme: str, slot: Slot) -> OtherSession:
        """Invent the main session of a theme, locked into the Assembly."""
        people = tuple(sorted(self.guests.draw() for _ in range(self.rng.randint(6, 8))))
        title = self.book.say("main", {"theme": THEMES[theme][0]})
        expected = self.rng.randint(500, 900)
        return OtherSession(title, "main", LONG_MINUTES, expected, theme, 0, people, slot.number, ASSEMBLY)


def make_other_sessions(
    rng: Random, people: People, guests: Sequence[int], chair: int, slots: Sequence[Slot]
) -> tuple[OtherSession, ...]:
    """Invent 12 open forums, 7 coalitions, 4 best practice forums, opening, 6 main sessions and closing.

    `guests` may be asked to speak; hosts are added to `people`; the chair opens and closes.
    """
    others = Others(rng, people, guests)
    found = [
        *(others.session("open-forum", 60, ("gov", "igo"), 120) for _ in range(BUDGET.open_forums)),
        *(others.session("coalition", rng.choice((60, 90)), ("civ",), 100) for _ in range(BUDGET.coalitions)),
        *(others.session("bpf", 90, ("tec", "civ"), 180) for _ in range(BUDGET.best_practice_forums)),
    ]
    opening, *between, closing = (slot for slot in slots if slot.kind == "main")
    themes = list(THEMES)[: len(between)]
    found += [others.main(theme, slot) for theme, slot in zip(themes, between, strict=True)]
    return (
        *found,
        ceremony("Opening of the forum", chair, opening, 1500),
        ceremony("Closing of the forum", chair, closing, 1200),
    )


def ceremony(title: str, chair: int, slot: Slot, expected: int) -> OtherSession:
    """Describe the opening or closing, locked into the Assembly."""
    return OtherSession(title, "ceremony", LONG_MINUTES, expected, None, 0, (chair,), slot.number, ASSEMBLY)
