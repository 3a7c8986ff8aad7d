"""A meeting whose agenda is edited, and what is asked about it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from convenor.cycle.models import Cycle
from convenor.meetings.actions import hand_in, make_meeting
from convenor.meetings.agenda import Agenda
from convenor.meetings.agenda_page import days_of
from convenor.meetings.models import Meeting
from convenor.meetings.storing import agenda_of
from convenor.people.models import Person
from tests.meetings.corrections.making import TEXT, titles

AT = datetime(2017, 6, 1, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=10)
BASE = "/igf/2017/meetings/example/"


def make(cycle: Cycle, by: Person, *, text: str = TEXT, slug: str = "example") -> Meeting:
    """Make a meeting of the short document."""
    draft = hand_in(text, by=by, at=AT)
    return make_meeting(draft, into=cycle, title="Example meeting", zone="Europe/Zurich", by=by, at=AT, slug=slug)


def fresh(meeting: Meeting) -> Meeting:
    """Load a meeting again."""
    return Meeting.objects.select_related("cycle__forum").get(pk=meeting.pk)


def agenda(meeting: Meeting) -> Agenda:
    """Give the agenda as its rows say it."""
    return agenda_of(fresh(meeting), days_of(meeting))


def lines(meeting: Meeting) -> list[str]:
    """Give the items in reading order."""
    return titles(agenda(meeting))


def key(meeting: Meeting, title: str) -> str:
    """Give the key of the item whose title begins so."""
    return next(one for one, said in _items(agenda(meeting)) if said.startswith(title))


def block_key(meeting: Meeting, start: str) -> str:
    """Give the key of the first block that starts then."""
    return next(block.key for day in agenda(meeting).days for block in day.blocks if block.start == start)


def day_key(meeting: Meeting, number: int) -> str:
    """Give the key of a day, counted from 1."""
    return agenda(meeting).days[number - 1].key


def _items(found: Agenda) -> Iterator[tuple[str, str]]:
    for day in found.days:
        for block in day.blocks:
            for top in block.items:
                yield from ((item.key, item.title) for item in top.walk())
