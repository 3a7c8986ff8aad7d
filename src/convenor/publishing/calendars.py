"""The programme as an iCalendar file (RFC 5545): one event per session, same UID in every release."""

from collections.abc import Iterable
from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Event
from icalendar.prop import vDatetime, vInt, vText, vUri

from convenor.cycle.models import Cycle
from convenor.programme.models import Release
from convenor.publishing.links import whole_links
from convenor.publishing.talks import Talk
from convenor.shared.calendars import clean_lines, feed, one_line


def calendar_of(cycle: Cycle, release: Release | None, talks: Iterable[Talk], *, text: str = "") -> bytes:
    """Write a calendar; the same release gives the same bytes.

    SEQUENCE and DTSTAMP are the release's number and moment, so that calendars take a later release over. `text` is
    the description of a single session; in the feed of many, each leads to its page instead.
    """
    calendar = feed("Programme", name=cycle.name, zone=cycle.zone)
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
    event["summary"] = vText(one_line(talk.title))
    event["location"] = vText(one_line(place))
    event["description"] = vText(clean_lines(text) or one_line(kind))
    if talk.theme_name:
        event["categories"] = vText(one_line(talk.theme_name))
    event["status"] = vText("CONFIRMED")
    event["url"] = vUri(url)
    return event
