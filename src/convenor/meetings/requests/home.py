"""What the year's page offers about requests to its meetings, and what somebody reads of theirs on their account."""

from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from convenor.cycle.access import may
from convenor.cycle.deadlines import zone_of
from convenor.cycle.home import Offer
from convenor.cycle.models import Cycle
from convenor.meetings.models import Meeting
from convenor.meetings.participants.opening import is_open, until_words
from convenor.meetings.permissions import ASK_FOR_OTHER_BUSINESS
from convenor.meetings.requests.models import SlotRequest, State
from convenor.people.account_sections import Row, Section
from convenor.people.models import Person

MOST_ROWS = 10


def offers(request: HttpRequest, cycle: Cycle) -> list[Offer]:
    """Offer to ask for a slot while that is open; one query."""
    now, found = cycle.moment(timezone.now()), []
    for meeting in cycle.meetings.exclude(requests_until=None):
        if meeting.requests_until and is_open(meeting.requests_until, now):
            meeting.cycle = cycle
            until = until_words(meeting.requests_until, meeting.zone)
            title = _("Ask “%(title)s” for a slot") % {"title": meeting.title}
            sentence = _("For a briefing, until %(until)s.") % {"until": until}
            if may(request, ASK_FOR_OTHER_BUSINESS, cycle):
                sentence = _("For a briefing or any other business, until %(until)s.") % {"until": until}
            last = meeting.requests_until.astimezone(zone_of(meeting.zone)).date()
            found.append(Offer(title, _address(meeting), sentence, last))
    return found


def mine(person: Person, _on: date) -> Section | None:
    """Tell somebody what they asked of meetings, the latest first; one query."""
    rows = SlotRequest.objects.filter(asked_by=person).exclude(state=State.WITHDRAWN)
    rows = rows.select_related("meeting__cycle__forum").order_by("-asked_at", "-pk")
    lines = [Row(row.title, _address(row.meeting), f"{row.meeting.title}: {row.stands}") for row in rows[:MOST_ROWS]]
    return Section(_("What I asked of meetings"), lines) if lines else None


def _address(meeting: Meeting) -> str:
    return reverse("meetings:requests:ask", args=(*meeting.cycle.address, meeting.slug))
