"""Whether somebody may begin a proposal, write in it, and hand it in now, and what they are told about it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from convenor.cycle.models import Cycle
from convenor.cycle.phases import day_at
from convenor.cycle.rules import Kind
from convenor.people.models import Organisation, Person
from convenor.people.names import tidy_name
from convenor.proposals.call_rules import Proposer, Refusal, Why, may_propose, stopping
from convenor.proposals.call_words import closing_sentence, kind_name, now_words, sentences
from convenor.proposals.calls import KindCall, call_of, calls_of, counted, kinds_taken, proposer_of, standing
from convenor.proposals.drafting.content import ORGANISATION, written
from convenor.proposals.models import Proposal

# What hangs on the organisation that proposes, which somebody names only when they begin.
OF_ORGANISATION = (Why.NOT_GROUP, Why.NOT_INSTITUTION, Why.CAP_ORGANISATION, Why.CAP_KIND_ORGANISATION)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether somebody may hand in, until when, and what they are told about it."""

    may: bool
    sentences: Sequence[str]
    until: str = ""  # a sentence
    left: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """What somebody is told before they begin a proposal of a kind."""

    cycle: Cycle
    kind: Kind | None
    name: str
    organisation: str  # the one they speak for
    may_try: bool  # nothing stops them but, at most, the organisation that they speak for; they may name another
    may_begin: bool
    needs_code: bool
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True)
class Offered:
    """A kind that can be begun now."""

    code: str
    name: str


def time_of(proposal: Proposal, *, at: datetime) -> dict[str, Any]:
    """Give what the form of a proposal knows of the time; a draft is written in whenever one likes."""
    if proposal.number is None:
        return {}
    return {"is_open": is_open(proposal, at=at), "day": day_at(proposal.cycle.moment(at), proposal.cycle.zone_info)}


def is_open(proposal: Proposal, *, at: datetime) -> bool:
    """Say whether the call of a proposal's kind takes anything at a moment, the grace with it."""
    call = call_of(proposal.cycle, proposal.kind)
    return call is not None and bool(kinds_taken([call], proposal.cycle.moment(at)))


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules are asked about a proposal: its call, whose it is, and when."""

    proposal: Proposal
    call: KindCall | None
    organisation: Organisation | None
    about: Proposer
    at: datetime  # on the cycle's clock

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """What the rules answer."""
        if self.call is None:
            return (Refusal(Why.NO_KIND),)
        return may_propose(self.proposal.cycle.rules, self.call.kind, self.call.window, self.about, self.at)

    def counted_again(self) -> "Case":
        """Give the same with the limits counted anew: others may have handed in meanwhile."""
        if self.call is None:
            return self
        row = self.proposal
        about = counted(
            self.about, row.owner, row.cycle, self.call.kind, organisation=self.organisation, leaving_out=row
        )
        return replace(self, about=about)

    def reasons(self, *, is_late: bool = False) -> list[str]:
        """Say why the proposal cannot be handed in; nothing where it can.

        What the rules let change after the deadline is no reason to speak of the deadline (`is_late`).
        """
        told = [one for one in stopping(self.refusals) if not (is_late and one.why == Why.CLOSED)]
        return sentences(told, self.call, self.proposal.cycle)


def case_of(proposal: Proposal, organisation: str, *, at: datetime) -> Case:
    """Read what the rules are asked, under the organisation that is written and may be another one by now."""
    cycle, call = proposal.cycle, call_of(proposal.cycle, proposal.kind)
    now = cycle.moment(at)
    if call is None:
        return Case(proposal, None, None, Proposer(), now)
    is_same = organisation in ("", proposal.organisation.name)
    known = proposal.organisation if is_same else Organisation.objects.filter(name__iexact=organisation).first()
    about = proposer_of(
        proposal.owner,
        cycle,
        call.kind,
        organisation=known,
        at=now,
        leaving_out=proposal,
        has_code=proposal.access_code_id is not None,
    )
    return Case(proposal, call, known, about, now)


def standing_of(proposal: Proposal, *, at: datetime) -> Standing:
    """Give what somebody is told who writes a proposal."""
    case = case_of(proposal, str(written(proposal).get(ORGANISATION, "")), at=at)
    call, found = case.call, case.refusals
    told = sentences(found, call, proposal.cycle)
    if call is None:
        return Standing(may=False, sentences=told)
    if any(one.why == Why.CLOSED for one in found):  # which says when
        return Standing(may=False, sentences=told)
    until = closing_sentence(call, at, proposal.cycle)
    return Standing(not stopping(found), told, until, now_words(call, at, proposal.cycle))


def start_of(cycle: Cycle, code: str, person: Person, *, at: datetime, organisation: str = "") -> Start:
    """Give what somebody is told before they begin, under the organisation that they name, else their own."""
    call = call_of(cycle, code)
    found = standing(cycle, code, by=person, at=at, named=tidy_name(organisation))
    told = tuple(one for one in found if one.why != Why.CODE_NEEDED)
    return Start(
        cycle,
        call.kind if call else None,
        kind_name(call.kind) if call else code,
        person.organisation.name if person.organisation else "",
        may_try=all(one.why in OF_ORGANISATION for one in stopping(told)),
        may_begin=not stopping(told),
        needs_code=told != found,
        sentences=sentences(told, call, cycle),
    )


def kinds_open(cycle: Cycle, *, at: datetime) -> list[Offered]:
    """Give the kinds whose call takes something now."""
    language = get_language() or "en"
    taken = kinds_taken(calls_of(cycle), cycle.moment(at))
    return [Offered(one.kind.code, one.kind.name(language)) for one in taken]
