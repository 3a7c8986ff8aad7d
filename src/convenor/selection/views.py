"""Pages of the selection."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from convenor.cycle.access import in_cycle, may, person_of
from convenor.cycle.adoption import Opens, adoptions_of, once_adopted
from convenor.cycle.models import Cycle
from convenor.proposals.visible import hidden_from
from convenor.selection.forms import MOST_PLACES, Trial
from convenor.selection.models import Choice, Scenario
from convenor.selection.permissions import ASK, COMPUTE, SEE
from convenor.selection.sentences import Words
from convenor.selection.workbench import Workbench
from convenor.shared.jobs import enqueue


@in_cycle(SEE)
@once_adopted(Opens.SELECTION)
@require_safe
def show(request: HttpRequest, cycle: Cycle, number: int | None = None) -> HttpResponse:
    """Show the newest scenario in which the rules held, why one proposal is in or out, and a clash since."""
    language, latest, hidden = get_language() or "en", cycle.scenarios.first(), hidden_from(request, cycle)
    clash = Words(cycle.rules, language, hidden).clash(latest.conflict) if latest and latest.conflict else []
    scenario = _asked_for(request, cycle) or (cycle.scenarios.kept().first() if clash else latest)
    context = {
        "may_compute": may(request, COMPUTE, cycle),
        "budget": cycle.rules.budget,
        "latest": latest,
        "clash": clash,
        "scenario": scenario,
        "adoptions": adoptions_of(cycle, "selection.scenario", scenario.pk) if scenario else [],
    }
    if scenario is None:
        return render(request, "selection/none_yet.html", context)
    shows_all, page = request.GET.get("show") == "all", request.GET.get("page", "1")
    bench = Workbench(cycle, scenario, language, picked=number, shows_all=shows_all, hidden=hidden, page=page)
    if number is not None and bench.choice is None:
        raise Http404(_("Proposal %(number)s was not among those to select from.") % {"number": number})
    return render(request, "selection/workbench.html", {**context, "bench": bench})


def _asked_for(request: HttpRequest, cycle: Cycle) -> Scenario | None:
    """Give the scenario that an address names, as decisions and agendas do."""
    wanted = request.GET.get("scenario", "")
    return cycle.scenarios.kept().filter(pk=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 10 else None  # noqa: PLR2004 - no row is beyond


@in_cycle(COMPUTE)
@once_adopted(Opens.SELECTION)
@require_POST
def compute(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Ask the worker for a selection."""
    trial = Trial(request.POST)
    back = reverse("selection:workbench", args=cycle.address)
    if not trial.is_valid():
        sentence = _("No selection was computed: “%(places)s” is not a whole number of places from 1 to %(most)s.")
        messages.error(request, sentence % {"places": request.POST["places"][:20], "most": MOST_PLACES})
        return redirect(back)
    values = {"cycle": cycle.pk, "places": trial.cleaned_data["places"] or cycle.rules.budget.places}
    task = "convenor.selection.compute.compute_selection"
    by = person_of(request)
    return redirect(enqueue(task, values, by=by, at=timezone.now(), back=back, scope=cycle.scope))


@in_cycle(ASK)
@once_adopted(Opens.SELECTION)
@require_POST
def ask_changes(request: HttpRequest, cycle: Cycle, number: int) -> HttpResponse:
    """Ask the worker what would bring a proposal in that is out."""
    scenario = cycle.scenarios.kept().first()
    choice = get_object_or_404(Choice, scenario=scenario, proposal__number=number, is_in=False)
    back = reverse("selection:why", args=(*cycle.address, number))
    task = "convenor.selection.compute.find_changes"
    values, by = {"choice": choice.pk}, person_of(request)
    return redirect(enqueue(task, values, by=by, at=timezone.now(), back=back, scope=cycle.scope))
