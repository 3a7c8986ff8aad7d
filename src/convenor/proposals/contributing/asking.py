"""Asking the people whom a proposal names: when it is handed in, when its proposer says so, again, and by schedule."""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from convenor.cycle.models import Cycle
from convenor.cycle.phases import day_at
from convenor.people.models import Person
from convenor.people.sign_in_limits import in_words, wait
from convenor.proposals.contributing import letters
from convenor.proposals.contributing.models import ContributorAnswer, Said
from convenor.proposals.contributing.opening import is_open, last_day
from convenor.proposals.contributing.parts import answer_of, name_of, said_of
from convenor.proposals.models import Contributor, Proposal, State
from convenor.shared.errors import Refused
from convenor.shared.jobs import Report, schedules
from convenor.shared.journal import record
from convenor.shared.languages.days import date_format
from convenor.shared.mail.actions import put_into_queue
from convenor.shared.mail.models import Mail
from convenor.shared.mail.models import State as MailState

logger = logging.getLogger(__name__)
BETWEEN = timedelta(days=2)  # two mails that the proposer causes
REMIND_AFTER = timedelta(days=5)  # of silence
MOST_REMINDERS, MOST_ASKS = 2, 6


def rows_with_everything(rows: QuerySet[Contributor]) -> QuerySet[Contributor]:
    """Add what mails and checks read."""
    found = rows.select_related(
        "person", "organisation", "answer__mail", "proposal__cycle__forum", "proposal__owner", "proposal__organisation"
    )
    return found.defer("answer__mail__text", "answer__mail__html")


@transaction.atomic
def ask(proposal: Proposal, *, by: Person, at: datetime) -> int:
    """Ask everybody of a proposal who was not asked yet; give how many people.

    Raises:
        Refused: nobody is left to ask, answers are no longer taken, or this was asked too often.
    """
    found = _locked(proposal)
    check_open(found, at=at)
    rows = _unasked(found)
    if not rows:
        raise Refused(
            _(
                "Nobody was asked: everybody with an e-mail address has been asked or has answered, or a mail to them "
                "waits for the secretariat. Ask one of them again."
            )
        )
    _check_pace(by, at=at)
    return _send(found, rows, letters.questions(rows, last=last_day(found.cycle)), by=by, at=at)


@transaction.atomic
def ask_again(row: Contributor, *, by: Person, at: datetime) -> str:
    """Ask one person, whether or not they were asked before; give their name.

    Raises:
        Refused: there is nothing to ask, or the last mail is too fresh; the sentence says which.
    """
    proposal = _locked(row.proposal)
    check_open(proposal, at=at)
    rows = list(rows_with_everything(proposal.contributors.filter(person=row.person_id)))
    rows = [one for one in rows if said_of(one) == Said.OPEN]
    if not rows:
        raise Refused(_("%(name)s was not asked: the answer is here already.") % {"name": name_of(row)})
    _check_askable(rows[0], at=at)
    _check_pace(by, at=at)
    _send(proposal, rows, letters.questions(rows, last=last_day(proposal.cycle)), by=by, at=at)
    return name_of(row)


def when_handed_in(proposal: Proposal, by: Person, at: datetime) -> None:
    """Ask whoever was not asked yet, once the proposal is handed in; mails are composed before anything is locked."""
    if is_open(proposal.cycle, at=at) and (rows := _unasked(proposal)):
        _send_new(proposal, rows, letters.questions(rows, last=last_day(proposal.cycle)), by=by, at=at)


@transaction.atomic
def _send_new(proposal: Proposal, rows: Sequence[Contributor], mails: list[Mail], *, by: Person, at: datetime) -> None:
    """Send composed mails, unless somebody asked meanwhile: what is left then is asked anew."""
    Proposal.objects.select_for_update(of=("self",)).only("pk").get(pk=proposal.pk)
    if set(_unasked_of(proposal).values_list("pk", flat=True)) == {row.pk for row in rows}:
        _send(proposal, rows, mails, by=by, at=at)
    elif left := _unasked(proposal):
        _send(proposal, left, letters.questions(left, last=last_day(proposal.cycle)), by=by, at=at)


