"""What open consoles follow: the parts of the chair's and the secretariat's page, rendered once for all of a level."""

from collections.abc import Mapping
from datetime import datetime

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from convenor.meetings.floor_log import state_of
from convenor.meetings.floor_models import floor_topic
from convenor.meetings.floorpages.channel import reader_level
from convenor.meetings.floorpages.console import Console, console_of
from convenor.meetings.floorpages.showing import Level
from convenor.meetings.models import Meeting
from convenor.shared.live.feeds import Channel, register
from convenor.shared.live.views import language_of

CHAIR, SECRETARIAT = "meetings.chair", "meetings.secretariat"
RAPPORTEUR = "meetings.rapporteur"
ADDRESSES = {CHAIR: "chair", SECRETARIAT: "secretariat", RAPPORTEUR: "rapporteur"}
PRESSED = frozenset({CHAIR, SECRETARIAT})  # where buttons move the meeting on
PARTS: Mapping[str, Mapping[str, str]] = {
    CHAIR: {
        "floor-said": "meetings/floor/parts/said.html",
        "chair-now": "meetings/floor/parts/chair_now.html",
        "chair-vote": "meetings/floor/parts/chair_vote.html",
        "chair-list": "meetings/floor/parts/chair_list.html",
        "chair-run": "meetings/floor/parts/chair_run.html",
    },
    SECRETARIAT: {
        "floor-said": "meetings/floor/parts/said.html",
        "desk-now": "meetings/floor/parts/desk_now.html",
        "desk-list": "meetings/floor/parts/desk_list.html",
        "desk-today": "meetings/floor/parts/desk_today.html",
        "desk-minuted": "meetings/floor/parts/desk_minuted.html",
    },
    RAPPORTEUR: {
        "floor-said": "meetings/floor/parts/said.html",
        "minute-now": "meetings/floor/parts/minute_now.html",
        "desk-minuted": "meetings/floor/parts/desk_minuted.html",
    },
}


def console_channel(meeting: Meeting, request: HttpRequest, *, page: str) -> Channel:
    """Name what a console shows to the reader of a request."""
    address = reverse(f"meetings:floor:{ADDRESSES[page]}-live", args=(*meeting.cycle.address, meeting.slug))
    level = reader_level(request, meeting)
    return Channel(page, floor_topic(meeting.pk), meeting.pk, address, language_of(request), level)


def shown_on(console: Console, page: str) -> dict[str, object]:
    """Give what the templates of a console are told."""
    meeting = console.floor.meeting
    told: dict[str, object] = {
        "cycle": meeting.cycle, "meeting": meeting, "floor": console.floor, "console": console,
    }  # fmt: skip
    if page in PRESSED:
        told["do"] = reverse(f"meetings:floor:{ADDRESSES[page]}-do", args=(*meeting.cycle.address, meeting.slug))
    return told


def chair_parts(pk: int, level: Level) -> dict[str, str]:
    """Render the parts of the chair's console."""
    return _rendered(pk, level, CHAIR, timezone.now())


def secretariat_parts(pk: int, level: Level) -> dict[str, str]:
    """Render the parts of the secretariat's console."""
    return _rendered(pk, level, SECRETARIAT, timezone.now())


def rapporteur_parts(pk: int, level: Level) -> dict[str, str]:
    """Render the parts of the rapporteurs' console."""
    return _rendered(pk, level, RAPPORTEUR, timezone.now())


def _rendered(pk: int, level: Level, page: str, now: datetime) -> dict[str, str]:
    meeting = Meeting.objects.select_related("cycle__forum", "cycle__rule_set").get(pk=pk)
    with timezone.override(meeting.zone):
        told = shown_on(console_of(meeting, level, now=now), page)
        return {name: render_to_string(template, told) for name, template in PARTS[page].items()}


def ages(pk: int) -> bool:
    """Whether a day is open, so that what is expected changes with time alone."""
    meeting = Meeting.objects.filter(pk=pk).first()
    return bool(meeting and state_of(meeting).day)


def register_all() -> None:
    """Say how the parts of the consoles are rendered."""
    register(CHAIR, chair_parts, ages=ages)
    register(SECRETARIAT, secretariat_parts, ages=ages)
    register(RAPPORTEUR, rapporteur_parts, ages=ages)
