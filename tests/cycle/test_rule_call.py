"""Kinds of proposals and custom fields in a rule set: what counts where it is silent, faults, what goes with what."""

from collections.abc import Callable
from typing import Any

import pytest

from convenor.cycle import rule_call
from convenor.cycle.differences import differences
from convenor.cycle.rule_data import shape_faults
from convenor.cycle.rule_drafts import whole, without_orphans
from convenor.cycle.rule_life import DEFAULTS
from convenor.cycle.rules import Rules

from .test_rules import IGF_2017

OLD = {key: value for key, value in IGF_2017.items() if key not in DEFAULTS}
KIND = {"code": "workshop", "names": {"en": "Workshop"}}
FIELD = {"code": "link", "names": {"en": "Link"}}
Row = dict[str, Any]


def with_call(kinds: list[Row] | None = None, fields: list[Row] | None = None) -> Row:
    return {**OLD, "kinds": kinds or [KIND], "fields": fields or []}


def test_a_rule_set_that_is_silent_has_one_kind_in_every_format_for_everybody_and_no_further_field():
    rules = Rules.parse(OLD)

    (kind,) = rules.kinds
    assert (kind.code, kind.name("fr"), kind.who, kind.takes_place) == ("session", "Session", "anyone", True)
    assert (rules.ungraded, rules.consent("named", "fr")) == ([], "")
    assert [one.code for one in rules.formats if kind.allows(one.code)] == [one.code for one in rules.formats]
    assert (kind.required, kind.offered, kind.per_person, kind.per_organisation) == ((), None, None, None)
    assert rules.fields == ()


def test_a_proposal_without_a_kind_is_of_the_first_one():
    rules = Rules.parse(with_call([KIND, {**KIND, "code": "open-forum"}]))

    assert [rules.kind(code) for code in ("", "open-forum", "gone")] == [rules.kinds[0], rules.kinds[1], None]


@pytest.mark.parametrize(
    ("kinds", "fields", "said"),
    [
        ([{**KIND, "who": "nobody"}], None, ["has the who “nobody”: choose one of anyone, activity"]),
        ([{**KIND, "formats": ["dance"]}], None, ["“formats” has “dance”, which is not among"]),
        ([{**KIND, "required": ["colour"]}], None, ["“required” has “colour”, which is not among"]),
        ([{**KIND, "per_person": 0}], None, ["“per_person” is 0: give a whole number from 1 to 1000, or null."]),
        ([{**KIND, "takes_place": 1}], None, ["“takes_place” is 1: give true or false."]),
        ([KIND, KIND], None, ["“kinds” has the code “workshop” 2 times."]),
        ([{**KIND, "colour": "red"}], None, ["has “colour”, which no rule knows"]),
        (None, [{**FIELD, "type": "colour"}], ["has the type “colour”: choose one of short, long"]),
        (None, [{**FIELD, "type": "choice"}], ["“options” is empty: name at least one."]),
        (None, [{**FIELD, "options": [KIND]}], ["has options, but its type is “short”"]),
        (None, [{**FIELD, "type": "number", "most_words": 5}], ["limits words, but its type is “number”"]),
        (None, [{**FIELD, "code": "summary"}], ["has the code “summary”, which every proposal has already"]),
        (None, [{**FIELD, "kinds": ["gone"]}], ["“kinds” has “gone”, which is not among workshop."]),
        (None, [{**FIELD, "changes_until": "1 June"}], ["may change until 1 June: give a day such as 2017-06-01"]),
        (None, [{**FIELD, "helps": {"en": "x" * 501}}], ["has a help longer than 500 characters."]),
    ],
)
def test_every_fault_is_a_sentence(kinds: list[Row] | None, fields: list[Row] | None, said: list[str]):
    found = shape_faults(with_call(kinds, fields))

    assert len(found) == len(said)
    assert [part for part, sentence in zip(said, found, strict=True) if part not in sentence] == []


@pytest.mark.parametrize(
    ("consents", "said"),
    [
        ({"filmed": {}}, ["“consents” has “filmed”, which no rule knows"]),
        ({"named": "May we?"}, ["“named” of “consents” is to be text by language."]),
        ({"recorded": {"en": "x" * 501}}, ["“recorded” of “consents” is longer than 500 characters."]),
        ([], ["“consents”"]),
        ({"named": {"en": "May we?"}}, []),
    ],
)
def test_what_is_wrong_with_the_words_of_a_consent_is_a_sentence(consents: object, said: list[str]):
    found = shape_faults({**with_call(), "consents": consents})

    assert len(found) == len(said)
    assert [part for part, sentence in zip(said, found, strict=True) if part not in sentence] == []


