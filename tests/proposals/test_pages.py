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
        ("?q=²", [2]),
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

    with django_assert_num_queries(4):
        client.get(LIST)


@pytest.mark.slow
@pytest.mark.parametrize("query", ["", "?theme=access&q=cables", "?page=50"])
def test_five_thousand_are_listed_with_as_few_queries(
    client: Client, cycle: Cycle, organisation: Organisation, query: str, django_assert_num_queries
):
    first = propose(cycle, organisation, 1)
    values = {field.attname: getattr(first, field.attname) for field in Proposal._meta.concrete_fields}
    Proposal.objects.bulk_create(
        [Proposal(**{**values, "id": None, "number": number}) for number in range(2, 5001)], batch_size=1000
    )

    with django_assert_num_queries(6 if "theme" in query else 4):
        page = client.get(LIST + query)

    assert page.context["everything"] == 5000
    assert len(page.context["page"]) == 100


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_the_database_as_often_for_one_speaker_as_for_thirty(
    client: Client, cycle: Cycle, organisation: Organisation, count: int, django_assert_num_queries
):
    proposal = propose(cycle, organisation, 1)
    for index in range(count):
        person = Person.objects.create(name=f"Speaker {index}", country="KE", group="tec", organisation=organisation)
        Contributor.objects.create(proposal=proposal, person=person, part=Part.SPEAKER)

    with django_assert_num_queries(4):
        client.get(f"{LIST}1/")


def counted(client: Client, query: str = "") -> dict[str, list[tuple[str, int]]]:
    """Read what the charts show: name and number of every class that has one."""
    charts = client.get(LIST + query).context["charts"]
    return {chart.title: [(bar.name, bar.count) for bar in chart.bars if bar.count] for chart in charts}


def test_the_list_says_how_it_divides(client: Client, cycle: Cycle, organisation: Organisation):
    nowhere = Organisation.objects.create(name="Body without a country")
    propose(cycle, organisation, 1)
    propose(cycle, organisation, 2, theme="trust", state=State.SCREENED_OUT)
    propose(cycle, nowhere, 3, format="flash", minutes=30)
    propose(cycle, organisation, 4, state=State.DRAFT)

    assert counted(client) == {
        "Theme": [("Access and infrastructure", 2), ("Security and trust", 1)],
        "Region": [("African Group", 2), ("Not stated", 1)],
        "Stakeholder group": [("Technical community", 2), ("Not stated", 1)],
        "Format": [("Flash session", 1), ("Panel", 2)],
    }


def test_filtered_the_charts_compare_what_fits_with_all(client: Client, cycle: Cycle, organisation: Organisation):
    propose(cycle, organisation, 1)
    propose(cycle, organisation, 2, theme="trust")

    charts = client.get(f"{LIST}?theme=trust").context["charts"]

    assert [(bar.name, bar.share, bar.mark) for bar in charts[0].bars if bar.mark] == [
        ("Access and infrastructure", 0.0, 50.0),
        ("Security and trust", 100.0, 50.0),
    ]


def test_an_empty_list_says_what_will_be_here(client: Client, cycle: Cycle):
    page = client.get(LIST).content.decode()

    assert "Nothing has been proposed yet." in page
    assert "See when the call is open" in page


def test_further_pages_keep_the_filters(client: Client, cycle: Cycle, organisation: Organisation):
    first = propose(cycle, organisation, 1)
    values = {field.attname: getattr(first, field.attname) for field in Proposal._meta.concrete_fields}
    Proposal.objects.bulk_create([Proposal(**{**values, "id": None, "number": number}) for number in range(2, 102)])

    page = client.get(f"{LIST}?theme=access").content.decode()

    assert 'href="?theme=access&amp;page=2" rel="next"' in page


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
