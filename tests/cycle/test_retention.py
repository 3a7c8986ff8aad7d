"""Times of keeping: what is due when, what the act leaves, who may, and that the journal says how many."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from convenor.cycle.models import Cycle, Forum
from convenor.cycle.retention import RULES, carry_out, day_in, later, plan, set_months
from convenor.cycle.retention_models import Retention
from convenor.cycle.retention_people import erase_on_request, without_account
from convenor.evaluation.models import Evaluation
from convenor.meetings.models import AgendaDraft, Meeting
from convenor.people.models import Invitation, Person, RoleTerm
from convenor.people.roles import Role
from convenor.programme.models import Kind, Session
from convenor.proposals.models import Contributor, Part, Proposal, State
from convenor.shared.errors import Refused
from convenor.shared.journal import Private, record, sentence, verify
from convenor.shared.journal.models import Entry
from convenor.shared.mail.models import Mail
from convenor.shared.mail.models import State as MailState

LAST_DAY = date(2017, 12, 21)  # of the annual meeting of the fixture
AFTER_24 = datetime(2019, 12, 21, 9, 0, tzinfo=UTC)
LONG_AFTER = datetime(2027, 1, 1, 9, 0, tzinfo=UTC)
LONG_AGO = datetime(2017, 1, 1, 9, 0, tzinfo=UTC)


def due(forum: Forum | None, at: datetime) -> dict[str, int]:
    """Give how much is due per rule, zeros left out."""
    return {line.rule.code: len(line.due) for line in plan(forum, on=at.date()) if line.due}


@pytest.fixture
def speaker(cycle: Cycle, person_as: Callable[[Role], Person]) -> Person:
    """Give somebody who never signed in and is named in one proposal that was not selected."""
    owner = person_as(Role.MEMBER)
    Person.objects.filter(pk=owner.pk).update(joined_at=LONG_AGO)
    proposal = proposal_of(cycle, owner, 1)
    person = Person.objects.create(name="Kofi Annoh", email="kofi@example.org", country="GH", group="civ")
    Contributor.objects.create(proposal=proposal, person=person, part=Part.SPEAKER)
    return person


def proposal_of(cycle: Cycle, owner: Person, number: int, **changes: object) -> Proposal:
    """Make a proposal that was handed in."""
    from convenor.people.models import Organisation

    told: dict[str, object] = {
        "organisation": Organisation.objects.create(name=f"Body {number}"),
        "title": f"Cables {number}",
        "theme": "access",
        "format": "panel",
        "minutes": 60,
        "state": State.SUBMITTED,
        "submitted_at": LONG_AGO,
    }
    return Proposal.objects.create(cycle=cycle, owner=owner, number=number, **{**told, **changes})


def test_people_of_proposals_that_were_not_selected_are_erased_when_their_time_is_over(speaker: Person, cycle: Cycle):
    day_before = datetime(2019, 12, 20, 9, 0, tzinfo=UTC)
    assert due(cycle.forum, day_before) == {}
    line = next(one for one in plan(cycle.forum, on=day_before.date()) if one.rule.code == "not-selected")
    assert (line.waiting, line.next_on) == (1, date(2019, 12, 21))

    done = carry_out(cycle.forum, at=AFTER_24)

    speaker.refresh_from_db()
    assert [(rule.code, count) for rule, count in done] == [("not-selected", 1)]
    assert (speaker.shown_name, speaker.email, speaker.group, speaker.region) == ("(erased)", None, "civ", "af")
    assert Contributor.objects.filter(person=speaker).exists()
    assert due(cycle.forum, LONG_AFTER) == {}


def joined(speaker: Person, cycle: Cycle) -> None:
    """Sign in once."""
    Person.objects.filter(pk=speaker.pk).update(joined_at=LONG_AGO)


def selected(speaker: Person, cycle: Cycle) -> None:
    """Speak in a session that is held."""
    Session.objects.create(
        cycle=cycle, number=1, kind=Kind.WORKSHOP, title="x", minutes=60, seats=1, proposal=Proposal.objects.get()
    )


def with_role(speaker: Person, cycle: Cycle) -> None:
    """Hold a role."""
    RoleTerm.objects.create(person=speaker, role=Role.MEMBER, forum="igf")


def elsewhere(speaker: Person, cycle: Cycle) -> None:
    """Be named in another forum's proposal, too."""
    other = Forum.objects.create(slug="other", name="Other")
    year = Cycle.objects.create(
        forum=other, slug="1", name="1", zone="UTC", starts_on=LAST_DAY, ends_on=LAST_DAY, rule_set=cycle.rule_set
    )
    Contributor.objects.create(proposal=proposal_of(year, speaker, 1), person=speaker, part=Part.SPEAKER)


