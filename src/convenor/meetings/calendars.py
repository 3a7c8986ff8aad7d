"""The agenda as a calendar that people subscribe to (RFC 5545)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event

from convenor.meetings.models import Block, Day, Meeting
from convenor.meetings.storing import children_of
from convenor.meetings.wording import day_name, label_as_printed, times_in_words


def calendar_of(meeting: Meeting, days: Sequence[Day]) -> bytes:
    """Write the feed: one event per day and one per block with a time; `days` come with blocks and items.

    The same rows give the same bytes, so that an unchanged feed answers with 304. Identifiers stay, and the sequence
    grows with every change of the meeting.
    """
    calendar = Calendar()
    calendar.add("PRODID", "-//Convenor//Agenda//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", meeting.title)
    calendar.add("X-WR-TIMEZONE", meeting.zone)
    for day in days:
        if day.date is not None:
            calendar.add_component(_day_event(meeting, day, day.date))
            for event in _block_events(meeting, day, day.date):
                calendar.add_component(event)
    return bytes(calendar.to_ical())


def _day_event(meeting: Meeting, day: Day, on: date) -> Event:
    name = ": ".join(part for part in (day_name(day), day.heading) if part)
    event = _event(meeting, day, f"day-{day.order + 1}", f"{meeting.title}, {name}", day.place)
    event.add("DTSTART", on)
    event.add("DTEND", on + timedelta(days=1))
    event.add("TRANSP", "TRANSPARENT")
    lines = (f"{times_in_words(block)} {_items(block)}".strip() for block in day.blocks.all())
    event.add("DESCRIPTION", "\n".join(line for line in lines if line))
    return event


def _block_events(meeting: Meeting, day: Day, on: date) -> Iterator[Event]:
    zone = ZoneInfo(meeting.zone)
    for block in day.blocks.all():
        if block.starts is None:
            continue
        name = f"day-{day.order + 1}-block-{block.order + 1}"
        place = ", ".join(part for part in (block.room, day.place) if part)
        event = _event(meeting, day, name, _items(block) or meeting.title, place)
        event.add("DTSTART", _moment(on, block.starts, zone))
        if block.ends is not None:
            past_midnight = timedelta(days=int(block.ends <= block.starts))
            event.add("DTEND", _moment(on + past_midnight, block.ends, zone))
        yield event


def _event(meeting: Meeting, day: Day, name: str, summary: str, place: str) -> Event:
    event = Event()
    event.add("UID", f"meeting-{meeting.pk}-{name}@{urlsplit(settings.ORIGIN).hostname}")
    event.add("DTSTAMP", meeting.created_at.astimezone(UTC))
    event.add("SEQUENCE", meeting.sequence)
    event.add("STATUS", "TENTATIVE")
    event.add("SUMMARY", summary)
    if place:
        event.add("LOCATION", place)
    event.add("URL", f"{settings.ORIGIN}{meeting.get_absolute_url()}#day-{day.order + 1}")
    return event


def _items(block: Block) -> str:
    top = children_of(block).get(None, [])
    return "; ".join(f"{label_as_printed(item.label)} {item.title}".strip() for item in top)


def _moment(on: date, at: time, zone: ZoneInfo) -> datetime:
    """Give a clock time of the meeting's place in UTC, which every calendar knows without a zone table."""
    return datetime.combine(on, at, tzinfo=zone).astimezone(UTC)
