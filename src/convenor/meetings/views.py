"""Pages of meetings: the list, the agenda, its feeds, and what the secretariat corrects."""

from collections.abc import Callable

from django.db.models import Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from convenor.cycle.access import in_cycle, may, person_of, request_roles
from convenor.cycle.models import Cycle
from convenor.meetings import actions
from convenor.meetings.agenda import to_interchange
from convenor.meetings.agenda_page import agenda_page, days_of
from convenor.meetings.calendars import calendar_of
from convenor.meetings.models import Continuation, Doubt, Meeting
from convenor.meetings.permissions import KEEP, SEE
from convenor.meetings.places import Guide
from convenor.meetings.shelves import agenda_shelf
from convenor.meetings.storing import agenda_of
from convenor.meetings.wording import dates_in_words
from convenor.shared.documents import shelf


@in_cycle(SEE)
@require_safe
def list_page(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Show the meetings of a year, the latest first."""
    meetings = list(cycle.meetings.annotate(first=Min("days__date")).order_by("-first", "-pk").prefetch_related("days"))
    rows = [
        {
            "meeting": meeting,
            "url": meeting.get_absolute_url(),
            "dates": dates_in_words(meeting.days.all()),
            "places": list(dict.fromkeys(day.place for day in meeting.days.all() if day.place)),
        }
        for meeting in meetings
    ]
    return render(request, "meetings/list.html", {"rows": rows})


@in_cycle(SEE)
@require_safe
def agenda(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show the agenda."""
    found = _meeting(cycle, meeting)
    now = cycle.moment(timezone.now())
    guide = Guide(cycle, now.astimezone(cycle.zone_info).date(), request_roles(request, cycle))
    page = agenda_page(found, guide, now=now)
    dates = dates_in_words(day.row for day in page.days)
    shown = {"meeting": found, "page": page, "dates": dates, "keeps": may(request, KEEP, cycle)}
    return render(request, "meetings/agenda.html", shown)


@in_cycle(SEE)
@require_safe
def calendar(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Give the agenda as a calendar."""
    found = _meeting(cycle, meeting)
    return HttpResponse(
        calendar_of(found, days_of(found)),
        headers={
            "Content-Type": "text/calendar; charset=utf-8",
            "Content-Disposition": f'inline; filename="{cycle.slug}-{found.slug}.ics"',
        },
    )


@in_cycle(SEE)
@require_safe
def json(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Give the agenda in its interchange form."""
    found = _meeting(cycle, meeting)
    agenda = to_interchange(agenda_of(found, days_of(found)))
    return JsonResponse(agenda, json_dumps_params={"ensure_ascii": False, "indent": 1})


@in_cycle(SEE)
@require_safe
def documents(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show the papers of a meeting."""
    return shelf.show(request, agenda_shelf(_meeting(cycle, meeting)), at=timezone.now())


@in_cycle(SEE)
@require_POST
def make_document(request: HttpRequest, cycle: Cycle, meeting: str, form: str) -> HttpResponse:
    """Ask the worker for the agenda as a paper."""
    return shelf.make(request, agenda_shelf(_meeting(cycle, meeting)), form, at=timezone.now())


@in_cycle(SEE)
@require_safe
def take_document(request: HttpRequest, cycle: Cycle, meeting: str, pk: int) -> HttpResponse:
    """Hand a finished paper out."""
    return shelf.take(agenda_shelf(_meeting(cycle, meeting)), pk, at=timezone.now())


def _meeting(cycle: Cycle, slug: str) -> Meeting:
    found = get_object_or_404(Meeting, cycle=cycle, slug=slug)
    found.cycle = cycle  # the one already loaded, with its forum
    return found


def _on_link(act: Callable[..., None]) -> Callable[..., HttpResponseBase]:
    @in_cycle(KEEP)
    @require_POST
    def view(request: HttpRequest, cycle: Cycle, meeting: str, pk: int) -> HttpResponse:
        found = _meeting(cycle, meeting)
        link = get_object_or_404(Continuation, pk=pk, later__block__day__meeting=found)
        act(link, by=person_of(request), at=timezone.now())
        return redirect(f"{found.get_absolute_url()}#item-{link.later_id}")

    return view


def _on_doubt(act: Callable[..., None]) -> Callable[..., HttpResponseBase]:
    @in_cycle(KEEP)
    @require_POST
    def view(request: HttpRequest, cycle: Cycle, meeting: str, pk: int) -> HttpResponse:
        found = _meeting(cycle, meeting)
        act(get_object_or_404(Doubt, pk=pk, meeting=found), by=person_of(request), at=timezone.now())
        return redirect(f"{found.get_absolute_url()}#doubt-{pk}")

    return view


undo = _on_link(actions.undo_continuation)
redo = _on_link(actions.redo_continuation)
settle = _on_doubt(actions.settle_doubt)
reopen = _on_doubt(actions.reopen_doubt)