def in_a_session(speaker: Person, cycle: Cycle) -> None:
    """Be named by a session without a proposal."""
    session = Session.objects.create(cycle=cycle, number=9, kind=Kind.MAIN, title="Main", minutes=60, seats=1)
    session.people.add(speaker)


@pytest.mark.parametrize("tie", [joined, selected, with_role, elsewhere, in_a_session])
def test_whoever_is_known_otherwise_too_is_not_erased(
    speaker: Person, cycle: Cycle, tie: Callable[[Person, Cycle], None]
):
    tie(speaker, cycle)

    assert due(cycle.forum, LONG_AFTER) == {}


def test_a_mail_from_the_forum_itself_keeps_nobody(speaker: Person, cycle: Cycle):
    Mail.objects.create(to="kofi@example.org", person=speaker, forum="igf", subject="x", queued_at=LONG_AFTER)

    assert due(cycle.forum, AFTER_24) == {"not-selected": 1}


def test_people_who_never_came_go_after_their_last_role(cycle: Cycle):
    person = Person.objects.create(name="Never There")
    for until in (date(2015, 3, 1), date(2016, 1, 31)):
        RoleTerm.objects.create(person=person, role=Role.MEMBER, forum="igf", until=until)

    assert due(cycle.forum, datetime(2018, 1, 30, tzinfo=UTC)) == {}
    assert due(cycle.forum, datetime(2018, 1, 31, tzinfo=UTC)) == {"never-came": 1}
    RoleTerm.objects.create(person=person, role=Role.OBSERVER, forum="igf")
    assert due(cycle.forum, LONG_AFTER) == {}


def test_drafts_comments_invitations_agendas_and_texts_go_in_their_time(cycle: Cycle, speaker: Person):
    owner = Proposal.objects.get().owner
    proposal_of(cycle, owner, 2, state=State.DRAFT, submitted_at=None)
    Evaluation.objects.create(member=owner, proposal=Proposal.objects.get(number=1), grades={"x": 3}, comment="Good.")
    Invitation.objects.create(forum="igf", scope="igf/2017", role="member", email="a@example.org", sent_at=LONG_AGO)
    meeting = Meeting.objects.create(cycle=cycle, slug="june", title="June", zone="UTC", created_at=LONG_AGO)
    AgendaDraft.objects.create(owner=owner, text="Mine", handed_in_at=LONG_AGO, meeting=meeting)
    AgendaDraft.objects.create(owner=owner, text="Of no forum", handed_in_at=LONG_AGO)
    told = {"to": "a@example.org", "forum": "igf", "subject": "Hello", "text": "Dear …", "queued_at": LONG_AGO}
    sent = Mail.objects.create(**told, state=MailState.SENT)
    Mail.objects.create(**told, state=MailState.HELD)

    assert due(None, LONG_AFTER) == {"agendas": 1}
    done = carry_out(cycle.forum, at=LONG_AFTER)

    assert {rule.code: count for rule, count in done} == {
        "invitations": 1,
        "mail-texts": 1,
        "agendas": 1,
        "proposal-drafts": 1,
        "comments": 1,
        "not-selected": 1,
    }
    sent.refresh_from_db()
    assert (sent.subject, sent.text) == ("Hello", "")
    assert list(Proposal.objects.values_list("number", flat=True)) == [1]
    assert list(Evaluation.objects.values_list("grades", "comment")) == [({"x": 3}, "")]
    assert list(AgendaDraft.objects.values_list("text", flat=True)) == ["Of no forum"]
    assert not Invitation.objects.exists()


