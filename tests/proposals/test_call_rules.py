"""Who may propose what at a moment, and what a proposal is asked: worked examples, every reason once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from convenor.cycle.deadlines import Window
from convenor.cycle.rules import Rules
from convenor.proposals.call_rules import (
    COLUMNS,
    PARTS,
    Proposer,
    Refusal,
    Why,
    fields_for,
    may_change,
    may_propose,
    stopping,
)
from convenor.proposals.models import Part, Proposal

from ..cycle.test_rules import IGF_2017

OPENS, CLOSES = datetime(2017, 3, 1, tzinfo=UTC), datetime(2017, 5, 4, 11, tzinfo=UTC)
WINDOW = Window(OPENS, CLOSES, 30)
IN_TIME, SECOND = datetime(2017, 4, 1, tzinfo=UTC), timedelta(seconds=1)
KIND = {"code": "workshop", "names": {"en": "Workshop"}}


def rules(*, checks: tuple[str, ...] = (), fields: list[dict[str, Any]] | None = None, **kind: Any) -> Rules:
    screening = [{"code": check, "names": {"en": check}, "check": check} for check in checks]
    return Rules.parse({**IGF_2017, "kinds": [{**KIND, **kind}], "fields": fields or [], "screening": screening})


def found(under: Rules, at: datetime = IN_TIME, **facts: Any) -> list[tuple[Why, bool]]:
    said = may_propose(under, under.kinds[0], WINDOW, replace(Proposer(), **facts), at)
    return [(one.why, one.stops) for one in said]


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (OPENS - SECOND, [(Why.NOT_OPEN, True)]),
        (OPENS, []),
        (CLOSES - SECOND, []),
        (CLOSES, [(Why.GRACE, False)]),
        (CLOSES + timedelta(minutes=30) - SECOND, [(Why.GRACE, False)]),
        (CLOSES + timedelta(minutes=30), [(Why.CLOSED, True)]),
    ],
)
def test_a_proposal_is_taken_from_the_opening_to_the_end_of_the_grace(at: datetime, said: list[tuple[Why, bool]]):
    assert found(rules(), at) == said


def test_without_a_kind_or_a_call_nothing_is_taken():
    one = rules()

    assert may_propose(one, None, WINDOW, Proposer(), IN_TIME) == (Refusal(Why.NO_KIND),)
    assert may_propose(one, one.kinds[0], None, Proposer(), IN_TIME) == (Refusal(Why.NO_CALL),)


@pytest.mark.parametrize(
    ("who", "fact", "why"),
    [
        ("activity", "leads_activity", Why.NOT_ACTIVITY),
        ("institution", "is_of_members_institution", Why.NOT_INSTITUTION),
        ("newcomer", "is_newcomer", Why.NOT_NEWCOMER),
        ("code", "has_code", Why.CODE_NEEDED),
    ],
)
def test_a_kind_lets_in_whom_it_is_for(who: str, fact: str, why: Why):
    one = rules(who=who)

    assert (found(one, **{fact: False}), found(one, **{fact: True})) == ([(why, True)], [])


def test_a_kind_for_some_groups_turns_the_others_away():
    one = rules(groups=["gov", "igo"])

    assert (found(one, group="cs"), found(one, group="igo")) == ([(Why.NOT_GROUP, True)], [])


def test_committee_members_are_refused_where_the_rules_keep_them_apart():
    assert found(rules(checks=("committee-apart",)), is_on_committee=True) == [(Why.COMMITTEE, True)]
    assert found(rules(), is_on_committee=True) == []


def test_a_report_owed_stops_only_where_the_rules_screen_for_it():
    assert found(rules(), reports_owed=1) == [(Why.REPORT_OWED, False)]
    assert found(rules(checks=("reports-filed",)), reports_owed=1) == [(Why.REPORT_OWED, True)]


def test_caps_of_the_rule_set_count_what_takes_a_place_and_a_kinds_own_count_the_kind():
    most = rules().proposals_per_person
    free = rules(takes_place=False, per_person=1, per_organisation=2)

    assert found(rules(), places=most - 1, of_kind=most - 1) == []
    assert found(rules(), places=most, places_of_organisation=99) == [
        (Why.CAP_PERSON, True),
        (Why.CAP_ORGANISATION, True),
    ]
    assert found(free, places=99, of_kind=0) == []
    assert found(free, of_kind=1, of_kind_of_organisation=2) == [
        (Why.CAP_KIND, True),
        (Why.CAP_KIND_ORGANISATION, True),
    ]


def test_every_reason_is_given_at_once_with_its_values():
    one = rules(who="newcomer", per_person=1)
    said = may_propose(one, one.kinds[0], WINDOW, Proposer(is_newcomer=False, of_kind=1), CLOSES)

    assert said == (
        Refusal(Why.GRACE, {"closed_at": CLOSES, "ends_at": CLOSES + timedelta(minutes=30)}, stops=False),
        Refusal(Why.NOT_NEWCOMER),
        Refusal(Why.CAP_KIND, {"n": 1, "cap": 1}),
    )
    assert stopping(said) == said[1:]


def test_what_is_asked_follows_from_format_and_kind():
    paper = {"code": "paper", "names": {"en": "Paper"}, "formats": ["panel"], "type": "link", "required": True}
    one = rules(formats=["panel", "debate"], minutes=[20], fields=[paper])
    panel, debate = ({asked.code: asked for asked in fields_for(one, one.kinds[0], f)} for f in ("panel", "debate"))

    assert [code for code in panel if code not in debate] == ["paper"]
    assert (panel["background-paper"].is_required, debate["background-paper"].is_required) == (True, False)
    assert [panel[code].is_required for code in ("title", "speakers", "paper", "tags")] == [True, True, True, False]
    assert panel["minutes"].minutes == (20,)
    assert list(panel)[:4] == ["title", "theme", "format", "minutes"]
    assert [choice.code for choice in panel["format"].options] == [
        choice.code for choice in one.formats if choice.code in {"panel", "debate"}
    ]
    assert panel["summary"].most_words == one.description_words
    assert (panel["speakers"].least, panel["speakers"].most) == (one.least_speakers, one.most_speakers)


def test_what_a_kind_does_not_offer_is_not_required_either_but_what_it_requires_itself_is():
    one = rules(offered=["summary"], required=["tags"])

    asked = fields_for(one, one.kinds[0], "panel")

    assert [(a.code, a.is_required) for a in asked[4:]] == [("summary", True), ("tags", True)]


def test_every_field_is_kept_in_a_column_in_a_part_or_among_the_answers():
    columns = {field.name for field in Proposal._meta.get_fields()}
    one = rules()

    assert set(COLUMNS.values()) - columns == set()
    assert set(PARTS.values()) - set(Part.values) == set()
    asked = fields_for(one, one.kinds[0], "")
    assert [a.code for a in asked if not a.column and not a.part] == ["background-paper", "earlier-report"]


def test_a_field_changes_with_the_deadline_or_until_its_own_day():
    own = {"code": "slides", "names": {"en": "Slides"}, "changes_until": "2017-12-01"}
    one = rules(fields=[own])
    *_others, title, slides = (fields_for(one, one.kinds[0], "")[n] for n in (0, 0, -1))

    assert [may_change(title, date(2017, 6, 1), is_open=is_open) for is_open in (True, False)] == [True, False]
    assert [may_change(slides, date(2017, 12, day), is_open=False) for day in (1, 2)] == [True, False]
