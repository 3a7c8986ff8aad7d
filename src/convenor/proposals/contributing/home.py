"""What the year's page offers to somebody whom proposals name and who has an account."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from convenor.cycle.home import Offer
from convenor.cycle.models import Cycle
from convenor.people.models import Person
from convenor.proposals.contributing.links import link_of
from convenor.proposals.contributing.models import Said
from convenor.proposals.contributing.opening import is_open, last_day
from convenor.proposals.models import Contributor, State

MOST = 5


def offers(request: HttpRequest, cycle: Cycle) -> list[Offer]:
    """Offer to answer for the parts that wait for it; one query."""
    if not isinstance(request.user, Person) or not is_open(cycle, at=timezone.now()):
        return []
    rows = Contributor.objects.filter(
        person=request.user, proposal__cycle=cycle, proposal__state=State.SUBMITTED, is_confirmed=False
    )
    rows = rows.exclude(answer__said=Said.DECLINED).exclude(proposal__owner=request.user)
    found = {row.proposal_id: row for row in rows.select_related("proposal").order_by("-pk")[:MOST]}
    for row in found.values():
        row.proposal.cycle = cycle
    return [
        Offer(_("Say whether you take part"), link_of(row.proposal, request.user), row.proposal.title, last_day(cycle))
        for row in found.values()
    ]
