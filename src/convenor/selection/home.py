"""What the selection puts on the year's page."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from convenor.cycle.access import may
from convenor.cycle.home import Offer
from convenor.cycle.models import Cycle, PhaseKind
from convenor.selection.models import Scenario
from convenor.selection.permissions import COMPUTE, SEE


def facts(cycle: Cycle) -> Mapping[str, str]:
    """Say how many proposals are selected."""
    scenario = Scenario.objects.filter(cycle=cycle).kept().first()
    if scenario is None:
        return {}
    words = ngettext("%(count)s selected", "%(count)s selected", scenario.places) % {"count": scenario.places}
    return {PhaseKind.COMMITTEE: words}


def offers(request: HttpRequest, cycle: Cycle) -> Sequence[Offer]:
    """Offer the committee the workbench once there is something to see or to compute."""
    if not may(request, SEE, cycle):
        return []
    url = reverse("selection:workbench", args=cycle.address)
    if cycle.scenarios.exists():
        return [Offer(_("Selection workbench"), url, _("Who is in, who is out, why, and what would change it."))]
    if may(request, COMPUTE, cycle) and cycle.rankings.exists():
        return [Offer(_("Compute a selection"), url, _("The results are there; nothing is selected yet."))]
    return []