def test_the_journal_gets_counts_and_holds_although_texts_went(speaker: Person, cycle: Cycle):
    private = {"name": Private(speaker.name, of=speaker)}
    record(scope=cycle.scope, verb="x.y", at=LONG_AGO, template="%(name)s spoke.", private=private)

    carry_out(cycle.forum, at=AFTER_24)

    entry = Entry.objects.filter(scope=cycle.scope).latest("number")
    assert sentence(entry) == (
        "What had been kept for 24 months was erased, 1 in number: "
        "people named only in proposals that were not selected."
    )
    assert (verify(cycle.scope).is_whole, verify(cycle.scope).erased) == (True, 1)
    assert carry_out(cycle.forum, at=AFTER_24) == []
    assert Entry.objects.filter(scope=cycle.scope).count() == 2


def test_a_forum_sets_its_own_times_and_no_others(speaker: Person, cycle: Cycle, person_as: Callable[[Role], Person]):
    by = person_as(Role.SECRETARIAT)
    months: dict[str, int | None] = {code: rule.months for code, rule in RULES.items()}

    assert set_months(cycle.forum, {**months, "not-selected": 36, "comments": None}, by=by, at=LONG_AGO) == 2
    assert set_months(cycle.forum, {**months, "not-selected": 36, "comments": None}, by=by, at=LONG_AGO) == 0

    assert due(cycle.forum, AFTER_24) == {}
    assert due(cycle.forum, datetime(2020, 12, 21, tzinfo=UTC)) == {"not-selected": 1}
    assert list(Retention.objects.values_list("rule", "months")) == [("comments", None), ("not-selected", 36)]
    assert [sentence(entry) for entry in Entry.objects.filter(verb="retention.set").order_by("number")] == [
        "Months that are kept, from 36 to –: comments in evaluations.",
        "Months that are kept, from 24 to 36: people named only in proposals that were not selected.",
    ]


def test_an_example_is_judged_by_the_moment_at_which_it_stands(cycle: Cycle):
    Cycle.objects.filter(pk=cycle.pk).update(stands_at=LONG_AGO)

    assert day_in(cycle.forum, now=LONG_AFTER) == LONG_AGO.date()
    assert day_in(None, now=LONG_AFTER) == LONG_AFTER.date()


@given(day=st.dates(date(1990, 1, 1), date(2100, 1, 1)), months=st.integers(1, 240))
def test_later_is_the_same_day_or_the_last_of_a_short_month(day: date, months: int):
    end = later(day, months)

    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == day.day or (
        end.day < day.day and later(end, 0).month != date.fromordinal(end.toordinal() + 1).month
    )


def run(*words: str) -> str:
    """Run the command and give what it printed."""
    printed = StringIO()
    call_command("erase_due", *words, stdout=printed)
    return printed.getvalue()


def test_the_command_counts_first_and_erases_on_the_word(speaker: Person, cycle: Cycle):
    line = "people named only in proposals that were not selected\n"

    assert run() == f"igf: 1 due: {line}Nothing was erased: say --yes to erase it.\n"
    speaker.refresh_from_db()
    assert speaker.erased_at is None
    assert run("--yes", "--forum", "igf") == f"igf: 1 erased: {line}"
    assert run("--yes") == "Nothing is due.\n"
    with pytest.raises(CommandError, match=r"There is no forum “nowhere” here\. Known: igf\."):
        run("--forum", "nowhere")


