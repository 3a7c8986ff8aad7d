"""The calls of a year as they stand: from when and until when each kind is taken, and what is known of a proposer."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q

from convenor.cycle import deadlines
from convenor.cycle.closing import stated, window_of
from convenor.cycle.mail_kinds import yearly_terms
from convenor.cycle.models import Cycle, Deadline, PhaseKind
from convenor.cycle.obligations import open_for
from convenor.cycle.phases import day_at
from convenor.cycle.rule_call import NEWCOMER
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
    return _calls(cycle, cycle.rules.kinds)


def call_of(cycle: Cycle, kind: str) -> KindCall | None:
    """Give a kind with its call; no code means the first kind; None where the rules have no such kind."""
    wanted = cycle.rules.kind(kind)
    return _calls(cycle, [wanted])[0] if wanted else None


def _calls(cycle: Cycle, kinds: Sequence[Kind]) -> list[KindCall]:
    """Give these kinds with their calls; the phase is asked for only where one follows it."""
    own = {call.kind: call for call in Call.objects.filter(cycle=cycle, kind__in=[kind.code for kind in kinds])}
    rows: defaultdict[str, list[CallDeadline]] = defaultdict(list)
    codes = {call.pk: code for code, call in own.items()}
    for row in CallDeadline.objects.filter(call__in=codes).order_by("pk"):
        rows[codes[row.call_id]].append(row)
    phase = None if len(rows) == len(kinds) else cycle.phases.filter(kind=PhaseKind.CALL).first()
    phases = window_of(phase, cycle) if phase else None
    said = tuple(phase.deadlines.order_by("pk")) if phase else ()
    return [
        KindCall(kind, own[kind.code], _window(own[kind.code], rows[kind.code][-1], cycle), tuple(rows[kind.code]))
        if kind.code in rows
        else KindCall(kind, None, phases, (), said)
        for kind in kinds
    ]


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
    named: str = "",
) -> tuple[Refusal, ...]:
    """Give why a person may not hand in a proposal of a kind at a moment, and what they are told.

    `proposal` is the draft at hand: it is not counted against its own caps, and the code it was begun with counts.
    `named` is the organisation that they name before there is a draft; without one their own counts.
    """
    found = call_of(cycle, kind)
    at = cycle.moment(at)
    if found is None:
        return may_propose(cycle.rules, None, None, Proposer(), at)
    has_code = has_code or (proposal is not None and proposal.access_code_id is not None)
    organisation = proposal.organisation if proposal else by.organisation
    if named:
        organisation = Organisation.objects.filter(name__iexact=named).first()
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
    """Give what counts when somebody proposes a kind for an organisation; three queries, or four."""
    day = day_at(at, cycle.zone_info)
    house = organisation.pk if organisation else 0
    held = _held_by(person, house, cycle, on=day)
    about = Proposer(
        group=(organisation.group if organisation else "") or person.group,
        is_on_committee=any(key == person.pk for role, key, _house in held if role != Role.LEAD),
        leads_activity=any(key == person.pk for role, key, _house in held if role == Role.LEAD),
        is_of_members_institution=any(of == house for role, _key, of in held if role != Role.LEAD),
        is_newcomer=kind.who != NEWCOMER or not _has_proposed(person, cycle),
        has_code=has_code,
        reports_owed=open_for(person, on=day, forum=cycle.forum).overdue_on(day).count(),
    )
    return counted(about, person, cycle, kind, organisation=organisation, leaving_out=leaving_out)


def _has_proposed(person: Person, cycle: Cycle) -> bool:
    """Whether somebody handed anything in, in another year of the forum."""
    rows = Proposal.objects.filter(owner=person, cycle__forum=cycle.forum_id, state__in=HANDED_IN)
    return rows.exclude(cycle=cycle).exists()


def counted(
    about: Proposer,
    person: Person,
    cycle: Cycle,
    kind: Kind,
    *,
    organisation: Organisation | None,
    leaving_out: Proposal | None,
) -> Proposer:
    """Count anew what a person and an organisation handed in; one query."""
    house = organisation.pk if organisation else 0
    places, of_kind = _handed_in(person, house, cycle, kind, leaving_out)
    return replace(
        about,
        places=places[person.pk, _OWNER],
        of_kind=of_kind[person.pk, _OWNER],
        places_of_organisation=places[house, _HOUSE],
        of_kind_of_organisation=of_kind[house, _HOUSE],
    )


def _held_by(person: Person, house: int, cycle: Cycle, *, on: date) -> list[tuple[str, int, int | None]]:
    """Give the terms in committee and activities of a person, and of everybody of an organisation, with whose they are.

    A role held for one meeting only does not count.
    """
    rows = yearly_terms(cycle, (Role.MEMBER, Role.CHAIR, Role.LEAD), on=on).filter(person__is_active=True)
    theirs = rows.filter(Q(person=person) | Q(person__organisation=house))
    return list(theirs.values_list("role", "person", "person__organisation"))


_OWNER, _HOUSE = "owner", "house"
Counted = Counter[tuple[int, str]]


def _handed_in(
    person: Person, house: int, cycle: Cycle, kind: Kind, leaving_out: Proposal | None
) -> tuple[Counted, Counted]:
    """Count what a person and an organisation handed in: of the kinds that take a place, and of the kind at hand."""
    rows = Proposal.objects.filter(Q(owner=person) | Q(organisation=house), cycle=cycle, state__in=HANDED_IN)
    if leaving_out is not None:
        rows = rows.exclude(pk=leaving_out.pk)
    places, of_kind = Counted(), Counted()
    for code, owner, organisation in rows.order_by().values_list("kind", "owner", "organisation"):
        one = cycle.rules.kind(code)
        whose = ((owner, _OWNER), (organisation, _HOUSE))
        places.update(whose if one is not None and one.takes_place else ())
        of_kind.update(whose if one == kind else ())
    return places, of_kind


def kinds_taken(calls: Sequence[KindCall], at: datetime) -> list[KindCall]:
    """Give the calls that take something at a moment: open, or in the grace after."""
    return [one for one in calls if isinstance(one.state(at), deadlines.Open | deadlines.Grace)]
