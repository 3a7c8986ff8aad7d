"""What the timetable puts on the year's page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from convenor.cycle.access import may
from convenor.cycle.home import Offer
from convenor.cycle.models import Cycle, Forum, PhaseKind
from convenor.programme.models import Placement, Release, Session
from convenor.programme.permissions import RELEASE
from convenor.shared.languages.days import date_format


def session_people(forum: Forum) -> QuerySet[Any, Any]:
    """Give the keys of those who take part in sessions of their own, without a proposal."""
    return Session.people.through._default_manager.filter(session__cycle__forum=forum).values("person")


def session_id(scope: str, number: int) -> int | None:
    """Give the row of a session of a year by its number."""
    forum, _slash, year = scope.partition("/")
    rows = Session.objects.filter(cycle__forum__slug=forum, cycle__slug=year, number=number, is_held=True)
    return rows.values_list("pk", flat=True).first()


def facts(cycle: Cycle) -> Mapping[str, str]:
    """Say which release stands, or how many sessions have a place on the board."""
    latest = Release.objects.filter(cycle=cycle).first()
    if latest is not None:
        day = date_format(latest.released_at.astimezone(cycle.zone_info), "j F Y")
        return {PhaseKind.TIMETABLE: _("Release %(number)s on %(day)s") % {"number": latest.number, "day": day}}
    placed = Placement.objects.filter(session__cycle=cycle, release=None).count()
    if placed:
        words = ngettext("%(count)s session placed", "%(count)s sessions placed", placed) % {"count": placed}
        return {PhaseKind.TIMETABLE: words}
    return {}


def offers(request: HttpRequest, cycle: Cycle) -> Sequence[Offer]:
    """Offer the board to those who may release, the programme to everybody once there is one."""
    found = []
    if Release.objects.filter(cycle=cycle).exists():
        url = reverse("publishing:programme", args=cycle.address)
        found.append(Offer(_("Look at the programme"), url, _("Every session with its time and room.")))
    if may(request, RELEASE, cycle) and Placement.objects.filter(session__cycle=cycle, release=None).exists():
        url = reverse("programme:board", args=cycle.address)
        found.append(
            Offer(_("Go on with the timetable"), url, _("The board as it stands, to be computed or released."))
        )
    return found
