"""The answers at live addresses: a ticket for a stream, or the parts themselves for a page that asks again."""

import time
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_safe

from convenor.shared.live.feeds import Channel, grow_older, shown
from convenor.shared.live.news import number_of
from convenor.shared.pages.access import everybody

TICKET = "convenor.live"  # in the scope of the requests with which a stream asks at the doors of pages
OTHER_READER = 409  # the page was made for another language or other rights
View = TypeVar("View", bound=Callable[..., object])


def is_live(view: View) -> View:
    """Mark the view of a live address: streams ask at no other."""
    vars(view)["is_live"] = True  # read in doors.py
    return view


def language_of(request: HttpRequest) -> str:
    """Give the language of the page that follows; its own, whatever the browser has been set to since."""
    language = request.GET.get("in", "")
    return language if language in dict(settings.LANGUAGES) else request.LANGUAGE_CODE


def follow(request: HttpRequest, channel: Channel) -> HttpResponse:
    """Answer at a live address, behind the page's door: what changed after the number of If-None-Match.

    Without such a number everything is given; without a change 304. A reader who has become another since the page
    was made is told so.
    """
    if request.get_full_path() != channel.url:
        return HttpResponse(status=OTHER_READER)
    ticket: list[Channel] | None = getattr(request, "scope", {}).get(TICKET)
    if ticket is not None:
        ticket.append(channel)
        return HttpResponse(status=204)
    grow_older(channel, int(time.time() // 60))
    tags = parse_etags(request.headers.get("If-None-Match", ""))
    seen = next((int(tag[1:-1]) for tag in (one.removeprefix("W/") for one in tags) if tag[1:-1].isdigit()), -1)
    if seen == number_of(channel.topic):
        return HttpResponse(status=304, headers=_head(seen))
    try:
        now = shown(channel)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    return JsonResponse(
        now.news(channel.url, seen), json_dumps_params={"ensure_ascii": False}, headers=_head(now.number)
    )


def _head(number: int) -> dict[str, str]:
    return {"ETag": quote_etag(str(number)), "Cache-Control": "private, no-cache"}


@everybody
@require_safe
def stream(request: HttpRequest) -> HttpResponse:
    """Say that this server gives no streams: those that do never ask Django (see streams.py); pages then ask again."""
    return HttpResponse("This server gives no streams.\n", status=404, content_type="text/plain")
