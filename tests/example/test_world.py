"""The example world keeps the figures of 2017 and says the same for the same seed."""

import gzip
import math
import re
import statistics
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from time import perf_counter

import pytest

from convenor.example.grading import CRITERIA, REASONS, row_mean
from convenor.example.proposals import FORMATS
from convenor.example.records import Evaluation, OtherSession, Proposal, World
from convenor.example.venue import RESERVE
from convenor.example.words import THEMES
from convenor.example.world import make_world
from convenor.people.regions import is_developing, region_of


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


@pytest.fixture(scope="module")
def large() -> World:
    return make_world(proposals=5_000)


def sound(world: World) -> list[Proposal]:
    return [p for p in world.proposals if p.status == "submitted"]


def means_of(world: World) -> Mapping[int, Fraction]:
    """The mean, per proposal, of each evaluation's mean of the criteria."""
    rows: dict[int, list[Fraction]] = defaultdict(list)
    for evaluation in world.evaluations:
        mean = row_mean(list(evaluation.grades.values()))
        if mean is not None:
            rows[evaluation.proposal].append(mean)
    return {number: sum(means, Fraction(0)) / len(means) for number, means in rows.items()}


def share(count: int, total: int) -> float:
    return count / total


# One seed, one world


def test_the_same_seed_makes_an_equal_world(world: World) -> None:
    assert make_world(seed=2017, proposals=230) == world


def test_another_seed_makes_another_world(world: World) -> None:
    other = make_world(seed=2018)

    assert other.people != world.people
    assert other.proposals != world.proposals
    assert other.evaluations != world.evaluations


def test_a_world_too_small_for_merger_pairs_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 30 proposals, not 29"):
        make_world(proposals=29)


@pytest.mark.parametrize("seed", range(5))
def test_the_smallest_world_is_whole(seed: int) -> None:
    small = make_world(seed=seed, proposals=30)

    assert len(small.proposals) == 30
    assert len(small.merger_pairs) == 5
    assert {p.screened_out for p in small.proposals} == {
        None, "incomplete", "fewer-than-three-speakers", "too-many-by-one-proposer", "report-missing",
    }  # fmt: skip


def test_230_proposals_take_less_than_a_second() -> None:
    started = perf_counter()
    make_world()
    assert perf_counter() - started < 1.0


def test_5000_proposals_take_less_than_fifteen_seconds() -> None:
    started = perf_counter()
    large = make_world(seed=7, proposals=5_000)
    assert perf_counter() - started < 15.0
    assert len(large.proposals) == 5_000


# Organisations and people


def test_links_hold(world: World) -> None:
    assert [person.key for person in world.people] == list(range(len(world.people)))
    assert [p.number for p in world.proposals] == list(range(1, 231))
    assert all(p.organisation == world.people[p.owner].organisation for p in world.proposals)
    assert all(
        (person.country, person.group)
        == (world.organisations[person.organisation].country, world.organisations[person.organisation].group)
        for person in world.people
    )


def test_about_180_organisations_propose(world: World) -> None:
    assert 170 <= len({p.organisation for p in world.proposals}) <= 190
    assert len({organisation.name for organisation in world.organisations}) == len(world.organisations)


def test_groups_have_the_shares_of_2017(world: World) -> None:
    count = Counter(organisation.group for organisation in world.organisations)
    for group, wanted in {"civ": 0.48, "tec": 0.20, "prv": 0.14, "gov": 0.10, "igo": 0.08}.items():
        assert share(count[group], len(world.organisations)) == pytest.approx(wanted, abs=0.02)
    count = Counter(world.people[p.owner].group for p in world.proposals)
    for group, wanted in {"civ": 0.48, "tec": 0.20, "prv": 0.14, "gov": 0.10, "igo": 0.08}.items():
        assert share(count[group], len(world.proposals)) == pytest.approx(wanted, abs=0.05)


def test_all_five_regions_propose_and_some_are_developing_countries(world: World) -> None:
    regions = Counter(region_of(world.people[p.owner].country) for p in world.proposals)

    assert sorted(regions) == ["af", "ap", "ee", "lac", "weo"]
    assert min(regions.values()) >= 12
    assert 0.35 < share(sum(is_developing(world.people[p.owner].country) for p in world.proposals), 230) < 0.75


