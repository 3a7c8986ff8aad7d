"""Whether somebody may begin a proposal, write in it, and hand it in now, and what they are told about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from convenor.cycle.models import Cycle
from convenor.cycle.phases import day_at
from convenor.cycle.rules import Kind
from convenor.people.models import Organisation, Person
from convenor.people.names import tidy_name
from convenor.proposals.call_rules import Refusal, Why, may_propose, stopping
from convenor.proposals.call_words import closing_words, kind_name, now_words, sentences
from convenor.proposals.calls import KindCall, call_of, calls_of, kinds_taken, proposer_of, standing
from convenor.proposals.drafting.content import ORGANISATION, written
from convenor.proposals.models import Proposal

# What hangs on the organisation that proposes, which somebody names only when they begin.
OF_ORGANISATION = (Why.NOT_GROUP, Why.NOT_INSTITUTION, Why.CAP_ORGANISATION, Why.CAP_KIND_ORGANISATION)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether somebody may hand in, until when, and what they are told about it."""

    may: bool
    sentences: Sequence[str]
    until: str = ""
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


def reasons(proposal: Proposal, organisation: str, *, at: datetime, is_late: bool = False) -> list[str]:
    """Say why a proposal cannot be handed in at a moment for an organisation; nothing where it can.

    What the rules let change after the deadline is no reason to speak of the deadline (`is_late`).
    """
    call, found = _asked(proposal, organisation, at=at)
    told = [one for one in stopping(found) if not (is_late and one.why == Why.CLOSED)]
    return sentences(told, call, proposal.cycle)


def standing_of(proposal: Proposal, *, at: datetime) -> Standing:
    """Give what somebody is told who writes a proposal."""
    call, found = _asked(proposal, str(written(proposal).get(ORGANISATION, "")), at=at)
    told = sentences(found, call, proposal.cycle)
    if call is None:
        return Standing(may=False, sentences=told)
    return Standing(not stopping(found), told, closing_words(call, proposal.cycle), now_words(call, at, proposal.cycle))


def _asked(proposal: Proposal, organisation: str, *, at: datetime) -> tuple[KindCall | None, tuple[Refusal, ...]]:
    """Ask the rules about a proposal, under the organisation that is written and may be another one by now."""
    cycle, call = proposal.cycle, call_of(proposal.cycle, proposal.kind)
    if call is None:
        return None, (Refusal(Why.NO_KIND),)
    is_same = organisation in ("", proposal.organisation.name)
    known = proposal.organisation if is_same else Organisation.objects.filter(name__iexact=organisation).first()
    about = proposer_of(
        proposal.owner,
        cycle,
        call.kind,
        organisation=known,
        at=cycle.moment(at),
        leaving_out=proposal,
        has_code=proposal.access_code_id is not None,
    )
    return call, may_propose(cycle.rules, call.kind, call.window, about, cycle.moment(at))


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
