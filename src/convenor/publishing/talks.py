"""The latest release as plain values: what the page, the feeds and the static programme are made of."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.cycle.rules import Rules
from convenor.programme.models import Kind, Placement, Release, Session
from convenor.proposals.contributing.models import NAMED
from convenor.proposals.models import Contributor
from convenor.publishing.visible import Shown
from convenor.shared.languages.days import date_format

COLUMNS = (
    "session_id",
    "session__number",
    "session__title",
    "session__kind",
    "session__theme",
    "session__minutes",
    "session__organisation__name",
    "session__proposal__format",
    "slot__starts_at",
    "slot__minutes",
    "room__name",
    "room__order",
    "session__language",
)


@dataclass(frozen=True, slots=True)
class Talk:
    """One session as released; moments are in the cycle's zone, names in the reader's language.

    `ends_at` is when the session ends, `slot_ends_at` when its slot does. `news` says what changed since the release
    before.
    """

    id: int
    number: int
    title: str
    kind: str
    kind_name: str
    theme: str
    theme_name: str
    organisation: str
    starts_at: datetime
    ends_at: datetime
    slot_ends_at: datetime
    room: str
    room_order: int
    news: str = ""
    language: str = ""  # of its words; empty: that of the year

    @property
    def day(self) -> date:
        """The day it is on."""
        return self.starts_at.date()

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return (self.ends_at - self.starts_at) // timedelta(minutes=1)

    @property
    def is_short(self) -> bool:
        """Whether it ends before its slot does."""
        return self.ends_at < self.slot_ends_at


@dataclass(frozen=True, slots=True)
class Programme:
    """A release and its sessions by time, then room; no release is an empty programme."""

    release: Release | None
    talks: tuple[Talk, ...]


def latest_programme(cycle: Cycle, *, with_news: bool = False) -> Programme:
    """Read the newest release; two queries, or three with what changed since the one before."""
    releases = list(Release.objects.filter(cycle=cycle)[:2])
    if not releases:
        return Programme(None, ())
    talks = _talks(cycle, releases[0])
    if with_news and len(releases) > 1:
        talks = _with_news(cycle, talks, releases[1])
    return Programme(releases[0], talks)


def _talks(cycle: Cycle, release: Release) -> tuple[Talk, ...]:
    name = _Namer(cycle.rules, get_language() or "en")
    rows = Placement.objects.filter(release=release).order_by().values_list(*COLUMNS)
    shows_organisation = "organisation" in Shown.of(cycle).fields
    talks = (_talk(row, name, cycle.zone_info) for row in rows)
    if not shows_organisation:
        talks = (replace(talk, organisation="") for talk in talks)
    return tuple(sorted(talks, key=lambda one: (one.starts_at, one.slot_ends_at, one.room_order, one.room, one.number)))


def _talk(row: tuple[Any, ...], name: "_Namer", zone: ZoneInfo) -> Talk:
    id, number, title, kind, theme, minutes, body, form, starts_at, slot_minutes, room, room_order, language = row
    return Talk(
        id=id,
        number=number,
        title=title,
        kind=kind,
        kind_name=name.form(form) if form else name.kinds[kind],
        theme=theme,
        theme_name=name.theme(theme),
        organisation=body or "",
        starts_at=starts_at.astimezone(zone),
        ends_at=(starts_at + timedelta(minutes=min(minutes, slot_minutes))).astimezone(zone),
        slot_ends_at=(starts_at + timedelta(minutes=slot_minutes)).astimezone(zone),
        room=room,
        room_order=room_order,
        language=language,
    )


class _Namer:
    """Names of codes in one language, each looked up once; a code that the rules do not know names itself."""

    def __init__(self, rules: Rules, language: str) -> None:
        self.kinds = {str(kind): str(kind.label) for kind in Kind}
        self._themes = {one.code: one.name(language) for one in rules.themes}
        self._formats = {one.code: one.name(language) for one in rules.formats}

    def theme(self, code: str) -> str:
        """Name a theme."""
        return self._themes.get(code, code)

    def form(self, code: str) -> str:
        """Name a format."""
        return self._formats.get(code, code)


def _with_news(cycle: Cycle, talks: Iterable[Talk], before: Release) -> tuple[Talk, ...]:
    """Say of each session whether it is new or has moved since an earlier release."""
    placements = Placement.objects.filter(release=before).order_by()
    rows = placements.values_list("session_id", "slot__starts_at", "room__name")
    then = {id: (starts_at.astimezone(cycle.zone_info), room) for id, starts_at, room in rows}
    return tuple(replace(talk, news=_news(talk, then.get(talk.id))) for talk in talks)


def _news(talk: Talk, then: tuple[datetime, str] | None) -> str:
    if then is None:
        return _("new")
    starts_at, room = then
    if starts_at == talk.starts_at:
        return "" if room == talk.room else _("moved from %(room)s") % {"room": room}
    day, time = date_format(starts_at, _("D j")), f"{starts_at:%H:%M}"
    return _("moved from %(day)s, %(time)s, %(room)s") % {"day": day, "time": time, "room": room}


def people_of(talks: Iterable[Talk], shown: Shown) -> dict[int, list[str]]:
    """Give the names of the people of each session that may be read, for the search; two queries."""
    keys = [talk.id for talk in talks]
    silent = Contributor.objects.filter(~NAMED, proposal__session__in=keys)
    unnamed = set(silent.order_by().values_list("proposal__session", "person"))
    through = Session.people.through
    rows = through._default_manager.filter(session__in=keys).values_list(
        "session_id", "person_id", "person__name", "session__proposal__owner"
    )
    names: defaultdict[int, list[str]] = defaultdict(list)
    for session, person, name, owner in rows:
        if shown.names(person, owner) and (session, person) not in unnamed:
            names[session].append(name)
    return names
