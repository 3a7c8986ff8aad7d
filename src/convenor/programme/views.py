"""The timetable board."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convenor.cycle.access import in_cycle, may, request_roles
from convenor.cycle.models import Cycle
from convenor.people.models import Person
from convenor.programme import actions
from convenor.programme.board import board_of
from convenor.programme.forms import VenueForm
from convenor.programme.models import Room, Slot
from convenor.programme.permissions import COMPUTE, RELEASE, SEE_BOARD, SET_VENUE
from convenor.programme.venue import rooms_text, slots_text
from convenor.programme.venue_actions import set_venue
from convenor.shared.errors import Refused
from convenor.shared.jobs import enqueue


@in_cycle(SEE_BOARD)
@require_safe
def board(request: HttpRequest, cycle: Cycle) -> HttpResponseBase:
    """Show the board of one day."""
    return render(
        request,
        "programme/board.html",
        {
            "board": board_of(cycle, request.GET.get("day", ""), held=request_roles(request, cycle)),
            "may_steer": may(request, RELEASE, cycle),
        },
    )


@in_cycle(COMPUTE)
@require_POST
def compute(request: HttpRequest, cycle: Cycle) -> HttpResponseBase:
    """Hand the timetable to the solver."""
    job = enqueue(
        "convenor.programme.compute.solve_timetable",
        {"cycle": cycle.pk},
        by=request.user,
        at=timezone.now(),
        back=reverse("programme:board", args=cycle.address),
        scope=cycle.scope,
    )
    return redirect("jobs:job", job.pk)


@in_cycle(RELEASE)
@require_POST
def release(request: HttpRequest, cycle: Cycle) -> HttpResponseBase:
    """Publish the board."""
    try:
        made = actions.release(cycle, by=_person(request), at=cycle.moment(timezone.now()))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Release %(number)s is the programme now.") % {"number": made.number})
    return redirect("programme:board", *cycle.address)


@in_cycle(SET_VENUE)
@require_http_methods(["GET", "HEAD", "POST"])
def venue(request: HttpRequest, cycle: Cycle) -> HttpResponseBase:
    """Show the rooms and slots as lines of text, and keep what is sent back."""
    initial = {
        "rooms": rooms_text(Room.objects.filter(cycle=cycle)),
        "slots": slots_text(Slot.objects.filter(cycle=cycle), cycle.zone_info),
    }
    form = VenueForm(request.POST or None, initial=initial, cycle=cycle)
    if form.is_valid():
        try:
            set_venue(cycle, **form.cleaned_data, by=_person(request), at=cycle.moment(timezone.now()))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The rooms and slots are kept."))
            return redirect("programme:board", *cycle.address)
    return render(request, "programme/venue.html", {"form": form}, status=409 if form.errors else 200)


def _person(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None
