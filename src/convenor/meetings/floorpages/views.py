"""Pages of the floor for those who take part and for the public, and the projector."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from convenor.cycle.access import in_cycle, may
from convenor.cycle.models import Cycle
from convenor.meetings.captions.channel import captions_channel
from convenor.meetings.captions.showing import chosen, languages_of, last_captions
from convenor.meetings.finding import meeting_at
from convenor.meetings.floor import Rule, Wish
from convenor.meetings.floor_words import RULES, WISHES
from convenor.meetings.floorpages.channel import PROJECTOR, floor_channel, reader_level, shown
from convenor.meetings.floorpages.own import own_of
from convenor.meetings.floorpages.showing import Level, floor_of
from convenor.meetings.models import Audience, Meeting
from convenor.meetings.permissions import FOLLOW, MINUTE, PRESIDE
from convenor.shared.live.feeds import following
from convenor.shared.live.views import follow, is_live

WISHES_ASKED = tuple(wish for wish in Wish if wish is not Wish.POINT_OF_ORDER)


@in_cycle(FOLLOW)
@require_safe
@never_cache
def page(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show the floor."""
    found = meeting_at(cycle, meeting)
    level = reader_level(request, found)
    with timezone.override(found.zone):
        at = timezone.localtime(timezone.now())
        live = following(floor_channel(found, level, request), at=at)
        language = chosen(languages_of(found), request.GET.get("captions", ""))
        beside = _captions(found, language, level, request, at) if language else {}
        rights = {"presides": may(request, PRESIDE, cycle), "minutes": may(request, MINUTE, cycle)}
        context = {**told(request, found, level), **beside, "live": live, **rights}
        return render(request, "meetings/floor/page.html", context)


def _captions(meeting: Meeting, language: str, level: Level, request: HttpRequest, at: datetime) -> dict[str, Any]:
    live = following(captions_channel(meeting, language, level, request), at=at)
    return {
        "captions": last_captions(meeting, language, shows_members=Audience.MEMBERS in level),
        "captions_live": live,
    }


@is_live
@in_cycle(FOLLOW)
@require_safe
def follow_floor(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Let open pages follow the floor."""
    found = meeting_at(cycle, meeting)
    return follow(request, floor_channel(found, reader_level(request, found), request))


@in_cycle(FOLLOW)
@require_safe
@never_cache
def projector(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show the floor to the room: no controls, dark unless the address asks for light."""
    found, now = meeting_at(cycle, meeting), timezone.now()
    with timezone.override(found.zone):
        level = reader_level(request, found)
        channel = floor_channel(found, level, request, page=PROJECTOR)
        live = following(channel, at=timezone.localtime(now))
        floor = floor_of(found, level, now=now)
        media = "not all" if request.GET.get("theme") == "light" else "screen"
        context = {**shown(floor), "live": live, "dark_media": media}
        return render(request, "meetings/floor/projector.html", context)


@is_live
@in_cycle(FOLLOW)
@require_safe
def follow_projector(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Let the projector follow the floor."""
    found = meeting_at(cycle, meeting)
    return follow(request, floor_channel(found, reader_level(request, found), request, page=PROJECTOR))


@in_cycle(FOLLOW)
@require_safe
def how(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Explain how the order of speakers is made, and which rules hold today."""
    found = meeting_at(cycle, meeting)
    floor = floor_of(found, reader_level(request, found), now=timezone.now())
    rules = [(name, rule in floor.state.rules) for rule, name in RULES.items() if rule is not Rule.FIRST_COME]
    return render(request, "meetings/floor/how.html", {**shown(floor), "rules": rules})


@in_cycle(FOLLOW)
@require_safe
@never_cache
def now(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Tell a page the time of the server, in milliseconds, by which it sets its clocks right."""
    meeting_at(cycle, meeting)
    return JsonResponse({"now": round(timezone.now().timestamp() * 1000)})


def told(request: HttpRequest, meeting: Meeting, level: Level) -> dict[str, Any]:
    """Give what the page shows to its reader."""
    floor = floor_of(meeting, level, now=timezone.now())
    return {
        **shown(floor),
        "own": own_of(floor, request.user),
        "wishes": [(wish, WISHES[wish]) for wish in WISHES_ASKED],
    }
