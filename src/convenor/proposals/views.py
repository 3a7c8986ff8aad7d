"""Pages of proposals."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from convenor.cycle.access import in_cycle
from convenor.cycle.models import Cycle
from convenor.proposals.finding import PER_PAGE, Filters, public_list
from convenor.proposals.permissions import SEE


@in_cycle(SEE)
@require_safe
def show_list(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """List what was proposed."""
    filters = Filters.of(request.GET)
    found = filters.apply(public_list(cycle.proposals.all()))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    everything = public_list(cycle.proposals.all()).count() if filters.is_on else page.paginator.count
    return render(
        request,
        "proposals/list.html",
        {"filters": filters, "page": page, "everything": everything, "rules": cycle.rules},
    )


@in_cycle(SEE)
@require_safe
def show(request: HttpRequest, cycle: Cycle, number: int) -> HttpResponse:
    """Show one proposal with its people."""
    proposal = get_object_or_404(public_list(cycle.proposals.all()).select_related("owner"), number=number)
    proposal.cycle = cycle
    people = proposal.contributors.select_related("person__organisation")
    return render(request, "proposals/proposal.html", {"proposal": proposal, "people": people})
