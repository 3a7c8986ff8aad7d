"""What is minuted while it is spoken: the rapporteurs' console, the form that minutes, the page of all points."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from convenor.cycle.access import in_cycle, may, person_of
from convenor.cycle.models import Cycle
from convenor.meetings.finding import meeting_at
from convenor.meetings.floor_log import state_of
from convenor.meetings.floorpages.console_live import RAPPORTEUR, SECRETARIAT, console_channel
from convenor.meetings.floorpages.deeds import Press
from convenor.meetings.floorpages.hands import known_to
from convenor.meetings.floorpages.minuting import minuted, points_of, settled, settlers
from convenor.meetings.floorpages.told import done
from convenor.meetings.floorpages.views_chair import answer, console_page
from convenor.meetings.models import Meeting
from convenor.meetings.permissions import KEEP_LIST, MINUTE
from convenor.shared.errors import Refused
from convenor.shared.live.views import follow, is_live


@in_cycle(MINUTE)
@require_safe
@never_cache
def rapporteur(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show the rapporteurs' console: what is under way, and the form that minutes it."""
    return console_page(request, meeting_at(cycle, meeting), RAPPORTEUR)


@is_live
@in_cycle(MINUTE)
@require_safe
def follow_rapporteur(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Let open consoles of rapporteurs follow the floor."""
    return follow(request, console_channel(meeting_at(cycle, meeting), request, page=RAPPORTEUR))


@in_cycle(MINUTE)
@require_POST
def minute(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Minute what stands in the form of the console."""
    found = meeting_at(cycle, meeting)
    button, is_bad = Press.of(found, request.POST, by=person_of(request), at=timezone.now()), False
    try:
        said = done(found, minuted(button))
    except Refused as refusal:
        said, is_bad = str(refusal), True
    page = SECRETARIAT if may(request, KEEP_LIST, cycle) else RAPPORTEUR
    return answer(request, found, page, said, is_bad=is_bad)


@in_cycle(MINUTE)
@require_safe
@never_cache
def points(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show everything that is minuted, with the forms that put it right or settle it."""
    return _page(request, meeting_at(cycle, meeting))


@in_cycle(MINUTE)
@require_POST
def settle(request: HttpRequest, cycle: Cycle, meeting: str, entry: int) -> HttpResponse:
    """Enter what became of a point, or its new words; what was refused stands in its form again."""
    found = meeting_at(cycle, meeting)
    if entry not in state_of(found).minuted:
        raise Http404
    button = Press.of(found, request.POST, by=person_of(request), at=timezone.now())
    try:
        messages.success(request, done(found, settled(button, entry)))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, found, status=HTTPStatus.CONFLICT, given=request.POST, at_point=entry)
    where = reverse("meetings:floor:minuted", args=(*cycle.address, found.slug))
    return HttpResponseRedirect(f"{where}#point-{entry}", status=HTTPStatus.SEE_OTHER)


def _page(request: HttpRequest, meeting: Meeting, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
    state = state_of(meeting)
    found = points_of(meeting, state)
    told = {
        "cycle": meeting.cycle,
        "meeting": meeting,
        "points": found,
        "settlers": settlers(meeting, state, found),
        "people": known_to(meeting, on=meeting.cycle.day_of(timezone.now())),
        "keeps": may(request, KEEP_LIST, meeting.cycle),
        **more,
    }
    return render(request, "meetings/floor/minuted.html", told, status=status)
