"""Pages of meetings: the list, the agenda, and what the secretariat corrects."""

from collections.abc import Callable

from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from convenor.cycle.access import in_cycle, person_of, request_roles
from convenor.cycle.models import Cycle
from convenor.meetings import actions
from convenor.meetings.agenda_live import agenda_channel, agenda_shown
from convenor.meetings.finding import meeting_at
from convenor.meetings.line import line_of
from convenor.meetings.models import Continuation, Doubt
from convenor.meetings.permissions import KEEP, SEE
from convenor.meetings.wording import dates_in_words
from convenor.shared.live.feeds import following
from convenor.shared.live.views import follow, is_live


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
    found, now = meeting_at(cycle, meeting), timezone.now()
    held = request_roles(request, cycle)
    live = following(agenda_channel(found, held, request), at=now.astimezone(cycle.zone_info))
    shown = {**agenda_shown(found, held, now=now), "line": line_of(request, found, now=now), "live": live}
    return render(request, "meetings/agenda.html", shown)


@is_live
@in_cycle(SEE)
@require_safe
def follow_agenda(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Let the open pages of an agenda follow it."""
    return follow(request, agenda_channel(meeting_at(cycle, meeting), request_roles(request, cycle), request))


def _on_link(act: Callable[..., None]) -> Callable[..., HttpResponseBase]:
    @in_cycle(KEEP)
    @require_POST
    def view(request: HttpRequest, cycle: Cycle, meeting: str, pk: int) -> HttpResponse:
        found = meeting_at(cycle, meeting)
        link = get_object_or_404(Continuation, pk=pk, later__block__day__meeting=found)
        act(link, by=person_of(request), at=timezone.now())
        return redirect(f"{found.get_absolute_url()}#item-{link.later_id}")

    return view


def _on_doubt(act: Callable[..., None]) -> Callable[..., HttpResponseBase]:
    @in_cycle(KEEP)
    @require_POST
    def view(request: HttpRequest, cycle: Cycle, meeting: str, pk: int) -> HttpResponse:
        found = meeting_at(cycle, meeting)
        act(get_object_or_404(Doubt, pk=pk, meeting=found), by=person_of(request), at=timezone.now())
        return redirect(f"{found.get_absolute_url()}#doubt-{pk}")

    return view


undo = _on_link(actions.undo_continuation)
redo = _on_link(actions.redo_continuation)
settle = _on_doubt(actions.settle_doubt)
reopen = _on_doubt(actions.reopen_doubt)
