"""What the words of a search find, on every database alike."""

import pytest
from django.http import QueryDict

from convenor.cycle.models import Cycle
from convenor.people.models import Organisation, Person
from convenor.proposals.finding import Filters, public_list
from convenor.proposals.models import Contributor, Part, Proposal, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposals(cycle: Cycle) -> list[Proposal]:
    """Give three proposals of one owner with one speaker each."""
    body = Organisation.objects.create(name="Société des Câbles", country="CH", group="civ")
    owner = Person.objects.create(name="Zoë Proposer", email="zoe@example.org")
    texts = [
        ("Accès pour tous", "Les régions éloignées.", "Nguyễn An", "fr", ["Accès", "coûts"]),
        ("互联网治理", "谁来决定？", "Amina Diallo", "zh-hans", ["ACCÈS"]),
        ("مستقبل الإنترنت", "من يُقرِّر؟", "Amina Ωmega", "", []),
    ]
    found = []
    for number, (title, summary, name, language, tags) in enumerate(texts, start=1):
        one = Proposal.objects.create(
            cycle=cycle,
            number=number,
            title=title,
            summary=summary,
            language=language,
            tags=tags,
            theme="access",
            format="panel",
            minutes=60,
            owner=owner,
            organisation=body,
            state=State.SUBMITTED,
        )
        Contributor.objects.create(proposal=one, person=owner, part=Part.ORGANISER)
        Contributor.objects.create(proposal=one, person=Person.objects.create(name=name), part=Part.SPEAKER)
        found.append(one)
    return found


def find(cycle: Cycle, query: str, *hidden: str) -> list[int | None]:
    """Give the numbers that a query of an address finds."""
    filters = Filters.of(QueryDict(query), frozenset(hidden))
    return [one.number for one in filters.apply(public_list(cycle.proposals.all())).order_by("number")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ACCES", [1]),
        ("q=eloignees+acces", [1]),
        ("q=acces+互联网", []),
        ("q=互联", [2]),
        ("q=الانترنت", [3]),
        ("q=يقرر", [3]),
        ("q=nguyen", [1]),
        ("q=amina", [2, 3]),
        ("q=amina+ωMEGA", [3]),
        ("q=societe", [1, 2, 3]),
        ("q=zoe", [1, 2, 3]),
        ("q=2", [2]),
        ("q=%25", []),
        ("q=_", []),
        ("tag=acces", [1, 2]),
        ("tag=acces&q=amina", [2]),
        ("language=fr", [1]),
        ("language=en", [3]),
        ("state=screened-out", []),
        ("state=draft", []),
    ],
)
def test_words_are_found_without_case_and_accents(
    proposals: list[Proposal], cycle: Cycle, query: str, found: list[int]
):
    assert find(cycle, query) == found


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("q=eloignees", "summary"),
        ("q=societe", "organisation"),
        ("q=zoe", "proposer"),
        ("q=amina", "speakers"),
    ],
)
def test_what_is_hidden_finds_nothing(proposals: list[Proposal], cycle: Cycle, query: str, field: str):
    assert find(cycle, query)
    assert find(cycle, query, field) == []


def test_hidden_tags_are_not_asked_for(proposals: list[Proposal], cycle: Cycle):
    assert find(cycle, "tag=acces", "tags") == [1, 2, 3]


def test_whoever_is_erased_is_found_no_more(proposals: list[Proposal], cycle: Cycle):
    Person.objects.filter(name="Amina Diallo").update(erased_at="2017-06-01T00:00Z")

    assert find(cycle, "q=amina") == [3]


def test_what_is_searched_follows_every_way_of_saving(proposals: list[Proposal], cycle: Cycle):
    first, second, third = proposals
    first.summary = "Écluse"
    first.save(update_fields=["summary"])
    second.title = "Écluse"
    second.save()
    third.summary = "Écluse"
    Proposal.objects.bulk_update([third], ["summary"])

    assert find(cycle, "q=ecluse") == [1, 2, 3]

    cycle.proposals.filter(title="Écluse").update(title="Digue")

    assert find(cycle, "q=digue") == [2]


def test_somebody_is_found_as_the_page_names_them(proposals: list[Proposal], cycle: Cycle):
    Contributor.objects.filter(person__name="Amina Diallo").update(named_as="Professor D.")

    assert find(cycle, "q=professor") == [2]
    assert find(cycle, "q=diallo") == []


def test_a_common_name_is_told_apart_as_a_rare_one(
    proposals: list[Proposal], cycle: Cycle, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("convenor.proposals.searching.MOST_KEYS", 0)

    assert find(cycle, "q=amina") == [2, 3]