def test_the_committee_has_eleven_members_of_each_region(world: World) -> None:
    assert len(world.members) == len(set(world.members)) == 55
    assert set(Counter(region_of(world.people[key].country) for key in world.members).values()) == {11}
    assert len(world.secretariat) == 3
    assert len({world.chair, *world.secretariat, *world.members}) == 59


def test_members_do_not_propose(world: World) -> None:
    assert not {p.owner for p in world.proposals} & {*world.members, world.chair, *world.secretariat}


def test_genders_include_those_not_stated(world: World) -> None:
    count = Counter(person.gender for person in world.people)

    assert set(count) == {"woman", "man", "self-described", None}
    assert share(count["woman"], len(world.people)) == pytest.approx(0.44, abs=0.05)
    assert share(count[None], len(world.people)) == pytest.approx(0.06, abs=0.03)


def test_mail_goes_to_reserved_domains_and_to_one_person_each(large: World) -> None:
    assert {person.email.partition("@")[2] for person in large.people} == {"example.org", "example.net", "example.com"}
    assert len({person.email for person in large.people}) == len(large.people)
    assert all(re.fullmatch(r"[a-z0-9.]+@example\.(org|net|com)", person.email) for person in large.people)


def test_names_differ_and_come_in_many_scripts(world: World, large: World) -> None:
    assert len({person.name for person in world.people}) == len(world.people)
    assert len({person.name for person in large.people}) > 20_000
    scripts = {unicodedata.name(letter).split()[0] for p in world.people for letter in p.name if letter.isalpha()}
    assert scripts >= {"LATIN", "ARABIC", "CJK", "CYRILLIC", "DEVANAGARI", "ETHIOPIC", "GREEK", "HANGUL", "GEORGIAN"}


# Proposals


def test_themes_are_uneven(world: World) -> None:
    count = Counter(p.theme for p in world.proposals)
    assert count == {theme: proposals for theme, (_, proposals) in THEMES.items()}
    assert sorted(count.values()) == [12, 20, 24, 26, 30, 34, 40, 44]


def test_formats_keep_their_lengths(world: World) -> None:
    assert {p.format for p in world.proposals} == set(FORMATS)
    assert {p.format for p in world.proposals if p.minutes == 30} == {"birds-of-a-feather", "flash"}
    assert all(p.minutes in FORMATS[p.format][1] for p in world.proposals)


def test_texts_keep_their_limits(large: World) -> None:
    for p in sound(large):
        assert 60 <= len(p.summary.split()) <= 250
        assert 5 < len(p.title) <= 60
        assert len(set(p.policy_questions)) == 3
        assert 2 <= len(p.tags) <= 5
        texts = (p.summary, p.specific_issue, p.expected_outcomes, p.online_participation, p.session_agenda)
        assert all(texts)
        assert not re.search(r"[{}<>|]|  ", "".join((*texts, p.title, p.background, *p.policy_questions)))


def test_the_agenda_of_a_session_fills_its_minutes(world: World) -> None:
    for p in sound(world):
        marks = [tuple(map(int, found)) for found in re.findall(r"^(\d+)–(\d+) min: ", p.session_agenda, re.M)]
        assert len(marks) == p.session_agenda.count("\n") + 1
        assert [end for _, end in marks[:-1]] == [start for start, _ in marks[1:]]
        assert (marks[0][0], marks[-1][1]) == (0, p.minutes)


def test_titles_are_unique(large: World) -> None:
    assert len({p.title for p in large.proposals}) == 5_000


@pytest.mark.parametrize("seed", [2017, 1, 2, 3])
def test_texts_compress_no_better_than_varied_prose(seed: int) -> None:
    prose = "\n".join(p.summary for p in make_world(seed=seed).proposals[:100]).encode()
    assert len(gzip.compress(prose, 9)) / len(prose) > 0.30


