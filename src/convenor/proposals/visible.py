"""What of a proposal a reader may see, by the table in the rule set: for pages, lists, search and counts alike."""

from django.http import HttpRequest

from convenor.cycle.access import request_roles
from convenor.cycle.models import Cycle
from convenor.cycle.rule_life import OWN
from convenor.people.roles import COMMITTEE
from convenor.proposals.contributing.models import NAMED
from convenor.proposals.models import Contributor, Proposal

# Beside the fields of the rules: those who declined, or do not want to be named, are shown to the committee alone.
UNNAMED = "unnamed"


def hidden_from(request: HttpRequest, cycle: Cycle, *, is_own: bool = False) -> frozenset[str]:
    """Give the fields that the reader may not see; of their own proposal people see all that they wrote."""
    rules, held = cycle.rules, request_roles(request, cycle)
    hidden = frozenset(
        field for field in rules.visibility if not rules.visible(field, held) and not (is_own and field in OWN)
    )
    return hidden if is_own or not held.isdisjoint(COMMITTEE) else hidden | {UNNAMED}


def people_shown(proposal: Proposal, hidden: frozenset[str]) -> list[Contributor]:
    """Give the people of a proposal whose names may be seen: its proposer and its speakers are two fields."""
    people = proposal.contributors.select_related("person", "organisation", "answer")
    return [
        one
        for one in (people.filter(NAMED) if UNNAMED in hidden else people)
        if ("proposer" if one.person_id == proposal.owner_id else "speakers") not in hidden
    ]
