"""The example world: one invented year of a forum, the same for the same seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from convenor.example.grading import find_conflicts, make_evaluations
from convenor.example.organisations import REGIONS, make_organisations
from convenor.example.people import People
from convenor.example.proposals import SPEAKER_CAP, Cast, Defects, defects_of, make_proposals, spoil
from convenor.example.records import (
    Closure,
    Conflict,
    Contributor,
    EarlierSession,
    Evaluation,
    Organisation,
    OtherSession,
    Person,
    Proposal,
    Room,
    Slot,
    SlotBudget,
    Venue,
    World,
)
from convenor.example.venue import BUDGET, make_other_sessions, make_venue
from convenor.people.regions import region_of

__all__ = [
    "Closure",
    "Conflict",
    "Contributor",
    "EarlierSession",
    "Evaluation",
    "Organisation",
    "OtherSession",
    "Person",
    "Proposal",
    "Room",
    "Slot",
    "SlotBudget",
    "Venue",
    "World",
    "make_world",
]

FEWEST_PROPOSALS = 30
MEMBERS_PER_REGION = 11
MEMBERS_ONLY_PER_REGION = 4
"""Organisations of a region that have a seat on the committee but propose nothing."""
SPEAKING_MEMBERS = 6
SECRETARIAT_SIZE = 3
GUESTS = 90
SAME_OWNER_SHARE = 0.5
SPEAKERS_PER_PROPOSAL = 5.4
SOUGHT_AFTER = 6
"""Speakers of 230 proposals who are named in more sessions than the cap allows."""


def make_world(*, seed: int = 2017, proposals: int = 230) -> World:
    """Invent a year of the forum with as many proposals as asked for.

    Equal arguments give equal worlds, on any machine. Each part draws from a stream of its own,
    so that a change in one leaves the parts before it as they were.

    Raises:
        ValueError: fewer than 30 proposals; the themes would be too thin for pairs worth merging.
    """
    if proposals < FEWEST_PROPOSALS:
        raise ValueError(f"a world needs at least {FEWEST_PROPOSALS} proposals, not {proposals}")
    hosts_wanted = min(round(proposals / 1.31 * (230 / proposals) ** 0.17), proposals - 8)
    members_only = MEMBERS_ONLY_PER_REGION * len(REGIONS)
    organisations = make_organisations(stream(seed, "organisations"), 1 + hosts_wanted + members_only)
    people = People(stream(seed, "people"), organisations)
    staff = make_committee(stream(seed, "committee"), people)
    defects = defects_of(proposals)
    owners = make_owners(stream(seed, "owners"), people, staff.hosts, proposals, defects)
    drafts, pairs = call_for_proposals(seed, people, owners, staff)
    checked = screen(stream(seed, "screening"), drafts, pairs, defects)
    sound = [p for p in checked if p.status == "submitted"]
    conflicts = find_conflicts(stream(seed, "conflicts"), people.made, staff.members, sound)
    venue = make_venue()
    others = call_others(stream(seed, "other sessions"), people, staff, venue)
    return World(
        seed=seed,
        organisations=organisations,
        people=tuple(people.made),
        chair=staff.chair,
        secretariat=staff.secretariat,
        members=staff.members,
        proposals=tuple(checked),
        evaluations=make_evaluations(stream(seed, "grades"), staff.members, sound, conflicts, pairs),
        conflicts=conflicts,
        merger_pairs=pairs,
        venue=venue,
        other_sessions=others,
        slot_budget=BUDGET,
    )


@dataclass(frozen=True, slots=True)
class Staff:
    """Who runs the process, and the organisations (by index) that propose."""

    chair: int
    secretariat: tuple[int, ...]
    members: tuple[int, ...]
    hosts: tuple[int, ...]


def stream(seed: int, part: str) -> Random:
    """Open the stream of random numbers of one part."""
    return Random(f"{seed}/{part}")


def make_committee(rng: Random, people: People) -> Staff:
    """Seat eleven members of each region, a chair and the secretariat."""
    members: list[int] = []
    idle: set[int] = set()
    for region in REGIONS:
        local = [
            index
            for index, organisation in enumerate(people.organisations)
            if index > 0 and region_of(organisation.country) == region
        ]
        rng.shuffle(local)
        idle.update(local[:MEMBERS_ONLY_PER_REGION])
        seats = (local * MEMBERS_PER_REGION)[:MEMBERS_PER_REGION]
        members += [people.add(index) for index in seats]
    chair = people.add(rng.choice(sorted(idle)))
    secretariat = tuple(people.add(0) for _ in range(SECRETARIAT_SIZE))
    hosts = tuple(index for index in range(1, len(people.organisations)) if index not in idle)
    return Staff(chair, secretariat, tuple(members), hosts)


def make_owners(rng: Random, people: People, hosts: Sequence[int], proposals: int, defects: Defects) -> list[int]:
    """Choose the owner of each proposal: everybody within the cap but those who propose too many."""
    owners = {host: [people.add(host)] for host in hosts}
    eager = rng.sample(hosts, (defects.too_many + 1) // 2)
    beyond = [2] * (defects.too_many // 2) + [1] * (defects.too_many % 2)
    for host, extra in zip(eager, beyond, strict=True):
        owners[host] *= SPEAKER_CAP + extra
    left = proposals - sum(map(len, owners.values()))
    room = [host for host in hosts if len(owners[host]) == 1 for _ in range(SPEAKER_CAP - 1)]
    for host in rng.sample(room, left):
        owners[host].append(owners[host][0] if rng.random() < SAME_OWNER_SHARE else people.add(host))
    found = [owner for group in owners.values() for owner in group]
    rng.shuffle(found)
    return found


def call_for_proposals(
    seed: int, people: People, owners: Sequence[int], staff: Staff
) -> tuple[list[Proposal], tuple[tuple[int, int], ...]]:
    """Collect the proposals, then let the sought-after speakers be named in too many of them."""
    rng = stream(seed, "speakers")
    pool = [people.add(rng.choice(staff.hosts)) for _ in range(round(SPEAKERS_PER_PROPOSAL * len(owners)))]
    pool += rng.sample(staff.members, SPEAKING_MEMBERS)
    cast = Cast(rng, people, pool, owners)
    drafts, pairs = make_proposals(stream(seed, "proposals"), people, owners, cast)
    famous = [people.add(rng.choice(staff.hosts)) for _ in range(round(SOUGHT_AFTER * len(owners) / 230))]
    return name_in_many(rng, drafts, famous), pairs


def name_in_many(rng: Random, proposals: Sequence[Proposal], famous: Sequence[int]) -> list[Proposal]:
    """Put each of the famous in place of the last speaker of four or five proposals."""
    appearances = [person for person in famous for _ in range(rng.randint(SPEAKER_CAP + 1, SPEAKER_CAP + 2))]
    places = rng.sample(range(len(proposals)), len(appearances))
    found = list(proposals)
    for place, person in zip(places, appearances, strict=True):
        contributors = list(found[place].contributors)
        last = max(index for index, contributor in enumerate(contributors) if contributor.role == "speaker")
        contributors[last] = replace(contributors[last], person=person)
        found[place] = replace(found[place], contributors=tuple(contributors))
    return found


def call_others(rng: Random, people: People, staff: Staff, venue: Venue) -> tuple[OtherSession, ...]:
    """Invite guests and members to the sessions beside the workshops."""
    guests = [people.add(rng.choice(staff.hosts)) for _ in range(GUESTS)]
    return make_other_sessions(rng, people, [*guests, *staff.members], staff.chair, venue.slots)


def screen(rng: Random, drafts: list[Proposal], pairs: Sequence[tuple[int, int]], defects: Defects) -> list[Proposal]:
    """Give some proposals the defect for which they are screened out."""
    handed_in: Counter[int] = Counter()
    extra = set()
    for draft in drafts:
        handed_in[draft.owner] += 1
        if handed_in[draft.owner] > SPEAKER_CAP:
            extra.add(draft.number)
    return spoil(rng, drafts, defects, frozenset(extra), frozenset(number for pair in pairs for number in pair))