def test_sound_proposals_pass_every_screening_criterion(world: World) -> None:
    for p in sound(world):
        assert sum(c.confirmed for c in p.contributors if c.role == "speaker") >= 3
        roles = Counter(c.role for c in p.contributors)
        assert [roles[role] for role in ("organiser", "moderator", "online-moderator", "rapporteur")] == [1, 1, 1, 1]
        assert p.earlier_session is None or (p.earlier_session.report_filed and not p.first_time)
        assert len({c.person for c in p.contributors}) == len(p.contributors)
    assert max(Counter(p.owner for p in sound(world)).values()) == 3
    assert max(Counter(p.organisation for p in sound(world)).values()) == 3


def test_eleven_proposals_fail_screening_and_show_why(world: World) -> None:
    out = [p for p in world.proposals if p.status == "screened-out"]
    handed_in = Counter(p.owner for p in world.proposals)

    assert Counter(p.screened_out for p in out) == {
        "incomplete": 4, "fewer-than-three-speakers": 3, "too-many-by-one-proposer": 2, "report-missing": 2,
    }  # fmt: skip
    for p in out:
        roles = {c.role for c in p.contributors}
        complete = (
            all(
                (p.summary, p.session_agenda, p.online_participation, p.expected_outcomes, len(p.policy_questions) == 3)
            )
            and {"moderator", "online-moderator", "rapporteur"} <= roles
        )
        confirmed = sum(c.confirmed for c in p.contributors if c.role == "speaker")
        shown = {
            "incomplete": not complete,
            "fewer-than-three-speakers": confirmed < 3,
            "too-many-by-one-proposer": handed_in[p.owner] > 3,
            "report-missing": p.earlier_session is not None and not p.earlier_session.report_filed,
        }
        assert [reason for reason, seen in shown.items() if seen] == [p.screened_out]


def test_some_propose_twice_and_a_newcomer_stays_one(world: World) -> None:
    first: dict[int, set[bool]] = defaultdict(set)
    for p in world.proposals:
        first[p.owner].add(p.first_time)

    assert sum(count > 1 for count in Counter(p.owner for p in world.proposals).values()) >= 10
    assert all(len(answers) == 1 for answers in first.values())
    assert 0.3 < share(sum(p.first_time for p in world.proposals), 230) < 0.55


def test_a_few_speakers_are_named_above_the_cap(world: World) -> None:
    eager = {p.owner for p in world.proposals if p.screened_out == "too-many-by-one-proposer"}
    parts = Counter(c.person for p in world.proposals for c in p.contributors)
    above = {person for person, count in parts.items() if count > 3}

    assert len(above - eager) == 6
    assert sum(count > 1 for count in parts.values()) > 300


def test_similarity_finds_the_pairs_worth_merging(world: World) -> None:
    texts = {p.number: " ".join((p.title, p.summary, p.specific_issue, *p.policy_questions)) for p in sound(world)}
    closest = sorted(likenesses(texts), reverse=True)[:5]

    assert {(a, b) for _, a, b in closest} == set(world.merger_pairs)
    for a, b in world.merger_pairs:
        first, second = world.proposals[a - 1], world.proposals[b - 1]
        assert first.theme == second.theme
        assert first.organisation != second.organisation


def likenesses(texts: Mapping[int, str]) -> Iterator[tuple[float, int, int]]:
    """Cosine of TF-IDF vectors of words, for every pair."""
    counts = {number: Counter(re.findall(r"\w{3,}", text.lower())) for number, text in texts.items()}
    seen_in = Counter(word for count in counts.values() for word in count)
    vectors = {}
    for number, count in counts.items():
        raw = {word: (1 + math.log(n)) * math.log(len(texts) / seen_in[word]) for word, n in count.items()}
        length = math.sqrt(sum(value * value for value in raw.values()))
        vectors[number] = {word: value / length for word, value in raw.items()}
    numbers = sorted(vectors)
    for place, a in enumerate(numbers):
        for b in numbers[place + 1 :]:
            yield sum(value * vectors[b].get(word, 0.0) for word, value in vectors[a].items()), a, b


# Evaluations


def test_eight_members_read_each_sound_proposal(world: World) -> None:
    readers = Counter(e.proposal for e in world.evaluations)
    lists = Counter(e.member for e in world.evaluations)

    assert readers == dict.fromkeys((p.number for p in sound(world)), 8)
    assert len({(e.member, e.proposal) for e in world.evaluations}) == len(world.evaluations) == 1752
    assert set(lists) == set(world.members)
    assert set(lists.values()) == {31, 32}


