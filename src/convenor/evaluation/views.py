"""Pages of the evaluation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from convenor.cycle.access import in_cycle, may, person_of
from convenor.cycle.adoption import Opens, once_adopted
from convenor.cycle.models import Cycle
from convenor.evaluation.above import above_the_line
from convenor.evaluation.permissions import COMPUTE, SEE_RESULTS
from convenor.evaluation.results import Look, Results
from convenor.evaluation.shelves import FORMS, synthesis_shelf
from convenor.proposals.visible import hidden_from
from convenor.shared.documents import shelf
from convenor.shared.jobs import enqueue


@in_cycle(SEE_RESULTS)
@once_adopted(Opens.RESULTS)
@require_safe
def show(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Show the newest ranking, the truth about its line first."""
    may_compute = may(request, COMPUTE, cycle)
    ranking = cycle.rankings.first()
    if ranking is None:
        return render(request, "evaluation/none_yet.html", {"may_compute": may_compute})
    hidden = hidden_from(request, cycle)
    results = Results(cycle, ranking, Look.of(request.GET, hidden))
    context = {
        "results": results,
        "ranking": ranking,
        "balances": above_the_line(results, get_language() or "en", hidden=hidden),
        "may_compute": may_compute,
        "rules": cycle.rules,
        "forms": FORMS,
    }
    return render(request, "evaluation/results.html", context)


@in_cycle(COMPUTE)
@once_adopted(Opens.RESULTS)
@require_POST
def compute(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Ask the worker for new results."""
    back = reverse("evaluation:results", args=cycle.address)
    task = "convenor.evaluation.compute.compute_results"
    values, by = {"cycle": cycle.pk}, person_of(request)
    return redirect(enqueue(task, values, by=by, at=timezone.now(), back=back, scope=cycle.scope))


@in_cycle(SEE_RESULTS)
@once_adopted(Opens.RESULTS)
@require_safe
def documents(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Show the synthesis in its forms."""
    return shelf.show(request, synthesis_shelf(cycle), at=timezone.now())


@in_cycle(SEE_RESULTS)
@once_adopted(Opens.RESULTS)
@require_POST
def make_document(request: HttpRequest, cycle: Cycle, form: str) -> HttpResponse:
    """Ask the worker for the synthesis in a form."""
    return shelf.make(request, synthesis_shelf(cycle), form, at=timezone.now())


@in_cycle(SEE_RESULTS)
@once_adopted(Opens.RESULTS)
@require_safe
def take_document(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Hand a finished synthesis out."""
    return shelf.take(synthesis_shelf(cycle), pk, at=timezone.now())
