"""What the year's page offers about taking part in its meetings, and what somebody reads of it on their account."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from convenor.cycle.deadlines import zone_of
from convenor.cycle.home import Offer
from convenor.cycle.models import Cycle, Forum
from convenor.meetings.models import Day, Meeting
from convenor.meetings.participants.actions_attendance import today_of
from convenor.meetings.participants.models import IN, Registration, State
from convenor.meetings.participants.opening import registers_now, until_words
from convenor.meetings.wording import day_name
from convenor.people.account_sections import Row, Section
from convenor.people.models import Person

MOST_ROWS = 10


def offers(request: HttpRequest, cycle: Cycle) -> list[Offer]:
    """Offer to register while that is open, and on the day to say that one is there; three queries at most."""
    now = cycle.moment(timezone.now())
    meetings = list(cycle.meetings.all())
    if not meetings:
        return []
    own: dict[int, Registration] = {}
    if isinstance(request.user, Person):
        own = {row.meeting_id: row for row in request.user.registrations.filter(meeting__in=meetings)}
    days = list(Day.objects.filter(meeting__in=[key for key, row in own.items() if row.state == State.CONFIRMED]))
    found = []
    for meeting in meetings:
        meeting.cycle = cycle
        row = own.get(meeting.pk)
        if row and row.state == State.INVITED:
            found.append(_to_answer(meeting))
        elif row is None and registers_now(meeting, now):
            found.append(_to_register(meeting))
        found += _today(meeting, days, today_of(meeting, now))
    return found


def _to_answer(meeting: Meeting) -> Offer:
    title = _("Say whether you take part in “%(title)s”") % {"title": meeting.title}
    return Offer(title, _address(meeting), _("The secretariat asks."))


def _to_register(meeting: Meeting) -> Offer:
    assert meeting.registers_until is not None  # noqa: S101 - it is open
    until = until_words(meeting.registers_until, meeting.zone)
    return Offer(
        _("Register for “%(title)s”") % {"title": meeting.title},
        _address(meeting, "start"),
        _("On site or online, until %(until)s.") % {"until": until},
        meeting.registers_until.astimezone(zone_of(meeting.zone)).date(),
    )


def _today(meeting: Meeting, days: list[Day], today: date) -> Iterator[Offer]:
    for day in days:
        if day.meeting_id == meeting.pk and day.date == today:
            title = _("Say that you are here: %(day)s of “%(title)s”")
            yield Offer(title % {"day": day_name(day), "title": meeting.title}, _address(meeting), "", today)


def _address(meeting: Meeting, page: str = "me") -> str:
    return reverse(f"meetings:participants:{page}", args=(*meeting.cycle.address, meeting.slug))


def mine(person: Person, _on: date) -> Section | None:
    """Tell somebody of the meetings they are registered for, the latest first; one query."""
    rows = person.registrations.filter(state__in=(*IN, State.INVITED, State.DECLINED)).select_related(
        "meeting__cycle__forum"
    )
    lines = [
        Row(row.meeting.title, _address(row.meeting), f"{row.get_state_display()}, {row.get_mode_display()}")
        for row in rows.annotate(last=Max("meeting__days__date")).order_by("-last", "-registered_at")[:MOST_ROWS]
    ]
    return Section(_("Meetings I am registered for"), lines) if lines else None


def participants(forum: Forum) -> QuerySet[Registration, Any]:
    """Give the keys of those who take part in a meeting of a forum, or asked to."""
    return Registration.objects.filter(meeting__cycle__forum=forum, state__in=IN).order_by().values("person")
