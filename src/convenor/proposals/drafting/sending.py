"""Handing a proposal in, once or again; withdrawing it, and taking that back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from convenor.cycle.models import Cycle
from convenor.people.affiliations import find_or_make_organisation
from convenor.people.models import Organisation, Person
from convenor.people.names import tidy_name
from convenor.proposals.contributing.letters import drop_all_held
from convenor.proposals.drafting import keeping, letters, standing
from convenor.proposals.drafting.content import ORGANISATION, content_of, fill, has_unsent, written
from convenor.proposals.drafting.merging import Value, digests
from convenor.proposals.drafting.models import Draft, Why
from convenor.proposals.drafting.page import Whole
from convenor.proposals.drafting.saving import locked
from convenor.proposals.models import NEXT, Proposal, State
from convenor.shared.errors import Refused
from convenor.shared.journal import Private, record, typed

LONGEST_REASON = 500  # letters, of a withdrawal
# What other parts do once a proposal is handed in, after its transaction: asking its people to confirm.
HANDED_IN: list[Callable[[Proposal, Person, datetime], None]] = []


@dataclass(frozen=True, slots=True)
class Ready:
    """What is handed in, looked at against the rules, and how the row stood then."""

    page: Whole
    case: standing.Case
    reasons: Sequence[str]  # why it cannot be handed in
    unsent: Mapping[str, Value] | None  # of a late change: what else is written, to be kept as an earlier text
    as_of: tuple[Any, ...]


def submit(proposal: Proposal, *, by: Person, at: datetime) -> Proposal:
    """Hand in what is written: it gets a number the first time, and whoever hands it in a receipt with the text.

    After the deadline what the rules still let change is handed in, and the rest stays as it was.
    What takes long is looked at before the row is locked: at a deadline everybody waits for the one who writes. The
    moment is that of the request, not of its turn.

    Raises:
        Refused: the call is closed, something lacks, or it is withdrawn; what is written is kept.
    """
    row = Proposal.objects.select_related("organisation", "owner").get(pk=proposal.pk)
    row.cycle = proposal.cycle
    ready = _ready(row, at=at)
    if ready is not None:
        _check(ready.page, ready.reasons)
    return _hand_in(row, ready, by=by, at=at)


@transaction.atomic
def _hand_in(seen: Proposal, ready: Ready | None, *, by: Person, at: datetime) -> Proposal:
    """Hand in what was looked at, or look again if it was changed meanwhile; two clicks hand in once."""
    row = locked(seen)
    if ready is not None and ready.as_of == _as_of(row):
        row.owner = seen.owner
    else:
        ready = _ready(row, at=at)
    for tell in HANDED_IN:  # also where the first click was interrupted before that
        transaction.on_commit(partial(tell, row, by, at), robust=True)
    if ready is None:
        return row
    page = ready.page
    _lock_counted(row, page)
    _check(page, ready.reasons or ready.case.counted_again().reasons(is_late=page.is_late))
    if ready.unsent is not None:
        keeping.keep(row, ready.unsent, Why.WRITTEN, by=by, at=row.cycle.moment(at))
    is_again = row.number is not None
    _fill(row, page, at=row.cycle.moment(at))
    keeping.keep(row, page.content, Why.SUBMITTED, by=by, at=at)
    _record(row, _AGAIN if is_again else _FIRST, verb="proposal.submitted", by=by, at=at)
    letters.send_receipt(row, page.content, [one.one for one in page.people], to=by, at=at)
    return row


_FIRST = marked("Proposal %(number)s was handed in: “%(title)s”.")
_AGAIN = marked("Proposal %(number)s was handed in again, changed: “%(title)s”.")


def _ready(row: Proposal, *, at: datetime) -> Ready | None:
    """Look at what is written; None where it is handed in already as it stands.

    Raises:
        Refused: it is withdrawn, or was screened out.
    """
    row.draft = Draft.objects.filter(proposal=row).first()
    if row.state == State.SUBMITTED and not has_unsent(row):
        return None
    if row.state not in (State.DRAFT, State.SUBMITTED):
        raise Refused(
            _("It was not handed in: it is: %(state)s. What is written is kept.") % {"state": row.get_state_display()}
        )
    page, unsent = Whole(row, written(row), **standing.time_of(row, at=at)), None
    if page.late:
        is_all = {code: said for code, said in digests(page.late).items() if said} == digests(page.content)
        unsent = None if is_all else page.content
        page = Whole(row, page.late, is_open=False, day=page.day, is_late=True)
    case = standing.case_of(row, _name(row, page), at=at)
    reasons = case.reasons(is_late=page.is_late)
    if not reasons and (lines := page.stopping):
        reasons = [*(line.sentence for line in lines), _("What is written is kept.")]
    return Ready(page, case, reasons, unsent, _as_of(row))


def _as_of(row: Proposal) -> tuple[Any, ...]:
    return row.state, row.number, row.owner_id, row.revision, content_of(row)


def _lock_counted(row: Proposal, page: Whole) -> None:
    """Lock whom the limits are counted for: of two proposals handed in at once, one counts the other.

    SQLite lets one write at a time anyway.
    """
    if connection.features.has_select_for_update:
        list(Person.objects.select_for_update(of=("self",)).filter(pk=row.owner_id))
        list(Organisation.objects.select_for_update(of=("self",)).filter(name__iexact=_name(row, page)))


def _check(page: Whole, reasons: Sequence[str]) -> None:
    if reasons:
        title = str(page.content.get("title") or _("the proposal"))
        raise Refused(_("“%(title)s” was not handed in. %(reasons)s") % {"title": title, "reasons": " ".join(reasons)})


def _fill(row: Proposal, page: Whole, *, at: datetime) -> None:
    """Take over what is written, and give the first number that is free."""
    names = fill(row, page.content)
    name = _name(row, page)
    if name != row.organisation.name:
        row.organisation = find_or_make_organisation(name)
        row.contributors.filter(person=row.owner_id, part="organiser").update(organisation=row.organisation)
    if row.number is None:
        row.number, row.submitted_at = next_number(row.cycle), at
    row.state = State.SUBMITTED
    row.save(update_fields=[*names, "organisation", "number", "submitted_at", "state"])
    Draft.objects.filter(proposal=row).delete()
    row.draft = None


def _name(row: Proposal, page: Whole) -> str:
    return str(page.content.get(ORGANISATION) or row.organisation.name)


def next_number(cycle: Cycle) -> int:
    """Give the next number of a year; locks the year, so that two who hand in at once get two."""
    if connection.features.has_select_for_update:
        Cycle.objects.select_for_update().only("pk").get(pk=cycle.pk)
    return (Proposal.objects.filter(cycle=cycle).aggregate(Max("number"))["number__max"] or 0) + 1


@transaction.atomic
def withdraw(proposal: Proposal, reason: str, *, by: Person, at: datetime) -> Proposal:
    """Withdraw what was handed in; its text is kept, and what was written since.

    What is held for its people is discarded: there is nothing left to answer.

    Raises:
        Refused: the reason is too long, it was not handed in, or is withdrawn already.
    """
    reason = tidy_name(reason)
    if len(reason) > LONGEST_REASON:
        raise Refused(
            _("Nothing was withdrawn: the reason has %(letters)s letters, and %(most)s fit. What you typed is kept.")
            % {"letters": len(reason), "most": LONGEST_REASON}
        )
    row = locked(proposal)
    if row.number is None or State.WITHDRAWN not in NEXT[State(row.state)]:
        raise Refused(_("Nothing was changed: the proposal is: %(state)s.") % {"state": row.get_state_display()})
    keeping.keep(row, written(row), Why.WITHDRAWN, by=by, at=at)
    row.state = State.WITHDRAWN
    row.save(update_fields=["state"])
    template = marked("Proposal %(number)s was withdrawn: “%(title)s”. Reason: %(reason)s")
    plain = marked("Proposal %(number)s was withdrawn: “%(title)s”.")
    _record(row, template if reason else plain, verb="proposal.withdrawn", by=by, at=at, reason=reason)
    drop_all_held(row, because=_("The proposal was withdrawn before the mail left."))
    letters.send_withdrawn(row, to=by, at=at)
    return row


@transaction.atomic
def take_back(proposal: Proposal, *, by: Person, at: datetime) -> Proposal:
    """Take a withdrawal back as long as the call is open: what was handed in counts again, under its number.

    Raises:
        Refused: it is not withdrawn, the call is closed, or the limit of proposals is reached by others.
    """
    row = locked(proposal)
    if row.state != State.WITHDRAWN or row.number is None:
        raise Refused(_("Nothing was changed: the proposal is: %(state)s.") % {"state": row.get_state_display()})
    now = row.cycle.moment(at)
    page = Whole(row, written(row), **standing.time_of(row, at=now))
    _lock_counted(row, page)
    if reasons := standing.case_of(row, _name(row, page), at=now).reasons():
        raise Refused(_("The withdrawal was not taken back. %(reasons)s") % {"reasons": " ".join(reasons)})
    row.state = State.SUBMITTED
    row.save(update_fields=["state"])
    keeping.keep(row, written(row), Why.RESTORED, by=by, at=at)
    _record(row, marked("Proposal %(number)s counts again: “%(title)s”."), verb="proposal.restored", by=by, at=at)
    return row


@transaction.atomic
def discard(proposal: Proposal) -> None:
    """Delete a draft that was never handed in, with its earlier texts.

    Raises:
        Refused: it was handed in.
    """
    row = locked(proposal)
    if row.number is not None or row.submitted_at is not None:
        raise Refused(_("It was not deleted: it was handed in and has a number. Withdraw it."))
    row.delete()


def _record(row: Proposal, template: str, *, verb: str, by: Person, at: datetime, reason: str = "") -> None:
    record(
        scope=row.cycle.scope,
        verb=verb,
        template=template,
        values={"number": row.number or 0},
        private={"title": typed(row.title), **({"reason": Private(reason)} if reason else {})},
        actor=by,
        subject=row,
        at=at,
    )
