"""What a change of rules would do, computed from what is really there."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from convenor.cycle.consequences import consequences
from convenor.cycle.models import Cycle, RuleSet
from convenor.cycle.rules import Rules
from convenor.cycle.rules_in_use import uses_of
from convenor.evaluation.models import Evaluation, Ranking
from convenor.people.models import Organisation, Person
from convenor.proposals.models import Contributor, Proposal, State
from convenor.selection.models import Scenario

from .test_actions import start
from .test_removal import fill
from .test_rules import IGF_2017, changed

AT = datetime(2017, 6, 1, tzinfo=UTC)
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def busy(cycle: Cycle) -> Cycle:
    """Give a year with twelve proposals of three speakers each, two evaluations apiece, a ranking and a selection."""
    fill(cycle, 12)
    Proposal.objects.update(state=State.SUBMITTED, summary="One two three four five six seven eight nine ten. " * 3)
    Contributor.objects.update(is_confirmed=True)
    keys = list(Proposal.objects.order_by("number").values_list("pk", flat=True))
    Proposal.objects.filter(pk__in=keys[:3]).update(kind="open-forum")
    Proposal.objects.filter(pk__in=keys[3:5]).update(answers={"room": "Round"})
    Evaluation.objects.all().delete()
    member = Person.objects.create(name="Member", email="m@example.org")
    Evaluation.objects.bulk_create(
        Evaluation(member=member, proposal=row, grades={"relevance": 4, "diversity": 2 if row.number > 4 else None})
        for row in Proposal.objects.filter(cycle=cycle)
    )
    Ranking.objects.create(cycle=cycle, rule_set=cycle.rule_set, computed_at=AT, line=72, seed=1)
    Scenario.objects.create(cycle=cycle, rule_set=cycle.rule_set, computed_at=AT, places=80, seed=1)
    return cycle


def said(cycle: Cycle, change: Change) -> list[str]:
    """Say what follows from a change to the rules of 2017, what stops it marked."""
    found = consequences(cycle, Rules.parse(IGF_2017), Rules.draft(changed(change)))
    return [f"{'STOP ' if one.stops else ''}{one.sentence}" for one in found]


def without_quotas(change: Change) -> Change:
    """Make a change to rules without quotas, which would have much to say of twelve proposals."""

    def both(data: dict[str, Any]) -> None:
        data["quotas"] = []
        change(data)

    return both


STANDS = "The selection that stands was computed under other places or quotas: compute it again."


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        (lambda d: None, [STANDS]),
        (
            lambda d: d["themes"].pop(0),
            ["12 proposals have a theme that goes; they keep a theme without a name.", STANDS],
        ),
        (
            lambda d: d.update(formats=[one for one in d["formats"] if one["code"] != "panel"], required={"*": []}),
            ["12 proposals have a format that goes.", STANDS],
        ),
        (
            lambda d: next(one for one in d["formats"] if one["code"] == "panel").update(minutes=[90]),
            ["12 proposals have a length that their format no longer allows.", STANDS],
        ),
        (
            lambda d: d["budget"].update(grid=95),
            [
                "The budget falls from 80 to 72 places.",
                "By score are filled 64 places instead of 72: the line moves.",
                STANDS,
            ],
        ),
        (
            lambda d: d["budget"].update(grid=110, by_score_percent=83),
            ["The budget rises from 80 to 87 places.", STANDS],
        ),
        (
            lambda d: d.update(quotas=[{"dimension": "theme", "value": "data", "least": 86}]),
            [
                "STOP Theme: quotas ask for 86 of 80 places: no selection is possible.",
                "Theme “Data and privacy” is to have at least 86 places, but has 0 proposals.",
                STANDS,
            ],
        ),
        (
            lambda d: d.update(quotas=[{"dimension": "group", "value": g["code"], "most": 9} for g in d["groups"]]),
            ["STOP Stakeholder group: quotas allow 45 of 80 places: they can never be filled.", STANDS],
        ),
        (
            lambda d: d.update(criteria=[one for one in d["criteria"] if one["code"] != "diversity"]),
            [
                "8 grades given on Diversity will not count.",
                "1 ranking was computed under other criteria: compute the results again.",
                STANDS,
            ],
        ),
        (
            lambda d: d["criteria"][0].update(low=0, high=3),
            [
                "12 grades given on Relevance lie outside the new scale.",
                "1 ranking was computed under other criteria: compute the results again.",
                STANDS,
            ],
        ),
        (
            lambda d: d["limits"].update(sessions_per_speaker=2),
            ["12 speakers are above the new cap of 2 sessions.", STANDS],
        ),
        (lambda d: d["limits"].update(proposals_per_person=2), [STANDS]),
        (
            lambda d: d["limits"].update(proposals_per_organisation=2),
            ["2 organisations have more proposals than the new cap of 2.", STANDS],
        ),
        (lambda d: d["limits"].update(description_words=20), ["12 descriptions are longer than 20 words.", STANDS]),
        (
            lambda d: d["limits"].update(least_speakers=4),
            ["12 proposals have fewer than 4 speakers who have said yes.", STANDS],
        ),
        (lambda d: d["kinds"].pop(0), [STANDS]),
        (
            lambda d: d["kinds"].pop(1),
            ["3 proposals are of a kind that goes; they keep their texts and cannot be handed in again.", STANDS],
        ),
        (
            lambda d: d["kinds"][1].update(formats=["debate"]),
            ["3 proposals have a format that their kind no longer allows.", STANDS],
        ),
        (
            lambda d: d["fields"].append({"code": "room", "names": {"en": "Room"}, "required": True}),
            ["10 proposals have no answer to a question that must now be answered.", STANDS],
        ),
        (
            lambda d: d["groups"].append({"code": "aca", "names": {"en": "Academia"}}),
            ["Nobody can belong to “Academia”: accounts and countries know only civ, gov, igo, prv, tec.", STANDS],
        ),
    ],
)
def test_a_change_says_what_it_does(busy: Cycle, change: Change, sentences: list[str]):
    assert said(busy, without_quotas(change)) == sentences


def test_the_same_rules_have_no_consequences(busy: Cycle):
    assert said(busy, lambda d: None) == []


def test_nothing_there_nothing_follows(cycle: Cycle):
    assert said(cycle, lambda d: (d["themes"].pop(0), d["quotas"].pop(0))) == []


def test_another_forums_proposals_do_not_count(busy: Cycle):
    kofi = Person.objects.create(name="Kofi", email="kofi@example.org")
    other = start(kofi, preset="igf-2017")

    assert said(other, without_quotas(lambda d: d["themes"].pop(0))) == []


def test_what_was_made_under_rules_is_said(busy: Cycle):
    own = RuleSet.objects.create(forum=busy.forum, name="IGF 2017", version=2, data=IGF_2017)
    Cycle.objects.filter(pk=busy.pk).update(rule_set=own)
    Ranking.objects.update(rule_set=own)
    Scenario.objects.update(rule_set=own)

    assert uses_of(own, busy) == [
        "12 proposals were made under it.",
        "12 evaluations were given under it.",
        "1 ranking was computed under it.",
        "1 selection was computed under it.",
    ]


@pytest.mark.parametrize("count", [1, 30])
def test_the_consequences_cost_the_same_for_many(cycle: Cycle, count: int, django_assert_num_queries):
    body = Organisation.objects.create(name="Body", country="KE", group="civ")
    owner = Person.objects.create(name="Owner", email="o@example.org")
    Proposal.objects.bulk_create(
        Proposal(
            cycle=cycle,
            number=n,
            title="T",
            summary="S",
            theme="access",
            format="panel",
            minutes=60,
            owner=owner,
            organisation=body,
            state=State.SUBMITTED,
        )
        for n in range(1, count + 1)
    )
    limits = {"sessions_per_speaker": 2, "proposals_per_person": 2, "proposals_per_organisation": 2}

    def change(data: dict[str, Any]) -> None:
        data["criteria"].pop()
        data["limits"].update(limits, description_words=20, least_speakers=4)

    before, after = Rules.parse(IGF_2017), Rules.parse(changed(change))
    with django_assert_num_queries(11):
        consequences(cycle, before, after)
