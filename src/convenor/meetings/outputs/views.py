"""What people take away: calendars, data, table, text, the page to print, papers."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from convenor.cycle.access import in_cycle
from convenor.cycle.models import Cycle
from convenor.meetings.agenda import to_interchange
from convenor.meetings.agenda_page import days_of
from convenor.meetings.calendars import calendar_of, calendar_of_year
from convenor.meetings.finding import meeting_at
from convenor.meetings.models import Meeting
from convenor.meetings.outputs import data
from convenor.meetings.outputs.about import about
from convenor.meetings.outputs.paper import agenda_paper
from convenor.meetings.outputs.table import agenda_csv
from convenor.meetings.permissions import SEE
from convenor.meetings.shelves import agenda_shelf
from convenor.meetings.storing import agenda_of
from convenor.shared import documents as paper
from convenor.shared.documents import shelf
from convenor.shared.documents.plain import to_text

READABLE: dict[str, Any] = {"ensure_ascii": False, "indent": 1}


@in_cycle(SEE)
@require_safe
def calendar(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Give the agenda as a calendar."""
    found = meeting_at(cycle, meeting)
    return _file(calendar_of(found), "text/calendar", f"{cycle.slug}-{found.slug}.ics")


@in_cycle(SEE)
@require_safe
def calendar_of_all(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Give the agendas of all meetings of the year as one calendar."""
    return _file(calendar_of_year(cycle), "text/calendar", f"{cycle.slug}-meetings.ics")


@in_cycle(SEE)
@require_safe
def interchange_json(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Give the agenda in its interchange form."""
    found = meeting_at(cycle, meeting)
    return JsonResponse(to_interchange(agenda_of(found, days_of(found))), json_dumps_params=READABLE)


@in_cycle(SEE)
@require_safe
def full_json(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Give the agenda with everything it holds."""
    found = meeting_at(cycle, meeting)
    schema = f"{settings.ORIGIN}{reverse('meetings:schema', args=cycle.address)}"
    agenda = agenda_of(found, days_of(found))
    return JsonResponse(data.to_full(agenda, about(found), schema=schema), json_dumps_params=READABLE)


@in_cycle(SEE)
@require_safe
def schema(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Give the schema of both forms."""
    return JsonResponse(data.schema(), json_dumps_params=READABLE, content_type="application/schema+json")


@in_cycle(SEE)
@require_safe
def table(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Give the agenda as a table."""
    found = meeting_at(cycle, meeting)
    text = agenda_csv(agenda_of(found, days_of(found)), zone=found.zone)
    return _file(text, "text/csv", f"{cycle.slug}-{found.slug}.csv", disposition="attachment")


@in_cycle(SEE)
@require_safe
def text(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Give the agenda as plain text, in the reader's language."""
    found = meeting_at(cycle, meeting)
    return _file(to_text(_paper(found)), "text/plain", f"{cycle.slug}-{found.slug}.txt")


@in_cycle(SEE)
@require_safe
def print_page(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show the agenda on its own, to print."""
    found = meeting_at(cycle, meeting)
    shown = {"paper": _paper(found), "back": found.get_absolute_url(), "back_name": _("Agenda")}
    return render(request, "documents/paper.html", shown)


@in_cycle(SEE)
@require_safe
def documents(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show the papers of a meeting."""
    return shelf.show(request, agenda_shelf(meeting_at(cycle, meeting)), at=timezone.now())


@in_cycle(SEE)
@require_POST
def make_document(request: HttpRequest, cycle: Cycle, meeting: str, form: str) -> HttpResponse:
    """Ask the worker for the agenda as a paper."""
    return shelf.make(request, agenda_shelf(meeting_at(cycle, meeting)), form, at=timezone.now())


@in_cycle(SEE)
@require_safe
def take_document(request: HttpRequest, cycle: Cycle, meeting: str, pk: int) -> HttpResponse:
    """Hand a finished paper out."""
    return shelf.take(agenda_shelf(meeting_at(cycle, meeting)), pk, at=timezone.now())


def _paper(meeting: Meeting) -> paper.Document:
    return agenda_paper(agenda_of(meeting, days_of(meeting)), about(meeting), at=meeting.stands_since)


def _file(content: bytes | str, kind: str, name: str, *, disposition: str = "inline") -> HttpResponse:
    headers = {"Content-Type": f"{kind}; charset=utf-8", "Content-Disposition": f'{disposition}; filename="{name}"'}
    return HttpResponse(content, headers=headers)
