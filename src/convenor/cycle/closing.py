"""Deadlines of phases: set, extended with a reason, and said in words; the reckoning is in `deadlines`."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from django.db import transaction
from django.utils.translation import get_language_bidi, gettext_noop, override
from django.utils.translation import gettext as _

from convenor.cycle import deadlines
from convenor.cycle.models import Cycle, Deadline, Phase, PhaseKind
from convenor.cycle.phases import day_at
from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.journal import record, typed
from convenor.shared.languages.days import date_format

LEAST_WORDS, REASON_LENGTH = 3, 1_000


class Told(Protocol):
    """What another part does when the deadline of a phase moved, within the same transaction."""

    def __call__(self, phase: Phase, *, by: Person, at: datetime) -> None:
        """Do it."""


# Registered by parts above in `apps.ready()`: proposals write to those who have a draft.
MOVED: list[Told] = []


class Stated(Protocol):
    """A deadline as it was stated: day and time on the clocks of a zone."""

    @property
    def on(self) -> date:
        """The day."""

    @property
    def clock(self) -> time:
        """The time."""

    @property
    def zone(self) -> str:
        """The zone."""

    @property
    def moment(self) -> datetime:
        """The beginning of the stated minute."""


@dataclass(frozen=True, slots=True)
class Closing:
    """A phase with its deadline in words and how often it was extended."""

    phase: Phase
    history: tuple[Deadline, ...]  # oldest first

    @property
    def deadline(self) -> Deadline | None:
        """The one that counts."""
        return self.history[-1] if self.history else None

    @property
    def extensions(self) -> list[tuple[Deadline, Deadline]]:
        """Each extension with what stood before it, oldest first."""
        return list(zip(self.history, self.history[1:], strict=False))

    @property
    def stated(self) -> str:
        """The deadline in words, empty where there is none."""
        return stated(self.deadline) if self.deadline else ""


def closings_of(cycle: Cycle) -> dict[str, Closing]:
    """Give the phases of a year with their deadlines, by kind, in their order; two queries."""
    found: defaultdict[int, list[Deadline]] = defaultdict(list)
    rows = Deadline.objects.filter(phase__cycle=cycle).select_related("set_by").order_by("pk")
    for row in rows:
        found[row.phase_id].append(row)
    return {phase.kind: Closing(phase, tuple(found[phase.pk])) for phase in cycle.phases.all()}


def past(closings: Mapping[str, Closing], at: datetime) -> frozenset[str]:
    """Give the kinds of the phases whose deadline is over at a moment."""
    found = ((kind, one.deadline) for kind, one in closings.items())
    return frozenset(kind for kind, newest in found if newest and newest.moment + deadlines.MINUTE <= at)


def window_of(phase: Phase, cycle: Cycle) -> deadlines.Window:
    """Give from when to when a phase takes things: to its deadline, else to the end of its last day; with the grace."""
    newest = phase.deadlines.first()
    grace = cycle.rules.grace_minutes
    if newest is None:
        return deadlines.whole_days(phase.starts_on, phase.ends_on, cycle.zone, grace_minutes=grace)
    opens_at = deadlines.start_of(phase.starts_on, cycle.zone)
    return deadlines.Window(opens_at, newest.moment + deadlines.MINUTE, grace)


def stated(deadline: Stated) -> str:
    """Say a deadline as it was stated, and beside it in UTC where that differs."""
    moment = deadline.moment
    words = moment_words(deadline.on, deadline.clock, deadlines.zone_words(deadline.zone, moment))
    there = moment.astimezone(deadlines.zone_of(deadline.zone))
    if there.utcoffset() == timedelta():
        return words
    return _("%(stated)s = %(utc)s") % {"stated": words, "utc": moment_words(moment.date(), moment.time(), "UTC")}


def moment_words(on: date, clock: time, zone: str) -> str:
    """Say day, time and zone; in a language that runs from right to left, each part holds together."""
    words = {"day": date_format(on, "j F Y"), "clock": f"{clock:%H:%M} {zone}"}
    if not get_language_bidi():
        return _("%(day)s, %(clock)s") % words
    words["clock"] = f"\u2066{words['clock']}\u2069"
    return f"\u2068{_('%(day)s, %(clock)s') % words}\u2069"


def overrun(phase: Phase) -> list[Phase]:
    """Give the later phases that begin before a phase ends: their days want moving."""
    later = phase.cycle.phases.filter(starts_on__gt=phase.starts_on, starts_on__lte=phase.ends_on)
    return list(later.exclude(pk=phase.pk))


@transaction.atomic
def set_deadline(
    phase: Phase, *, on: date, clock: time, zone: str, by: Person, at: datetime, reason: str = ""
) -> Deadline:
    """State the moment at which a phase ends, or extend it; the phase's last day follows.

    The first deadline needs no reason, every later one does. Once a phase has begun its deadline only moves later.

    Raises:
        Refused: it is past, before the phase begins, the same or earlier than what people rely on, or lacks a reason.
        ValueError: there is no such zone.
    """
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("forum", "rule_set").get(pk=phase.cycle_id)
    phase = Phase.objects.get(pk=phase.pk)
    old, reason = phase.deadlines.first(), " ".join(reason.split())[:REASON_LENGTH]
    new = Deadline(phase=phase, on=on, clock=clock, zone=deadlines.zone_name(zone), reason=reason, set_by=by, set_at=at)
    _check(cycle, phase, old, new, cycle.moment(at))
    new.save()
    phase.ends_on = day_at(new.moment, cycle.zone_info)
    phase.save(update_fields=["ends_on"])
    _record(cycle, phase, old, new, by=by, at=at)
    for tell in MOVED if old else ():
        tell(phase, by=by, at=at)
    return new


def _check(cycle: Cycle, phase: Phase, old: Deadline | None, new: Deadline, now: datetime) -> None:
    words = {"phase": phase.get_kind_display(), "new": stated(new)}
    opens_at = deadlines.start_of(phase.starts_on, cycle.zone)
    if new.moment < opens_at:
        start = date_format(phase.starts_on, "j F Y")
        raise Refused(
            _("“%(phase)s” begins on %(start)s: it cannot end before, on %(new)s. What you typed is kept.")
            % {**words, "start": start}
        )
    if new.moment + deadlines.MINUTE <= now:
        raise Refused(
            _("%(new)s is past already. Give a moment to come; what you typed is kept, and nothing changed.") % words
        )
    if old is None:
        return
    words["old"] = stated(old)
    if new.moment == old.moment and new.zone == old.zone:
        raise Refused(_("Nothing was changed: the deadline of “%(phase)s” is %(old)s already.") % words)
    if new.moment < old.moment and now >= opens_at:
        raise Refused(
            _("“%(phase)s” is under way until %(old)s, and people rely on it: a deadline only moves later.") % words
        )
    if len(new.reason.split()) < LEAST_WORDS:
        raise Refused(_("Say in a sentence why the deadline moves; everybody may read it. What you typed is kept."))


def _record(cycle: Cycle, phase: Phase, old: Deadline | None, new: Deadline, *, by: Person, at: datetime) -> None:
    with override("en"):
        kind = str(PhaseKind(phase.kind).label)
    values = {"phase_word": kind, "new": str(new), "old": str(old)} if old else {"phase_word": kind, "new": str(new)}
    first = gettext_noop("The deadline of “%(phase_word)s” is %(new)s.")
    moved = gettext_noop("The deadline of “%(phase_word)s” moved from %(old)s to %(new)s. Reason: %(reason)s")
    record(
        scope=cycle.scope,
        verb="deadline.set",
        at=at,
        actor=by,
        subject=cycle,
        template=moved if old else first,
        values=values,
        private={"reason": typed(new.reason)} if old else None,
    )


def states_of(cycle: Cycle, at: datetime) -> Mapping[str, deadlines.State]:
    """Give where every phase stands at a moment, by kind; an example's clock stands still."""
    moment = cycle.moment(at).astimezone(UTC)
    return {phase.kind: deadlines.state(window_of(phase, cycle), moment) for phase in cycle.phases.all()}
