"""Pages of proposals."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from convenor.cycle.access import in_cycle
from convenor.cycle.models import Cycle
from convenor.proposals.finding import LONG_TEXTS, PER_PAGE, Filters, public_list
from convenor.proposals.permissions import SEE
from convenor.proposals.statistics import charts, count
from convenor.proposals.visible import hidden_from, people_shown


@in_cycle(SEE)
@require_safe
def show_list(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """List what was proposed, and how it divides."""
    hidden = hidden_from(request, cycle)
    filters, everything = Filters.of(request.GET, hidden), public_list(cycle.proposals.all())
    found = filters.apply(everything)
    page = Paginator(found.defer(*LONG_TEXTS), PER_PAGE).get_page(request.GET.get("page"))
    whole = count(everything)
    compared = (count(found), whole) if filters.is_on else (whole,)
    context = {
        "filters": filters,
        "page": page,
        "everything": whole["theme"].total(),
        "rules": cycle.rules,
        "charts": charts(cycle.rules, get_language() or "en", *compared, hidden=hidden),
    }
    return render(request, "proposals/list.html", context)


@in_cycle(SEE)
@require_safe
def show(request: HttpRequest, cycle: Cycle, number: int) -> HttpResponse:
    """Show one proposal with its people."""
    proposal = get_object_or_404(public_list(cycle.proposals.all()), number=number)
    proposal.cycle = cycle
    is_own = proposal.owner_id == request.user.pk
    people = people_shown(proposal, hidden_from(request, cycle, is_own=is_own))
    return render(request, "proposals/proposal.html", {"proposal": proposal, "people": people, "is_own": is_own})
