"""The calendar feed: its events, and what those who subscribed see of a change, by a parser that did not write it."""

from datetime import UTC, date, datetime

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from convenor.cycle.models import Cycle
from convenor.meetings.actions import hand_in, make_meeting, undo_continuation
from convenor.meetings.calendars import zone_of
from convenor.meetings.corrections.revision import hand_in_version, revise_meeting
from convenor.meetings.editor.versions import make_version
from convenor.meetings.models import Continuation, Meeting, Standing
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
    assert str(first_block["UID"]) == f"agenda-b{june.days.all()[0].blocks.all()[0].pk}@127.0.0.1"
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


# ---- what subscribers see of a change, read by a parser that did not write it

BEFORE = """Meeting of the Example Forum

Day 1: 25 March 2017
10:00 - 11:00 1. Opening
11:00 - 12:00 2. Budget
12:00 - 13:00 Lunch

Day 2: 26 March 2017
10:00 - 11:00 3. Selection
11:00 - 11:30 4. Closing
"""
LATER, LATEST = datetime(2017, 6, 13, 9, 30, tzinfo=UTC), datetime(2017, 6, 14, 9, 30, tzinfo=UTC)


def _seen(client: Client, meeting: Meeting) -> dict[str, tuple[str, str, datetime | date, int, str]]:
    """Read the feed: UID → summary, status, start, sequence, last change."""
    answer = client.get(reverse("meetings:calendar", args=(*meeting.cycle.address, meeting.slug)))
    calendar = vobject.readOne(answer.content.decode())
    return {
        event.uid.value: (
            event.summary.value,
            event.status.value,
            event.dtstart.value.astimezone(UTC) if isinstance(event.dtstart.value, datetime) else event.dtstart.value,
            int(event.sequence.value),
            event.last_modified.value.isoformat(),
        )
        for event in calendar.vevent_list
    }


def _revised(meeting: Meeting, text: str, by: Person, at: datetime) -> None:
    meeting.refresh_from_db()
    revise_meeting(hand_in_version(meeting, text, by=by, at=at), seen=meeting.sequence, by=by, at=at)


def test_subscribers_see_a_move_an_addition_and_a_cancellation(client: Client, cycle: Cycle, secretary: Person):
    meeting = _made(BEFORE, cycle, secretary, "Europe/Zurich")
    before = _seen(client, meeting)
    by_name = {said[0]: uid for uid, said in before.items()}
    _revised(
        meeting,
        BEFORE.replace("11:00 - 12:00 2. Budget", "11:15 - 12:00 2. Budget\n5. Audit").replace(
            "11:00 - 11:30 4. Closing\n", ""
        ),
        secretary,
        LATER,
    )
    after = _seen(client, meeting)

    assert after.keys() == before.keys(), "identifiers stay"
    sequence = before[by_name["1. Opening"]][3]
    budget, closing = by_name["2. Budget"], by_name["4. Closing"]
    assert before[budget][:3] == ("2. Budget", "TENTATIVE", datetime(2017, 3, 25, 10, 0, tzinfo=UTC))
    assert after[budget][:3] == ("2. Budget; 5. Audit", "TENTATIVE", datetime(2017, 3, 25, 10, 15, tzinfo=UTC))
    assert after[closing][:3] == ("4. Closing", "CANCELLED", datetime(2017, 3, 26, 9, 0, tzinfo=UTC))
    assert {uid for uid, said in after.items() if said[1] == "CANCELLED"} == {closing}
    assert {said[3] for said in after.values()} == {sequence + 1}
    assert {said[4] for said in after.values()} == {"2017-06-13T09:30:00+00:00"}


def test_a_day_that_goes_is_cancelled_with_its_blocks_and_comes_back_under_its_name(
    client: Client, cycle: Cycle, secretary: Person
):
    meeting = _made(BEFORE, cycle, secretary, "Europe/Zurich")
    _revised(meeting, BEFORE.partition("\nDay 2")[0] + "\n", secretary, LATER)
    cancelled = {said[0] for said in _seen(client, meeting).values() if said[1] == "CANCELLED"}
    assert cancelled == {"M, Day 2", "3. Selection", "4. Closing"}

    _revised(meeting, BEFORE, secretary, LATEST)

    assert {said[0] for said in _seen(client, meeting).values() if said[1] == "TENTATIVE"} >= cancelled


