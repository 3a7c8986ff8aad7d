"""The calls of a year as they stand: from when and until when each kind is taken, and what is known of a proposer."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from convenor.cycle import deadlines
from convenor.cycle.closing import stated, window_of
from convenor.cycle.mail_kinds import holders
from convenor.cycle.models import Cycle, Deadline, PhaseKind
from convenor.cycle.obligations import open_for
from convenor.cycle.phases import day_at
from convenor.cycle.rules import Kind
from convenor.people.models import Organisation, Person
from convenor.people.roles import Role
from convenor.proposals.call_models import Call, CallDeadline, Turn
from convenor.proposals.call_rules import Proposer, Refusal, may_propose
from convenor.proposals.models import Proposal, State

HANDED_IN = (State.SUBMITTED, State.SCREENED_OUT)


@dataclass(frozen=True, slots=True)
class KindCall:
    """A kind of the rules with the call that takes it; `call` is None where it follows the phase of the call."""

    kind: Kind
    call: Call | None
    window: deadlines.Window | None  # None: the year has no phase for the call
    history: tuple[CallDeadline, ...] = ()  # of its own call, oldest first
    phase_history: tuple[Deadline, ...] = ()  # of the phase that it follows, oldest first; empty where none is stated

    @property
    def rows(self) -> Sequence[CallDeadline | Deadline]:
        """Everything that was stated, oldest first: of its own call, else of the phase."""
        return self.history or self.phase_history

    @property
    def deadline(self) -> CallDeadline | Deadline | None:
        """The one that counts, as it was stated."""
        return self.rows[-1] if self.rows else None

    @property
    def moves(self) -> list[tuple[CallDeadline | Deadline, CallDeadline | Deadline]]:
        """Each later deadline with what stood before it, oldest first."""
        return list(zip(self.rows, self.rows[1:], strict=False))

    @property
    def is_closed_early(self) -> bool:
        """Whether the last word of the secretariat was to close it."""
        return bool(self.history) and self.history[-1].turn == Turn.CLOSED

    @property
    def stated(self) -> str:
        """The deadline in words, empty where none is stated."""
        return stated(self.deadline) if self.deadline else ""

    def state(self, at: datetime) -> deadlines.State | None:
        """Say where it stands at a moment."""
        return deadlines.state(self.window, at) if self.window else None


def calls_of(cycle: Cycle) -> list[KindCall]:
    """Give every kind of the rules with its call, in their order; five queries."""
    own = {call.kind: call for call in Call.objects.filter(cycle=cycle)}
    rows: defaultdict[int, list[CallDeadline]] = defaultdict(list)
    for row in CallDeadline.objects.filter(call__cycle=cycle).order_by("pk"):
        rows[row.call_id].append(row)
    phase = cycle.phases.filter(kind=PhaseKind.CALL).first()
    phases = window_of(phase, cycle) if phase else None
    said = tuple(phase.deadlines.order_by("pk")) if phase else ()
    found = []
    for kind in cycle.rules.kinds:
        call = own.get(kind.code)
        history = tuple(rows[call.pk]) if call else ()
        if call and history:
            found.append(KindCall(kind, call, _window(call, history[-1], cycle), history))
        else:
            found.append(KindCall(kind, None, phases, (), said))
    return found


def call_of(cycle: Cycle, kind: str) -> KindCall | None:
    """Give a kind with its call; no code means the first kind; None where the rules have no such kind."""
    wanted = cycle.rules.kind(kind)
    return next((one for one in calls_of(cycle) if one.kind == wanted), None)


def _window(call: Call, last: CallDeadline, cycle: Cycle) -> deadlines.Window:
    """Give the window of a call; one that was closed early has no grace."""
    grace = 0 if last.turn == Turn.CLOSED else cycle.rules.grace_minutes
    return deadlines.Window(call.moment, last.moment + deadlines.MINUTE, grace)


def standing(
    cycle: Cycle,
    kind: str,
    *,
    by: Person,
    at: datetime,
    proposal: Proposal | None = None,
    has_code: bool = False,
) -> tuple[Refusal, ...]:
    """Give why a person may not hand in a proposal of a kind at a moment, and what they are told.

    `proposal` is the draft at hand: it is not counted against its own caps, and the code it was begun with counts.
    """
    found = call_of(cycle, kind)
    at = cycle.moment(at)
    if found is None:
        return may_propose(cycle.rules, None, None, Proposer(), at)
    has_code = has_code or (proposal is not None and proposal.access_code_id is not None)
    organisation = proposal.organisation if proposal else by.organisation
    who = proposer_of(by, cycle, found.kind, organisation=organisation, at=at, leaving_out=proposal, has_code=has_code)
    return may_propose(cycle.rules, found.kind, found.window, who, at)


def proposer_of(
    person: Person,
    cycle: Cycle,
    kind: Kind,
    *,
    organisation: Organisation | None,
    at: datetime,
    leaving_out: Proposal | None = None,
    has_code: bool = False,
) -> Proposer:
    """Give what counts when somebody proposes a kind for an organisation; a fixed number of queries."""
    day = day_at(at, cycle.zone_info)
    committee = holders(cycle, (Role.MEMBER, Role.CHAIR), on=day)
    theirs = _handed_in(cycle, kind, leaving_out, owner=person)
    of_house = _handed_in(cycle, kind, leaving_out, organisation=organisation) if organisation else (0, 0)
    return Proposer(
        group=(organisation.group if organisation else "") or person.group,
        is_on_committee=committee.filter(pk=person.pk).exists(),
        leads_activity=holders(cycle, (Role.LEAD,), on=day).filter(pk=person.pk).exists(),
        is_of_members_institution=organisation is not None and committee.filter(organisation=organisation).exists(),
        is_newcomer=not Proposal.objects.filter(owner=person, cycle__forum=cycle.forum_id, state__in=HANDED_IN)
        .exclude(cycle=cycle)
        .exists(),
        has_code=has_code,
        reports_owed=open_for(person, on=day, forum=cycle.forum).overdue_on(day).count(),
        places=theirs[0],
        of_kind=theirs[1],
        places_of_organisation=of_house[0],
        of_kind_of_organisation=of_house[1],
    )


def _handed_in(
    cycle: Cycle, kind: Kind, leaving_out: Proposal | None, **of: Person | Organisation | None
) -> tuple[int, int]:
    """Count what was handed in: of the kinds that take a place, and of the kind at hand."""
    rows = Proposal.objects.filter(cycle=cycle, state__in=HANDED_IN, **of).order_by()
    if leaving_out is not None:
        rows = rows.exclude(pk=leaving_out.pk)
    codes = list(rows.values_list("kind", flat=True))
    kinds = [cycle.rules.kind(code) for code in codes]
    return sum(one is not None and one.takes_place for one in kinds), sum(one == kind for one in kinds)


def kinds_taken(calls: Sequence[KindCall], at: datetime) -> list[KindCall]:
    """Give the calls that take something at a moment: open, or in the grace after."""
    return [one for one in calls if isinstance(one.state(at), deadlines.Open | deadlines.Grace)]
