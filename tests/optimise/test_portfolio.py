"""Selection: every rule with its two readers, the unique best set, and the reason when there is none."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python.cp_model import OPTIMAL, CpSolver

from convenor.optimise.portfolio import (
    Apart,
    Barred,
    Candidate,
    Count,
    Eligible,
    Infeasible,
    Least,
    Most,
    Places,
    Problem,
    Progress,
    Quota,
    Required,
    Rule,
    Selection,
    Sums,
    Undecided,
    Violation,
    best_set,
    check,
    lot_of,
    points_of,
    rules_of,
    select,
)
from convenor.optimise.portfolio.conflict import model_of
from convenor.optimise.portfolio.narrow import settled
from tests.examples import examples


def candidate(number: int, score: float, **classes: str) -> Candidate:
    return Candidate(number, score, classes)


FOUR = (
    candidate(1, 4.0, region="africa"),
    candidate(2, 3.9, region="europe"),
    candidate(3, 3.8, region="europe"),
    candidate(4, 3.0, region="africa"),
)


# One rule, two readers: what the checker says of a set, the solver must allow or not.

BROKEN = [
    (Eligible(), (1, 2), (1, 99), (99,)),
    (Places(2), (1, 2), (1, 2, 3), (1, 2, 3)),
    (Least("region", "africa", 2), (1, 4), (1, 2), (1,)),
    (Most("region", "europe", 1), (1, 2), (1, 2, 3), (2, 3)),
    (Required(1), (1, 4), (2, 4), (1,)),
    (Barred(1), (2, 3), (1, 2), (1,)),
    (Apart(1, 2), (1, 3), (1, 2, 3), (1, 2)),
]
UNRELATED = [
    (Eligible(), (4, 2)),
    (Places(2), (3, 4)),
    (Least("region", "asia", 0), (2, 3)),
    (Most("region", "asia", 0), (2, 3)),
    (Required(1), (1, 2, 3)),
    (Barred(1), (2, 3, 4)),
    (Apart(1, 2), (3, 4)),
]


def allows(rule: Rule, chosen: tuple[int, ...]) -> bool:
    """Ask the solver whether a set may stand under one rule."""
    problem = Problem(FOUR, 2)
    model, taken = model_of(problem, [rule])
    for one, variable in taken.items():
        model.add(variable == (one in chosen))
    return CpSolver().solve(model) == OPTIMAL


@pytest.mark.parametrize(("rule", "obeys", "breaks", "counted"), BROKEN)
def test_a_set_that_obeys_a_rule_passes_both_readers(rule, obeys, breaks, counted):
    assert rule.violations(Problem(FOUR, 2), frozenset(obeys)) == ()
    assert allows(rule, obeys)


@pytest.mark.parametrize(("rule", "obeys", "breaks", "counted"), BROKEN)
def test_a_set_that_breaks_a_rule_is_counted(rule, obeys, breaks, counted):
    found = 0 if isinstance(rule, Required) else len(counted)

    assert rule.violations(Problem(FOUR, 2), frozenset(breaks)) == (Violation(rule, found, counted),)


@pytest.mark.parametrize(("rule", "obeys", "breaks", "counted"), BROKEN[1:])
def test_a_set_that_breaks_a_rule_is_kept_from_the_solver(rule, obeys, breaks, counted):
    assert not allows(rule, breaks)


@pytest.mark.parametrize(("rule", "chosen"), UNRELATED)
def test_a_set_a_rule_does_not_speak_of_passes_both_readers(rule, chosen):
    assert rule.violations(Problem(FOUR, 2), frozenset(chosen)) == ()
    assert allows(rule, chosen)


def test_a_problem_lists_every_rule_once():
    problem = Problem(
        FOUR, 2, (Quota("region", "africa", 1, 2), Quota("region", "asia")), frozenset({2}), frozenset({3}),
        ((4, 1), (1, 4)),
    )  # fmt: skip

    assert rules_of(problem) == (
        Eligible(), Places(2), Least("region", "africa", 1), Most("region", "africa", 2), Required(2), Barred(3),
        Apart(1, 4),
    )  # fmt: skip


def test_the_checker_finds_all_that_a_hand_made_set_breaks():
    problem = Problem(FOUR, 2, (Quota("region", "europe", 0, 1),), frozenset({1}), frozenset({3}), ((2, 3),))

    assert check(problem, [2, 3, 99]) == (
        Violation(Eligible(), 1, (99,)),
        Violation(Places(2), 3, (2, 3, 99)),
        Violation(Most("region", "europe", 1), 2, (2, 3)),
        Violation(Required(1), 0, (1,)),
        Violation(Barred(3), 1, (3,)),
        Violation(Apart(2, 3), 2, (2, 3)),
    )
    assert check(problem, [2, 1]) == ()


# The best set


def test_without_quotas_the_highest_scores_get_the_places():
    assert select(Problem(FOUR, 2)) == Selection((1, 2), proven=True, total=7.9, bound=7.9)


def test_a_minimum_takes_the_place_of_the_lowest_score():
    assert select(Problem(FOUR, 2, (Quota("region", "africa", 2),))).chosen == (1, 4)


def test_places_are_filled_even_with_negative_scores():
    low = tuple(candidate(number, -float(number)) for number in (1, 2, 3))

    assert select(Problem(low, 2)) == Selection((1, 2), proven=True, total=-3.0, bound=-3.0)


def test_no_place_is_the_empty_set():
    assert select(Problem(FOUR, 0)) == Selection((), proven=True, total=0.0, bound=0.0)
    assert select(Problem((), 0)) == Selection((), proven=True, total=0.0, bound=0.0)


def test_a_quota_for_a_class_nobody_is_in_may_allow_some():
    assert select(Problem(FOUR, 2, (Quota("region", "asia", 0, 3),))).chosen == (1, 2)


def test_a_large_call_is_proven_in_a_few_seconds():
    generator = Random(5)
    many = tuple(
        candidate(
            number, generator.gauss(3.7, 0.35), theme=generator.choice("abcdefgh"), region=generator.choice("vwxyz")
        )
        for number in range(5_000)
    )
    quotas = tuple(Quota("theme", value, 100, 130) for value in "abcdefgh")
    problem = Problem(many, 1_000, quotas + tuple(Quota("region", value, 190, 210) for value in "vwxyz"))

    found = select(problem)

    assert found.proven
    assert check(problem, found.chosen) == ()


def test_a_tie_is_decided_by_the_seeded_lots():
    tied = tuple(candidate(number, 4.055) for number in range(7))
    for seed in range(5):
        highest = sorted(range(7), key=lambda number: -lot_of(seed, number))[:3]

        assert select(Problem(tied, 3, seed=seed)).chosen == tuple(sorted(highest))


def test_a_lot_belongs_to_the_seed_and_the_candidate():
    assert lot_of(2017, 151) == 0x292D3D005C  # printf 2017:151 | b2sum -l 64, its first ten digits
    assert lot_of(2018, 151) != lot_of(2017, 151)
    assert 0 <= lot_of(2017, 152) < 2**40


def test_the_order_of_the_candidates_changes_nothing():
    many = tuple(candidate(number, 3 + number % 4 / 4, theme="ab"[number % 2]) for number in range(40))
    quotas = (Quota("theme", "a", 9, 9),)

    assert select(Problem(many, 15, quotas, seed=3)) == select(Problem(many[::-1], 15, quotas, seed=3))


def test_progress_reports_rising_totals_and_then_the_lots():
    seen: list[Progress] = []
    many = tuple(candidate(number, 3 + number % 7 / 7, theme="ab"[number % 2]) for number in range(60))

    found = select(Problem(many, 20, (Quota("theme", "a", 12),)), progress=seen.append)

    totals = [report.total for report in seen if report.phase == "total"]
    assert totals == sorted(totals)
    assert totals[-1] == pytest.approx(found.total)
    assert [report.total for report in seen if report.phase == "lots"][-1] == pytest.approx(found.total)


def test_without_time_nothing_is_claimed():
    with pytest.raises(Undecided, match="within 0 seconds"):
        select(Problem(FOUR, 2), seconds=0)


# Impossible


def clash(problem: Problem) -> Infeasible:
    with pytest.raises(Infeasible) as caught:
        select(problem)
    assert caught.value.minimal
    return caught.value


def test_a_minimum_above_the_class_is_a_clash_of_one():
    found = clash(Problem(FOUR, 3, (Quota("region", "africa", 3), Quota("region", "europe", 1))))

    assert found.conflict == (Least("region", "africa", 3),)
    assert found.counts == (Count(Least("region", "africa", 3), 3, 2),)


def test_a_minimum_of_a_class_nobody_is_in_is_a_clash_of_one():
    found = clash(Problem(FOUR, 2, (Quota("region", "asia", 1),)))

    assert found.counts == (Count(Least("region", "asia", 1), 1, 0),)


def test_minima_above_the_places_are_added_up():
    found = clash(Problem(FOUR, 3, (Quota("region", "africa", 2), Quota("region", "europe", 2))))

    assert found.conflict == (Places(3), Least("region", "africa", 2), Least("region", "europe", 2))
    assert found.sums == (Sums("region", least=4, most=None),)
    assert found.places == 3


def test_maxima_below_the_places_are_added_up():
    found = clash(Problem(FOUR, 3, (Quota("region", "africa", 0, 1), Quota("region", "europe", 0, 1))))

    assert found.conflict == (Places(3), Most("region", "africa", 1), Most("region", "europe", 1))
    assert found.sums == (Sums("region", least=None, most=2),)


def test_more_places_than_candidates_is_a_clash_of_one():
    assert clash(Problem(FOUR, 5)).counts == (Count(Places(5), 5, 4),)


def test_barred_candidates_are_named_only_where_they_cause_the_clash():
    found = clash(Problem(FOUR, 2, (Quota("region", "africa", 2),), barred=frozenset({3, 4})))

    assert found.conflict == (Least("region", "africa", 2), Barred(4))
    assert found.counts[0] == Count(Least("region", "africa", 2), 2, 1)


@pytest.mark.parametrize(
    ("rules", "conflict"),
    [
        ({"required": frozenset({1}), "barred": frozenset({1})}, (Required(1), Barred(1))),
        ({"required": frozenset({1, 2}), "apart": ((2, 1),)}, (Required(1), Required(2), Apart(1, 2))),
        ({"required": frozenset({1, 2, 3})}, (Places(2), Required(1), Required(2), Required(3))),
        (
            {"quotas": (Quota("region", "africa", 2, 1),)},
            (Least("region", "africa", 2), Most("region", "africa", 1)),
        ),
    ],
)
def test_decisions_that_contradict_each_other_are_named(rules, conflict):
    assert clash(Problem(FOUR, 2, **rules)).conflict == conflict


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        ({"candidates": (*FOUR, FOUR[0])}, "a candidate is listed twice"),
        ({"places": -1}, "-1 places"),
        ({"required": frozenset({9})}, "9 is no candidate"),
        ({"apart": ((1, 1),)}, "1 is apart from itself"),
        ({"candidates": (candidate(1, float("nan")),)}, "score nan of candidate 1"),
        ({"quotas": (Quota("a", "b", 1), Quota("a", "b", 2))}, "two quotas for b"),
        ({"quotas": (Quota("a", "b", -1),)}, "a quota below zero for b"),
    ],
)
def test_unsound_problems_are_refused(problem, sentence):
    with pytest.raises(ValueError, match=sentence):
        Problem(**({"candidates": FOUR, "places": 2} | problem))


# Against brute force


@st.composite
def problems(draw) -> Problem:
    size = draw(st.integers(1, 8))
    classes = st.sampled_from("ab")
    candidates = tuple(
        candidate(number, draw(st.integers(1, 5)) / 2, theme=draw(classes), region=draw(classes))
        for number in range(size)
    )
    quotas = tuple(
        Quota(dimension, value, draw(st.integers(0, 3)), draw(st.none() | st.integers(1, 5)))
        for dimension in ("theme", "region")
        for value in "ab"
        if draw(st.booleans())
    )
    ids = st.integers(0, size - 1)
    pairs = st.lists(st.tuples(ids, ids).filter(lambda pair: pair[0] != pair[1]), max_size=3)
    return Problem(
        candidates, draw(st.integers(0, size)), quotas, draw(st.frozensets(ids, max_size=1)),
        draw(st.frozensets(ids, max_size=1)), tuple(draw(pairs)) if size > 1 else (), draw(st.integers(0, 9)),
    )  # fmt: skip


def obeying(problem: Problem) -> list[tuple[int, ...]]:
    """List every set that obeys the rules, written down again here: by counting, not by the rule classes."""
    by_id = {one.id: one for one in problem.candidates}

    def fits(chosen: tuple[int, ...]) -> bool:
        counts = [
            (quota, sum(by_id[one].classes[quota.dimension] == quota.value for one in chosen))
            for quota in problem.quotas
        ]
        return (
            all(quota.least <= count <= (len(chosen) if quota.most is None else quota.most) for quota, count in counts)
            and problem.required <= set(chosen)
            and not problem.barred & set(chosen)
            and not any(one in chosen and other in chosen for one, other in problem.apart)
        )

    return [chosen for chosen in combinations(sorted(by_id), problem.places) if fits(chosen)]


@settings(max_examples=examples(150), deadline=None)
@given(problems())
def test_the_set_is_the_best_one_and_no_other(problem):
    points = {one.id: points_of(one) for one in problem.candidates}
    lots = {one.id: lot_of(problem.seed, one.id) for one in problem.candidates}
    ranked = sorted(
        ((sum(points[one] for one in each), sum(lots[one] for one in each), each) for each in obeying(problem)),
        reverse=True,
    )
    found = best_set(problem, seconds=10)

    assert (found is None) == (not ranked)
    if found:
        assert found.proven
        assert found.chosen == ranked[0][2]
        assert found.bound == found.total == pytest.approx(ranked[0][0] / 10**6)
        assert [one[:2] for one in ranked].count(ranked[0][:2]) == 1


@settings(max_examples=examples(100), deadline=None)
@given(problems(), st.integers(0, 3))
def test_what_is_settled_holds_in_every_set_of_that_total(problem, halves_below):
    points = {one.id: points_of(one) for one in problem.candidates}
    sets = obeying(problem)
    if not sets:
        return
    total = max(sum(points[one] for one in each) for each in sets) - halves_below * 500_000
    model, _ = model_of(problem, rules_of(problem))

    common = settled(model, list(points.values()), total)

    for each in sets:
        if sum(points[one] for one in each) >= total:
            assert {number: problem.candidates[number].id in each for number in common} == common


@settings(max_examples=examples(100), deadline=None)
@given(problems())
def test_the_checker_passes_exactly_the_sets_that_obey(problem):
    ids = [one.id for one in problem.candidates]

    passed = [chosen for chosen in combinations(ids, problem.places) if check(problem, chosen) == ()]

    assert passed == obeying(problem)


@settings(max_examples=examples(60), deadline=None)
@given(problems())
def test_a_clash_is_one_and_every_part_of_it_is_needed(problem):
    if obeying(problem):
        return
    conflict = clash(problem).conflict
    ids = [one.id for one in problem.candidates]
    subsets = [frozenset(chosen) for size in range(len(ids) + 1) for chosen in combinations(ids, size)]

    def possible(rules: tuple[Rule, ...]) -> bool:
        return any(all(rule.violations(problem, chosen) == () for rule in rules) for chosen in subsets)

    assert not possible(conflict)
    for rule in conflict:
        assert possible(tuple(other for other in conflict if other != rule))
