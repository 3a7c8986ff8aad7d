"""The calendar feed, read by an independent parser."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from convenor.cycle.models import Cycle
from convenor.meetings.actions import hand_in, make_meeting, undo_continuation
from convenor.meetings.models import Continuation, Meeting
from convenor.people.models import Person
from tests.meetings.conftest import NOW, TITLE

pytestmark = pytest.mark.django_db


def _feed(client: Client, meeting: Meeting) -> Calendar:
    answer = client.get(reverse("meetings:calendar", args=(*meeting.cycle.address, meeting.slug)))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content)


def _made(text: str, cycle: Cycle, secretary: Person, zone: str) -> Meeting:
    return make_meeting(hand_in(text, by=secretary, at=NOW), into=cycle, title="M", zone=zone, by=secretary, at=NOW)


def test_the_feed_has_an_event_per_day_and_per_block(client: Client, june: Meeting):
    feed = _feed(client, june)
    events = feed.walk("VEVENT")

    assert str(feed["X-WR-CALNAME"]) == TITLE
    assert len(events) == 3 + 8 + 4 + 6
    assert len({str(event["UID"]) for event in events}) == len(events)
    assert {str(event["STATUS"]) for event in events} == {"TENTATIVE"}
    first_day, first_block = events[0], events[1]
    assert first_day.decoded("DTSTART") == date(2017, 6, 12)
    assert str(first_day["SUMMARY"]) == f"{TITLE}, Day 1: Open Consultations"
    assert str(first_block["UID"]) == f"meeting-{june.pk}-day-1-block-1@127.0.0.1"
    assert str(first_block["SUMMARY"]).startswith("Welcome from MAG Chair; 2. Welcome from Secretary-General")
    assert str(first_block["LOCATION"]) == "Room K, ITU Montbrillant Building"


def test_times_are_those_of_the_meetings_zone(client: Client, june: Meeting):
    block = _feed(client, june).walk("VEVENT")[1]

    assert block.decoded("DTSTART") == datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
    assert block.decoded("DTEND") == datetime(2017, 6, 12, 8, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("Pacific/Kiritimati", datetime(2017, 6, 11, 20, 0, tzinfo=UTC)),
        ("Pacific/Niue", datetime(2017, 6, 12, 21, 0, tzinfo=UTC)),
    ],
)
def test_zones_at_both_ends_of_the_day_are_kept(
    client: Client, cycle: Cycle, secretary: Person, zone: str, start: datetime
):
    meeting = _made("Day 1: 12 June 2017\n10:00 - 11:00\t1. Opening\n", cycle, secretary, zone)

    assert _feed(client, meeting).walk("VEVENT")[1].decoded("DTSTART") == start


def test_identifiers_stay_and_the_sequence_grows(client: Client, june: Meeting, secretary: Person):
    before = _feed(client, june).walk("VEVENT")
    link = Continuation.objects.first()
    assert link is not None
    undo_continuation(link, by=secretary, at=NOW)
    after = _feed(client, june).walk("VEVENT")

    assert [str(event["UID"]) for event in after] == [str(event["UID"]) for event in before]
    assert {int(event["SEQUENCE"]) for event in after} == {int(before[0]["SEQUENCE"]) + 1}


def test_a_block_without_time_stands_only_in_the_days_event(client: Client, cycle: Cycle, secretary: Person):
    meeting = _made("Day 1: 12 June 2017\n1. Opening\n2. Budget\n", cycle, secretary, "UTC")
    events = _feed(client, meeting).walk("VEVENT")

    assert len(events) == 1
    assert str(events[0]["DESCRIPTION"]) == "1. Opening; 2. Budget"


def test_a_block_may_end_after_midnight_or_have_no_end(client: Client, cycle: Cycle, secretary: Person):
    meeting = _made("Day 1: 12 June 2017\n22:00 - 23:00\t1. Late\n", cycle, secretary, "UTC")
    block = meeting.days.get().blocks.get()
    block.ends = datetime(2017, 1, 1, 1, 30).time()  # noqa: DTZ001 - only the time is used
    block.save()
    assert _feed(client, meeting).walk("VEVENT")[1].decoded("DTEND") == datetime(2017, 6, 13, 1, 30, tzinfo=UTC)

    block.ends = None
    block.save()
    assert "DTEND" not in _feed(client, meeting).walk("VEVENT")[1]


def test_an_unchanged_feed_answers_with_304(client: Client, june: Meeting):
    url = reverse("meetings:calendar", args=(*june.cycle.address, "june"))
    tag = client.get(url)["ETag"]

    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304


def test_line_breaks_in_words_cannot_forge_lines_of_the_feed(client: Client, june: Meeting):
    june.days.update(place="Room\r\nATTENDEE:mailto:x@example.org;A,B\\")
    events = _feed(client, june).walk("VEVENT")

    assert not any("ATTENDEE" in event for event in events)
