"""Starts a meeting from another, its dates shifted, or from a kind of meeting."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_noop as marked

from convenor.cycle.models import Cycle
from convenor.meetings.actions import free_slug
from convenor.meetings.agenda import Agenda, Block, Day, Item
from convenor.meetings.agenda.edits import unkeyed
from convenor.meetings.agenda_page import days_of
from convenor.meetings.editor.arising import with_open_actions
from convenor.meetings.editor.kinds import KindOfMeeting
from convenor.meetings.followup.listing import open_actions
from convenor.meetings.models import Meeting
from convenor.meetings.storing import agenda_of, sync
from convenor.people.models import Person
from convenor.shared.journal import record, typed


@transaction.atomic
def start_meeting(
    cycle: Cycle,
    source: Meeting | KindOfMeeting,
    *,
    title: str,
    first_day: date,
    zone: str,
    by: Person,
    at: datetime,
) -> Meeting:
    """Start a meeting with the structure of another, or of a kind; who presented what there does not come along.

    What earlier meetings of the forum asked for, and is open, comes first behind the opening.

    Locks the year, so that two meetings do not take one address.
    """
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("forum").get(pk=cycle.pk)
    language = source.language or cycle.language if isinstance(source, Meeting) else cycle.language
    if isinstance(source, Meeting):
        agenda = emptied(agenda_of(source, days_of(source)))
    else:
        with translation.override(language or None):
            agenda = source.agenda(title)
    with translation.override(language or None):
        agenda = with_open_actions(agenda, list(open_actions(cycle.forum)))
    agenda = replace(agenda, title=title, days=tuple(dated(agenda.days, first_day)))
    meeting = Meeting.objects.create(
        cycle=cycle,
        slug=free_slug(cycle, agenda),
        title=title,
        purpose=agenda.purpose or "",
        zone=zone,
        language=language,
        created_at=at,
        created_by=by,
    )
    sync(meeting, agenda)
    record(
        scope=cycle.scope,
        verb="meeting.started",
        template=marked("The meeting “%(title)s” was started with a draft agenda."),
        private={"title": typed(title)},
        actor=by,
        subject=meeting,
        at=at,
    )
    return meeting


def emptied(agenda: Agenda) -> Agenda:
    """Give the structure of an agenda: days, times and items, without what belonged to that meeting only."""
    return unkeyed(replace(agenda, days=tuple(map(_day, agenda.days))))


def dated(days: tuple[Day, ...], first_day: date) -> Iterator[Day]:
    """Yield the days as many days from the first as they were; days without a date follow the one before."""
    first, last = None, first_day - timedelta(days=1)
    for day in days:
        was = date.fromisoformat(day.date) if day.date else None
        first = first or was
        on = first_day + (was - first) if was and first else last + timedelta(days=1)
        last = max(last, on)
        yield replace(day, date=on.isoformat())


def _day(day: Day) -> Day:
    return replace(day, webcast=None, call=None, blocks=tuple(map(_block, day.blocks)))


def _block(block: Block) -> Block:
    return replace(block, items=tuple(map(_item, block.items)))


def _item(item: Item) -> Item:
    children = tuple(map(_item, item.children))
    return replace(item, presenters=(), documents=(), arrivals=(), links=(), children=children)
