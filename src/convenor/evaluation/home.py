"""What the evaluation puts on the year's page."""

from collections.abc import Mapping, Sequence

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from convenor.cycle.access import may
from convenor.cycle.home import Offer
from convenor.cycle.models import Cycle, PhaseKind
from convenor.evaluation.models import Evaluation
from convenor.evaluation.permissions import COMPUTE, SEE_RESULTS
from convenor.proposals.models import Proposal
from convenor.shared.languages.lists import listed


def facts(cycle: Cycle) -> Mapping[str, str]:
    """Say how many proposals are to be evaluated, and how often somebody did."""
    given = Q(evaluations__has_abstained=False)
    passed = Proposal.objects.graded(cycle)
    counted = passed.aggregate(proposals=Count("pk", distinct=True), evaluations=Count("evaluations", filter=given))
    proposals, evaluations = counted["proposals"], counted["evaluations"]
    if not evaluations:
        return {}
    words = [
        ngettext("%(count)s to evaluate", "%(count)s to evaluate", proposals) % {"count": proposals},
        ngettext("%(count)s evaluation", "%(count)s evaluations", evaluations) % {"count": evaluations},
    ]
    return {PhaseKind.EVALUATION: listed(words)}


def offers(request: HttpRequest, cycle: Cycle) -> Sequence[Offer]:
    """Offer the committee the results, and those who steer to compute them."""
    if not may(request, SEE_RESULTS, cycle):
        return []
    url = reverse("evaluation:results", args=cycle.address)
    if cycle.rankings.exists():
        return [Offer(_("Results of the evaluation"), url, _("The ranking, its ties, and the noise at the line."))]
    if may(request, COMPUTE, cycle) and Evaluation.objects.filter(proposal__cycle=cycle).exists():
        return [
            Offer(_("Compute the results of the evaluation"), url, _("Members have graded; nothing is computed yet."))
        ]
    return []
