"""What the agenda page shows, and which of its parts open pages follow."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from convenor.cycle.access import allows
from convenor.cycle.models import Cycle, Forum
from convenor.meetings.agenda_now import now_of
from convenor.meetings.agenda_page import agenda_page
from convenor.meetings.captions.models import captions_topic
from convenor.meetings.floor_models import floor_topic
from convenor.meetings.floorpages.under_way import is_open
from convenor.meetings.models import Meeting
from convenor.meetings.permissions import JOIN, KEEP, PRESIDE
from convenor.meetings.places import Guide, doors
from convenor.meetings.timing import is_today
from convenor.meetings.wording import dates_in_words
from convenor.people.roles import Role, Verb
from convenor.shared.live.feeds import Channel
from convenor.shared.live.models import Topic
from convenor.shared.live.news import topic_of
from convenor.shared.live.views import language_of

PAGE = "meetings.agenda"
PARTS = {
    "agenda-head": "meetings/parts/agenda_head.html",
    "agenda-tabs": "meetings/parts/agenda_tabs.html",
    "agenda-notes": "meetings/parts/agenda_notes.html",
    "agenda-days": "meetings/parts/agenda_days.html",
    "agenda-now": "meetings/parts/agenda_now.html",
    "agenda-open": "meetings/parts/agenda_open.html",
    "agenda-status": "meetings/parts/agenda_status.html",
}


def agenda_channel(meeting: Meeting, held: Collection[Role], request: HttpRequest) -> Channel:
    """Name what the agenda page shows to those who hold these roles, in the language of a page."""
    address = reverse("meetings:live", args=(*meeting.cycle.address, meeting.slug))
    return Channel(PAGE, topic_of(meeting), meeting.pk, address, language_of(request), level_of(meeting.cycle, held))


def level_of(cycle: Cycle, held: Collection[Role]) -> frozenset[str]:
    """Give the fewest of the roles that see the same as all of them: readers who see the same share one rendering."""
    verbs = (KEEP, JOIN, PRESIDE, *doors())
    rights, fewest = _rights(verbs, frozenset(held), cycle), frozenset(held)
    for role in sorted(fewest):
        if _rights(verbs, fewest - {role}, cycle) == rights:
            fewest -= {role}
    return frozenset(map(str, fewest))


def _rights(verbs: Iterable[Verb], held: frozenset[Role], cycle: Cycle) -> list[bool]:
    return [allows(verb, held, cycle) for verb in verbs]


def agenda_shown(meeting: Meeting, held: frozenset[Role], *, now: datetime) -> dict[str, Any]:
    """Gather what the page and its parts show."""
    cycle = meeting.cycle
    guide = Guide(cycle, cycle.moment(now).astimezone(cycle.zone_info).date(), held)
    page = agenda_page(meeting, guide, now=now)
    dates = dates_in_words(day.row for day in page.days)
    may = {
        "is_under_way": is_open(meeting),
        "keeps": allows(KEEP, held, cycle),
        "joins": allows(JOIN, held, cycle),
        "presides": allows(PRESIDE, held, cycle),
    }
    present = now_of(page.times, offers=may["keeps"]) if page.times else None
    writes = may["keeps"] or may["presides"]
    return {"cycle": cycle, "meeting": meeting, "page": page, "dates": dates, "now": present, "writes": writes, **may}


def agenda_parts(pk: int, level: frozenset[str]) -> dict[str, str]:
    """Render the parts for all of a level; the moment is now, as when a page is asked for."""
    meeting = Meeting.objects.select_related("cycle__forum", "cycle__rule_set").get(pk=pk)
    with timezone.override(meeting.cycle.zone_info):
        shown = agenda_shown(meeting, frozenset(map(Role, level)), now=timezone.now())
        return {name: render_to_string(template, shown) for name, template in PARTS.items()}


def forget_topics(forum: Forum) -> None:
    """Remove the counts of a forum's meetings, before they go with it."""
    for meeting in Meeting.objects.filter(cycle__forum=forum).only("pk"):
        names = [topic_of(meeting), floor_topic(meeting.pk), captions_topic(meeting.pk)]
        Topic.objects.filter(name__in=names).delete()


def ages(pk: int) -> bool:
    """Whether an agenda is under way, so that what is expected changes with time; in an example time stands still."""
    meeting = Meeting.objects.select_related("cycle").filter(pk=pk).first()
    if meeting is None:
        return False
    now = timezone.now()
    is_now = meeting.cycle.moment(now) == now
    dates = meeting.days.values_list("date", flat=True)
    return (is_now and is_today(meeting, dates, now=now)) or is_open(meeting)
