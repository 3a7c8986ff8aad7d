"""What the home page of a year tells of its meetings."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from convenor.cycle.home import Document, Event
from convenor.cycle.models import Cycle
from convenor.meetings.models import Day, Meeting
from convenor.meetings.wording import dates_in_words, day_name
from convenor.people.terms import Named, Place


def dates(cycle: Cycle) -> list[Event]:
    """Give the days of all meetings that have a date."""
    days = Day.objects.filter(meeting__cycle=cycle, date__isnull=False).select_related("meeting__cycle__forum")
    return [
        Event(
            on=day.date,
            title=f"{day_name(day)}, {day.meeting.title}",
            url=f"{day.meeting.get_absolute_url()}#day-{day.order + 1}",
            sentence=day.get_audience_display(),
        )
        for day in days
        if day.date
    ]


def documents(cycle: Cycle) -> list[Document]:
    """Give the agendas."""
    meetings = cycle.meetings.select_related("cycle__forum").prefetch_related("days")
    return [
        Document(
            title=_("Agenda: %(title)s") % {"title": meeting.title},
            url=meeting.get_absolute_url(),
            note=dates_in_words(meeting.days.all()),
        )
        for meeting in meetings
    ]


def meeting_names(cycle: Cycle) -> list[tuple[str, str]]:
    """Give the meetings of a year, short name and title, for roles that are held for one of them."""
    return list(cycle.meetings.values_list("slug", "title"))


def role_places(wanted: Collection[Place]) -> dict[Place, Named]:
    """Name the meetings in which roles are held, with their pages."""
    asked = {place for place in wanted if len(place) == len(("forum", "year", "meeting"))}
    if not asked:
        return {}
    meetings = Meeting.objects.filter(slug__in={place[2] for place in asked}).select_related("cycle__forum")
    named: dict[Place, Named] = {
        (*meeting.cycle.address, meeting.slug): (meeting.title, meeting.get_absolute_url()) for meeting in meetings
    }
    return {place: name for place, name in named.items() if place in asked}