def test_nobody_grades_in_conflict(world: World) -> None:
    declared = {(conflict.member, conflict.proposal) for conflict in world.conflicts}
    for e in world.evaluations:
        proposal = world.proposals[e.proposal - 1]
        assert world.people[e.member].organisation != proposal.organisation
        assert e.member not in {c.person for c in proposal.contributors}
        assert (e.member, e.proposal) not in declared


def test_about_sixty_conflicts_are_declared_each_with_its_cause(world: World) -> None:
    assert 55 <= len(world.conflicts) <= 72
    assert {conflict.reason for conflict in world.conflicts} == {"organisation", "contributor", "close"}
    for conflict in world.conflicts:
        proposal = world.proposals[conflict.proposal - 1]
        at_home = world.people[conflict.member].organisation == proposal.organisation
        takes_part = conflict.member in {c.person for c in proposal.contributors}
        assert conflict.reason == ("organisation" if at_home else "contributor" if takes_part else "close")


def test_abstentions_and_blanks_are_none(world: World) -> None:
    blanks = [e for e in world.evaluations if not e.abstained and None in e.grades.values()]

    assert sum(e.abstained for e in world.evaluations) == 40
    assert 30 <= len(blanks) <= 38
    assert all(list(e.grades.values()).count(None) == 1 for e in blanks)
    assert all(set(e.grades.values()) == {None} for e in world.evaluations if e.abstained)
    assert all(tuple(e.grades) == CRITERIA for e in world.evaluations)
    assert {grade for e in world.evaluations for grade in e.grades.values()} == {None, 1, 2, 3, 4, 5}


def test_every_low_grade_and_no_other_has_a_standard_reason(world: World) -> None:
    for e in world.evaluations:
        assert set(e.reasons) == {criterion for criterion, grade in e.grades.items() if grade and grade <= 3}
        assert all(reason in REASONS[criterion] for criterion, reason in e.reasons.items())


@pytest.mark.parametrize("seed", [2017, 1, 2, 3, 4])
def test_the_top_is_flat_and_every_debated_line_cuts_a_tie(seed: int) -> None:
    means = sorted(means_of(make_world(seed=seed)).values(), reverse=True)

    assert means[59] - means[95] <= Fraction("0.125")
    assert means[0] - means[59] > Fraction("0.5")
    assert means[-1] < Fraction("2.5")
    for line in (64, 72, 80):
        assert means[line - 1] == means[line]
        assert means.count(means[line]) >= 4


def test_members_differ_in_severity(world: World) -> None:
    means = means_of(world)
    habits: dict[int, list[Fraction]] = defaultdict(list)
    for e in world.evaluations:
        mean = row_mean(list(e.grades.values()))
        if mean is not None:
            habits[e.member].append(mean - means[e.proposal])
    offsets = [float(sum(values, Fraction(0)) / len(values)) for values in habits.values()]

    assert 0.25 < statistics.stdev(offsets) < 0.5
    assert min(offsets) < -0.4
    assert max(offsets) > 0.4


def test_several_members_ask_for_each_merger(world: World) -> None:
    other = {a: b for pair in world.merger_pairs for a, b in (pair, pair[::-1])}
    asked = Counter(e.proposal for e in world.evaluations if e.merger_with is not None)

    assert len(other) == 10
    assert sorted(asked) == sorted(other)
    assert set(asked.values()) <= {2, 3, 4}
    assert all(e.merger_with == other[e.proposal] and wants(e) for e in world.evaluations if e.merger_with)


def wants(evaluation: Evaluation) -> bool:
    return bool(evaluation.comment) and not evaluation.abstained


# Venue