def test_clocks_are_right_on_the_night_summer_begins(client: Client, cycle: Cycle, secretary: Person):
    text = "Day 1: 25 March 2017\n23:30 - 03:30 1. Night session\n\nDay 2: 26 March 2017\n03:00 - 04:00 2. Dawn\n"
    meeting = _made(text, cycle, secretary, "Europe/Zurich")
    starts = [said[2] for said in _seen(client, meeting).values() if isinstance(said[2], datetime)]
    ends = [event.decoded("DTEND") for event in _feed(client, meeting).walk("VEVENT") if "DTEND" in event]

    assert starts == [datetime(2017, 3, 25, 22, 30, tzinfo=UTC), datetime(2017, 3, 26, 1, 0, tzinfo=UTC)]
    assert [end.astimezone(UTC) for end in ends if isinstance(end, datetime)] == [
        datetime(2017, 3, 26, 1, 30, tzinfo=UTC),
        datetime(2017, 3, 26, 2, 0, tzinfo=UTC),
    ]


def test_a_zone_printed_beside_a_time_counts_for_that_block(client: Client, cycle: Cycle, secretary: Person):
    text = "Day 1: 12 June 2017\n10:00 - 11:00 UTC+2 1. Opening\n11:00 - 12:00 2. Budget\n"
    meeting = _made(text, cycle, secretary, "America/New_York")
    starts = {said[0]: said[2] for said in _seen(client, meeting).values()}

    assert starts["2. Budget"] == datetime(2017, 6, 12, 15, 0, tzinfo=UTC)
    assert starts["1. Opening"] == datetime(2017, 6, 12, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("printed", "hours"), [("UTC", 0), ("GMT+5:30", 5.5), ("UTC−3", -3), ("CEST", 2), ("UTC+99", 2), ("", 2)]
)
def test_only_offsets_are_taken_from_printed_zones(printed: str, hours: float):
    offset = datetime(2017, 6, 12, 10, 0, tzinfo=zone_of(printed, "Europe/Zurich")).utcoffset()

    assert offset is not None
    assert offset.total_seconds() == hours * 3600


def test_one_feed_has_the_meetings_of_the_year_each_in_its_zone(client: Client, cycle: Cycle, secretary: Person):
    _made("Day 1: 12 June 2017\n10:00 - 11:00 1. Opening\n", cycle, secretary, "Europe/Zurich")
    _made("Day 1: 1 March 2017\n10:00 - 11:00 1. Early\n", cycle, secretary, "Asia/Tokyo")
    feed = Calendar.from_ical(client.get(reverse("meetings:calendar-of-all", args=cycle.address)).content)

    starts = {str(event["SUMMARY"]): event.decoded("DTSTART") for event in feed.walk("VEVENT")}
    assert [str(zone["TZID"]) for zone in feed.walk("VTIMEZONE")] == ["Asia/Tokyo", "Europe/Zurich"]
    assert starts["1. Early"].astimezone(UTC) == datetime(2017, 3, 1, 1, 0, tzinfo=UTC)
    assert starts["1. Opening"].astimezone(UTC) == datetime(2017, 6, 12, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("count", [1, 12])
def test_the_feed_of_a_year_takes_as_many_queries_for_one_meeting_as_for_many(
    client: Client, cycle: Cycle, secretary: Person, django_assert_num_queries, count: int
):
    for _number in range(count):
        _made(BEFORE, cycle, secretary, "UTC")
    with django_assert_num_queries(7):
        client.get(reverse("meetings:calendar-of-all", args=cycle.address))


def test_an_adopted_agenda_is_confirmed_and_says_so(client: Client, june: Meeting, secretary: Person):
    for state in (Standing.CIRCULATED, Standing.ADOPTED):
        june.refresh_from_db()
        make_version(june, state, seen=june.sequence, by=secretary, at=NOW)

    assert {str(event["STATUS"]) for event in _feed(client, june).walk("VEVENT")} == {"CONFIRMED"}
    address = reverse("meetings:print", args=(*june.cycle.address, june.slug))
    assert "Adopted, version 2, as of 12 June 2017" in client.get(address).content.decode()