@pytest.mark.parametrize("part", ["kinds", "fields"])
@pytest.mark.parametrize("value", [None, 7, "x", {}, [None], [7], [[]], [{"code": []}]])
def test_nonsense_is_refused_and_never_breaks_the_reading(part: str, value: object):
    assert shape_faults({**with_call(), part: value}) != ()


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row.update(formats=None),
        lambda row: row.update(groups=[[]]),
        lambda row: row.update(required={}),
        lambda row: row.update(offered="all"),
        lambda row: row.update(word=[]),
        lambda row: row.update(who=[]),
    ],
)
def test_a_kind_of_another_shape_is_refused(change: Callable[[Row], None]):
    row = dict(KIND)
    change(row)

    assert shape_faults(with_call([row])) != ()


def test_every_part_of_a_kind_or_question_that_changes_is_said():
    def said(**changes: Any) -> list[str]:
        before, after = with_call(fields=[FIELD]), with_call(fields=[FIELD])
        kinds, fields = changes.get("kinds", {}), changes.get("fields", {})
        after |= {"kinds": [{**KIND, **kinds}], "fields": [{**FIELD, **fields}]}
        return differences(Rules.parse(before), Rules.parse(after), "en")

    assert said() == []
    kinds = {
        "who": ("code", "who may propose it: those who have an access code instead of anybody"),
        "groups": (["gov"], "stakeholder groups: Government instead of all"),
        "formats": (["panel"], "formats: Panel instead of all"),
        "minutes": ([20], "lengths: 20 minutes instead of those of the format"),
        "offered": (["summary"], "what is asked: Description instead of all"),
        "required": (["tags"], "what it must have: Tags instead of nothing"),
        "per_person": (2, "of one person, at most: 2 instead of any number"),
        "per_organisation": (3, "of one organisation, at most: 3 instead of any number"),
        "takes_place": (False, "takes a place that the committee fills: no instead of yes"),
        "graded": (False, "graded by the committee: no instead of yes"),
    }
    fields = {
        "most_words": (50, "words, at most: 50 instead of any number"),
        "kinds": (["workshop"], "asked of these kinds: Workshop instead of all"),
        "formats": (["panel"], "asked in these formats: Panel instead of all"),
        "required": (True, "must be answered: yes instead of no"),
        "visible": ("committee", "seen by: committee instead of public"),
        "changes_until": ("2017-06-01", "may be changed until: 1 June 2017 instead of the deadline"),
        "type": ("long", "what is given: text instead of short text"),
    }
    assert [said(kinds={key: value}) for key, (value, _words) in kinds.items()] == [
        [f"Kind “Workshop”, {words}."] for _value, words in kinds.values()
    ]
    assert [said(fields={key: value}) for key, (value, _words) in fields.items()] == [
        [f"Question “Link”, {words}."] for _value, words in fields.values()
    ]
    assert said(kinds={"word": {"en": "issue"}}) == ["Kind “Workshop”: the word for what one proposes is another."]
    assert said(fields={"helps": {"en": "Help"}}) == ["Question “Link”: the help is another."]
    assert said(fields={"type": "choice", "options": [FIELD]}) == [
        "Question “Link”, what is given: one of a list instead of short text.",
        "Question “Link”, options: Link instead of nothing.",
    ]
    assert {*kinds, "word"} == set(rule_call.KIND)
    assert {*fields, "helps", "options"} == set(rule_call.FIELD)


def test_what_names_a_format_or_a_kind_that_goes_forgets_it_and_a_field_asked_nowhere_else_goes():
    kinds = [{**KIND, "formats": ["panel", "debate"]}]
    fields: list[Row] = [
        {**FIELD, "code": "paper", "formats": ["panel"]},
        {**FIELD, "code": "both", "formats": ["panel", "debate"], "kinds": ["gone"]},
        {**FIELD, "code": "all"},
    ]
    data = whole(with_call(kinds, fields))
    data["formats"] = [one for one in data["formats"] if one["code"] != "panel"]

    left = without_orphans(data)

    assert [(one["code"], one["formats"]) for one in left["kinds"]] == [("workshop", ["debate"])]
    assert [one["code"] for one in left["fields"]] == ["all"]
