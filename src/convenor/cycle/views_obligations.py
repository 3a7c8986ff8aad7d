"""The secretariat's list of what is owed to the forum, as a page and as a file."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from convenor.cycle import permissions
from convenor.cycle.access import in_cycle
from convenor.cycle.models import Cycle
from convenor.cycle.owing import STATES, Filters, as_csv, found, rows_of
from convenor.cycle.phases import day_at

PER_PAGE = 100


@in_cycle(permissions.SEE_WHAT_IS_OWED)
@require_safe
def owed(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """List what is owed, by state and words."""
    today = day_at(cycle.moment(timezone.now()), cycle.zone_info)
    filters = Filters.of(request.GET)
    page = Paginator(found(cycle.forum, filters, on=today), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": rows_of(page.object_list, on=today), "filters": filters, "states": STATES}
    return render(request, "cycle/owed.html", context)


@in_cycle(permissions.SEE_WHAT_IS_OWED)
@require_safe
def owed_csv(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Give the same list as a file."""
    today = day_at(cycle.moment(timezone.now()), cycle.zone_info)
    text = as_csv(found(cycle.forum, Filters.of(request.GET), on=today), on=today)
    name = f"{cycle.forum.slug}-owed-{today.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)