def url(name: str, *more: object) -> str:
    """Give an address of the year."""
    return reverse(f"cycle:{name}", args=("igf", "2017", *more))


def test_the_page_saves_times_and_says_what_is_wrong(cycle: Cycle, client_as: Callable[[Role], Client]):
    client = client_as(Role.SECRETARIAT)
    typed = {code: rule.months for code, rule in RULES.items()}

    wrong = client.post(url("retention"), {**typed, "comments": "0"}).content.decode()
    assert "greater than or equal to 1" in wrong
    assert not Retention.objects.exists()

    client.post(url("retention"), {**typed, "comments": ""})
    assert list(Retention.objects.values_list("rule", "months")) == [("comments", None)]


def test_the_page_erases_after_the_tick(speaker: Person, client_as: Callable[[Role], Client]):
    client = client_as(Role.SECRETARIAT)

    assert "Erase the one entry that is due" in client.get(url("retention")).content.decode()
    client.post(url("retention-carry"), {})
    speaker.refresh_from_db()
    assert speaker.erased_at is None

    client.post(url("retention-carry"), {"is_sure": "on"})
    speaker.refresh_from_db()
    assert speaker.erased_at is not None


def test_a_secretariat_erases_somebody_who_wrote(speaker: Person, client_as: Callable[[Role], Client]):
    client = client_as(Role.SECRETARIAT)
    page = url("erase-person", speaker.pk)

    assert page in client.get(url("erase-people"), {"q": "kofi"}).content.decode()
    assert "Nothing is erased yet" in client.get(page).content.decode()
    tomorrow = client.post(page, {"is_sure": "on", "asked_on": "2999-01-01"}).content.decode()
    assert "is yet to come" in tomorrow
    client.post(page, {"is_sure": "on", "asked_on": "2018-05-03"})

    speaker.refresh_from_db()
    assert speaker.shown_name == "(erased)"
    assert client.get(page).status_code == 404
    assert "Kofi" not in client.get(url("erase-people")).content.decode()


def test_a_secretariat_cannot_erase_whom_another_forum_knows(
    speaker: Person, cycle: Cycle, person_as: Callable[[Role], Person]
):
    RoleTerm.objects.create(person=speaker, role=Role.MEMBER, forum="secret-forum")

    with pytest.raises(Refused, match="not known to your forum alone") as refused:
        erase_on_request(cycle, speaker, asked_on=LAST_DAY, by=person_as(Role.SECRETARIAT), at=LONG_AFTER)

    assert "secret" not in str(refused.value)


def test_somebody_with_an_account_or_of_another_forum_is_not_offered(
    speaker: Person, cycle: Cycle, person_as: Callable[[Role], Person], client_as: Callable[[Role], Client]
):
    stranger = Person.objects.create(name="Strange Name")
    RoleTerm.objects.create(person=stranger, role=Role.MEMBER, forum="other")
    member = person_as(Role.MEMBER)

    assert list(without_account(cycle.forum)) == [speaker, *without_account(cycle.forum, "secretariat")]
    client = client_as(Role.SECRETARIAT)
    for person in (stranger, member):
        assert client.get(url("erase-person", person.pk)).status_code == 404
    with pytest.raises(Refused, match="has an account"):
        erase_on_request(cycle, member, asked_on=LAST_DAY, by=person_as(Role.SECRETARIAT), at=LONG_AFTER)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_of_people_takes_the_same_queries_however_long(
    cycle: Cycle,
    rows: int,
    client_as: Callable[[Role], Client],
    django_assert_max_num_queries: Callable[..., object],
):
    client = client_as(Role.SECRETARIAT)
    for number in range(rows):
        RoleTerm.objects.create(person=Person.objects.create(name=f"P {number}"), role=Role.MEMBER, forum="igf")

    with django_assert_max_num_queries(8):
        client.get(url("erase-people"))
