"""Somebody whom the house knows in every way."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from convenor.cycle.models import Cycle, Deadline, Obligation, PhaseKind
from convenor.evaluation.models import Conflict, Evaluation
from convenor.meetings.models import AgendaDraft, Meeting
from convenor.people.models import Affiliation, Answer, Distinct, Invitation, Merge, Organisation, Person
from convenor.people.roles import Role
from convenor.programme.models import Kind, Release, Session
from convenor.proposals.call_models import AccessCode, Call, CallDeadline
from convenor.proposals.models import Contributor, Part, Proposal, State
from convenor.shared.jobs.models import Job
from convenor.shared.journal import Private, record
from convenor.shared.mail.models import Mail, Stop

AT = datetime(2017, 6, 12, 10, 14, tzinfo=UTC)
NAME, EMAIL = "Amina Diallo-Sow", "amina.diallo@example.org"


def proposal_of(cycle: Cycle, owner: Person, number: int, **changes: object) -> Proposal:
    """Make a proposal."""
    told: dict[str, object] = {
        "cycle": cycle,
        "number": number,
        "title": f"Cables {number}",
        "summary": "On cables.",
        "theme": "access",
        "format": "panel",
        "minutes": 60,
        "owner": owner,
        "organisation": owner.organisation,
        "state": State.SUBMITTED,
        "submitted_at": AT,
    }
    return Proposal.objects.create(**{**told, **changes})


@pytest.fixture
def amina(cycle: Cycle, person_as: Callable[[Role], Person]) -> Person:
    """Give a member who proposed, spoke, evaluated, wrote, was written to, and stands in the journal."""
    institute = Organisation.objects.create(name="Institute of Cables", country="SN", group="civ")
    other = person_as(Role.SECRETARIAT)
    person = person_as(Role.MEMBER)
    Person.objects.filter(pk=person.pk).update(
        name=NAME, email=EMAIL, country="SN", group="civ", gender="woman", organisation=institute, joined_at=AT
    )
    person.refresh_from_db()
    Affiliation.objects.create(person=person, organisation=institute)
    _in_the_forum(cycle, person, other)
    _on_the_account(cycle, person, other)
    return person


def _in_the_forum(cycle: Cycle, person: Person, other: Person) -> None:
    texts = {
        "summary": f"{NAME} (amina.diallo@example.org) will speak.",
        "policy_questions": [f"What does {NAME} ask?"],
    }
    handed_in = proposal_of(cycle, person, 1, **texts)
    proposal_of(cycle, person, 2, state=State.DRAFT, submitted_at=None)
    others = proposal_of(cycle, other, 3, organisation=person.organisation)
    Contributor.objects.create(proposal=handed_in, person=person, part=Part.SPEAKER)
    Contributor.objects.create(proposal=others, person=person, part=Part.MODERATOR)
    Evaluation.objects.create(member=person, proposal=others, grades={"relevance": 4}, comment="As I said in Paris.")
    Evaluation.objects.create(
        member=other, proposal=handed_in, grades={"relevance": 3}, comment="AMINA DIALLO-SOW leads."
    )
    Conflict.objects.create(member=person, proposal=handed_in, reason="I proposed it.")
    session = Session.objects.create(
        cycle=cycle, number=1, kind=Kind.MAIN, title="Main session", minutes=60, seats=100, summary=f"With {NAME}."
    )
    session.people.add(person)
    Release.objects.create(cycle=cycle, number=1, released_at=AT, released_by=person)
    june = Meeting.objects.create(
        cycle=cycle,
        slug="june",
        title="June",
        zone=cycle.zone,
        created_at=AT,
        created_by=person,
        source=f"Chair: {NAME}",
    )
    row = june.registrations.create(
        person=person, capacity="member", mode="room", state="confirmed", position=f"{NAME}, engineer",
        needs=f"Call {NAME}", contact=EMAIL, registered_at=AT,
    )  # fmt: skip
    day = june.days.create(order=0)
    row.coming.create(day=day, mode="room")
    row.attendance.create(day=day, mode="room", marked_at=AT)
    june.requests.create(
        kind="briefing", title=f"{NAME} reports", about=f"{NAME} asks", speaker=NAME, minutes=5, asked_by=person,
        asked_at=AT, sentence=f"Dear {NAME}", documents=[f"https://example.org/{EMAIL}"],
    )  # fmt: skip
    Obligation.objects.create(forum=cycle.forum, person=person, what="Report", due_on=date(2017, 7, 1))
    Obligation.objects.create(forum=cycle.forum, person=person, what="List", due_on=date(2017, 5, 1), filed_at=AT)
    phase = cycle.phases.get(kind=PhaseKind.CALL)
    Deadline.objects.create(phase=phase, on=AT.date(), clock=AT.time(), zone="UTC", set_by=person, set_at=AT)
    call = Call.objects.create(cycle=cycle, kind="workshop", on=AT.date(), clock=AT.time(), zone="UTC")
    CallDeadline.objects.create(
        call=call, on=AT.date(), clock=AT.time(), zone="UTC", set_by=person, set_at=AT, reason=f"{NAME} asked."
    )
    AccessCode.objects.create(cycle=cycle, kind="workshop", label="Newcomers", digest="x", made_by=person, made_at=AT)


def _on_the_account(cycle: Cycle, person: Person, other: Person) -> None:
    AgendaDraft.objects.create(owner=person, text=f"Agenda by {NAME}", handed_in_at=AT)
    Mail.objects.create(to=EMAIL.upper(), subject="Welcome", text=f"Dear {NAME}", queued_at=AT)
    Mail.objects.create(to="x@example.org", forum="igf", subject=f"{NAME} has accepted", text="…", queued_at=AT)
    Stop.objects.create(forum="igf", address=EMAIL, at=AT)
    Job.objects.create(task="a.b", by=person, queued_at=AT)
    Invitation.objects.create(
        forum="igf",
        scope=cycle.scope,
        role="member",
        email=EMAIL,
        name=NAME,
        sent_at=AT,
        state=Answer.ACCEPTED,
        words="Yes",
    )
    Merge.objects.create(forum="igf", kept=person, lost_key=77, lost_email="a.diallo@example.org", moved=3, at=AT)
    Distinct.objects.create(forum="igf", first=min(person, other, key=_key), second=max(person, other, key=_key))
    record(
        scope=cycle.scope,
        verb="role.given",
        at=AT,
        template="%(name)s is a member.",
        private={"name": Private(NAME, of=person, seen_by="public")},
        actor=person,
    )


def _key(person: Person) -> int:
    return person.pk
