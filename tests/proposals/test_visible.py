"""Who sees what of a proposal: the table of the rules, for each class of reader, on page, list, search and results."""

from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import Client

from convenor.cycle.models import Cycle, RuleSet
from convenor.evaluation.models import Ranking, Result
from convenor.people.models import Organisation, Person
from convenor.people.roles import Role
from convenor.proposals.models import Contributor, Part, Proposal, State

LIST = "/igf/2017/proposals/"
AS = Callable[[Role], Client]
READERS = (Role.PUBLIC, Role.MEMBER, Role.SECRETARIAT)
WORDS = {
    "summary": "Summarised words",
    "issue": "Issue words",
    "policy-questions": "Questioned words",
    "expected-outcomes": "Outcome words",
    "online-participation": "Online words",
    "session-agenda": "Agenda words",
    "tags": "tagged-words",
    "first-proposal": "First proposal ever",
    "submitted-at": "1 May 2017",
    "organisation": "Orbital Body",
    "proposer": "Proposing Person",
    "speakers": "Speaking Person",
    "confirmed": "not confirmed",
    "group": "Civ",
    "region": 'title="African Group"',
}


@pytest.fixture
def owner(db: None) -> Person:
    """Give the proposer."""
    return Person.objects.create(name="Proposing Person", email="own@example.org", country="KE", group="civ")


@pytest.fixture
def proposal(cycle: Cycle, owner: Person) -> Proposal:
    """Give a proposal that has everything."""
    body = Organisation.objects.create(name="Orbital Body", country="KE", group="civ")
    one = Proposal.objects.create(
        cycle=cycle,
        number=1,
        title="A title that is always public",
        summary=WORDS["summary"],
        issue=WORDS["issue"],
        policy_questions=[WORDS["policy-questions"]],
        expected_outcomes=WORDS["expected-outcomes"],
        online_participation=WORDS["online-participation"],
        session_agenda=WORDS["session-agenda"],
        tags=[WORDS["tags"]],
        theme="access",
        format="panel",
        minutes=60,
        owner=owner,
        organisation=body,
        is_first=True,
        state=State.SUBMITTED,
        submitted_at=datetime(2017, 5, 1, 12, 0, tzinfo=UTC),
    )
    speaker = Person.objects.create(name="Speaking Person", email="speak@example.org", country="GH", group="civ")
    Contributor.objects.create(proposal=one, person=owner, part=Part.ORGANISER)
    Contributor.objects.create(proposal=one, person=speaker, part=Part.SPEAKER)
    return one


def see(cycle: Cycle, **fields: str) -> None:
    """Set who sees fields, underscores for hyphens."""
    data = cycle.rule_set.data
    table = {**data["visibility"], **{name.replace("_", "-"): seer for name, seer in fields.items()}}
    RuleSet.objects.update(data={**data, "visibility": table})


def text(client: Client, address: str) -> str:
    """Fetch a page as a person reads it."""
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.mark.parametrize("field", sorted(WORDS))
@pytest.mark.parametrize(
    ("seer", "readers"),
    [("public", READERS), ("committee", READERS[1:]), ("secretariat", READERS[2:])],
)
def test_a_field_stands_on_the_page_for_its_readers_only(
    cycle: Cycle, proposal: Proposal, client_as: AS, field: str, seer: str, readers: tuple[Role, ...]
):
    see(cycle, **{field.replace("-", "_"): seer})

    shown = [role for role in READERS if WORDS[field] in text(client_as(role), f"{LIST}1/")]

    assert shown == list(readers)


@pytest.mark.parametrize("field", sorted(WORDS))
def test_proposers_see_their_own_proposal_whole(
    cycle: Cycle, proposal: Proposal, owner: Person, client: Client, field: str
):
    see(cycle, **{field.replace("-", "_"): "secretariat"})
    client.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert WORDS[field] in text(client, f"{LIST}1/")


@pytest.mark.parametrize("role", READERS)
def test_the_list_hides_what_the_page_hides(cycle: Cycle, proposal: Proposal, client_as: AS, role: Role):
    see(cycle, organisation="committee", group="committee", region="committee")

    page = text(client_as(role), LIST)

    wanted = role is not Role.PUBLIC
    for words in (WORDS["organisation"], WORDS["region"], 'name="group"', 'name="region"', "Group, region"):
        assert (words in page) == wanted, words


@pytest.mark.parametrize(
    ("hidden", "query"),
    [
        ("organisation", "?q=Orbital"),
        ("summary", "?q=Summarised"),
    ],
)
def test_a_search_does_not_find_what_may_not_be_seen(
    cycle: Cycle, proposal: Proposal, client_as: AS, hidden: str, query: str
):
    see(cycle, **{hidden: "committee"})

    found = [role for role in READERS if proposal.title in text(client_as(role), LIST + query)]

    assert found == [Role.MEMBER, Role.SECRETARIAT]


@pytest.mark.parametrize("query", ["?group=gov", "?region=ap"])
def test_a_hidden_field_is_no_filter(cycle: Cycle, proposal: Proposal, client_as: AS, query: str):
    """The proposal fits neither; whoever may not see the field is not told so."""
    see(cycle, group="committee", region="committee")

    found = [role for role in READERS if proposal.title in text(client_as(role), LIST + query)]

    assert found == [Role.PUBLIC]


@pytest.mark.parametrize(
    ("seer", "readers"), [("public", READERS[1:]), ("committee", READERS[1:]), ("secretariat", READERS[2:])]
)
def test_the_results_name_the_proposer_to_who_may_see_it(
    cycle: Cycle, proposal: Proposal, client_as: AS, seer: str, readers: tuple[Role, ...]
):
    band = {"undecided": 0, "line": None, "lowest": None, "highest": None, "first_rank": None, "last_rank": None}
    figures = {
        "band": {**band, "means_tied_at_line": [], "clearly_in": 0, "clearly_out": 0},
        **dict.fromkeys(("groups", "converged", "sd_severity", "blanks", "conflicts", "abstentions", "evaluations"), 1),
        **dict.fromkeys(("members", "expected_changes"), 1),
    }
    ranking = Ranking.objects.create(
        cycle=cycle, computed_at=datetime(2017, 6, 1, tzinfo=UTC), line=1, seed=1, figures=figures
    )
    Result.objects.create(ranking=ranking, proposal=proposal, n=3, mean=4, calibrated=4, rank=1, calibrated_rank=1)
    see(cycle, proposer=seer)

    shown = [
        role for role in READERS[1:] if "Proposing Person" in text(client_as(role), "/igf/2017/evaluation/?show=all")
    ]

    assert shown == list(readers)
