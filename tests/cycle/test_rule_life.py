"""The parts of a rule set around a proposal's life: old data, faults in sentences, and the table of who sees what."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from convenor.cycle.rule_data import faults, shape_faults
from convenor.cycle.rule_life import CHECKS, DEFAULTS, VISIBLE
from convenor.cycle.rules import Grading, Reports, Rules
from convenor.people.roles import Role

from .test_rules import IGF_2017, changed, preset

OLD = {key: value for key, value in IGF_2017.items() if key not in DEFAULTS}
OLD_LIMITS = (
    "evaluations_per_proposal",
    "proposals_per_person",
    "sessions_per_speaker",
    "least_speakers",
    "description_words",
)
Change = Callable[[dict[str, Any]], object]
READERS = {
    "public": frozenset({Role.PUBLIC}),
    "committee": frozenset({Role.PUBLIC, Role.SIGNED_IN, Role.MEMBER}),
    "secretariat": frozenset({Role.PUBLIC, Role.SIGNED_IN, Role.SECRETARIAT}),
}


def test_an_old_rule_set_still_reads_with_what_counted_then():
    limits = {name: IGF_2017["limits"][name] for name in OLD_LIMITS}

    rules = Rules.parse({**OLD, "limits": {**limits, "proposals_per_person": 2}})

    assert (rules.proposals_per_person, rules.proposals_per_organisation) == (2, 2)
    assert (rules.grace_minutes, rules.most_speakers) == (0, 200)
    assert (rules.grading, rules.reports) == (Grading(None, may_ask_merger=True), Reports(14, {}))
    assert [one.code for one in rules.statuses] == ["accepted", "declined"]
    assert rules.required_fields("panel") == ("summary",)
    assert dict(rules.visibility) == dict(VISIBLE)


def test_a_format_asks_for_what_every_format_asks_for_and_for_its_own():
    rules = preset("igf-2017")

    assert rules.required_fields("panel")[-1] == "background-paper"
    assert rules.required_fields("panel")[:-1] == rules.required_fields("debate")


@pytest.mark.parametrize("code", ["igf-2017", "igf-2021", "national-light"])
def test_every_name_of_the_later_lists_is_in_every_language_that_is_offered(code: str):
    rules = preset(code)
    offered, known = set(settings.OFFERED_LANGUAGES), {code for code, _name in settings.LANGUAGES}

    assert [one.code for one in (*rules.statuses, *rules.screening) if not offered <= set(one.names) <= known] == []


def test_what_counts_where_a_rule_set_is_silent_is_named_in_every_language():
    assert [set(one["names"]) for one in DEFAULTS["statuses"]] == [{code for code, _name in settings.LANGUAGES}] * 2


@pytest.mark.parametrize("seer", ["public", "committee", "secretariat"])
@pytest.mark.parametrize("reader", ["public", "committee", "secretariat"])
@pytest.mark.parametrize("field", sorted(VISIBLE))
def test_a_field_is_seen_by_its_class_of_reader_and_those_above(field: str, seer: str, reader: str):
    rules = Rules.parse(changed(lambda d: d["visibility"].update({field: seer})))
    classes = ["public", "committee", "secretariat"]

    assert rules.visible(field, READERS[reader]) == (classes.index(reader) >= classes.index(seer))


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CHAIR, Role.SECRETARIAT])
def test_the_committee_is_its_members_chair_and_secretariat(role: Role):
    assert preset("igf-2017").visible("grades", {role})


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.MEMBER, Role.CHAIR, Role.SECRETARIAT)])
def test_nobody_else_is_of_the_committee(role: Role):
    assert not preset("igf-2017").visible("grades", {role})


def test_a_field_that_no_table_has_is_a_fault_of_the_program():
    with pytest.raises(KeyError):
        preset("igf-2017").visible("shoe-size", {Role.SECRETARIAT})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda d: d.update(statuses=[]), "“statuses” is empty: name at least one."),
        (
            lambda d: d["statuses"][0].update(outcome="maybe"),
            "Entry 1 of “statuses” has the outcome “maybe”: choose one of in, open, out.",
        ),
        (lambda d: d["statuses"][0].pop("outcome"), "Entry 1 of “statuses” lacks “outcome”."),
        (
            lambda d: d["screening"][0].update(check="guess"),
            f"Entry 1 of “screening” has the check “guess”: choose one of {', '.join(CHECKS)}.",
        ),
        (
            lambda d: d["required"].update(opera=[]),
            "“required” names the format “opera”, which “formats” does not have.",
        ),
        (lambda d: d["required"].update(panel="all"), "“required” of “panel” is no list."),
        (lambda d: d["required"].update(panel=["tags", "tags"]), "“required” of “panel” has “tags” 2 times."),
        (lambda d: d.update(required=[]), "“required” is to be lists of fields by format, “*” for every format."),
        (
            lambda d: d["grading"].update(reason_at_most="3"),
            "“reason_at_most” is 3: give a whole number from 0 to 100, or null for never.",
        ),
        (lambda d: d["grading"].update(may_ask_merger=1), "“may_ask_merger” is 1: give true or false."),
        (
            lambda d: d["reports"].update(days=-1),
            "“days” of “reports” is -1: give a whole number from 0 to 365.",
        ),
        (lambda d: d["reports"].update(template="Say all"), "“template” of “reports” is to be text by language."),
        (
            lambda d: d["reports"].update(template={"en": "x" * 5001}),
            "“template” of “reports” is longer than 5000 characters.",
        ),
        (
            lambda d: d["visibility"].update(email="friends"),
            "“visibility” of “email” is “friends”: choose one of public, committee, secretariat.",
        ),
        (
            lambda d: d["visibility"].update(shoes="public"),
            "“visibility” has “shoes”, which no rule knows: remove it, or mend its spelling.",
        ),
        (
            lambda d: d["limits"].update(grace_minutes=1441),
            "“grace_minutes” is 1441: give a whole number from 0 to 1440.",
        ),
    ],
)
def test_a_fault_is_said_in_one_sentence(change: Change, sentence: str):
    assert faults(changed(change)) == (sentence,)


@pytest.mark.parametrize("key", sorted(DEFAULTS))
@pytest.mark.parametrize("value", [None, 7, "x", [1], {"x": 1}])
def test_no_shape_of_a_part_breaks_the_check(key: str, value: object):
    assert faults(changed(lambda d: d.update({key: value}))) != ()


def test_quotas_that_cannot_be_kept_can_still_be_read_in_a_draft():
    data = changed(lambda d: d.update(quotas=[{"dimension": "theme", "value": "data", "least": 81}]))

    assert shape_faults(data) == ()
    assert Rules.draft(data).quotas[0].least == 81
    assert faults(data) == ("The least numbers by theme add up to 81, but there are 80 places.",)
