"""The programme as an iCalendar file (RFC 5545): one event per session, same UID in every release."""

from collections.abc import Iterable
from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event
from icalendar.prop import vDatetime, vInt, vText, vUri

from convenor.cycle.models import Cycle
from convenor.programme.models import Release
from convenor.publishing.links import whole_links
from convenor.publishing.talks import Talk


def calendar_of(cycle: Cycle, release: Release | None, talks: Iterable[Talk], *, text: str = "") -> bytes:
    """Write a calendar; the same release gives the same bytes.

    SEQUENCE and DTSTAMP are the release's number and moment, so that calendars take a later release over. `text` is
    the description of a single session; in the feed of many, each leads to its page instead.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Convenor//Programme//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", cycle.name)
    calendar.add("x-wr-timezone", cycle.zone)
    links = whole_links(cycle)
    if release is not None:
        for talk in talks:
            calendar.add_component(_event(cycle, release, talk, url=links.session(talk.number), text=text))
    return bytes(calendar.to_ical())


def uid_of(cycle: Cycle, number: int) -> str:
    """Name a session for ever: by forum, year and number, at this site's host."""
    return f"{cycle.forum.slug}-{cycle.slug}-session-{number}@{urlsplit(settings.ORIGIN).hostname}"


def _event(cycle: Cycle, release: Release, talk: Talk, *, url: str, text: str) -> Event:
    """Write one event, with values typed here: letting the library guess their types takes half as long again."""
    place = f"{talk.room}, {cycle.place}" if cycle.place else talk.room
    kind = " · ".join(filter(None, (talk.kind_name, talk.organisation)))
    event = Event()
    event["uid"] = vText(uid_of(cycle, talk.number))
    event["sequence"] = vInt(release.number)
    event["dtstamp"] = vDatetime(release.released_at.astimezone(UTC))
    event["dtstart"] = vDatetime(talk.starts_at.astimezone(UTC))
    event["dtend"] = vDatetime(talk.ends_at.astimezone(UTC))
    event["summary"] = vText(_line(talk.title))
    event["location"] = vText(_line(place))
    event["description"] = vText(_lines(text) or _line(kind))
    if talk.theme_name:
        event["categories"] = vText(_line(talk.theme_name))
    event["status"] = vText("CONFIRMED")
    event["url"] = vUri(url)
    return event


def _line(text: str) -> str:
    """Keep a text to one line without control characters, which calendars refuse."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def _lines(text: str) -> str:
    """Clean a text line by line."""
    return "\n".join(_line(line) for line in text.splitlines()).strip()
