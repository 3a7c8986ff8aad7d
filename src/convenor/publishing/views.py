"""The public's pages and feeds: reading only."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from convenor.cycle.access import in_cycle
from convenor.cycle.models import Cycle
from convenor.publishing.calendars import calendar_of
from convenor.publishing.contexts import programme_context, session_context
from convenor.publishing.details import Details, details_of
from convenor.publishing.filters import Filters
from convenor.publishing.interchange import data_of
from convenor.publishing.links import SiteLinks
from convenor.publishing.permissions import READ
from convenor.publishing.talks import Programme, Talk, latest_programme, people_of
from convenor.publishing.visible import Shown

CALENDAR = "text/calendar; charset=utf-8"


@in_cycle(READ)
@require_safe
def programme(request: HttpRequest, cycle: Cycle) -> HttpResponseBase:
    """Show the whole programme on one page, or what the address asks for."""
    filters = Filters.of(request.GET)
    latest = latest_programme(cycle, with_news=True)
    talks = _narrowed(cycle, latest, filters)
    now = cycle.moment(timezone.now())
    return render(
        request,
        "publishing/programme.html",
        programme_context(cycle, latest, talks, filters, SiteLinks(cycle), now=now),
    )


@in_cycle(READ)
@require_safe
def session(request: HttpRequest, cycle: Cycle, number: int) -> HttpResponseBase:
    """Show one session."""
    details = _details(cycle, number)
    return render(request, "publishing/session.html", session_context(cycle, details, SiteLinks(cycle)))


@in_cycle(READ)
@require_safe
def session_calendar(request: HttpRequest, cycle: Cycle, number: int) -> HttpResponseBase:
    """Give one session to a calendar, with its description."""
    details = _details(cycle, number)
    text = details.summary
    return HttpResponse(calendar_of(cycle, details.release, [details.talk], text=text), content_type=CALENDAR)


@in_cycle(READ)
@require_safe
def calendar(request: HttpRequest, cycle: Cycle) -> HttpResponseBase:
    """Give the programme, or what the address asks for, to calendars that subscribe."""
    latest = latest_programme(cycle)
    talks = _narrowed(cycle, latest, Filters.of(request.GET))
    return HttpResponse(calendar_of(cycle, latest.release, talks), content_type=CALENDAR)


@in_cycle(READ)
@require_safe
def json(request: HttpRequest, cycle: Cycle) -> HttpResponseBase:
    """Give the programme, or what the address asks for, as data."""
    latest = latest_programme(cycle)
    data = data_of(cycle, latest.release, _narrowed(cycle, latest, Filters.of(request.GET)))
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


def _narrowed(cycle: Cycle, latest: Programme, filters: Filters) -> tuple[Talk, ...]:
    return filters.narrow(latest.talks, people_of(latest.talks, Shown.of(cycle)) if filters.q else {})


def _details(cycle: Cycle, number: int) -> Details:
    found = details_of(cycle, latest_programme(cycle), number, now=cycle.moment(timezone.now()))
    if found is None:
        raise Http404(_("The programme holds no session with the number %(number)s.") % {"number": number})
    return found
