"""What the secretariat does with the call of a kind: state it, move its deadline, close it early, open it again."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from convenor.cycle import deadlines
from convenor.cycle.closing import LEAST_WORDS, REASON_LENGTH, stated
from convenor.cycle.models import Cycle
from convenor.people.models import Person
from convenor.people.names import tidy_name
from convenor.proposals import call_letters
from convenor.proposals.call_models import Call, CallDeadline, Turn
from convenor.proposals.call_words import closing_words, kind_name
from convenor.proposals.calls import KindCall, call_of
from convenor.shared.errors import Refused
from convenor.shared.journal import record, typed


@dataclass(frozen=True, slots=True)
class Stating:
    """What somebody states for a kind: opening and deadline on the clocks of one zone."""

    opens_on: date
    opens_clock: time
    on: date
    clock: time
    zone: str


@transaction.atomic
def state_call(cycle: Cycle, kind: str, wanted: Stating, *, by: Person, at: datetime, reason: str = "") -> CallDeadline:
    """State when a kind opens and closes, move its deadline, or open it again after it was closed.

    The opening can be changed until it has come; the deadline of a call that is open only moves later. Every deadline
    after the first one needs a reason. Those who have a draft of the kind are told by mail.

    Raises:
        Refused: the order or the moment is wrong, nothing would change, or the reason is missing.
        ValueError: there is no such zone.
    """
    cycle, before = _locked(cycle, kind, at=at)
    zone, now = deadlines.zone_name(wanted.zone), cycle.moment(at)
    call = before.call or Call(cycle=cycle, kind=before.kind.code)
    if not _has_opened(before, now):
        call.on, call.clock, call.zone = wanted.opens_on, wanted.opens_clock, zone
    new = CallDeadline(call=call, turn=_turn(before, now), on=wanted.on, clock=wanted.clock, zone=zone)
    new.reason, new.set_by, new.set_at = tidy_name(reason)[:REASON_LENGTH], by, at
    _check(before, new, now, cycle)
    call.save()
    new.call = call
    new.save()
    _record(cycle, before, new, by=by, at=at)
    if before.call:
        call_letters.tell_drafts(cycle, before.kind.code, by=by, at=at)
    return new


@transaction.atomic
def close_early(cycle: Cycle, kind: str, *, reason: str, by: Person, at: datetime) -> CallDeadline:
    """Close a call now, without grace; what was handed in stays, drafts are kept and their owners told.

    Raises:
        Refused: it is not open, or the reason is missing.
    """
    cycle, before = _locked(cycle, kind, at=at)
    now, reason = cycle.moment(at), tidy_name(reason)[:REASON_LENGTH]
    words = {"kind": kind_name(before.kind), "closes": closing_words(before, cycle)}
    if before.call is None or not isinstance(before.state(now), deadlines.Open):
        raise Refused(_("“%(kind)s” was not closed: it is not open now. Nothing changed.") % words)
    if len(reason.split()) < LEAST_WORDS:
        raise Refused(_("Say in a sentence why it closes early; everybody may read it. What you typed is kept."))
    zone = before.history[-1].zone
    last = (now - deadlines.MINUTE).astimezone(deadlines.zone_of(zone))
    new = CallDeadline.objects.create(
        call=before.call,
        turn=Turn.CLOSED,
        on=last.date(),
        clock=last.time().replace(second=0, microsecond=0),
        zone=zone,
        reason=reason,
        set_by=by,
        set_at=at,
    )
    _record(cycle, before, new, by=by, at=at)
    call_letters.tell_drafts(cycle, before.kind.code, by=by, at=at)
    return new


def _locked(cycle: Cycle, kind: str, *, at: datetime) -> tuple[Cycle, KindCall]:
    """Lock the year, and give a kind with its call; one that has opened with the phase gets a call of its own."""
    fresh = Cycle.objects.select_for_update(of=("self",)).select_related("forum", "rule_set").get(pk=cycle.pk)
    found = call_of(fresh, kind) if kind else None
    if found is None:
        raise Refused(_("The rules of this year have no kind “%(kind)s”. Nothing changed.") % {"kind": kind})
    if found.call is None and found.window is not None and _has_opened(found, fresh.moment(at)):
        _own_call(found, found.window, fresh)
        found = call_of(fresh, kind) or found
    return fresh, found


def _has_opened(call: KindCall, now: datetime) -> bool:
    return call.window is not None and now >= call.window.opens_at


def _own_call(followed: KindCall, window: deadlines.Window, cycle: Cycle) -> None:
    """Give a kind that followed the phase a call that opened and closes as the phase was stated."""
    there = window.opens_at.astimezone(deadlines.zone_of(cycle.zone))
    call = Call.objects.create(
        cycle=cycle, kind=followed.kind.code, on=there.date(), clock=there.time(), zone=cycle.zone
    )
    zone = followed.deadline.zone if followed.deadline else cycle.zone
    last = (window.closes_at - deadlines.MINUTE).astimezone(deadlines.zone_of(zone))
    CallDeadline.objects.create(call=call, on=last.date(), clock=last.time(), zone=zone, set_at=window.opens_at)


def _turn(before: KindCall, now: datetime) -> Turn:
    if before.call is None:
        return Turn.SET
    return Turn.REOPENED if isinstance(before.state(now), deadlines.Closed) else Turn.MOVED


def _check(before: KindCall, new: CallDeadline, now: datetime, cycle: Cycle) -> None:
    words = {"kind": kind_name(before.kind), "new": stated(new), "old": closing_words(before, cycle)}
    if new.moment < new.call.moment:
        raise Refused(_("“%(kind)s” cannot close on %(new)s, before it opens. What you typed is kept.") % words)
    if new.moment + deadlines.MINUTE <= now:
        raise Refused(
            _("%(new)s is past already. Give a moment to come; what you typed is kept, and nothing changed.") % words
        )
    last = before.history[-1] if before.history else None
    if last is None:
        return
    is_open = isinstance(before.state(now), deadlines.Open | deadlines.Grace)
    if is_open and new.moment < last.moment:
        said = _(
            "“%(kind)s” is open until %(old)s, and people rely on it: a deadline only moves later. To end it now, "
            "close it early."
        )
        raise Refused(said % words)
    opens_at = before.window.opens_at if before.window else None
    if (new.moment, new.zone, new.call.moment) == (last.moment, last.zone, opens_at):
        raise Refused(_("Nothing was changed: “%(kind)s” closes on %(old)s already.") % words)
    if len(new.reason.split()) < LEAST_WORDS:
        raise Refused(_("Say in a sentence why the deadline moves; everybody may read it. What you typed is kept."))


@dataclass(frozen=True, slots=True)
class Told:
    """How the journal tells a turn of a call."""

    verb: str
    template: str


_TOLD = {
    Turn.SET: Told(
        verb="call.set", template=gettext_noop("The call for “%(kind)s” opens on %(opens)s and closes on %(new)s.")
    ),
    Turn.MOVED: Told(
        verb="call.moved",
        template=gettext_noop(
            "The deadline of the call for “%(kind)s” moved from %(old)s to %(new)s. Reason: %(reason)s"
        ),
    ),
    Turn.CLOSED: Told(
        verb="call.closed",
        template=gettext_noop("The call for “%(kind)s” was closed early, on %(new)s. Reason: %(reason)s"),
    ),
    Turn.REOPENED: Told(
        verb="call.reopened",
        template=gettext_noop("The call for “%(kind)s” was opened again until %(new)s. Reason: %(reason)s"),
    ),
}


def _record(cycle: Cycle, before: KindCall, new: CallDeadline, *, by: Person, at: datetime) -> None:
    call, turn = new.call, Turn(new.turn)
    values = {"new": str(new)}
    if turn == Turn.SET:
        values["opens"] = f"{call.on:%Y-%m-%d} {call.clock:%H:%M} {call.zone}"
    if turn == Turn.MOVED:
        values["old"] = str(before.history[-1])
    private = {"kind": typed(before.kind.name("en"))}
    record(
        scope=cycle.scope,
        verb=_TOLD[turn].verb,
        at=at,
        actor=by,
        subject=cycle,
        template=_TOLD[turn].template,
        values=values,
        private=private if turn == Turn.SET else {**private, "reason": typed(new.reason)},
    )
