"""The agenda as a calendar that people subscribe to (RFC 5545)."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Min, prefetch_related_objects
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Event
from icalendar.prop import vDate, vDatetime, vInt, vText, vUri

from convenor.cycle.models import Cycle
from convenor.meetings.editor.history import DECIDED
from convenor.meetings.models import Block, BlockKind, Day, GoneEvent, Item, Meeting
from convenor.meetings.outputs.about import EDITIONS, edition_of
from convenor.meetings.storing import children_of
from convenor.meetings.syncing import key_of
from convenor.meetings.wording import day_name, label_as_printed, minutes_after, times_in_words, top_items
from convenor.shared.calendars import clean_lines, feed, one_line, zone_table
from convenor.shared.languages.days import date_format

_UTC = re.compile(r"(?:UTC|GMT)\s?(?:(?P<sign>[+−-])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?)?")
MOST_HOURS = 14
PARTS = ("days__blocks__items", "gone_events", EDITIONS)


def calendar_of(meeting: Meeting) -> bytes:
    """Write the feed of a meeting, in six queries.

    The same rows give the same bytes for every reader, so that an unchanged feed answers with 304: its words are in the
    meeting's language. Identifiers stay for ever; the sequence and the moment of the change rise with every change.
    """
    prefetch_related_objects([meeting], *PARTS)
    return _written(meeting.title, meeting.zone, [meeting])


def calendar_of_year(cycle: Cycle) -> bytes:
    """Write one feed of all meetings of a year, the first meeting first; seven queries, however many there are."""
    meetings = cycle.meetings.annotate(first=Min("days__date")).order_by("first", "pk").prefetch_related(*PARTS)
    for meeting in meetings:
        meeting.cycle = cycle  # the one already loaded, with its forum
    return _written(str(cycle), cycle.zone, meetings)


def _written(name: str, zone: str, meetings: Iterable[Meeting]) -> bytes:
    """Write the events of meetings behind the tables of the zones that their times name."""
    calendar = feed("Agenda", name=name, zone=zone)
    events = [event for meeting in meetings for event in _events(meeting)]
    years: dict[str, set[int]] = {}
    for event in events:
        start = event["dtstart"]
        if isinstance(start, vDatetime) and (named := start.params.get("TZID")):
            years.setdefault(str(named), set()).add(start.dt.year)
    for named, of_zone in sorted(years.items()):
        calendar.add_component(zone_table(named, min(of_zone), max(of_zone)))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def status_of(meeting: Meeting) -> str:
    """Say how certain the events of a meeting are: what nobody has adopted is tentative."""
    edition = edition_of(meeting)
    return "CONFIRMED" if edition is not None and edition.state in DECIDED else "TENTATIVE"


def _events(meeting: Meeting) -> Iterator[Event]:
    """Yield one event per day, one per block with a time, and one per event that was there before, cancelled."""
    known: set[str] = set()
    with translation.override(_language(meeting)):
        for day in meeting.days.all():
            if day.date is None:
                continue
            known.add(key_of(day))
            yield _day_event(meeting, day, day.date)
            for block in day.blocks.all():
                if block.starts is not None:
                    known.add(key_of(block))
                    yield _block_event(meeting, day, block, day.date, block.starts)
        for gone in meeting.gone_events.all():
            if gone.key not in known:
                yield _gone_event(meeting, gone)


def _language(meeting: Meeting) -> str:
    """Give the language of the feed: the meeting's own, else that of the year, else English."""
    found = meeting.language or meeting.cycle.language
    return found if found in settings.OFFERED_LANGUAGES else "en"


def _day_event(meeting: Meeting, day: Day, on: date) -> Event:
    event = _event(meeting, key_of(day), f"{meeting.title}, {_name(day)}", _link(meeting, f"day-{day.order + 1}"))
    _place(event, day.place)
    _whole_day(event, on)
    lines = (f"{times_in_words(block)} {top_items(block.items.all())}".strip() for block in day.blocks.all())
    _describe(event, lines)
    return event


def _block_event(meeting: Meeting, day: Day, block: Block, on: date, starts: time) -> Event:
    summary = top_items(block.items.all()) or meeting.title
    event = _event(meeting, key_of(block), summary, _link(meeting, f"block-{block.pk}"))
    _place(event, ", ".join(part for part in (block.room, day.place) if part))
    _hours(event, on, starts, block.ends, zone_of(block.zone, meeting.zone))
    if block.kind != BlockKind.ITEMS:
        event["transp"] = vText("TRANSPARENT")
    _describe(event, _outline(block))
    return event


