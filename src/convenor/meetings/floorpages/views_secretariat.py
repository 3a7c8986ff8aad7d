"""The secretariat's console: hands raised for others, decisions while they are spoken, slips put right."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from convenor.cycle.access import in_cycle, person_of
from convenor.cycle.models import Cycle
from convenor.meetings.finding import meeting_at
from convenor.meetings.floor import Channel, Wish
from convenor.meetings.floor_actions import welcome_guest
from convenor.meetings.floor_log import TOKEN
from convenor.meetings.floor_models import FloorGuest
from convenor.meetings.floorpages.console_live import SECRETARIAT, console_channel
from convenor.meetings.floorpages.hands import (
    SEATS,
    Hand,
    Raised,
    by_key,
    in_words,
    known_to,
    names_in,
    offered,
    raise_hands,
)
from convenor.meetings.floorpages.views_chair import answer, console_page, pressed
from convenor.meetings.models import Meeting
from convenor.meetings.permissions import KEEP_LIST, PRESIDE
from convenor.people.models import Group, Person
from convenor.people.regions import COARSE, region_of
from convenor.shared.errors import Refused
from convenor.shared.live.views import follow, is_live

SECONDS = re.compile("[0-9]{1,5}")  # since a hand was raised; a day at most


@in_cycle(KEEP_LIST)
@require_safe
@never_cache
def desk(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show the secretariat's console."""
    return console_page(request, meeting_at(cycle, meeting), SECRETARIAT)


@is_live
@in_cycle(KEEP_LIST)
@require_safe
def follow_desk(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Let open consoles follow the floor."""
    return follow(request, console_channel(meeting_at(cycle, meeting), request, page=SECRETARIAT))


@in_cycle(PRESIDE)
@require_POST
def press(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Do what a button of the secretariat's console says."""
    return pressed(request, meeting_at(cycle, meeting), SECRETARIAT, at=timezone.now())


@in_cycle(KEEP_LIST)
@require_POST
def hands(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Raise hands for others; who is not known without a doubt is asked for, and what was typed is kept."""
    found, is_in_place = meeting_at(cycle, meeting), "X-In-Place" in request.headers
    try:
        raised = _raised(request, found, rest="" if is_in_place else request.POST.get("rest", ""))
    except Refused as refusal:
        return answer(request, found, SECRETARIAT, str(refusal), is_bad=True)
    said = " ".join(in_words(raised))
    told = {"raised": raised, "given": request.POST}
    if is_in_place:
        asked = _asked(request, found, raised, told)
        return answer(request, found, SECRETARIAT, said, is_bad=bool(raised.refused), parts=asked)
    if not raised.unsure:
        return answer(request, found, SECRETARIAT, said, is_bad=bool(raised.refused))
    if said:
        (messages.error if raised.refused else messages.success)(request, said)
    return console_page(request, found, SECRETARIAT, status=HTTPStatus.CONFLICT, **told)


def _asked(request: HttpRequest, meeting: Meeting, raised: Raised, told: dict[str, Any]) -> dict[str, str]:
    if not raised.unsure:
        return {}
    where = {"cycle": meeting.cycle, "meeting": meeting}
    return {
        "desk-unsure": render_to_string(
            "meetings/floor/desk_unsure.html",
            {**where, **offered(meeting, on=meeting.cycle.day_of(timezone.now())), **told},
            request,
        )
    }


def _raised(request: HttpRequest, meeting: Meeting, *, rest: str) -> Raised:
    """Enter those who were typed, or the one who was chosen, and then the rest."""
    hand = _hand(request)
    who = request.POST.get("who", "")
    if not who:
        return raise_hands(meeting, names_in(request.POST.get("names", "")), hand)
    speaker = _guest(request, meeting) if who == "guest" else _known(meeting, who, at=hand.at)
    hand.raised(meeting, speaker)
    behind = raise_hands(meeting, names_in(rest), replace(hand, token="")) if rest.strip() else Raised((), (), ())
    return Raised([str(speaker.name), *behind.entered], behind.refused, behind.unsure)


def _known(meeting: Meeting, key: str, *, at: datetime) -> Person | FloorGuest:
    return by_key(known_to(meeting, on=meeting.cycle.day_of(at)), key).speaker


def _guest(request: HttpRequest, meeting: Meeting) -> FloorGuest:
    given = {name: request.POST.get(name, "").replace("\0", "").strip() for name in ("name", "organisation")}
    group, region = request.POST.get("group", ""), request.POST.get("region", "")
    country = next((code for code in sorted(COARSE) if region and region_of(code) == region), "")
    return welcome_guest(meeting, **given, country=country, group=group if group in Group.values else "")


def _hand(request: HttpRequest) -> Hand:
    wish, seat = request.POST.get("wish", Wish.INTERVENTION.value), request.POST.get("seat", Channel.ROOM.value)
    if wish not in {one.value for one in Wish} or seat not in SEATS:
        raise Refused(_("Nobody was entered: what for and from where are chosen from the lists. Choose them again."))
    token, now, ago = request.POST.get("token", ""), timezone.now(), request.POST.get("ago", "")
    raised_at = now - timedelta(seconds=int(ago)) if SECONDS.fullmatch(ago) else None  # kept while there was no line
    token = token if TOKEN.fullmatch(token) else ""
    return Hand(person_of(request), now, Wish(wish), Channel(seat), token, raised_at)
