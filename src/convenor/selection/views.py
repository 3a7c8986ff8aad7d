"""Pages of the selection."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from convenor.cycle.access import in_cycle, may
from convenor.cycle.models import Cycle
from convenor.selection.forms import Trial
from convenor.selection.models import Choice
from convenor.selection.permissions import ASK, COMPUTE, SEE
from convenor.selection.workbench import Workbench
from convenor.shared.jobs import enqueue


@in_cycle(SEE)
@require_safe
def show(request: HttpRequest, cycle: Cycle, number: int | None = None) -> HttpResponse:
    """Show the newest scenario, and why one proposal is in or out."""
    scenario = cycle.scenarios.first()
    context = {"may_compute": may(request, COMPUTE, cycle), "budget": cycle.rules.budget, "scenario": scenario}
    if scenario is None:
        return render(request, "selection/none_yet.html", context)
    bench = Workbench(cycle, scenario, get_language() or "en", picked=number, show_all=request.GET.get("show") == "all")
    if number is not None and number not in bench.by_number:
        get_object_or_404(cycle.proposals.none())
    return render(request, "selection/workbench.html", {**context, "bench": bench})


@in_cycle(COMPUTE)
@require_POST
def compute(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Ask the worker for a selection."""
    trial = Trial(request.POST or {"places": cycle.rules.budget.places})
    back = reverse("selection:workbench", args=cycle.address)
    if not trial.is_valid():
        messages.error(request, _("No selection was computed: the number of places must be a whole number from 1 to 5000."))
        return redirect(back)
    values = {"cycle": cycle.pk, "places": trial.cleaned_data["places"]}
    task = "convenor.selection.compute.compute_selection"
    return redirect(enqueue(task, values, by=request.user, at=timezone.now(), back=back))


@in_cycle(ASK)
@require_POST
def ask_changes(request: HttpRequest, cycle: Cycle, number: int) -> HttpResponse:
    """Ask the worker what would bring a proposal in."""
    scenario = cycle.scenarios.first()
    choice = get_object_or_404(Choice, scenario=scenario, proposal__number=number)
    back = reverse("selection:why", args=(*cycle.address, number))
    task = "convenor.selection.compute.find_changes"
    return redirect(enqueue(task, {"choice": choice.pk}, by=request.user, at=timezone.now(), back=back))