def _gone_event(meeting: Meeting, gone: GoneEvent) -> Event:
    if gone.starts:
        summary = gone.summary or meeting.title
    else:
        summary = f"{meeting.title}, {gone.summary or date_format(gone.date, _('j F'))}"
    event = _event(meeting, gone.key, summary, _link(meeting, ""))
    if gone.starts is None:
        _whole_day(event, gone.date)
    else:
        _hours(event, gone.date, gone.starts, gone.ends, zone_of(gone.zone, meeting.zone))
    event["status"] = vText("CANCELLED")
    return event


def _event(meeting: Meeting, key: str, summary: str, link: str) -> Event:
    """Begin an event, with values typed here: letting the library guess their types takes half as long again."""
    changed = vDatetime(meeting.stands_since.astimezone(UTC))
    event = Event()
    event["uid"] = vText(f"agenda-{key}@{urlsplit(settings.ORIGIN).hostname}")
    event["dtstamp"] = event["last-modified"] = changed
    event["sequence"] = vInt(meeting.sequence)
    event["status"] = vText(status_of(meeting))
    event["summary"] = vText(one_line(summary))
    event["url"] = vUri(link)
    return event


def _link(meeting: Meeting, anchor: str) -> str:
    """Give the whole address of a place on the agenda's page."""
    return f"{settings.ORIGIN}{meeting.get_absolute_url()}{'#' if anchor else ''}{anchor}"


def _place(event: Event, place: str) -> None:
    if place:
        event["location"] = vText(one_line(place))


def _describe(event: Event, lines: Iterable[str]) -> None:
    if text := clean_lines("\n".join(one_line(line) for line in lines if line)):
        event["description"] = vText(text)


def _whole_day(event: Event, on: date) -> None:
    event["dtstart"], event["dtend"] = vDate(on), vDate(on + timedelta(days=1))
    for value in (event["dtstart"], event["dtend"]):
        value.params["VALUE"] = "DATE"
    event["transp"] = vText("TRANSPARENT")


def _hours(event: Event, on: date, starts: time, ends: time | None, zone: tzinfo) -> None:
    """Give start and end as the clocks of the zone show them; midnight may lie between."""
    event["dtstart"] = vDatetime(_moment(on, starts, zone))
    if ends is not None:
        event["dtend"] = vDatetime(_moment(on + timedelta(days=int(ends <= starts)), ends, zone))


def _moment(on: date, at: time, zone: tzinfo) -> datetime:
    """Give a moment in its zone; an hour that the clocks leave out in spring is the one they jump to."""
    local = datetime.combine(on, at, tzinfo=zone)
    if not isinstance(zone, ZoneInfo) or zone.key == "UTC":
        return local.astimezone(UTC)
    return local.astimezone(UTC).astimezone(zone)


def zone_of(printed: str, zone: str) -> tzinfo:
    """Give the zone of a block: "UTC+2" where its line prints that, else the meeting's; other words are ambiguous."""
    match = _UTC.fullmatch(printed.strip())
    if match is None:
        return ZoneInfo(zone)
    hours, minutes = int(match["hours"] or 0), int(match["minutes"] or 0)
    if hours > MOST_HOURS or minutes > 59:  # noqa: PLR2004 - of an hour
        return ZoneInfo(zone)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if match["sign"] in ("-", "−") else offset)


# ---- words


def _name(day: Day) -> str:
    return ": ".join(part for part in (day_name(day), day.heading) if part)


def _outline(block: Block) -> Iterator[str]:
    """Yield the items with those under them, their minutes and who presents them, a line each."""
    under = children_of(block)
    waiting: list[tuple[int, Item]] = [(0, item) for item in reversed(under.get(None, []))]
    while waiting:
        depth, item = waiting.pop()
        title = minutes_after(item.title, item.minutes)
        people = ", ".join(item.named_beside)
        words = " ".join(part for part in (label_as_printed(item.label), title) if part)
        yield f"{'– ' * depth}{words}{f' ({people})' if people else ''}"
        waiting += [(depth + 1, child) for child in reversed(under.get(item.pk, []))]
