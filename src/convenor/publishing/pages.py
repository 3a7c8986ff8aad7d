"""The programme as the page draws it: days, in each day hours or rooms, in each of these sessions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from convenor.publishing.filters import BY_ROOM, Filters
from convenor.publishing.links import Links
from convenor.publishing.talks import Programme, Talk


@dataclass(frozen=True, slots=True)
class Entry:
    """One session on the page; `place` is its room, or its time where rooms are the headings."""

    url: str
    key: str
    place: str
    title: str
    kind: str
    organisation: str
    news: str
    note: str
    language: str = ""  # of its title; empty: that of the year


@dataclass(frozen=True, slots=True)
class Group:
    """Sessions under one heading: an hour, or a room."""

    anchor: str
    heading: str
    until: str
    is_now: bool
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Day:
    """One day with its groups; `anchor` is where the tab leads."""

    on: date
    anchor: str
    groups: list[Group]


@dataclass(frozen=True, slots=True)
class Tab:
    """One day in the row of days."""

    on: date
    url: str
    is_here: bool


def days_of(talks: Iterable[Talk], filters: Filters, links: Links, *, scope: str, now: datetime) -> list[Day]:
    """Put talks that are sorted by time under days and hours, or under days and rooms."""
    days = []
    for on, of_day in groupby(talks, key=lambda talk: talk.day):
        group = _rooms if filters.by == BY_ROOM else _hours
        days.append(Day(on, anchor_of(on), group(of_day, links, scope, now)))
    return days


def anchor_of(on: date) -> str:
    """Name the place of a day on the page."""
    return f"day-{on.isoformat()}"


def _hours(talks: Iterable[Talk], links: Links, scope: str, now: datetime) -> list[Group]:
    groups = []
    for (starts_at, ends_at), of_hour in groupby(talks, key=lambda talk: (talk.starts_at, talk.slot_ends_at)):
        groups.append(
            Group(
                anchor=f"t{starts_at:%m%d-%H%M}-{ends_at:%H%M}",
                heading=f"{starts_at:%H:%M}",
                until=f"{ends_at:%H:%M}",
                is_now=starts_at <= now < ends_at,
                entries=[_entry(talk, links, scope, place=talk.room) for talk in of_hour],
            )
        )
    return groups


def _rooms(talks: Iterable[Talk], links: Links, scope: str, now: datetime) -> list[Group]:
    ordered = sorted(talks, key=lambda talk: (talk.room_order, talk.room))
    groups = []
    for (order, room), in_room in groupby(ordered, key=lambda talk: (talk.room_order, talk.room)):
        held = list(in_room)
        groups.append(
            Group(
                anchor=f"r{held[0].starts_at:%m%d}-{order}-{held[0].number}",
                heading=room,
                until="",
                is_now=any(talk.starts_at <= now < talk.ends_at for talk in held),
                entries=[
                    _entry(talk, links, scope, place=f"{talk.starts_at:%H:%M}–{talk.ends_at:%H:%M}") for talk in held
                ],
            )
        )
    return groups


def _entry(talk: Talk, links: Links, scope: str, *, place: str) -> Entry:
    minutes = ngettext("%(count)s minute", "%(count)s minutes", talk.minutes) % {"count": talk.minutes}
    return Entry(
        url=links.session(talk.number),
        key=f"{scope}/{talk.number}",
        place=place,
        title=talk.title,
        kind=talk.kind_name,
        organisation=talk.organisation,
        news=talk.news,
        note=minutes if talk.is_short else "",
        language=talk.language,
    )


def tabs_of(programme: Programme, filters: Filters, links: Links) -> list[Tab]:
    """Give a tab per day of the whole programme; each leads to the day on the page that shows all days."""
    return [
        Tab(on, f"{links.programme(filters.query(day=''))}#{anchor_of(on)}", filters.day == on.isoformat())
        for on in sorted({talk.day for talk in programme.talks})
    ]


def summary(talks: Iterable[Talk]) -> str:
    """Say in one sentence how much there is."""
    shown = list(talks)
    rooms, days = len({talk.room for talk in shown}), len({talk.day for talk in shown})
    return _("%(sessions)s in %(rooms)s on %(days)s.") % {
        "sessions": ngettext("%(count)s session", "%(count)s sessions", len(shown)) % {"count": len(shown)},
        "rooms": ngettext("%(count)s room", "%(count)s rooms", rooms) % {"count": rooms},
        "days": ngettext("%(count)s day", "%(count)s days", days) % {"count": days},
    }
