"""Which meetings are under way, and what the year's page says of them."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from convenor.cycle.home import Offer
from convenor.cycle.models import Cycle
from convenor.meetings.floor import Kind
from convenor.meetings.floor_models import FloorEntry
from convenor.meetings.models import Meeting

OF_DAYS = (Kind.DAY_OPENED.value, Kind.DAY_CLOSED.value)


def is_open(meeting: Meeting) -> bool:
    """Say whether a day of a meeting is open, in one query."""
    kinds = FloorEntry.objects.filter(meeting=meeting, kind__in=OF_DAYS).order_by("-sequence")
    return kinds.values_list("kind", flat=True).first() == Kind.DAY_OPENED


def offers(_request: HttpRequest, cycle: Cycle) -> list[Offer]:
    """Lead from the year's page to the floor of meetings that are under way; one query."""
    rows = FloorEntry.objects.filter(meeting__cycle=cycle, kind__in=OF_DAYS).order_by("meeting", "sequence")
    last = {slug: (kind, title) for slug, title, kind in rows.values_list("meeting__slug", "meeting__title", "kind")}
    return [
        Offer(
            _("Follow “%(title)s”, which is under way") % {"title": title},
            reverse("meetings:floor:page", args=(*cycle.address, slug)),
            _("Who speaks, who waits and what is decided; ask for the floor there."),
        )
        for slug, (kind, title) in last.items()
        if kind == Kind.DAY_OPENED
    ]
