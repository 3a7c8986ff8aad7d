"""What the rule set hides from the public stands nowhere in the programme: pages, search, feeds, data, files."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.test import Client

from convenor.cycle.models import Cycle, RuleSet
from convenor.cycle.rule_call import COMMITTEE, PUBLIC, SEERS
from convenor.cycle.rule_life import VISIBLE
from convenor.people.models import Organisation
from convenor.people.roles import Role
from convenor.programme.actions import make_sessions
from convenor.programme.models import Session, Solution
from convenor.proposals.models import Contributor, Part
from convenor.publishing.files import files_of
from tests.programme.making import AT, make_proposal, make_venue, released, select

BASE = "/igf/2017/programme/"
PAGES = ("", "?q=Loudmouth", "sessions/1/", "sessions/1/calendar.ics", "calendar.ics", "programme.json")
# What each field would say. Those with none are said nowhere in the programme, whoever may see them elsewhere.
SIGNS: Mapping[str, tuple[str, ...]] = {
    "summary": ("Telltale summary",),
    "policy-questions": ("Telltale question",),
    "first-proposal": ("first proposal ever",),
    "submitted-at": ("2 May 2017",),
    "organisation": ("Telltale Body",),
    "proposer": ("Olga Telltale",),
    "speakers": ("Sven Loudmouth",),
    "group": ("Technical",),
    "region": (">AF<",),
    "country": ('"KE"',),
}
SAID_NOWHERE = frozenset(VISIBLE) - SIGNS.keys()


@pytest.fixture
def programme(cycle: Cycle) -> Cycle:
    """Give a released session that says something under every field."""
    make_venue(cycle)
    proposal = make_proposal(cycle, 1, is_first=True)
    Organisation.objects.update(name="Telltale Body")
    proposal.policy_questions = ["Telltale question?"]
    proposal.summary = "Telltale summary"
    proposal.save()
    speaker = Contributor.objects.filter(part=Part.SPEAKER).get().person
    speaker.name = "Sven Loudmouth"
    speaker.save()
    owner = Contributor.objects.filter(part=Part.ORGANISER).get().person
    owner.name = "Olga Telltale"
    owner.save()
    proposal.owner = owner
    proposal.save()
    select(cycle, [proposal])
    make_sessions(cycle)
    Session.objects.update(summary="Telltale summary")
    Solution.objects.create(cycle=cycle, computed_at=AT - timedelta(days=1), cost=1, bound=1)
    released(cycle, list(Session.objects.all()))
    return cycle


def everything(cycle: Cycle, client: Client) -> str:
    """Give all that the programme says, here and as files."""
    pages = [client.get(BASE + page).content.decode() for page in PAGES]
    files = [content.decode() for content in files_of(cycle, language="en", now=AT).values()]
    return "\n".join([*pages, *files]).replace("\r\n ", "")  # calendars fold their lines


def hide(cycle: Cycle, field: str, seer: str) -> None:
    """Let only some see a field."""
    rule_set = RuleSet.objects.get(pk=cycle.rule_set_id)
    rule_set.data["visibility"][field] = seer
    RuleSet.objects.filter(pk=rule_set.pk).update(data=rule_set.data)


def test_what_is_public_is_said(programme: Cycle, client: Client):
    said = everything(programme, client)

    assert {field: [sign for sign in signs if sign not in said] for field, signs in SIGNS.items()} == {
        field: [] for field in SIGNS
    }


@pytest.mark.parametrize("role", [Role.SECRETARIAT])  # who would see most of it elsewhere
@pytest.mark.parametrize("seer", [seer for seer in SEERS if seer != PUBLIC])
@pytest.mark.parametrize("field", SIGNS)
def test_what_is_hidden_is_said_nowhere_and_nothing_else_goes(programme, client_as, field: str, seer: str, role: Role):
    hide(programme, field, seer)
    again = Cycle.objects.get(pk=programme.pk)

    said = everything(again, client_as(role))

    gone = {one for one, signs in SIGNS.items() if any(sign not in said for sign in signs)}
    assert gone == {field}


def test_a_hidden_speaker_is_not_found_by_name(programme: Cycle, client: Client):
    assert client.get(f"{BASE}?q=Loudmouth").context["shown"] == 1

    hide(programme, "speakers", COMMITTEE)

    assert client.get(f"{BASE}?q=Loudmouth").context["shown"] == 0


def test_every_field_of_the_table_is_thought_of():
    assert sorted(SAID_NOWHERE) == [
        "comments", "confirmed", "conflicts", "email", "evaluators", "expected-outcomes", "gender", "grades", "issue",
        "online-participation", "screening", "session-agenda", "tags",
    ]  # fmt: skip
