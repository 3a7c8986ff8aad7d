"""The clock on the agenda page: the plan of the rows, the facts of the log, what the page says, what can be done."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from convenor.meetings import actions_times as actions
from convenor.meetings.agenda.edits import Move, Place
from convenor.meetings.agenda.windows import Window
from convenor.meetings.agenda_live import PAGE
from convenor.meetings.agenda_page import days_of
from convenor.meetings.clock import Way
from convenor.meetings.editor import sitting
from convenor.meetings.floor import Channel as FloorChannel
from convenor.meetings.floor import Wish, items
from convenor.meetings.floor_actions import arrange, ask_for_floor, open_day, steer
from convenor.meetings.floor_log import state_of
from convenor.meetings.models import Continuation, Item, Meeting
from convenor.meetings.syncing import key_of
from convenor.meetings.timing import Timing, timing_of
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.errors import Refused
from convenor.shared.live import feeds
from convenor.shared.live.news import number_of, tick, topic_of

pytestmark = pytest.mark.django_db
As = Callable[[Role], Client]


def at(clock: str, day: int = 12) -> datetime:
    """Give a moment of June 2017 in Geneva, which is two hours ahead."""
    hour, minute = clock.split(":")
    return datetime(2017, 6, day, int(hour) - 2, int(minute), tzinfo=UTC)


@pytest.fixture
def chair(person_as: Callable[[Role], Person]) -> Person:
    """Give the chair."""
    return person_as(Role.CHAIR)


def item(meeting: Meeting, label: str, day: int = 0) -> Item:
    """Find an item of a day by its label; the first of the first day is printed without its 1."""
    found = Item.objects.filter(block__day__meeting=meeting, block__day__order=day, parent=None)
    return found.filter(label="" if label == "1" else label).earliest("block__order", "order")


def stands(meeting: Meeting, moment: datetime) -> None:
    """Let the year stand at a moment, as an example does."""
    meeting.cycle.stands_at = moment
    meeting.cycle.save()


def opened(meeting: Meeting, chair: Person, moment: datetime, day: int = 0) -> None:
    """Open a day."""
    open_day(meeting, meeting.days.all()[day], by=chair, at=moment, expected=state_of(meeting).mark)


def taken(meeting: Meeting, chair: Person, label: str, moment: datetime) -> None:
    """Take an item of the first day up."""
    step = partial(items.take_up, item=key_of(item(meeting, label)))
    steer(meeting, step, by=chair, at=moment, expected=state_of(meeting).mark)


def timed(meeting: Meeting, now: datetime) -> Timing:
    """Reckon the times."""
    found = timing_of(meeting, days_of(meeting), now=now)
    assert found is not None
    return found


def words(page: str) -> str:
    """Take the tags out."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def ends(timing: Timing) -> list[str]:
    """Write when each day is expected to end, in Geneva."""
    ends = (day.expected.end if day.expected else None for day in timing.projection.days)
    return [f"{end + timedelta(hours=2):%H:%M}" if end else "" for end in ends]


# ---- the plan and the facts


def test_nothing_is_expected_before_and_after_the_days_of_a_meeting(june: Meeting):
    assert timing_of(june, days_of(june), now=at("23:00", 11)) is None
    assert timing_of(june, days_of(june), now=at("10:00", 15)) is None


def test_where_nobody_notes_anything_the_page_waits_an_hour_and_then_shows_the_plan(june: Meeting):
    assert ends(timed(june, at("10:25"))) == ["18:25", "18:00", "18:00"]
    assert timing_of(june, days_of(june), now=at("11:01")) is None


def test_the_rows_and_the_log_give_what_the_clock_gives_for_the_seed(june: Meeting, chair: Person):
    opened(june, chair, at("10:25"))
    timing = timed(june, at("10:25"))
    nine = timing.projection.of(key_of(item(june, "9")))

    assert ends(timing) == ["18:25", "18:00", "18:00"]
    assert [(one.expected.start, one.expected.end) for one in nine if one.expected] == [
        (at("12:15"), at("13:00")), (at("15:00"), at("15:25")),
    ]  # fmt: skip


