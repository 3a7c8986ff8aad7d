"""Evaluations of the example world: conflicts, blanks, severity, ties and requests for mergers."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping
from fractions import Fraction

import pytest

from convenor.example.grading import CRITERIA, REASONS, row_mean
from convenor.example.records import Evaluation, World
from convenor.example.world import make_world


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


def means_of(world: World) -> Mapping[int, Fraction]:
    """The mean, per proposal, of each evaluation's mean of the criteria."""
    rows: dict[int, list[Fraction]] = defaultdict(list)
    for evaluation in world.evaluations:
        mean = row_mean(list(evaluation.grades.values()))
        if mean is not None:
            rows[evaluation.proposal].append(mean)
    return {number: sum(means, Fraction(0)) / len(means) for number, means in rows.items()}


def test_eight_members_read_each_sound_proposal(world: World) -> None:
    readers = Counter(e.proposal for e in world.evaluations)
    lists = Counter(e.member for e in world.evaluations)

    assert readers == {p.number: 8 for p in world.proposals if p.status == "submitted"}
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
        assert means.count(means[line]) >= 3


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
