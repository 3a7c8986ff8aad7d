"""Pages of the evaluation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from convenor.cycle.access import in_cycle, may, person_of
from convenor.cycle.models import Cycle
from convenor.evaluation.above import above_the_line
from convenor.evaluation.permissions import COMPUTE, SEE_RESULTS
from convenor.evaluation.results import Look, Results
from convenor.shared.jobs import enqueue


@in_cycle(SEE_RESULTS)
@require_safe
def show(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Show the newest ranking, the truth about its line first."""
    may_compute = may(request, COMPUTE, cycle)
    ranking = cycle.rankings.first()
    if ranking is None:
        return render(request, "evaluation/none_yet.html", {"may_compute": may_compute})
    results = Results(cycle, ranking, Look.of(request.GET))
    context = {
        "results": results,
        "ranking": ranking,
        "balances": above_the_line(results, get_language() or "en"),
        "may_compute": may_compute,
        "rules": cycle.rules,
    }
    return render(request, "evaluation/results.html", context)


@in_cycle(COMPUTE)
@require_POST
def compute(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Ask the worker for new results."""
    back = reverse("evaluation:results", args=cycle.address)
    task = "convenor.evaluation.compute.compute_results"
    return redirect(enqueue(task, {"cycle": cycle.pk}, by=person_of(request), at=timezone.now(), back=back))
