"""What the year's page asks of owners of action items, and what their account page tells them."""

from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from convenor.cycle.home import Event, Offer
from convenor.cycle.models import Cycle
from convenor.meetings.followup.listing import actions_of
from convenor.meetings.followup.models import ActionItem, State
from convenor.people.account_sections import Row, Section
from convenor.people.models import Person
from convenor.shared.languages.days import date_format

MOST_ROWS = 10
MOST_LETTERS = 90


def offers(request: HttpRequest, cycle: Cycle) -> list[Offer]:
    """Ask owners for what they owe; one query for somebody signed in."""
    if not isinstance(request.user, Person):
        return []
    rows = actions_of(cycle).filter(owner=request.user, state=State.OPEN)[:MOST_ROWS]
    return [
        Offer(
            _short(row.what), _address(cycle, row.pk), _("Action item of “%(title)s”") % {"title": row.meeting}, row.due
        )
        for row in rows
    ]


def dates(cycle: Cycle) -> list[Event]:
    """Give the due days to come, each once."""
    rows = actions_of(cycle).filter(state=State.OPEN).exclude(due=None)
    days: dict[date, int] = {}
    for due in rows.values_list("due", flat=True):
        if due:
            days[due] = days.get(due, 0) + 1
    page = reverse("meetings:actions:list", args=cycle.address)
    return [Event(day, _("Action items due: %(count)s") % {"count": count}, page) for day, count in days.items()]


def mine(person: Person, _on: date) -> Section | None:
    """Tell somebody what is asked of them; one query."""
    rows = ActionItem.objects.filter(owner=person, state=State.OPEN).select_related("meeting__cycle__forum")
    lines = [
        Row(
            _short(row.what),
            row.get_absolute_url(),
            _("due %(day)s") % {"day": date_format(row.due, "j F Y")} if row.due else str(row.meeting),
        )
        for row in rows.order_by("due", "pk")[:MOST_ROWS]
    ]
    return Section(_("My action items"), lines) if lines else None


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= MOST_LETTERS else f"{words[:MOST_LETTERS]}…"


def _address(cycle: Cycle, pk: int) -> str:
    return reverse("meetings:actions:one", args=(*cycle.address, pk))
