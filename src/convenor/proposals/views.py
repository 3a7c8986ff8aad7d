"""Pages of proposals."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from convenor.cycle.access import in_cycle, may, request_roles
from convenor.cycle.models import Cycle
from convenor.proposals.finding import PUBLIC_STATES, Filters, public_list
from convenor.proposals.listing import Listing
from convenor.proposals.permissions import SEE, SEE_CONTRIBUTORS
from convenor.proposals.public import answered, is_kept_by, spoken_of
from convenor.proposals.statistics import charts
from convenor.proposals.visible import hidden_from, people_shown


@in_cycle(SEE)
@require_safe
def show_list(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """List what was proposed, and how it divides."""
    hidden = hidden_from(request, cycle)
    filters = Filters.of(request.GET, hidden, cycle.rules.kinds[0].code)
    listing = Listing(public_list(cycle.proposals.all()), filters)
    context = {
        "filters": filters,
        "page": listing.page(request.GET.get("page")),
        "everything": listing.total,
        "rules": cycle.rules,
        "charts": charts(cycle.rules, get_language() or "en", *listing.counts, hidden=hidden),
        "states": [(one.value, one.label) for one in PUBLIC_STATES],
        "tongues": settings.LANGUAGES,
        "tags": () if "tags" in hidden else listing.tags(cycle),
    }
    return render(request, "proposals/list.html", context)


@in_cycle(SEE)
@require_safe
def show(request: HttpRequest, cycle: Cycle, number: int) -> HttpResponse:
    """Show one proposal with its people."""
    proposal = get_object_or_404(public_list(cycle.proposals.all()), number=number)
    proposal.cycle = cycle
    is_own = is_kept_by(proposal, request.user)
    context = {
        "proposal": proposal,
        "people": people_shown(proposal, hidden_from(request, cycle, is_own=is_own)),
        "answers": answered(proposal, request_roles(request, cycle), is_own=is_own),
        "mentions": spoken_of(proposal),
        "is_own": is_own,
        "sees_answers": is_own or may(request, SEE_CONTRIBUTORS, cycle),
    }
    return render(request, "proposals/proposal.html", context)