def test_what_the_chair_moves_is_taken_there_and_keeps_its_length(june: Meeting, chair: Person):
    opened(june, chair, at("10:00"))
    two, five = key_of(item(june, "2")), key_of(item(june, "5"))
    arrange(june, partial(items.move, item=two, behind=five), by=chair, at=at("10:00"))
    timing = timed(june, at("10:00"))
    expected = timing.projection.of(two)[0].expected

    assert timing.order[key_of(item(june, "2").block)] == [key_of(item(june, label)) for label in "13452"]
    assert expected is not None
    assert (expected.start, expected.end) == (at("10:40"), at("10:50"))
    assert ends(timing)[0] == "18:00"


def test_a_meeting_in_another_zone_and_the_night_of_summer_time(june: Meeting, chair: Person):
    june.zone = "Pacific/Auckland"  # twelve hours ahead, in winter
    june.save()
    june.days.filter(order=0).update(date="2017-09-23")
    june.days.filter(order=1).update(date="2017-09-24")  # the clock goes an hour ahead in the night before
    opened(june, chair, datetime(2017, 9, 22, 22, 25, tzinfo=UTC))
    timing = timed(june, datetime(2017, 9, 22, 22, 25, tzinfo=UTC))

    assert timing.projection.days[0].expected is not None
    assert timing.projection.days[0].expected.start == datetime(2017, 9, 22, 22, 25, tzinfo=UTC)
    planned = [day.planned.start for day in timing.projection.days if day.planned]
    assert planned[:2] == [datetime(2017, 9, 22, 22, 0, tzinfo=UTC), datetime(2017, 9, 23, 21, 0, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("opened_at", "begins", "over"),
    [
        (datetime(2017, 6, 19, 8, 25, tzinfo=UTC), "10:00", timedelta(minutes=25)),  # a week later, in its hours
        (
            datetime(2026, 11, 27, 16, 48, 9, tzinfo=UTC),
            "17:48",
            timedelta(0),
        ),  # a rehearsal, in winter, in the evening
    ],
)
def test_a_day_held_on_another_date_takes_the_agenda_along(
    june: Meeting, chair: Person, opened_at: datetime, begins: str, over: timedelta
):
    opened(june, chair, opened_at)
    timing = timed(june, opened_at)
    day = timing.projection.days[0]

    assert timing.is_elsewhere
    assert list(actions.proposed(timing)) == []
    assert day.planned is not None
    assert f"{day.planned.start.astimezone(ZoneInfo(june.zone)):%Y-%m-%d %H:%M}" == f"{opened_at:%Y-%m-%d} {begins}"
    assert abs(day.over - over) < timedelta(minutes=1)


# ---- the page


def test_the_page_of_a_day_under_way_keeps_three_kinds_of_time_apart(client: Client, june: Meeting, chair: Person):
    opened(june, chair, at("10:14"))
    for label, clock in (("1", "10:14"), ("2", "10:24"), ("3", "10:34")):
        taken(june, chair, label, at(clock))
    stands(june, at("10:40"))
    page = client.get(june.get_absolute_url()).text
    days = words(page)

    assert "Planned 10:00–10:50 Now expected 10:14–11:04 +14 min" in days
    assert "Welcome from MAG Chair held 10:14–10:24" in days
    assert "since 10:34 until about 10:44" in days
    assert "3. Now Adoption of the agenda" in days
    assert page[page.index('id="agenda-days"') :].count('class="tag here"') == 1
    assert page.count('class="item now"') == 1
    assert "expected 10:54" in days
    assert days.count("14 min late: Day 1 was opened late.") == 1
    assert "Planned 13:00–15:00 does not move" in days
    assert "Planned 10:00–10:30 as planned" in days
    assert "ends 18:00 , now expected 18:14 +14 min" in days
    assert "Interrupted by Lunch. It goes on at 15:00 with the 14 min that are left." in days
    assert "not planned Now expected 15:00–15:14" in days
    assert "Now 10:40 item 3 until about 10:44 Time left 4 min of 10 min Next item 4, expected 10:44" in days
    assert "Day 1 is expected to end at 18:14, 14 min after its planned end." in days
    assert "move-on" not in page
    assert "How the day could end" not in page


def test_a_page_of_no_meeting_day_shows_planned_times_alone(client: Client, june: Meeting):
    stands(june, at("10:00", 11))
    days = words(client.get(june.get_absolute_url()).text)

    assert "Now expected" not in days
    assert "Times are planned." in days


def test_the_page_of_a_meeting_that_was_held_says_when(client: Client, june: Meeting, chair: Person):
    opened(june, chair, at("10:05"))
    taken(june, chair, "1", at("10:05"))
    actions.move_on(june, "adjourn", "", seen=key_of(item(june, "1")), by=chair, at=at("10:30"))
    stands(june, at("12:00", 20))
    days = words(client.get(june.get_absolute_url()).text)

    assert "held 10:05–10:30" in days
    assert "Now expected" not in days.replace("Planned Now expected Item", "")


@pytest.mark.parametrize(
    ("role", "moves", "guests"),
    [
        (Role.PUBLIC, False, False),
        (Role.MEMBER, False, False),
        (Role.CHAIR, True, False),
        (Role.SECRETARIAT, True, True),
    ],
)  # fmt: skip
def test_each_role_has_the_acts_that_are_theirs(
    client_as: As, june: Meeting, chair: Person, role: Role, moves: bool, guests: bool
):
    opened(june, chair, at("10:25"))
    taken(june, chair, "1", at("10:25"))
    stands(june, at("10:30"))
    page = client_as(role).get(june.get_absolute_url()).text

    assert ("move-on" in page, "times/guest" in page, "times/proposal" in page) == (moves, guests, guests)


@pytest.mark.parametrize("name", ["take-proposal", "move-on"])
def test_what_changes_something_is_posted(client_as: As, june: Meeting, name: str):
    address = reverse(f"meetings:{name}", args=(*june.cycle.address, "june"))

    assert client_as(Role.SECRETARIAT).get(address).status_code == 405


def test_the_page_takes_the_same_queries_however_much_was_noted(
    client: Client, june: Meeting, chair: Person, django_assert_num_queries: DjangoAssertNumQueries
):
    opened(june, chair, at("10:00"))
    stands(june, at("17:00"))
    client.get(june.get_absolute_url())
    with django_assert_num_queries(14):
        client.get(june.get_absolute_url())
    for minute in range(30):
        taken(june, chair, str(1 + minute % 5), at(f"10:{minute:02d}"))
    with django_assert_num_queries(14):
        client.get(june.get_absolute_url())


# ---- what can be done


def test_a_day_is_opened_and_items_are_taken_up_from_the_page(client_as: As, june: Meeting):
    stands(june, at("10:03"))
    client, address = client_as(Role.CHAIR), reverse("meetings:move-on", args=(*june.cycle.address, "june"))
    one, two, day = key_of(item(june, "1")), key_of(item(june, "2")), key_of(june.days.all()[0])
    page = client.get(june.get_absolute_url()).text
    assert f'name="key" value="{day}"' in page

    client.post(address, {"do": "open", "key": day, "seen": ""})
    assert f'name="key" value="{one}"' in client.get(june.get_absolute_url()).text
    client.post(address, {"do": "take-up", "key": one, "seen": ""})
    client.post(address, {"do": "take-up", "key": two, "seen": ""})  # by somebody who saw nothing under way
    assert state_of(june).item == one
    client.post(address, {"do": "pause", "key": one, "seen": one})
    assert 'value="continue"' in client.get(june.get_absolute_url()).text
    client.post(address, {"do": "continue", "key": one, "seen": ""})
    client.post(address, {"do": "close", "key": one, "seen": one})
    client.post(address, {"do": "adjourn", "key": day, "seen": ""})

    assert [entry.kind for entry in june.floor_entries.all()] == [
        "day_opened", "taken_up", "paused", "continued", "closed", "day_closed",
    ]  # fmt: skip


def test_a_guest_who_is_late_is_noted_and_another_order_taken(client_as: As, june: Meeting, chair: Person):
    opened(june, chair, at("10:00"))
    taken(june, chair, "1", at("10:00"))
    stands(june, at("10:02"))
    client, two = client_as(Role.SECRETARIAT), item(june, "2")
    feed = reverse("meetings:calendar", args=(*june.cycle.address, "june"))
    before = client.get(feed).text
    address = reverse("meetings:guest", args=(*june.cycle.address, "june", key_of(two)))
    assert client.get(address).status_code == 200
    wrong = client.post(address, {"name": "Secretary-General", "arrives": "soon", "seen": june.sequence})
    assert (wrong.status_code, 'value="Secretary-General"' in wrong.text) == (422, True)

    client.post(address, {"name": "Secretary-General", "arrives": "10:40", "seen": Meeting.objects.get().sequence})
    page = client.get(june.get_absolute_url()).text
    two.refresh_from_db()
    assert two.arrivals == ["10:40– Secretary-General"]
    assert "Secretary-General comes only at 10:40: item 2 waits" in words(page).replace("Item", "item")
    assert "Item 2 is taken after item 5." in words(page)
    mark = re.search(r'name="mark" value="(\w+)"', page)
    assert mark is not None
    seen = Meeting.objects.get().sequence
    client.post(reverse("meetings:take-proposal", args=(*june.cycle.address, "june")), {"mark": mark[1], "seen": seen})

    labels = [one.label for one in two.block.items.filter(parent=None)]
    assert labels == ["", "3", "4", "5", "2"]
    assert ends(timed(june, at("10:02")))[0] == "18:00"
    after = client.get(feed).text
    assert before != after
    assert after.index("5. Welcome") < after.index("2. Welcome from Secretary")
    work = sitting.undo(Meeting.objects.get(), by=Person.objects.get(email="secretariat@example.org"), at=at("10:03"))
    assert [one.label for one in work.agenda.days[0].blocks[0].items] == [None, "2", "3", "4", "5"]


@pytest.mark.parametrize("way", [Way.SHORTEN, Way.NEXT_DAY, Way.DROP])
def test_each_proposal_becomes_edits_with_the_effect_it_promised(
    june: Meeting, chair: Person, secretary: Person, way: Way
):
    opened(june, chair, at("10:25"))
    now, before = at("10:26"), _all_items(june)
    found = next(one for one in actions.proposed(timed(june, now)) if one.way is way)
    promised = [f"{end.after + timedelta(hours=2):%H:%M}" for end in found.ends if end.after]
    sequence = Meeting.objects.get().sequence
    actions.take_proposal(june, actions.mark_of(found), seen=sequence, by=secretary, at=at("10:26"), now=now)

    assert ends(timed(june, now)) == promised
    assert promised[0] <= "18:00"
    sitting.undo(june, by=secretary, at=at("10:27"))
    assert _all_items(june) == before
    assert ends(timed(june, now))[0] == "18:26"


def _all_items(meeting: Meeting) -> list[tuple[int, str]]:
    rows = Item.objects.filter(block__day__meeting=meeting).order_by("block__day__order", "block__order", "order", "pk")
    return [(one.pk, one.title) for one in rows]


def test_an_item_that_is_parted_goes_on_as_one_matter(june: Meeting, chair: Person, secretary: Person):
    opened(june, chair, at("10:25"))
    links = Continuation.objects.count()
    found = next(one for one in actions.proposed(timed(june, at("10:26"))) if one.way is Way.NEXT_DAY)
    sequence = Meeting.objects.get().sequence
    actions.take_proposal(june, actions.mark_of(found), seen=sequence, by=secretary, at=at("10:26"), now=at("10:26"))

    assert Continuation.objects.count() == links + 1
    link = Continuation.objects.latest("pk")
    assert (link.earlier.title, link.later.block.day.order) == (link.later.title, 1)
    sitting.undo(june, by=secretary, at=at("10:27"))
    assert Continuation.objects.count() == links


def test_a_proposal_that_no_longer_stands_is_refused(june: Meeting, chair: Person, secretary: Person):
    opened(june, chair, at("10:25"))
    found = next(actions.proposed(timed(june, at("10:26"))))
    sequence = Meeting.objects.get().sequence
    for mark, seen in (("nothing", sequence), (actions.mark_of(found), sequence - 1)):
        with pytest.raises(Refused, match="not proposed any more"):
            actions.take_proposal(june, mark, seen=seen, by=secretary, at=at("10:26"), now=at("10:26"))
    assert Meeting.objects.get().sequence == sequence


def test_windows_of_other_guests_stay():
    lines = ("10:00–10:30 Ana Example", "–11:00 Ben Example")
    assert actions.with_guest(lines, Window("ana example", "10:40", None)) == (
        "10:40– Ana Example", "–11:00 Ben Example",
    )  # fmt: skip
    assert actions.with_guest(lines, Window("Ben Example", "10:40", None)) == (
        "10:00–10:30 Ana Example", "10:40–11:00 Ben Example",
    )  # fmt: skip
    assert actions.with_guest((), Window("Cem Example", "10:40", None)) == ("10:40– Cem Example",)


def test_the_desk_of_the_editor_says_where_the_day_ends(client_as: As, june: Meeting, chair: Person):
    opened(june, chair, at("10:25"))
    stands(june, at("10:26"))
    desk = client_as(Role.SECRETARIAT).get(reverse("meetings:edit", args=(*june.cycle.address, "june")))

    assert words(desk.text).count("now expected to end at") == 1
    assert "now expected to end at 18:26 (+26 min)" in words(desk.text)


# ---- as time passes


def test_every_edit_and_every_note_reaches_open_pages(june: Meeting, chair: Person, secretary: Person):
    numbers = [number_of(topic_of(june))]
    opened(june, chair, at("10:00"))
    numbers.append(number_of(topic_of(june)))
    work = sitting.work_on(Meeting.objects.get())
    move = Move(key_of(item(june, "2")), Place(key_of(item(june, "2").block), key_of(item(june, "5"))))
    sitting.change(work.meeting, [move], seen=work.log.version, by=secretary, at=at("10:01"))
    numbers.append(number_of(topic_of(june)))
    ask_for_floor(june, by=chair, at=at("10:02"), wish=Wish.POINT_OF_ORDER, seat=FloorChannel.ROOM)
    numbers.append(number_of(topic_of(june)))  # who asks for the floor changes no time

    assert [one - numbers[0] for one in numbers] == [0, 1, 2, 2]
    assert Meeting.objects.get().stands_since == at("10:01")


def test_a_minute_is_counted_once_whoever_asks_and_only_while_the_meeting_is_under_way(client: Client, june: Meeting):
    url = unescape(re.findall(r'data-follows="([^"]*)"', client.get(june.get_absolute_url()).text)[0])
    channel = feeds.Channel(PAGE, topic_of(june), june.pk, url.partition("?")[0], "en", frozenset({"public"}))
    before = number_of(channel.topic)
    feeds.grow_older(channel, 1)
    assert number_of(channel.topic) == before  # its days are long past

    here = datetime.now(UTC).astimezone(ZoneInfo(june.zone)) - timedelta(hours=4)
    june.days.filter(order=0).update(date=here.date())
    feeds.grow_older(channel, 2)
    feeds.grow_older(channel, 2)
    assert number_of(channel.topic) == before + 1
    with transaction.atomic():
        assert not tick(channel.topic, 2)  # another process, in the same minute
    feeds.grow_older(channel, 3)
    assert number_of(channel.topic) == before + 2
    answer = client.get(url, headers={"If-None-Match": f'"{before + 2}"'})
    assert answer.status_code == 200  # who only asks lets it grow older too
    assert answer.json()["at"] == before + 3


def test_what_was_noted_of_an_item_that_is_gone_is_said_without_its_key(client: Client, june: Meeting, chair: Person):
    opened(june, chair, at("10:00"))
    taken(june, chair, "2", at("10:01"))
    item(june, "2").delete()
    stands(june, at("10:05"))
    page = words(client.get(june.get_absolute_url()).text)

    assert "Something was noted at 10:01 about an item, which is not on the agenda any more." in page


def test_close_ends_what_is_under_way_be_it_a_sub_item(june: Meeting, chair: Person):
    opened(june, chair, at("10:00"))
    six = item(june, "6")
    part = six.children.earliest("order")
    step = partial(items.take_up, item=key_of(part))
    steer(june, step, by=chair, at=at("10:01"), expected=state_of(june).mark)
    timing = timed(june, at("10:02"))
    assert timing.under_way == key_of(part)
    actions.move_on(june, "close", key_of(six), seen=key_of(part), by=chair, at=at("10:03"))

    assert state_of(june).item == ""
    assert june.floor_entries.last().values["item"] == key_of(part)
