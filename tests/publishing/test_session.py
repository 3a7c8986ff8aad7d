"""A session's page: who, where, and how it came here."""

from datetime import timedelta

import pytest
from django.test import Client

from convenor.cycle.models import Cycle
from convenor.programme.actions import make_sessions
from convenor.programme.models import Session, Solution
from convenor.proposals.models import Proposal
from convenor.selection.models import Choice
from tests.programme.making import AT, FIRST, make_proposal, make_session, make_venue, released, select

PAGE = "/igf/2017/programme/sessions/{}/"


@pytest.fixture
def workshop(cycle: Cycle) -> Proposal:
    """Give a released workshop beside another of its theme and one of another theme."""
    make_venue(cycle)
    proposals = [
        make_proposal(cycle, 1, is_first=True), make_proposal(cycle, 2), make_proposal(cycle, 3, theme="trust"),
    ]  # fmt: skip
    select(cycle, proposals)
    make_sessions(cycle)
    Solution.objects.create(cycle=cycle, computed_at=AT - timedelta(days=1), cost=1, bound=1)
    released(cycle, list(Session.objects.order_by("number")))
    return proposals[0]


def test_people_stand_with_part_body_group_and_region(workshop: Proposal, client: Client):
    answer = client.get(PAGE.format(1))

    rows = [
        (str(one.part), one.name, one.organisation, group, one.region, one.is_online)
        for one, group, _region in answer.context["people"]
    ]
    assert rows == [
        ("Organiser", "Speaker 1 A", "Body 1", "Technical", "af", False),
        ("Speaker", "Speaker 1 B", "Body 1", "Technical", "af", True),
        ("Moderator", "Speaker 1 C", "Body 1", "Technical", "af", False),
    ]


def test_the_page_tells_how_the_session_came_here(workshop: Proposal, client: Client):
    steps = client.get(PAGE.format(1)).context["details"].steps

    assert [(step.title, step.at.date().isoformat(), step.note) for step in steps] == [
        ("Proposed", "2017-05-02", "first proposal ever"),
        ("Selected", "2017-06-13", "by its score"),
        ("Placed", "2017-09-14", ""),
        ("Released", "2017-09-15", "release 1"),
        ("Held", "2017-12-18", ""),
    ]
    assert [step.is_here for step in steps] == [False, False, False, False, True]


@pytest.mark.parametrize(("at", "title"), [(FIRST, "To be held"), (FIRST + timedelta(minutes=90), "Held")])
def test_a_session_is_held_when_it_is_over(cycle: Cycle, workshop: Proposal, client: Client, at: object, title: str):
    Cycle.objects.update(stands_at=at)

    assert client.get(PAGE.format(1)).context["details"].steps[-1].title == title


def test_the_reason_is_said_without_anybodys_score(workshop: Proposal, client: Client):
    rule = {"kind": "least", "dimension": "region", "value": "af", "count": 12}
    values = {"rules": [rule], "line": 4.05, "other": 112, "other_score": 4.01}
    Choice.objects.filter(proposal=workshop).update(reason="in_for_quota", values=values)

    answer = client.get(PAGE.format(1))

    note = answer.context["details"].steps[1].note
    assert note.startswith("for the balance: at least 12 from “")
    assert "4.01" not in answer.content.decode()
    assert "4.05" not in answer.content.decode()


def test_other_sessions_of_the_theme_are_named(workshop: Proposal, client: Client):
    near = client.get(PAGE.format(1)).context["near"]

    assert [(url, talk.title) for url, talk in near] == [(PAGE.format(2), "Title 2")]


def test_policy_questions_and_paragraphs_are_shown(workshop: Proposal, client: Client):
    Session.objects.filter(number=1).update(summary="One.\n\nTwo.")

    page = client.get(PAGE.format(1)).content.decode()

    assert "<p>One.</p>\n\n<p>Two.</p>" in page
    assert "Who pays?" in page


def test_a_session_of_its_own_has_people_without_parts_and_a_short_way(cycle: Cycle, client: Client):
    make_venue(cycle)
    session = make_session(cycle, 1001)
    released(cycle, [session])

    answer = client.get(PAGE.format(1001))

    assert [step.title for step in answer.context["details"].steps] == ["Released", "Held"]
    assert answer.context["people"] == []


@pytest.mark.parametrize("number", [2, 99999999999999999999])
def test_a_session_that_is_not_released_has_no_page(cycle: Cycle, client: Client, number: int):
    make_venue(cycle)
    released(cycle, [make_session(cycle, 1)])
    make_session(cycle, 2)

    assert client.get(PAGE.format(number)).status_code == 404
