"""What the page of a proposal shows beside its columns: custom fields as far as visible, and where it is spoken of."""

from collections.abc import Collection
from dataclasses import dataclass

from convenor.cycle.rules import sees
from convenor.people.models import Person
from convenor.proposals.drafting.asking import form_of
from convenor.proposals.drafting.showing import shown
from convenor.proposals.models import Proposal
from convenor.shared import references
from convenor.shared.references import Page


@dataclass(frozen=True, slots=True)
class Answered:
    """A custom field with its answer as people read it."""

    code: str
    label: str
    words: str


def answered(proposal: Proposal, held: Collection[str], *, is_own: bool) -> list[Answered]:
    """Give the answers to custom fields that somebody with these roles may see; their own people see all."""
    asks = form_of(proposal, {"format": proposal.format})
    seen = [ask for ask in asks.values() if ask.code in proposal.answers and (is_own or sees(ask.visible, held))]
    found = (Answered(ask.code, ask.label, shown(ask, proposal.answers[ask.code])) for ask in seen)
    return [one for one in found if one.words]


def spoken_of(proposal: Proposal) -> list[Page]:
    """Give the agenda items that link to a proposal."""
    if proposal.number is None:
        return []
    return references.mentions_of("proposals.proposal", proposal.cycle.scope, proposal.number)


def is_kept_by(proposal: Proposal, person: object) -> bool:
    """Say whether somebody proposed it, or writes it with whoever did."""
    if not isinstance(person, Person):
        return False
    return proposal.owner_id == person.pk or proposal.contributors.filter(person=person, may_edit=True).exists()