def test_the_week_in_geneva(world: World) -> None:
    venue = world.venue
    assert (venue.city, venue.zone, venue.days) == (
        "Geneva",
        "Europe/Zurich",
        tuple(date(2017, 12, d) for d in range(18, 22)),
    )
    assert [(room.name, room.seats) for room in venue.rooms] == [
        ("Assembly", 1600), ("XVII", 650), ("XX", 750), ("XXI", 180), ("XXII", 180), ("XXIII", 120), ("XXIV", 120),
        ("XXV", 100), ("XXVI", 100), ("XXVII", 60),
    ]  # fmt: skip
    assert [sum(slot.day == day and slot.kind == "parallel" for slot in venue.slots) for day in venue.days] == [
        2,
        5,
        5,
        3,
    ]
    assert [f"{slot.start:%H:%M} {slot.minutes}" for slot in venue.slots if slot.day == venue.days[1]] == [
        "09:00 60", "10:00 180", "10:15 90", "12:00 60", "15:00 90", "15:00 180", "16:45 90",
    ]  # fmt: skip


def test_the_slot_budget_leaves_eighty_workshops_and_the_grid_holds_it(world: World) -> None:
    budget, venue = world.slot_budget, world.venue
    shut = {(closure.room, closure.slot) for closure in venue.closures}
    cells = [(room, slot) for slot in venue.slots if slot.kind == "parallel" for room in venue.rooms]

    assert (budget.on_grid, budget.open_forums, budget.coalitions, budget.best_practice_forums) == (103, 12, 7, 4)
    assert budget.workshops == 80
    assert sum((room.name, slot.number) not in shut for room, slot in cells) == budget.on_grid + RESERVE


def test_other_sessions_are_counted_and_the_great_ones_locked(world: World) -> None:
    count = Counter(session.kind for session in world.other_sessions)
    locked = [s for s in world.other_sessions if s.slot is not None]
    main_slots = [slot.number for slot in world.venue.slots if slot.kind == "main"]

    assert count == {"open-forum": 12, "coalition": 7, "bpf": 4, "main": 6, "ceremony": 2}
    assert {s.kind for s in locked} == {"main", "ceremony"}
    assert {s.room for s in locked} == {"Assembly"}
    assert sorted(s.slot for s in locked if s.slot is not None) == main_slots
    assert all(s.minutes == 180 for s in locked)


def test_a_timetable_exists_for_the_eighty_best(world: World) -> None:
    means = means_of(world)
    best = sorted(sound(world), key=lambda p: (-means[p.number], p.number))[:80]
    sessions: list[tuple[int, int, frozenset[int]]] = [
        (p.expected, p.minutes, frozenset(c.person for c in p.contributors)) for p in best
    ]
    sessions += [(s.expected, s.minutes, frozenset(s.people)) for s in world.other_sessions if s.slot is None]

    assert len(sessions) == 103
    assert greedy(world, sessions, [s for s in world.other_sessions if s.slot is not None]) == 103


def greedy(world: World, sessions: Sequence[tuple[int, int, frozenset[int]]], locked: Sequence[OtherSession]) -> int:
    """Place the largest and longest first into the tightest room where nobody is elsewhere; count the placed."""
    shut = {(closure.room, closure.slot) for closure in world.venue.closures}
    slots = {slot.number: slot for slot in world.venue.slots}
    cells = [
        (room.seats, slot.minutes, slot.number, room.name)
        for slot in slots.values()
        for room in world.venue.rooms
        if slot.kind == "parallel" and (room.name, slot.number) not in shut
    ]
    busy: dict[int, set[int]] = defaultdict(set)
    for session in locked:
        for slot in slots.values():
            if session.slot is not None and overlap(world, session.slot, slot.number):
                busy[slot.number] |= set(session.people)
    placed = 0
    for expected, minutes, people in sorted(sessions, key=lambda s: (-s[1], -s[0], sorted(s[2]))):
        fits = [c for c in cells if c[0] >= expected and c[1] >= minutes and not busy[c[2]] & people]
        if fits:
            cell = min(fits, key=lambda c: (c[1], c[0], c[2]))
            cells.remove(cell)
            busy[cell[2]] |= people
            placed += 1
    return placed


def overlap(world: World, one: int, other: int) -> bool:
    a, b = world.venue.slots[one - 1], world.venue.slots[other - 1]
    starts = [slot.start.hour * 60 + slot.start.minute for slot in (a, b)]
    return a.day == b.day and starts[0] < starts[1] + b.minutes and starts[1] < starts[0] + a.minutes
