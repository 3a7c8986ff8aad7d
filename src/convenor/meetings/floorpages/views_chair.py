"""The chair's console: what it shows and follows, and every button, by a plain form or in place."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from convenor.cycle.access import in_cycle, may, person_of
from convenor.cycle.models import Cycle
from convenor.meetings.agenda_now import now_of
from convenor.meetings.agenda_page import days_of
from convenor.meetings.agenda_times import AgendaTimes
from convenor.meetings.finding import meeting_at
from convenor.meetings.floorpages.channel import reader_level
from convenor.meetings.floorpages.console import console_of
from convenor.meetings.floorpages.console_live import (
    ADDRESSES,
    CHAIR,
    PARTS,
    RAPPORTEUR,
    SECRETARIAT,
    console_channel,
    shown_on,
)
from convenor.meetings.floorpages.deeds import Press, do
from convenor.meetings.floorpages.hands import offered
from convenor.meetings.floorpages.told import done, why_not
from convenor.meetings.models import Meeting
from convenor.meetings.permissions import KEEP, PRESIDE
from convenor.meetings.timing import timing_of
from convenor.shared.errors import Refused
from convenor.shared.live.feeds import following, shown
from convenor.shared.live.views import follow, is_live

TEMPLATES = {
    CHAIR: "meetings/floor/chair.html",
    SECRETARIAT: "meetings/floor/secretariat.html",
    RAPPORTEUR: "meetings/floor/rapporteur.html",
}


@in_cycle(PRESIDE)
@require_safe
@never_cache
def chair(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show the chair's console."""
    return console_page(request, meeting_at(cycle, meeting), CHAIR)


@is_live
@in_cycle(PRESIDE)
@require_safe
def follow_chair(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Let open consoles follow the floor."""
    return follow(request, console_channel(meeting_at(cycle, meeting), request, page=CHAIR))


@in_cycle(PRESIDE)
@require_POST
def press(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Do what a button of the chair's console says."""
    return pressed(request, meeting_at(cycle, meeting), CHAIR, at=timezone.now())


@in_cycle(PRESIDE)
@require_safe
def gain(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show what could be cut or moved so that the day ends in time; who keeps the agenda can take it."""
    found, now = meeting_at(cycle, meeting), timezone.now()
    days = days_of(found)
    timing = timing_of(found, days, now=now)
    present = now_of(AgendaTimes.of_days(timing, days), offers=True) if timing else None
    return render(
        request, "meetings/floor/gain.html",
        {"cycle": cycle, "meeting": found, "now": present, "keeps": may(request, KEEP, cycle)},
    )  # fmt: skip


def console_page(
    request: HttpRequest, meeting: Meeting, page: str, *, status: int = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    """Show a console; what was typed and refused stands in its forms again (`given`)."""
    now = timezone.now()
    with timezone.override(meeting.zone):
        live = following(console_channel(meeting, request, page=page), at=timezone.localtime(now))
        console = console_of(meeting, reader_level(request, meeting), now=now)
        told = {**shown_on(console, page), "live": live, "parts": PARTS[page], **more}
        if page != CHAIR:
            told |= offered(meeting, on=meeting.cycle.day_of(now))
        return render(request, TEMPLATES[page], told, status=status)


def pressed(request: HttpRequest, meeting: Meeting, page: str, *, at: datetime) -> HttpResponse:
    """Do what a button says, and answer in place or with the page."""
    button, is_bad = Press.of(meeting, request.POST, by=person_of(request), at=at), False
    try:
        said = done(meeting, do(button))
    except Refused as refusal:
        said, is_bad = why_not(button, refusal)
    return answer(request, meeting, page, said, is_bad=is_bad)


def answer(
    request: HttpRequest,
    meeting: Meeting,
    page: str,
    said: str,
    *,
    is_bad: bool,
    parts: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Say what was done: in place with what the page then shows, else by the page, with what was refused kept in it.

    `parts` are for whoever pressed alone, by the id of the element that takes them.
    """
    if "X-In-Place" in request.headers:
        channel = console_channel(meeting, request, page=page)
        news = shown(channel).news(channel.url, -1)
        status = HTTPStatus.CONFLICT if is_bad else HTTPStatus.OK
        return JsonResponse({"said": said, "news": news, "parts": parts or {}}, status=status)
    if said:
        (messages.error if is_bad else messages.success)(request, said)
    if is_bad:
        return console_page(request, meeting, page, status=HTTPStatus.CONFLICT, given=request.POST)
    where = reverse(f"meetings:floor:{ADDRESSES[page]}", args=(*meeting.cycle.address, meeting.slug))
    return HttpResponseRedirect(where, status=HTTPStatus.SEE_OTHER)
