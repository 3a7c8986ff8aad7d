"""Why each candidate is in or out, and which single change would bring it in."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenor.optimise.changes import Change, Step, what_would_bring_in
from convenor.optimise.explain import Code, Reason, why
from convenor.optimise.portfolio import (
    Apart,
    Barred,
    Candidate,
    Least,
    Most,
    Problem,
    Quota,
    Required,
    Selection,
    best_set,
    check,
    key_of,
    lot_of,
    select,
)
from tests.examples import examples


def candidate(number: int, score: float, **classes: str) -> Candidate:
    return Candidate(number, score, classes)


AFRICA, EUROPE = {"region": "africa"}, {"region": "europe"}
FIVE = (
    candidate(1, 4.4, **EUROPE),
    candidate(2, 4.2, **EUROPE),
    candidate(3, 4.0, **EUROPE),
    candidate(4, 3.8, **AFRICA),
    candidate(5, 3.6, **AFRICA),
)


def reasons(problem: Problem) -> Mapping[int, Reason]:
    return why(problem, select(problem))


def test_by_score_alone_the_line_is_the_lowest_score_inside():
    assert reasons(Problem(FIVE, 3)) == {
        1: Reason(Code.IN_BY_SCORE, 4.4, 4.0),
        2: Reason(Code.IN_BY_SCORE, 4.2, 4.0),
        3: Reason(Code.IN_BY_SCORE, 4.0, 4.0),
        4: Reason(Code.OUT_BELOW_LINE, 3.8, 4.0, other=3, other_score=4.0),
        5: Reason(Code.OUT_BELOW_LINE, 3.6, 4.0, other=3, other_score=4.0),
    }


def test_a_minimum_names_who_is_in_for_it_and_who_is_out_for_it():
    found = reasons(Problem(FIVE, 3, (Quota("region", "africa", 1),)))
    kept = (Least("region", "africa", 1),)

    assert found[4] == Reason(Code.IN_FOR_QUOTA, 3.8, 4.2, kept, other=3, other_score=4.0)
    assert found[3] == Reason(Code.OUT_FOR_QUOTA, 4.0, 4.2, kept, other=4, other_score=3.8)
    assert found[2] == Reason(Code.IN_BY_SCORE, 4.2, 4.2)


def test_nobody_is_named_twice_as_the_one_kept_out_by_a_minimum():
    found = reasons(Problem(FIVE, 3, (Quota("region", "africa", 2),)))

    assert {one: reason.other for one, reason in found.items() if reason.code == Code.IN_FOR_QUOTA} == {5: 2, 4: 3}
    assert {one: reason.other for one, reason in found.items() if reason.code == Code.OUT_FOR_QUOTA} == {2: 5, 3: 4}


def test_a_full_class_names_the_holder_of_its_last_place():
    found = reasons(Problem(FIVE, 3, (Quota("region", "europe", 0, 2),)))

    assert found[3] == Reason(Code.OUT_QUOTA_FULL, 4.0, 3.8, (Most("region", "europe", 2),), other=2, other_score=4.2)
    assert found[5].code == Code.OUT_BELOW_LINE


def test_a_pair_names_the_partner_inside():
    found = reasons(Problem(FIVE, 3, apart=((2, 1),)))

    assert found[2] == Reason(Code.OUT_APART, 4.2, 3.8, (Apart(1, 2),), other=1, other_score=4.4)


def test_decisions_on_single_candidates_are_the_reason_for_them():
    found = reasons(Problem(FIVE, 2, required=frozenset({5}), barred=frozenset({1})))

    assert found[5] == Reason(Code.IN_REQUIRED, 3.6, 4.2, (Required(5),))
    assert found[1] == Reason(Code.OUT_BARRED, 4.4, 4.2, (Barred(1),))
    assert found[3].code == Code.OUT_BELOW_LINE


def test_a_tie_at_the_line_is_said_to_be_decided_by_lot():
    tied = (candidate(1, 4.5), *(candidate(number, 4.055) for number in (2, 3, 4)), candidate(5, 3.0))
    drawn = sorted((2, 3, 4), key=lambda number: -lot_of(8, number))
    found = reasons(Problem(tied, 3, seed=8))

    assert found[drawn[0]] == Reason(Code.IN_BY_LOT, 4.055, 4.055, other=drawn[2], other_score=4.055)
    assert found[drawn[1]] == Reason(Code.IN_BY_LOT, 4.055, 4.055, other=drawn[2], other_score=4.055)
    assert found[drawn[2]] == Reason(Code.OUT_BY_LOT, 4.055, 4.055, other=drawn[0], other_score=4.055)
    assert (found[1].code, found[5].code) == (Code.IN_BY_SCORE, Code.OUT_BELOW_LINE)


def test_without_an_open_place_there_is_no_line():
    found = reasons(Problem(FIVE, 1, required=frozenset({5})))

    assert found[1] == Reason(Code.OUT_NO_OPEN_PLACE, 4.4, None)


def test_a_set_that_could_be_better_says_so():
    found = why(Problem(FIVE, 2), Selection((1, 3), proven=False, total=8.4, bound=8.6))

    assert found[2] == Reason(Code.OUT_NOT_PROVEN, 4.2, 4.0, other=3, other_score=4.0)


def test_a_chosen_stranger_is_refused():
    with pytest.raises(ValueError, match=r"\[9\] are chosen"):
        why(Problem(FIVE, 1), Selection((9,), proven=True, total=0.0, bound=0.0))


# What would bring it in


def changes(problem: Problem, one: int) -> tuple[Change, ...]:
    return what_would_bring_in(problem, select(problem), one)


def test_below_the_line_more_places_a_floor_or_a_requirement_bring_it_in():
    assert changes(Problem(FIVE, 2), 4) == (
        Change(Step.MORE_PLACES, (3, 4), (), to=4),
        Change(Step.LEAST_RAISED, (4,), (2,), to=1, quota=Quota("region", "africa")),
        Change(Step.REQUIRED, (4,), (2,)),
    )


def test_a_full_class_with_one_more_place_lets_it_in():
    quota = Quota("region", "europe", 0, 1)

    assert Change(Step.MOST_RAISED, (3, 2), (5, 4), to=3, quota=quota) not in changes(Problem(FIVE, 3, (quota,)), 3)
    assert changes(Problem(FIVE, 3, (quota,)), 3) == (
        Change(Step.MOST_RAISED, (2, 3), (4, 5), to=3, quota=quota),
        Change(Step.REQUIRED, (3,), (1,)),
    )


def test_a_lower_floor_of_others_lets_it_in():
    quota = Quota("region", "africa", 2)

    assert Change(Step.LEAST_LOWERED, (2, 3), (4, 5), to=0, quota=quota) in changes(Problem(FIVE, 3, (quota,)), 3)


def test_a_bar_or_a_pair_lifted_lets_it_in():
    assert changes(Problem(FIVE, 2, barred=frozenset({1})), 1) == (Change(Step.BAR_LIFTED, (1,), (3,)),)
    assert Change(Step.PAIR_LIFTED, (2,), (3,), other=1) in changes(Problem(FIVE, 2, apart=((1, 2),)), 2)


def test_a_barred_candidate_too_low_to_enter_has_no_single_change():
    assert changes(Problem(FIVE, 2, barred=frozenset({5})), 5) == ()


def test_who_is_in_needs_no_change_and_strangers_are_refused():
    assert changes(Problem(FIVE, 2), 1) == ()
    with pytest.raises(ValueError, match="9 is no candidate"):
        changes(Problem(FIVE, 2), 9)


# On random instances every reason is checked by the checker, every change by selecting again


@st.composite
def solved(draw) -> tuple[Problem, Selection]:
    size = draw(st.integers(3, 12))
    candidates = tuple(
        candidate(
            number, draw(st.integers(1, 12)) / 4, theme=draw(st.sampled_from("ab")), region=draw(st.sampled_from("cde"))
        )
        for number in range(size)
    )
    quotas = tuple(
        Quota(dimension, value, draw(st.integers(0, 2)), draw(st.none() | st.integers(2, 5)))
        for dimension, values in (("theme", "ab"), ("region", "cde"))
        for value in values
        if draw(st.booleans())
    )
    ids = st.integers(0, size - 1)
    pairs = draw(st.lists(st.tuples(ids, ids).filter(lambda pair: pair[0] != pair[1]), max_size=3))
    problem = Problem(
        candidates, draw(st.integers(1, size - 1)), quotas, draw(st.frozensets(ids, max_size=1)),
        draw(st.frozensets(ids, max_size=1)), tuple(pairs), draw(st.integers(0, 9)),
    )  # fmt: skip
    found = best_set(problem, seconds=5)
    return problem, found or Selection((), proven=False, total=0.0, bound=0.0)


def exchange(problem: Problem, selection: Selection, leaving: int, entering: int) -> set[object]:
    return {found.rule for found in check(problem, {*selection.chosen, entering} - {leaving})}


@settings(max_examples=examples(200), deadline=None)
@given(solved())
def test_reasons_hold_when_exchanges_are_checked(case):
    problem, selection = case
    if not selection.proven:
        return
    keys = {one.id: key_of(problem, one) for one in problem.candidates}
    found = why(problem, selection)
    assert list(found) == [one.id for one in problem.candidates]
    open_places = [one for one in selection.chosen if found[one].code in {Code.IN_BY_SCORE, Code.IN_BY_LOT}]
    at_line = min(open_places, key=keys.__getitem__, default=None)
    for one, reason in found.items():
        assert reason.code.startswith("in") == (one in selection.chosen)
        assert reason.code != Code.OUT_NOT_PROVEN
        if reason.code == Code.IN_FOR_QUOTA:
            assert exchange(problem, selection, one, reason.other) == set(reason.rules)
            assert {type(rule) for rule in reason.rules} == {Least}
            assert keys[reason.other] > keys[one]
            assert found[reason.other] == replace(
                reason, code=Code.OUT_FOR_QUOTA, score=reason.other_score, other=one, other_score=reason.score
            )
        if reason.code in {Code.OUT_QUOTA_FULL, Code.OUT_APART}:
            assert exchange(problem, selection, at_line, one) == set(reason.rules)
            assert reason.other in selection.chosen
        if reason.code in {Code.IN_BY_LOT, Code.OUT_BY_LOT}:
            leaving, entering = (one, reason.other) if one in selection.chosen else (reason.other, one)
            assert exchange(problem, selection, leaving, entering) == set()
            assert reason.score == reason.other_score == reason.line
        if reason.code == Code.OUT_BELOW_LINE:
            assert reason.score < reason.line
        if reason.code == Code.IN_BY_SCORE:
            assert reason.score >= reason.line


def changed(problem: Problem, change: Change, one: int, steps_less: int = 0) -> Problem:
    """Write a change down as a problem, independently of the search that found it."""
    if change.step == Step.MORE_PLACES:
        return replace(problem, places=change.to - steps_less)
    if change.step == Step.REQUIRED:
        return replace(problem, required=problem.required | {one})
    if change.step == Step.BAR_LIFTED:
        return replace(problem, barred=problem.barred - {one})
    if change.step == Step.PAIR_LIFTED:
        left = tuple(pair for pair in problem.apart if set(pair) != {one, change.other})
        return replace(problem, apart=left)
    quota, to = change.quota, change.to
    others = tuple(other for other in problem.quotas if other != quota)
    sides = {
        Step.LEAST_RAISED: {"least": to - steps_less},
        Step.LEAST_LOWERED: {"least": to + steps_less},
        Step.MOST_RAISED: {"most": to - steps_less},
    }
    return replace(problem, quotas=(*others, replace(quota, **sides[change.step])))


@settings(max_examples=examples(60), deadline=None)
@given(solved(), st.integers(0, 11))
def test_each_change_brings_it_in_and_one_step_less_does_not(case, number):
    problem, selection = case
    one = number % len(problem.candidates)
    if not selection.proven:
        return
    for change in what_would_bring_in(problem, selection, one):
        after = best_set(changed(problem, change, one), seconds=5)

        assert set(after.chosen) - set(selection.chosen) == set(change.enters)
        assert set(selection.chosen) - set(after.chosen) == set(change.leaves)
        assert one in change.enters
        if change.to is not None:
            before = best_set(changed(problem, change, one, 1), seconds=5)
            assert before is None or one not in before.chosen
