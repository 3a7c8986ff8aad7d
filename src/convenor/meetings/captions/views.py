"""Pages of captions: the whole of a day, the address of live feeds, the secretariat's desk."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convenor.cycle.access import in_cycle, person_of
from convenor.cycle.models import Cycle
from convenor.meetings.captions import actions
from convenor.meetings.captions.channel import captions_channel
from convenor.meetings.captions.forms import FeedForm, TranscriptForm
from convenor.meetings.captions.models import CaptionFeed, CaptionLine
from convenor.meetings.captions.showing import day_captions, language_name
from convenor.meetings.corrections.forms import whole_number
from convenor.meetings.finding import meeting_at
from convenor.meetings.floorpages.channel import reader_level
from convenor.meetings.floorpages.showing import may_see
from convenor.meetings.models import Audience, Day, Meeting
from convenor.meetings.permissions import FOLLOW, KEEP_CAPTIONS
from convenor.meetings.wording import day_with_date
from convenor.shared.errors import Refused
from convenor.shared.live.views import follow, is_live
from convenor.shared.pages.access import everybody

LONGEST_KEY = 18  # digits that a key of the database holds
MOST_BYTES = 256_000  # of one message of a feed
YEARS = range(1900, 9000)  # of moments that the database and its zones hold


@in_cycle(FOLLOW)
@require_safe
@never_cache
def page(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show the captions of a day."""
    found = meeting_at(cycle, meeting)
    level = reader_level(request, found)
    days = [day for day in found.days.all() if may_see(day, level)]
    wanted, before = request.GET.get("day", ""), request.GET.get("before", "")
    with_lines = [day for day in days if day.order + 1 == whole_number(wanted)]
    day = with_lines[0] if with_lines else _latest(found, days)
    captions = None
    if day:
        captions = day_captions(
            found, day, request.GET.get("language", ""), shows_members=Audience.MEMBERS in level,
            before=int(before) if before.isdecimal() and len(before) <= LONGEST_KEY else 0,
        )  # fmt: skip
    context = {
        "meeting": found,
        "days": [(one.order + 1, day_with_date(one), one == day) for one in days],
        "day": day,
        "captions": captions,
    }
    with timezone.override(found.zone):
        return render(request, "meetings/captions/page.html", context)


def _latest(meeting: Meeting, days: list[Day]) -> Day | None:
    """Give the last day that has captions, else the first."""
    last = Day.objects.filter(pk__in=[day.pk for day in days], meeting=meeting)
    line = CaptionLine.objects.filter(day__in=last).order_by("-at").select_related("day").first()
    return line.day if line else (days[0] if days else None)


@is_live
@in_cycle(FOLLOW)
@require_safe
def follow_captions(request: HttpRequest, cycle: Cycle, meeting: str, language: str) -> HttpResponse:
    """Let open pages follow the last lines of a language."""
    found = meeting_at(cycle, meeting)
    return follow(request, captions_channel(found, language, reader_level(request, found), request))


@csrf_exempt
@everybody
@require_POST
@never_cache
def feed(request: HttpRequest, forum: str, year: str, meeting: str) -> HttpResponse:
    """Take lines of a live feed: whoever has its token may add to it, and do nothing else."""
    row = get_object_or_404(Meeting, slug=meeting, cycle__slug=year, cycle__forum__slug=forum)
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    source = actions.feed_of(row, token.strip()) if kind.lower() == "bearer" else None
    if source is None:
        answer = _error(
            _("This token opens no feed of captions here. Ask the secretariat for another."), HTTPStatus.UNAUTHORIZED
        )
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    try:
        text, begins_at, message = _message(request)
        added = actions.add_lines(source, text, at=timezone.now(), begins_at=begins_at, message=message)
    except _Unfit as error:
        return _error(str(error), error.status)
    except Refused as refusal:
        return _error(str(refusal), HTTPStatus.CONFLICT)
    return JsonResponse({"added": added})


class _Unfit(Exception):  # noqa: N818 - it is an answer to a person
    """A message that cannot be taken, with the status of the answer."""

    def __init__(self, sentence: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(sentence)
        self.status = status


def _message(request: HttpRequest) -> tuple[str, datetime | None, str]:
    """Read what was sent: the text, the moment from which times of cues count, the key of the message.

    Raises:
        _Unfit: it is too long, no text, or moment or key cannot be understood.
    """
    too_long = _Unfit(
        _("Nothing was stored: the message is too long. Send it in parts."), HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    )
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES or len(request.body) > MOST_BYTES:
        raise too_long
    try:
        text = request.body.decode("utf-8")
    except UnicodeDecodeError:
        raise _Unfit(_("Nothing was stored: the message is no text in UTF-8.")) from None
    begins, message = request.GET.get("begins", ""), request.headers.get("Idempotency-Key", "")
    try:
        begins_at = parse_datetime(begins.replace(" ", "+")) if begins else None
    except ValueError:
        begins_at = None
    is_moment = begins_at is not None and begins_at.tzinfo is not None and begins_at.year in YEARS
    if (begins and not is_moment) or not actions.MESSAGE.fullmatch(message):
        raise _Unfit(
            _(
                "Nothing was stored: “begins” is a moment with a zone, 2017-06-12T10:00:00+02:00, and the key of a "
                "message has at most 40 letters, digits, dots and hyphens."
            )
        )
    return text, begins_at, message


def _error(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status, json_dumps_params={"ensure_ascii": False})


@in_cycle(KEEP_CAPTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def desk(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Make live feeds, read transcripts in."""
    found, token = meeting_at(cycle, meeting), ""
    wants = request.POST.get("do", "")
    feed_form = FeedForm(request.POST if wants == "feed" else None, auto_id="feed-%s")
    form = TranscriptForm(*((request.POST, request.FILES) if wants == "read" else ()), meeting=found, auto_id="read-%s")
    now, by = timezone.now(), person_of(request)
    if wants == "feed" and feed_form.is_valid():
        _made, token = actions.open_feed(found, **feed_form.cleaned_data, by=by, at=now)
    elif wants == "read" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("day", "language", "label")}
        try:
            made = actions.read_transcript(
                found, form.cleaned_data["text"], **said, begins_at=form.begins_at, by=by, at=now
            )
            messages.success(request, _("%(number)s lines were read in.") % {"number": made.lines.count()})
            return redirect("meetings:captions:desk", *cycle.address, found.slug)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {**_desk(request, found), "feed_form": feed_form, "form": form, "token": token}
    context["command"] = f'curl -H "Authorization: Bearer {token}" --data-binary "…" {context["address"]}'
    with timezone.override(found.zone):
        return render(
            request, "meetings/captions/desk.html", context, status=422 if feed_form.errors or form.errors else 200
        )


def _desk(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    rows = CaptionFeed.objects.filter(meeting=meeting)
    return {
        "meeting": meeting,
        "feeds": [(row, language_name(row.language)) for row in rows],
        "address": request.build_absolute_uri(request.path.removesuffix("desk/") + "feed/"),
    }


@in_cycle(KEEP_CAPTIONS)
@require_POST
def close(request: HttpRequest, cycle: Cycle, meeting: str, pk: int) -> HttpResponse:
    """Revoke a token, or withdraw a transcript."""
    found = meeting_at(cycle, meeting)
    actions.close_feed(get_object_or_404(CaptionFeed, meeting=found, pk=pk), by=person_of(request), at=timezone.now())
    return redirect("meetings:captions:desk", *cycle.address, found.slug)
