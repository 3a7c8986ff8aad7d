"""The programme as data: the shape is documented in docs/reference/programme-json.md."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from convenor.cycle.models import Cycle
from convenor.programme.models import Release, Room, Session
from convenor.proposals.contributing.models import NAMED
from convenor.proposals.models import Contributor
from convenor.publishing.links import whole_links
from convenor.publishing.talks import Talk
from convenor.publishing.visible import Shown

VERSION = 1


def data_of(cycle: Cycle, release: Release | None, talks: Iterable[Talk]) -> dict[str, Any]:
    """Give a release as plain data; six queries, however many sessions. The same release gives the same data."""
    held = list(talks)
    links, shown = whole_links(cycle), Shown.of(cycle)
    ids = [talk.id for talk in held]
    rooms = {talk.room for talk in held}
    summaries = dict(Session.objects.filter(pk__in=ids).values_list("pk", "summary"))
    people = _people(ids, shown)
    return {
        "version": VERSION,
        "forum": cycle.forum.name,
        "year": cycle.name,
        "place": cycle.place,
        "zone": cycle.zone,
        "url": links.programme(),
        "release": release and {"number": release.number, "released_at": release.released_at.isoformat()},
        "rooms": [
            {"name": room.name, "seats": room.seats, "step_free": room.is_step_free}
            for room in Room.objects.filter(cycle=cycle)
            if room.name in rooms
        ],
        "sessions": [
            {
                "number": talk.number,
                "title": talk.title,
                "kind": talk.kind,
                "kind_name": talk.kind_name,
                "theme": talk.theme,
                "theme_name": talk.theme_name,
                "organisation": talk.organisation,
                "starts_at": talk.starts_at.isoformat(),
                "ends_at": talk.ends_at.isoformat(),
                "minutes": talk.minutes,
                "room": talk.room,
                "description": shown.value("summary", summaries.get(talk.id, "")),
                "people": people.get(talk.id, []),
                "url": links.session(talk.number),
            }
            for talk in held
        ],
    }


def _people(sessions: Iterable[int], shown: Shown) -> Mapping[int, list[dict[str, str]]]:
    """Give the people of sessions that may be named: with their parts where a proposal names these, else without."""
    ids = list(sessions)
    found: defaultdict[int, list[dict[str, str]]] = defaultdict(list)
    parts = Contributor.objects.filter(NAMED, proposal__session__in=ids, person__erased_at=None).values_list(
        "proposal__session", "person", "proposal__owner", "person__name", "part", "organisation__name",
        "person__country",
    )  # fmt: skip
    for session, person, owner, name, part, body, country in parts.order_by("pk"):
        if shown.names(person, owner):
            found[session].append(_person(name, part, body, country, shown))
    through = Session.people.through
    others = through._default_manager.filter(session__in=ids, session__proposal=None).values_list(
        "session_id", "person", "person__name", "person__organisation__name", "person__country"
    )
    for session, person, name, body, country in others.order_by("pk"):
        if shown.names(person, None):
            found[session].append(_person(name, "", body, country, shown))
    return found


def _person(name: str, part: str, organisation: str | None, country: str, shown: Shown) -> dict[str, str]:
    body = shown.value("organisation", organisation or "")
    return {"name": name, "part": part, "organisation": body, "country": shown.value("country", country)}
