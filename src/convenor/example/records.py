"""What the example world is made of: plain frozen records, linked by index, key or number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class Organisation:
    """An invented organisation; `group` is gov, igo, prv, civ or tec."""

    name: str
    country: str
    group: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose name says "example"; `organisation` is an index into `World.organisations`."""

    key: int
    name: str
    email: str
    organisation: int
    country: str
    group: str
    gender: str | None


@dataclass(frozen=True, slots=True)
class Contributor:
    """One person's part in a proposal."""

    person: int
    role: str
    on_site: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class EarlierSession:
    """A session the proposer held in one of the last two years."""

    year: int
    title: str
    report_filed: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as handed in; `screened_out` names the reason when it did not reach the evaluators."""

    number: int
    title: str
    summary: str
    specific_issue: str
    policy_questions: tuple[str, ...]
    expected_outcomes: str
    online_participation: str
    session_agenda: str
    background: str
    theme: str
    tags: tuple[str, ...]
    format: str
    minutes: int
    owner: int
    organisation: int
    contributors: tuple[Contributor, ...]
    first_time: bool
    earlier_session: EarlierSession | None
    expected: int
    status: str
    screened_out: str | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One member's reading of one proposal.

    `grades` has every criterion, `None` for a blank; an abstention is blank throughout.
    `reasons` holds a standard reason for each grade of 3 or less.
    """

    member: int
    proposal: int
    grades: Mapping[str, int | None]
    reasons: Mapping[str, str]
    comment: str
    merger_with: int | None
    abstained: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """A declared conflict of interest: organisation, contributor or close (a personal tie)."""

    member: int
    proposal: int
    reason: str


@dataclass(frozen=True, slots=True)
class Room:
    """A room with its seats."""

    name: str
    seats: int
    step_free: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of time; `kind` is parallel, or main for the long slots of the Assembly that overlap them."""

    number: int
    day: date
    start: time
    minutes: int
    kind: str


@dataclass(frozen=True, slots=True)
class Closure:
    """A room that cannot be used in a slot."""

    room: str
    slot: int
    reason: str


@dataclass(frozen=True, slots=True)
class Venue:
    """Where and when the annual meeting is held; times are local to `zone`."""

    city: str
    zone: str
    days: tuple[date, ...]
    rooms: tuple[Room, ...]
    slots: tuple[Slot, ...]
    closures: tuple[Closure, ...]


@dataclass(frozen=True, slots=True)
class SlotBudget:
    """The terms of the formula that tells how many workshops fit."""

    on_grid: int
    open_forums: int
    coalitions: int
    best_practice_forums: int

    @property
    def workshops(self) -> int:
        """Slots that are left for workshops."""
        return self.on_grid - self.open_forums - self.coalitions - self.best_practice_forums


@dataclass(frozen=True, slots=True)
class OtherSession:
    """A session that no evaluation decides; slot and room are set where it is locked."""

    title: str
    kind: str
    minutes: int
    expected: int
    theme: str | None
    organisation: int
    people: tuple[int, ...]
    slot: int | None
    room: str | None


@dataclass(frozen=True, slots=True)
class World:
    """The whole invented year; `people[k].key == k` and `proposals[n - 1].number == n`."""

    seed: int
    organisations: tuple[Organisation, ...]
    people: tuple[Person, ...]
    chair: int
    secretariat: tuple[int, ...]
    members: tuple[int, ...]
    proposals: tuple[Proposal, ...]
    evaluations: tuple[Evaluation, ...]
    conflicts: tuple[Conflict, ...]
    merger_pairs: tuple[tuple[int, int], ...]
    venue: Venue
    other_sessions: tuple[OtherSession, ...]
    slot_budget: SlotBudget
