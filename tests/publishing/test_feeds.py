"""Calendar and data: read back by the library, the same in every answer, moved by a later release."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from icalendar import Calendar

from convenor.cycle.models import Cycle
from convenor.programme.actions import make_sessions
from convenor.programme.models import Release, Room, Session, Slot
from tests.programme.making import (
    AT,
    FIRST,
    make_person,
    make_proposal,
    make_session,
    make_venue,
    place,
    released,
    select,
)

REFERENCE = Path(__file__).resolve().parents[2] / "docs/reference/programme-json.md"
FEED = "/igf/2017/programme/calendar.ics"
DATA = "/igf/2017/programme/programme.json"


def events(client: Client, address: str = FEED) -> list[dict[str, object]]:
    """Read a feed with the library."""
    calendar = Calendar.from_ical(client.get(address).content)
    return [{key: event.decoded(key) for key in event} for event in calendar.walk("VEVENT")]


@pytest.fixture
def programme(cycle: Cycle) -> Release:
    """Give two released workshops and a session of its own."""
    make_venue(cycle)
    select(cycle, [make_proposal(cycle, 1, title="Cables; costs, shares\\"), make_proposal(cycle, 2, minutes=60)])
    make_sessions(cycle)
    other = make_session(cycle, 1001, title="كابلات")
    other.people.add(make_person("Amina Mfano"))
    return released(cycle, list(Session.objects.order_by("number")))


def test_every_session_is_an_event_with_its_time_and_place(programme: Release, client: Client):
    answer = client.get(FEED)
    found = events(client)

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert [event["SUMMARY"] for event in found] == ["Cables; costs, shares\\", "Title 2", "كابلات"]
    first, second, _third = found
    assert first["UID"] == "igf-2017-session-1@127.0.0.1"
    assert (first["DTSTART"], first["DTEND"]) == (FIRST, FIRST + timedelta(minutes=90))
    assert second["DTEND"] - second["DTSTART"] == timedelta(minutes=60)
    assert (first["LOCATION"], first["SEQUENCE"], first["DTSTAMP"]) == ("R1, Geneva", 1, AT)
    assert first["URL"] == "http://127.0.0.1:8000/igf/2017/programme/sessions/1/"


def test_a_later_release_moves_the_same_event(cycle: Cycle, programme: Release, client: Client):
    before = events(client)[0]
    second = Release.objects.create(cycle=cycle, number=2, released_at=AT + timedelta(days=1))
    place(Session.objects.get(number=1), Slot.objects.all()[2], Room.objects.all()[0], release=second)

    (after,) = events(client)

    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == 2
    assert after["DTSTART"] == FIRST + timedelta(days=1)


@pytest.mark.parametrize(
    ("query", "titles"), [("?room=R2", ["Title 2"]), ("?theme=access", ["Cables; costs, shares\\", "Title 2"])]
)
def test_the_feed_follows_the_filters(programme: Release, client: Client, query: str, titles: list[str]):
    assert [event["SUMMARY"] for event in events(client, FEED + query)] == titles


def test_one_session_has_a_calendar_of_its_own_with_its_description(programme: Release, client: Client):
    (event,) = events(client, "/igf/2017/programme/sessions/1/calendar.ics")

    assert event["DESCRIPTION"] == "About 1."
    assert event["UID"] == "igf-2017-session-1@127.0.0.1"


def test_control_characters_and_line_breaks_cannot_forge_an_event(cycle: Cycle, client: Client):
    make_venue(cycle)
    title = "A\r\nEND:VEVENT\r\nBEGIN:VEVENT\x1b"
    released(cycle, [make_session(cycle, 1001, title=title, summary="x\r\nATTACH:evil\x07")])

    found = events(client)
    (one,) = events(client, "/igf/2017/programme/sessions/1001/calendar.ics")

    assert [event["SUMMARY"] for event in found] == ["A END:VEVENT BEGIN:VEVENT"]
    assert one["DESCRIPTION"] == "x\nATTACH:evil"
    assert "ATTACH" not in one


def test_the_data_hold_the_whole_programme(programme: Release, client: Client):
    data = client.get(DATA).json()

    assert data["release"] == {"number": 1, "released_at": "2017-09-15T08:00:00+00:00"}
    assert data["rooms"] == [
        {"name": "R1", "seats": 200, "step_free": True},
        {"name": "R2", "seats": 100, "step_free": True},
    ]
    assert {key: value for key, value in data.items() if key not in ("release", "rooms", "sessions")} == {
        "version": 1, "forum": "Internet Governance Forum", "year": "IGF 2017", "place": "Geneva",
        "zone": "Europe/Zurich", "url": "http://127.0.0.1:8000/igf/2017/programme/",
    }  # fmt: skip
    assert data["sessions"][0] == {
        "number": 1, "title": "Cables; costs, shares\\", "kind": "workshop", "kind_name": "Panel", "theme": "access",
        "theme_name": "Access and infrastructure", "organisation": "Body 1", "starts_at": "2017-12-18T09:00:00+01:00",
        "ends_at": "2017-12-18T10:30:00+01:00", "minutes": 90, "room": "R1", "description": "About 1.",
        "url": "http://127.0.0.1:8000/igf/2017/programme/sessions/1/",
        "people": [
            {"name": "Speaker 1 A", "part": "organiser", "organisation": "Body 1", "country": "KE"},
            {"name": "Speaker 1 B", "part": "speaker", "organisation": "Body 1", "country": "KE"},
            {"name": "Speaker 1 C", "part": "moderator", "organisation": "Body 1", "country": "KE"},
        ],
    }  # fmt: skip
    assert data["sessions"][2]["people"] == [{"name": "Amina Mfano", "part": "", "organisation": "", "country": "KE"}]


def test_the_data_follow_the_filters(programme: Release, client: Client):
    assert [session["number"] for session in client.get(DATA + "?q=amina").json()["sessions"]] == [1001]


def test_every_key_of_the_data_is_documented(programme: Release, client: Client):
    documented = REFERENCE.read_text("utf-8")
    data = client.get(DATA).json()

    keys = {*data, *data["release"], *data["rooms"][0], *data["sessions"][0], *data["sessions"][0]["people"][0]}
    assert {key for key in keys if f"`{key}`" not in documented} == set()


def test_the_example_of_the_documentation_has_the_shape_of_the_data(programme: Release, client: Client):
    example = json.loads(REFERENCE.read_text("utf-8").split("```json\n")[1].split("```")[0])
    data = client.get(DATA).json()

    assert shape(example) == shape({**data, "rooms": data["rooms"][:1], "sessions": data["sessions"][:1]})


def shape(value: object) -> object:
    """Reduce data to keys and kinds."""
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return type(value).__name__


def test_a_moment_in_summer_time_is_written_with_its_offset(cycle: Cycle, client: Client):
    room = Room.objects.create(cycle=cycle, name="R1", seats=10)
    slot = Slot.objects.create(cycle=cycle, starts_at=datetime(2017, 7, 1, 8, 0, tzinfo=UTC), minutes=60)
    release = Release.objects.create(cycle=cycle, number=1, released_at=AT)
    place(make_session(cycle, 1001), slot, room, release=release)

    assert client.get(DATA).json()["sessions"][0]["starts_at"] == "2017-07-01T10:00:00+02:00"
