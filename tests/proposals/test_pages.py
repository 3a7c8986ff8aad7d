"""The list of proposals and the page of one."""

import pytest
from django.test import Client

from convenor.cycle.models import Cycle
from convenor.people.models import Organisation, Person
from convenor.proposals.models import NEXT, Contributor, Part, Proposal, State

LIST = "/igf/2017/proposals/"


@pytest.fixture
def organisation(db: None) -> Organisation:
    """Give a body of the technical community in Kenya."""
    return Organisation.objects.create(name="Mfano Exchange", country="KE", group="tec")


def propose(cycle: Cycle, organisation: Organisation, number: int, **fields: object) -> Proposal:
    """Hand in a proposal."""
    owner, _made = Person.objects.get_or_create(email="owner@example.org", defaults={"name": "Owner"})
    values: dict[str, object] = {
        "title": f"Title {number}",
        "summary": "Cables and their cost.",
        "theme": "access",
        "format": "panel",
        "minutes": 90,
        "state": State.SUBMITTED,
        **fields,
    }
    return Proposal.objects.create(cycle=cycle, number=number, owner=owner, organisation=organisation, **values)


def numbers(client: Client, query: str = "") -> list[int]:
    """Read the numbers that the list shows."""
    return [proposal.number for proposal in client.get(LIST + query).context["page"]]


def test_drafts_and_withdrawn_proposals_are_not_listed(client: Client, cycle: Cycle, organisation: Organisation):
    for number, state in enumerate(State, start=1):
        propose(cycle, organisation, number, state=state)

    shown = {state for number, state in enumerate(State, start=1) if number in numbers(client)}

    assert shown == {State.SUBMITTED, State.SCREENED_OUT}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [1, 2, 3]),
        ("?theme=trust", [2]),
        ("?format=flash", [3]),
        ("?group=tec", [1, 2]),
        ("?region=af", [1, 2]),
        ("?region=nowhere", []),
        ("?q=cables", [1, 2]),
        ("?q=3", [3]),
        ("?q=²", []),
        ("?q=%00", [1, 2, 3]),
        ("?q=" + "9" * 50, []),
        ("?theme=trust&region=weo", []),
    ],
)
def test_filters_in_the_address_narrow_the_list(
    client: Client, cycle: Cycle, organisation: Organisation, query: str, found: list[int]
):
    other = Organisation.objects.create(name="Beispiel", country="DE", group="civ")
    propose(cycle, organisation, 1)
    propose(cycle, organisation, 2, theme="trust")
    propose(cycle, other, 3, format="flash", minutes=30, summary="Other.")

    assert numbers(client, query) == found


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_the_database_as_often_for_one_as_for_thirty(
    client: Client, cycle: Cycle, organisation: Organisation, count: int, django_assert_num_queries
):
    for number in range(1, count + 1):
        propose(cycle, organisation, number)

    with django_assert_num_queries(3):
        client.get(LIST)


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_the_database_as_often_for_one_speaker_as_for_thirty(
    client: Client, cycle: Cycle, organisation: Organisation, count: int, django_assert_num_queries
):
    proposal = propose(cycle, organisation, 1)
    for index in range(count):
        person = Person.objects.create(name=f"Speaker {index}", country="KE", group="tec", organisation=organisation)
        Contributor.objects.create(proposal=proposal, person=person, part=Part.SPEAKER)

    with django_assert_num_queries(3):
        client.get(f"{LIST}1/")


def test_hostile_words_are_shown_as_words(client: Client, cycle: Cycle, organisation: Organisation):
    propose(cycle, organisation, 1, title="<script>alert(1)</script>", policy_questions=["<b>why</b>"])

    page = client.get(f"{LIST}1/").content.decode()

    assert "<script>alert" not in page
    assert "&lt;b&gt;why&lt;/b&gt;" in page


def test_addresses_of_people_are_never_shown(client: Client, cycle: Cycle, organisation: Organisation):
    proposal = propose(cycle, organisation, 1)
    Contributor.objects.create(proposal=proposal, person=proposal.owner, part=Part.ORGANISER)

    assert "owner@example.org" not in client.get(f"{LIST}1/").content.decode()


def test_a_draft_has_no_page(client: Client, cycle: Cycle, organisation: Organisation):
    propose(cycle, organisation, 1, state=State.DRAFT)

    assert client.get(f"{LIST}1/").status_code == 404


def test_every_state_says_what_may_follow():
    assert set(NEXT) == set(State)
