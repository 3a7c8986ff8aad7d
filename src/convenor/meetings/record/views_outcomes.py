"""The lists of a year: what its meetings decided, and what was proposed in their discussions."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from convenor.cycle.access import in_cycle
from convenor.cycle.models import Cycle
from convenor.meetings.permissions import READ_MINUTES, SEE_FOLLOW_UP
from convenor.meetings.record.access import rights_of
from convenor.meetings.record.keeping import minutes_of
from convenor.meetings.record.outcomes import (
    Search,
    decisions_of,
    fate_choices,
    held_meetings,
    outcome_choices,
    proposals_of,
)

PER_PAGE = 100


@in_cycle(SEE_FOLLOW_UP)
@require_safe
def decisions(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """List what was decided; the journal has every decision as well, with its seal."""
    search, meetings = Search.of(request.GET), held_meetings(cycle)
    page = Paginator(decisions_of(meetings, search), PER_PAGE).get_page(request.GET.get("page"))
    context = {"search": search, "page": page, "meetings": meetings, "kinds": outcome_choices()}
    return render(request, "meetings/record/decisions.html", context)


@in_cycle(READ_MINUTES)
@require_safe
def points(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """List what was proposed in discussions, of the meetings whose minutes the reader may read."""
    search = Search.of(request.GET)
    meetings = [one for one in held_meetings(cycle) if rights_of(request, minutes_of(one)).reads]
    page = Paginator(proposals_of(meetings, search), PER_PAGE).get_page(request.GET.get("page"))
    context = {"search": search, "page": page, "meetings": meetings, "kinds": fate_choices()}
    return render(request, "meetings/record/points.html", context)
