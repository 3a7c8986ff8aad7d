"""A year that people worked in: their names stand wherever the product lets anybody write one."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db import models

from convenor.cycle.closing import set_deadline
from convenor.cycle.facts import Facts, correct_year
from convenor.cycle.mail_kinds import LETTER, values_for
from convenor.cycle.models import Cycle, Obligation
from convenor.cycle.obligations import owe
from convenor.evaluation.models import Conflict, Evaluation
from convenor.meetings.actions import redo_continuation, undo_continuation
from convenor.meetings.models import AgendaDraft, Continuation, Meeting
from convenor.meetings.papers import make_docx
from convenor.people.invitations import invite
from convenor.people.models import Affiliation, Invitation, Organisation, Person, RoleTerm
from convenor.people.role_actions import Term, change_term, give_role
from convenor.people.roles import Role
from convenor.programme.models import Session
from convenor.proposals.models import Proposal
from convenor.shared.documents.models import File
from convenor.shared.jobs.models import Job, State
from convenor.shared.mail.actions import Letter, write, write_all
from convenor.shared.mail.models import Batch, Mail


def live_in(cycle: Cycle, people: tuple[Person, Person], *, by: Person, at: datetime) -> None:
    """Let a secretariat do with two people whatever names them."""
    _decide(cycle, people, by=by, at=at)
    _write(cycle, people, by=by, at=at)
    _note(cycle, people, by=by, at=at)
    meeting = Meeting.objects.get(cycle=cycle)
    make_docx({"cycle": cycle.pk, "meeting": meeting.pk}, at=at, report=lambda _share, _words: None)


def _decide(cycle: Cycle, people: tuple[Person, Person], *, by: Person, at: datetime) -> None:
    speaker, member = people
    day = at.date()
    give_role(speaker, Term(Role.OBSERVER, cycle.forum.slug, cycle.slug), scope=cycle.scope, by=by, at=at)
    held = RoleTerm.objects.get(person=member, role=Role.MEMBER)
    change_term(held, since=date(2017, 1, 1), until=day + timedelta(days=900), scope=cycle.scope, by=by, at=at)
    phase = cycle.phases.get(kind="reports")
    for days, reason in ((30, ""), (40, f"{member.name} asked for more time.")):
        on = max(day, phase.ends_on) + timedelta(days=days)
        set_deadline(phase, on=on, clock=time(23, 59), zone="UTC-11", by=by, at=at, reason=reason)
    correct_year(cycle, _with(cycle, place=f"{speaker.name} Hall, Geneva"), by=by, at=at)
    invite(member.email or "", Term(Role.LEAD, cycle.forum.slug), scope=cycle.scope, by=by, at=at, name=member.name)


def _with(cycle: Cycle, **changes: str) -> Facts:
    return Facts(**{**{name: getattr(cycle, name) for name in Facts.__slots__}, **changes})


def _write(cycle: Cycle, people: tuple[Person, Person], *, by: Person, at: datetime) -> None:
    forum = cycle.forum.slug
    for person in people:
        context = values_for(person, cycle)
        write(LETTER, to=person, context=context, forum=forum, at=at)
        write_all(LETTER, [Letter(person, context)], forum=forum, at=at, by=by)


def _note(cycle: Cycle, people: tuple[Person, Person], *, by: Person, at: datetime) -> None:
    speaker, member = people
    owe(cycle.forum, subject=member, what=f"Notes of the talk with {speaker.name}", due_on=at.date())
    link = Continuation.objects.filter(later__block__day__meeting__cycle=cycle).select_related("later").first()
    assert link is not None
    link.later.title = f"Statement by {speaker.name}"
    link.later.save()
    undo_continuation(link, by=by, at=at)
    redo_continuation(link, by=by, at=at)
    Meeting.objects.filter(cycle=cycle).update(purpose=f"Chaired by {member.name} <{member.email}>")
    AgendaDraft.objects.create(owner=member, text=f"1. Opening by {member.name}", handed_in_at=at)
    Affiliation.objects.filter(person=speaker).delete()
    Affiliation.objects.create(person=speaker, organisation=Organisation.objects.create(name=f"{speaker.name}"))
    Evaluation.objects.filter(proposal__cycle=cycle).update(comment=f"{speaker.name} knows the matter.")
    proposal = Proposal.objects.filter(cycle=cycle).order_by("number").first()
    assert proposal is not None
    Conflict.objects.update_or_create(
        member=member, proposal=proposal, defaults={"reason": f"Married to {speaker.name}."}
    )
    proposal.summary = f"With {speaker.name} ({speaker.email})."
    proposal.save(update_fields=["summary"])
    Session.objects.filter(cycle=cycle).update(summary=f"With {speaker.name}.")
    Job.objects.create(
        task="convenor.programme.compute.compute",
        values={"cycle": cycle.pk},
        scope=cycle.scope,
        state=State.DONE,
        sentence=f"There is no timetable that obeys every rule: {speaker.name} is away.",
        queued_at=at,
        ended_at=at,
        by=by,
    )


def keys(cycle: Cycle, people: tuple[Person, Person]) -> Mapping[str, list[tuple[int, ...]]]:
    """Give, by a part of its route, what the numbers of an address can be: rows that name these people."""
    speaker, member = people
    speaks_in = speaker.contributions.values("proposal")
    return {
        "proposals/": _all(Proposal.objects.filter(pk__in=speaks_in), "number"),
        "programme/sessions/": _all(Session.objects.filter(cycle=cycle, people=speaker), "number"),
        "documents/": _all(File.objects.filter(scope=cycle.scope)),
        "mail/batches/": _all(Batch.objects.all()),
        "mail/log/": _all(Mail.objects.filter(person__in=people)),
        "outbox/": _all(Mail.objects.filter(person__in=people)),
        "jobs/": _all(Job.objects.all()),
        "people/roles/": _all(RoleTerm.objects.filter(person__in=people)),
        "people/invitations/": _all(Invitation.objects.all()),
        "duplicates/": [(speaker.pk, member.pk)],
        "retention/people/": [(speaker.pk,), (member.pk,)],
        "read/": _all(AgendaDraft.objects.all()),
        "owed/": _all(Obligation.objects.all()),
        "": [(1,)],
    }


def _all(rows: models.QuerySet[models.Model], field: str = "pk") -> list[tuple[int, ...]]:
    return list(rows.order_by(field).values_list(field))
