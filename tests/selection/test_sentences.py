"""Every rule, reason and change that the solver can speak of has its sentence."""

import inspect
from dataclasses import fields

import pytest
from django.utils.translation import override

from convenor.cycle.models import RuleSet
from convenor.cycle.rules import Rules
from convenor.optimise.changes import Change, Step
from convenor.optimise.explain import Code, Reason
from convenor.optimise.portfolio import (
    Apart,
    Barred,
    Candidate,
    Eligible,
    Infeasible,
    Least,
    Most,
    Places,
    Problem,
    Quota,
    Required,
    Rule,
    rules,
    select,
)
from convenor.selection.data import change_as_data, clash_as_data, reason_as_data, rule_as_data
from convenor.selection.sentences import CHANGES, REASONS, RULES, Words

NUMBERS = {10: 1, 20: 2, 30: 3}
EXAMPLES: list[tuple[Rule, str]] = [
    (Eligible(), "only proposals that were graded can be chosen"),
    (Places(12), "there are 12 places"),
    (Places(1), "there is 1 place"),
    (Least("region", "af", 2), "at least 2 from “African Group” are wanted"),
    (Least("region", "af", 1), "at least 1 from “African Group” is wanted"),
    (Most("format", "panel", 25), "at most 25 from “Panel” are allowed"),
    (Required(10), "proposal 1 is required"),
    (Barred(20), "proposal 2 is barred"),
    (Apart(10, 30), "only one of 1 and 3 may be in"),
]


@pytest.fixture
def words(rule_set: RuleSet) -> Words:
    """Give the words of the rule set of 2017 in English."""
    return Words(Rules.parse(rule_set.data), "en")


def kinds() -> set[type]:
    """Find every kind of rule that the solver knows."""
    found = {kind for _name, kind in inspect.getmembers(rules, inspect.isclass) if hasattr(kind, "violations")}
    return found - {rules.Rule}


def test_every_kind_of_rule_has_its_example_here():
    assert {type(rule) for rule, _sentence in EXAMPLES} == kinds()


@pytest.mark.parametrize(("rule", "sentence"), EXAMPLES)
def test_a_rule_is_said_in_words(words: Words, rule: Rule, sentence: str):
    assert words.rule(rule_as_data(rule, NUMBERS)) == sentence


def test_every_kind_of_rule_has_a_sentence_and_no_sentence_is_left_over():
    assert set(RULES) == {kind.__name__.lower() for kind in kinds()}


def test_every_code_has_a_sentence_and_no_sentence_is_left_over():
    assert set(REASONS) == {code.value for code in Code} | {"out_no_place_at_all"}


def test_every_step_has_a_sentence_and_no_sentence_is_left_over():
    assert set(CHANGES) == {step.value for step in Step}


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("code", list(Code))
def test_every_reason_can_be_said_with_what_the_solver_gives(words: Words, code: Code, language: str):
    reason = Reason(code, 4.0, 3.98, (Least("region", "af", 2), Most("format", "panel", 25)), 20, 4.05)

    with override(language):
        sentence = words.reason(code, reason.score, reason_as_data(reason, NUMBERS))

    assert sentence
    assert "%(" not in sentence


@pytest.mark.parametrize("step", list(Step))
def test_every_change_can_be_said_with_what_the_solver_gives(words: Words, step: Step):
    change = Change(step, (10, 30), (20,), to=3, quota=Quota("region", "af", 2), other=20)

    sentence = words.change(change_as_data(change, 10, NUMBERS))

    assert sentence.endswith("3 enters as well. 2 leaves.")
    assert "%(" not in sentence


def test_a_change_names_everybody_who_moves(words: Words):
    change = Change(Step.MORE_PLACES, (10, 20, 30), (), to=74)

    assert words.change(change_as_data(change, 20, NUMBERS)) == "74 places. 1, 3 enter as well."


def test_a_reason_keeps_every_field_but_code_and_score():
    reason = Reason(Code.OUT_BELOW_LINE, 3.9, 3.98)

    assert set(reason_as_data(reason, NUMBERS)) == {one.name for one in fields(reason)} - {"code", "score"}


def test_scores_have_two_decimals_of_the_language(words: Words):
    values = reason_as_data(Reason(Code.IN_BY_SCORE, 4.1, 4.0), NUMBERS)

    with override("fr"):
        assert "4,10" in words.reason("in_by_score", 4.1, values)
    assert words.reason("in_by_score", 4.1, values) == "In by its score of 4.10; the line stands at 4.00."


def test_a_place_kept_by_no_rule_is_said_without_a_list(words: Words):
    values = reason_as_data(Reason(Code.OUT_NO_OPEN_PLACE, 4.1, None), NUMBERS)

    assert words.reason("out_no_open_place", 4.1, values) == "Out: every place is required or kept by minima."


def clash(problem: Problem) -> Infeasible:
    """Give the clash of an impossible problem."""
    with pytest.raises(Infeasible) as caught:
        select(problem)
    return caught.value


def candidates(count: int) -> tuple[Candidate, ...]:
    """Give candidates that alternate between two regions."""
    return tuple(Candidate(one, 1.0 * one, {"region": ("af", "weo")[one % 2]}) for one in range(count))


def test_minima_that_ask_for_more_than_there_is_are_said_with_their_sum(words: Words):
    found = clash(Problem(candidates(20), 5, (Quota("region", "af", 3), Quota("region", "weo", 3))))

    assert words.clash(clash_as_data(found, {})) == [
        "There are 5 places.",
        "At least 3 from “African Group” are wanted; 10 could be chosen.",
        "At least 3 from “Western European and Others Group” are wanted; 10 could be chosen.",
        "Together the minima by region ask for 6.",
    ]


def test_maxima_that_leave_too_little_room_are_said_with_their_sum(words: Words):
    found = clash(Problem(candidates(20), 9, (Quota("region", "af", 0, 3), Quota("region", "weo", 0, 3))))

    assert words.clash(clash_as_data(found, {})) == [
        "There are 9 places.",
        "At most 3 from “African Group” are allowed.",
        "At most 3 from “Western European and Others Group” are allowed.",
        "Together the maxima by region leave room for 6.",
    ]


def test_one_minimum_that_nobody_can_serve_is_said_alone(words: Words):
    found = clash(Problem(candidates(4), 3, (Quota("region", "af", 3),)))

    assert words.clash(clash_as_data(found, {})) == ["At least 3 from “African Group” are wanted; 2 could be chosen."]


def test_a_reader_who_may_not_see_regions_learns_of_none_from_a_reason(rule_set: RuleSet):
    words = Words(Rules.parse(rule_set.data), "en", hidden={"region"})

    wanted = words.rule(rule_as_data(Least("region", "af", 2), NUMBERS))
    assert wanted == "at least 2 from “not shown to you” are wanted"
    assert words.rule(rule_as_data(Most("format", "panel", 25), NUMBERS)) == "at most 25 from “Panel” are allowed"
