"""The table of who sees what, whole: every field, on every page, list, search, export and file, for every reader.

A field that is added to the table has to say here how it would be recognised, and is then looked for everywhere.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest
from django.test import Client

from convenor.cycle.models import Cycle, RuleSet
from convenor.cycle.rule_call import COMMITTEE, PUBLIC, SECRETARIAT, SEERS
from convenor.cycle.rule_life import VISIBLE
from convenor.evaluation.models import Conflict, Evaluation, Ranking, Result
from convenor.meetings.models import Meeting
from convenor.people.models import Organisation, Person
from convenor.people.roles import Role
from convenor.programme.actions import keep_findings, make_sessions
from convenor.programme.models import Session, Solution
from convenor.proposals.models import Contributor, Part, Proposal, State
from convenor.publishing.files import files_of
from convenor.selection.models import Choice
from tests.programme.making import AT, make_proposal, make_venue, released, select

BASE = "/igf/2017/"
PAGES = (
    "", "meetings/", "journal/", "proposals/", "proposals/?q=Telltale", "proposals/1/", "proposals/2/", "evaluation/",
    "evaluation/?show=all", "evaluation/documents/", "selection/", "selection/1/", "timetable/", "people/",
    "people/people.csv", "people/?q=Telltale", "programme/", "programme/?q=Loudmouth", "programme/sessions/1/",
    "meetings/june/participants/", "meetings/june/participants/?q=Telltale",
    "meetings/june/participants/participants.csv",
    "programme/sessions/1/calendar.ics", "programme/calendar.ics", "programme/programme.json",
)  # fmt: skip
# What each field says, and by which of these it is recognised.
SIGNS: Mapping[str, tuple[str, ...]] = {
    "summary": ("Telltale summary",),
    "issue": ("Telltale issue",),
    "policy-questions": ("Telltale question",),
    "expected-outcomes": ("Telltale outcome",),
    "online-participation": ("Telltale online",),
    "session-agenda": ("Telltale agenda",),
    "tags": ("telltale-tag",),
    "first-proposal": ("first proposal ever", "First proposal ever"),
    "submitted-at": ("2 May 2017",),
    "screening": ("It is incomplete.",),
    "organisation": ("Telltale Body",),
    "proposer": ("Olga Telltale",),
    "speakers": ("Sven Loudmouth",),
    "confirmed": ("not confirmed",),
    "group": ('class="sg ', 'name="group"', "Technical community<"),
    "region": ('class="rg"', 'name="region"'),
    "country": ('"KE"', "Kenya"),
    "gender": ("Telltale gender",),
    "email": ("sven@telltale.example",),
    "grades": ("Calibrated", "Calibr.", "4.20"),
    "comments": ("Telltale comment",),
    "evaluators": ("Evan Gradegiver",),
    "conflicts": ("conflicts of interest", "Telltale conflict"),
}
# No page shows these to anybody yet; when one does, it has to ask the table.
NOWHERE = frozenset({"gender", "comments", "evaluators"})
OF_THE_COMMITTEE = frozenset({"grades", "conflicts", "email"})  # the pages that show them are no public ones


@pytest.fixture
def year(cycle: Cycle) -> Cycle:
    """Give a year that says something under every field."""
    make_venue(cycle)
    proposal = make_proposal(
        cycle, 1, is_first=True, summary="Telltale summary", issue="Telltale issue",
        policy_questions=["Telltale question?"], expected_outcomes="Telltale outcome",
        online_participation="Telltale online", session_agenda="Telltale agenda", tags=["telltale-tag"],
    )  # fmt: skip
    make_proposal(cycle, 2, state=State.SCREENED_OUT, screening_reason="incomplete")
    Organisation.objects.update(name="Telltale Body")
    speaker = _named(proposal, Part.SPEAKER, "Sven Loudmouth")
    proposal.owner = _named(proposal, Part.ORGANISER, "Olga Telltale")
    proposal.save()
    select(cycle, [proposal])
    values = {"line": 4.0, "other": None, "other_score": 0, "rules": [], "half_width": None}
    Choice.objects.update(values=values)
    make_sessions(cycle)
    Session.objects.update(summary="Telltale summary")
    _evaluate(cycle, proposal)
    released(cycle, list(Session.objects.all()))
    finding = {"code": "person_too_busy", "need": 9, "have": 4, "rules": [], "slots": [], "rooms": []}
    _take_part(cycle)
    keep_findings(cycle, findings=[{**finding, "sessions": [], "people": [speaker.pk]}], at=AT)
    Solution.objects.filter(findings=[]).delete()
    return cycle


def _named(proposal: Proposal, part: Part, name: str) -> Person:
    person = Contributor.objects.filter(proposal=proposal, part=part).get().person
    person.name, person.gender, person.email = name, "Telltale gender", f"{name[:4].lower()}@telltale.example"
    person.save()
    return person


def _take_part(cycle: Cycle) -> None:
    values = {"country": "KE", "group": "tec", "gender": "Telltale gender", "email": "not-sven@telltale.example"}
    person = Person.objects.create(name="Tess Takespart", **values)
    at = datetime(2017, 6, 1, tzinfo=UTC)
    meeting = Meeting.objects.create(cycle=cycle, slug="june", title="June", zone="UTC", created_at=at)
    meeting.registrations.create(
        person=person, capacity="observer", mode="room", state="confirmed", organisation="Telltale Body",
        is_listed=True, registered_at=at,
    )  # fmt: skip


def _evaluate(cycle: Cycle, proposal: Proposal) -> None:
    member = Person.objects.create(name="Evan Gradegiver")
    Evaluation.objects.create(member=member, proposal=proposal, grades={"relevance": 4}, comment="Telltale comment")
    Conflict.objects.create(member=member, proposal=proposal, reason="Telltale conflict")
    band = dict.fromkeys(("undecided", "clearly_in", "clearly_out"), 0)
    band |= dict.fromkeys(("line", "lowest", "highest", "first_rank", "last_rank"))
    counts = ("groups", "converged", "sd_severity", "blanks", "conflicts", "abstentions", "evaluations", "members")
    figures = {"band": {**band, "means_tied_at_line": []}, "expected_changes": 1, **dict.fromkeys(counts, 1)}
    at = datetime(2017, 6, 1, tzinfo=UTC)
    ranking = Ranking.objects.create(cycle=cycle, computed_at=at, line=1, seed=1, figures=figures)
    Result.objects.create(ranking=ranking, proposal=proposal, n=3, mean=4.2, calibrated=4.2, rank=1, calibrated_rank=1)


def show_to(cycle: Cycle, seer: str) -> None:
    """Let a class of readers see every field."""
    rule_set = RuleSet.objects.get(pk=cycle.rule_set_id)
    RuleSet.objects.filter(pk=rule_set.pk).update(data={**rule_set.data, "visibility": dict.fromkeys(VISIBLE, seer)})


def said(client: Client) -> dict[str, str]:
    """Give what every page says to a reader; a page that is not theirs says nothing."""
    answers = {page: client.get(BASE + page) for page in PAGES}
    assert {answer.status_code for answer in answers.values()} <= {200, 302, 403}
    texts = {page: one.content.decode().replace("\r\n ", "") for page, one in answers.items() if one.status_code == 200}
    return {page: text.replace('value="Telltale"', "") for page, text in texts.items()}


def fields_in(texts: Mapping[str, str]) -> dict[str, list[str]]:
    """Give the pages on which each field is recognised."""
    found = {
        field: [page for page, text in texts.items() if any(sign in text for sign in signs)]
        for field, signs in SIGNS.items()
    }
    return {field: pages for field, pages in found.items() if pages}


def test_every_field_of_the_table_says_how_it_is_recognised():
    assert set(SIGNS) == set(VISIBLE)


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.SIGNED_IN, Role.HOST, Role.OBSERVER, Role.MEMBER, Role.CHAIR])
@pytest.mark.parametrize("seer", [COMMITTEE, SECRETARIAT])
def test_what_is_hidden_from_a_reader_stands_nowhere(
    year: Cycle, client_as: Callable[[Role], Client], seer: str, role: Role
):
    is_committee = role in (Role.MEMBER, Role.CHAIR)
    show_to(year, seer)

    found = fields_in(said(client_as(role)))

    if seer == COMMITTEE and is_committee:
        assert set(VISIBLE) - found.keys() == NOWHERE
        # The programme is one publication for all: it says to a member what it says to everybody.
        assert [page for pages in found.values() for page in pages if page.startswith("programme/")] == []
    else:
        assert found == {}


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.MEMBER, Role.SECRETARIAT])
def test_what_is_shown_to_everybody_is_said(year: Cycle, client_as: Callable[[Role], Client], role: Role):
    show_to(year, PUBLIC)

    found = fields_in(said(client_as(role)))

    assert set(VISIBLE) - found.keys() == NOWHERE | (OF_THE_COMMITTEE if role is Role.PUBLIC else frozenset())


@pytest.mark.parametrize("seer", SEERS)
def test_the_published_files_say_what_the_public_may_see(year: Cycle, seer: str):
    show_to(year, seer)
    again = Cycle.objects.get(pk=year.pk)

    files = {name: data.decode().replace("\r\n ", "") for name, data in files_of(again, language="en", now=AT).items()}

    assert bool(fields_in(files)) == (seer == PUBLIC)