def _locked(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("cycle__forum", "owner", "organisation")
    return rows.get(pk=proposal.pk)


def check_open(proposal: Proposal, *, at: datetime) -> None:
    """Let through where somebody may be asked about a proposal.

    Raises:
        Refused: it is withdrawn or did not pass screening, or the meeting begins.
    """
    if proposal.state in (State.WITHDRAWN, State.SCREENED_OUT):
        raise Refused(_("Nobody was asked: the proposal is: %(state)s.") % {"state": proposal.get_state_display()})
    if not is_open(proposal.cycle, at=at):
        raise Refused(
            _("Nobody was asked: answers were taken until %(day)s. Ask the secretariat.")
            % {"day": date_format(last_day(proposal.cycle), "DATE_FORMAT")}
        )


def _check_askable(row: Contributor, *, at: datetime) -> None:
    if not row.person.email:
        raise Refused(
            _("%(name)s was not asked: no e-mail address is known. Name them again, with their address.")
            % {"name": name_of(row)}
        )
    answer = answer_of(row)
    if answer is None:
        return
    if answer.is_held:
        raise Refused(
            _("%(name)s was not asked: a mail to them is written and goes when the secretariat releases it.")
            % {"name": name_of(row)}
        )
    if answer.asks >= MOST_ASKS:
        raise Refused(
            _(
                "%(name)s was not asked again: %(count)s mails about this were written to them. "
                "Speak to them, or name somebody else."
            )
            % {"name": name_of(row), "count": answer.asks}
        )
    if answer.left_at and at < answer.left_at + BETWEEN:
        raise Refused(
            _("%(name)s was not asked again: the last mail went on %(day)s. Ask again from %(next)s on.")
            % {
                "name": name_of(row),
                "day": date_format(answer.left_at, "DATE_FORMAT"),
                "next": date_format(answer.left_at + BETWEEN, "DATE_FORMAT"),
            }
        )


def _check_pace(by: Person, *, at: datetime) -> None:
    if seconds := wait("contributors", at=at, account=str(by.pk)):
        raise Refused(_("Nobody was asked: this was done too often. Wait %(time)s.") % {"time": in_words(seconds)})


def _unasked(proposal: Proposal) -> list[Contributor]:
    """Give the parts of a proposal that nobody asked about yet, but for its proposer's own; each knows the proposal."""
    return list(_unasked_of(proposal).select_related("person", "answer"))


def _unasked_of(proposal: Proposal) -> QuerySet[Contributor]:
    return proposal.contributors.exclude(person=proposal.owner_id).filter(UNASKED)


UNASKED = Q(is_confirmed=False, person__erased_at=None, person__email__isnull=False) & (
    Q(answer=None) | Q(answer__said=Said.OPEN) & (Q(answer__asked_at=None) | Q(answer__mail__state=MailState.DISCARDED))
)


def _send(proposal: Proposal, rows: Sequence[Contributor], mails: list[Mail], *, by: Person, at: datetime) -> int:
    note_asked(rows, at=at)
    put_into_queue(mails, at=at)
    count = len({row.person_id for row in rows})
    if proposal.number is not None:  # a draft is nobody's affair
        template = gettext_noop("People of proposal %(number)s were asked to confirm their part, %(count)s in number.")
        values = {"number": proposal.number, "count": count}
        record(
            scope=proposal.cycle.scope, verb="contributors.asked", template=template, values=values, actor=by,
            subject=proposal, at=at,
        )  # fmt: skip
    return count


def note_asked(
    rows: Iterable[Contributor], *, at: datetime, held: Mapping[tuple[int, int], Mail] | None = None
) -> None:
    """Keep when people were asked, once more; `held` are the mails that wait, by proposal and person."""
    fresh, known = list[ContributorAnswer](), list[ContributorAnswer]()
    for row in rows:
        answer = answer_of(row)
        one = answer or ContributorAnswer(contributor=row)
        one.asked_at, one.asks = at, one.asks + 1
        one.mail = (held or {}).get((row.proposal_id, row.person_id))
        (fresh if answer is None else known).append(one)
    ContributorAnswer.objects.bulk_create(fresh, batch_size=500)
    ContributorAnswer.objects.bulk_update(known, ["asked_at", "asks", "mail"], batch_size=200)


@transaction.atomic
def hold_questions(cycle: Cycle, keys: Collection[int], *, by: Person, at: datetime) -> int:
    """Write to those of a year who were not asked yet, as a batch that the secretariat releases; give how many mails.

    They count as asked once their mail is released; where it is discarded, they were not asked.

    Args:
        keys: the parts that are meant.

    Raises:
        Refused: answers are no longer taken, or none of them is left to ask.
    """
    if not is_open(cycle, at=at):
        raise Refused(
            _("No mail was written: answers were taken until %(day)s.")
            % {"day": date_format(last_day(cycle), "DATE_FORMAT")}
        )
    meant = Contributor.objects.select_for_update(of=("self",)).filter(
        UNASKED, pk__in=keys, proposal__cycle=cycle, proposal__state=State.SUBMITTED
    )
    rows = list(rows_with_everything(meant))
    if not rows:
        raise Refused(
            _(
                "No mail was written: everybody shown with an e-mail address has been asked or has answered, or a mail "
                "to them is held already."
            )
        )
    held = letters.hold(letters.ASKED, rows, last=last_day(cycle), by=by, at=at)
    note_asked(rows, at=at, held=held)
    count = len(held)
    template = gettext_noop("Mails that ask people of proposals to confirm were written, %(count)s in number.")
    record(
        scope=cycle.scope,
        verb="contributors.asked",
        template=template,
        values={"count": count},
        actor=by,
        subject=cycle,
        at=at,
    )
    return count


def remind_silent(_values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Write reminders to those who were asked and are silent; they are held for the secretariat to release.

    A forum in which it cannot be done does not keep the others from it; the job fails after all had their turn.
    """
    cycles = list(Cycle.objects.filter(forum__is_example=False, ends_on__gte=at.date()).select_related("forum"))
    count, faults = 0, list[Exception]()
    for place, cycle in enumerate(cycles):
        report(place / len(cycles), "")
        try:
            count += remind(cycle, at=at)
        except Exception as fault:
            logger.exception("Nobody could be reminded in %s", cycle.scope)
            faults.append(fault)
    if faults:
        raise ExceptionGroup("people could not be reminded everywhere", faults)
    return ngettext("%(count)s reminder was written.", "%(count)s reminders were written.", count) % {"count": count}


@transaction.atomic
def remind(cycle: Cycle, *, at: datetime) -> int:
    """Write the reminders that are due in a year; give how many."""
    if day_at(cycle.moment(at), cycle.zone_info) >= cycle.starts_on:
        return 0  # at the meeting people are asked in person
    before = at - REMIND_AFTER
    due = Contributor.objects.select_for_update(of=("self",)).filter(
        Q(answer__mail=None, answer__asked_at__lte=before) | Q(answer__mail__released_at__lte=before),
        Q(answer__reminded_at=None) | Q(answer__reminded_at__lte=before),
        proposal__cycle=cycle,
        proposal__state=State.SUBMITTED,
        is_confirmed=False,
        person__erased_at=None,
        person__email__isnull=False,
        answer__said=Said.OPEN,
        answer__reminders__lt=MOST_REMINDERS,
        answer__asks__lt=MOST_ASKS,
    )
    rows = list(rows_with_everything(due))
    if not rows:
        return 0
    answers = ContributorAnswer.objects.filter(contributor__in=[row.pk for row in rows])
    answers.update(reminded_at=at, reminders=F("reminders") + 1, asks=F("asks") + 1)
    return len(letters.hold(letters.REMINDED, rows, last=last_day(cycle), by=None, at=at))


def register_schedule() -> None:
    """Hand it in once a day."""
    schedules.register(
        "proposals.remind-contributors",
        every=timedelta(days=1),
        task=f"{__name__}.{remind_silent.__name__}",
        title=gettext_lazy("Reminding people whom proposals name"),
    )
