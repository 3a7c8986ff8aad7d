"""The public programme: every session in one page, narrowed by its address, small, and the same for everybody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from convenor.cycle.models import Cycle
from convenor.people.roles import Role
from convenor.programme.models import Release, Room, Session, Slot
from convenor.publishing.filters import Filters
from convenor.publishing.links import SiteLinks
from tests.programme.making import AT, FIRST, make_person, make_session, make_venue, place, released

PAGE = "/igf/2017/programme/"


@pytest.fixture
def programme(cycle: Cycle) -> Release:
    """Give a released programme of six sessions in two rooms on two days."""
    make_venue(cycle)
    sessions = [
        make_session(cycle, 1001 + index, title=f"Forum {'ABCDEF'[index]}", theme="access" if index % 2 else "")
        for index in range(6)
    ]
    sessions[3].people.add(make_person("Amina Mfano"))
    return released(cycle, sessions)


def shown(client: Client, query: str = "") -> dict[str, list[str]]:
    """Read the page as heading → titles."""
    days = client.get(PAGE + query).context["days"]
    return {
        f"{day.on.day} {group.heading}": [entry.title for entry in group.entries]
        for day in days
        for group in day.groups
    }


@pytest.mark.parametrize("role", list(Role))
def test_everybody_reads_the_programme(programme: Release, client_as, role: Role):
    client = client_as(role)

    addresses = (
        PAGE,
        PAGE + "sessions/1001/",
        PAGE + "sessions/1001/calendar.ics",
        PAGE + "calendar.ics",
        PAGE + "programme.json",
    )
    assert [client.get(address).status_code for address in addresses] == [200] * 5


def test_all_sessions_of_all_days_are_in_the_one_page(programme: Release, client: Client):
    assert shown(client) == {
        "18 09:00": ["Forum A", "Forum B"],
        "18 11:00": ["Forum C", "Forum D"],
        "19 09:00": ["Forum E", "Forum F"],
    }


def test_the_same_sessions_by_room(programme: Release, client: Client):
    assert shown(client, "?by=room") == {
        "18 R1": ["Forum A", "Forum C"],
        "18 R2": ["Forum B", "Forum D"],
        "19 R1": ["Forum E"],
        "19 R2": ["Forum F"],
    }


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?day=2017-12-19", "EF"), ("?room=R2", "BDF"), ("?theme=access", "BDF"), ("?q=amina", "D"), ("?q=1003", "C"),
        ("?q=forum R2", "BDF"), ("?q=FORUM&day=2017-12-18&room=R1", "AC"), ("?day=yesterday", ""),
        ("?room=' or 1=1", ""), ("?q=%00", "ABCDEF"), ("?by=nonsense", "ABCDEF"), ("?unknown=1", "ABCDEF"),
    ],
)  # fmt: skip
def test_the_address_narrows_the_programme(programme: Release, client: Client, query: str, titles: str):
    assert [title[-1] for found in shown(client, query).values() for title in found] == list(titles)


def test_nothing_found_leads_back_to_all(programme: Release, client: Client):
    page = client.get(PAGE + "?q=nowhere").content.decode()

    assert "No session fits what you asked for." in page
    assert f'<a class="btn" href="{PAGE}">Show all sessions</a>' in page


def test_tabs_lead_to_days_and_keep_the_other_filters(programme: Release, client: Client):
    tabs = client.get(PAGE + "?day=2017-12-19&room=R2").context["tabs"]

    assert [(tab.url, tab.is_here) for tab in tabs] == [
        (PAGE + "?room=R2#day-2017-12-18", False),
        (PAGE + "?room=R2#day-2017-12-19", True),
    ]


def test_before_the_first_release_the_page_says_which_phase_opens_it(cycle: Cycle, client: Client):
    page = client.get(PAGE).content.decode()

    words = "first release, in the phase “Timetable”: 1 September 2017 to 30 September 2017."
    assert words in page
    assert client.get(PAGE + "sessions/1/").status_code == 404
    assert client.get(PAGE + "programme.json").json()["release"] is None
    assert b"BEGIN:VEVENT" not in client.get(PAGE + "calendar.ics").content


def test_only_the_latest_release_is_shown_with_what_changed(cycle: Cycle, programme: Release, client: Client):
    rooms, slots = list(Room.objects.all()), list(Slot.objects.all())
    second = Release.objects.create(cycle=cycle, number=2, released_at=AT + timedelta(days=1))
    one, two, three = Session.objects.all()[:3]
    place(one, slots[0], rooms[0], release=second)
    place(two, slots[0], rooms[1], release=second)
    place(three, slots[1], rooms[1], release=second)
    place(make_session(cycle, 1010, title="Forum Z"), slots[1], rooms[0], release=second)
    Session.objects.filter(pk=two.pk).update(title="Forum B, renamed")
    programme.placements.filter(session=one).update(slot=slots[3])

    days = client.get(PAGE).context["days"]
    news = {entry.title: entry.news for day in days for group in day.groups for entry in group.entries}

    assert news == {
        "Forum A": "moved from Tue 19, 11:00, R1",
        "Forum B, renamed": "",
        "Forum C": "moved from R1",
        "Forum Z": "new",
    }


@pytest.mark.parametrize(("minutes", "now"), [(0, ["09:00"]), (89, ["09:00"]), (90, []), (-1, [])])
def test_the_hour_that_runs_is_marked(cycle: Cycle, programme: Release, client: Client, minutes: int, now: list[str]):
    cycle.stands_at = FIRST + timedelta(minutes=minutes)
    cycle.save()

    days = client.get(PAGE).context["days"]

    assert [group.heading for day in days for group in day.groups if group.is_now] == now


def test_times_are_those_of_the_cycle_in_winter_and_summer(cycle: Cycle, client: Client):
    cycle.zone = "Pacific/Kiritimati"  # fourteen hours ahead: the day changes too
    cycle.save()
    make_venue(cycle)
    released(cycle, [make_session(cycle, 1001)])

    assert shown(client) == {"18 22:00": ["Forum 1001"]}


def test_sessions_shorter_than_their_slot_say_how_long_they_are(programme: Release, client: Client):
    Session.objects.filter(number=1001).update(minutes=90)
    entries = client.get(PAGE).context["days"][0].groups[0].entries

    assert [entry.note for entry in entries] == ["", "60 minutes"]


def test_hostile_titles_are_only_text(cycle: Cycle, client: Client):
    make_venue(cycle)
    title = "</h4><script>alert('x')</script>\u202etxt.exe"
    session = make_session(cycle, 1001, title=title, summary="<img src=x onerror=alert(1)>\n\n&amp;")
    session.people.add(make_person("<b>Bold</b>"))
    released(cycle, [session])

    pages = client.get(PAGE).content.decode() + client.get(PAGE + "sessions/1001/").content.decode()

    assert "<script>alert" not in pages
    assert "<img" not in pages
    assert "<b>Bold" not in pages
    assert "&lt;/h4&gt;&lt;script&gt;" in pages


def test_the_page_is_the_same_for_every_anonymous_reader_and_answers_304(programme: Release):
    first, second = Client().get(PAGE), Client().get(PAGE)

    assert first.content == second.content
    assert not first.cookies
    assert Client().get(PAGE, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    for address in ("calendar.ics", "programme.json", "sessions/1001/", "sessions/1001/calendar.ics"):
        etag = Client().get(PAGE + address)["ETag"]
        assert Client().get(PAGE + address, HTTP_IF_NONE_MATCH=etag).status_code == 304


def test_pages_are_compressed_by_the_application(programme: Release):
    answer = Client().get(PAGE, HTTP_ACCEPT_ENCODING="gzip")

    assert answer["Content-Encoding"] == "gzip"


def test_arabic_runs_from_right_to_left(programme: Release, client: Client):
    client.cookies["language"] = "ar"

    assert 'lang="ar" dir="rtl"' in client.get(PAGE).content.decode()
    assert 'lang="ar" dir="rtl"' in client.get(PAGE + "sessions/1001/").content.decode()


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    ("address", "queries"),
    [("", 3), ("?q=forum", 5), ("sessions/1001/", 8), ("calendar.ics", 3), ("programme.json", 7)],
)
def test_thirty_sessions_take_as_many_queries_as_one(
    cycle: Cycle, client: Client, django_assert_num_queries, *, count: int, address: str, queries: int
):
    make_venue(cycle, seats=[100] * 10)
    sessions = [make_session(cycle, 1001 + number, theme="access") for number in range(count)]
    sessions[0].people.add(make_person("Somebody"))
    released(cycle, sessions)

    with django_assert_num_queries(queries):
        client.get(PAGE + address)


def test_addresses_written_by_hand_are_those_of_the_table(cycle: Cycle, programme: Release, client: Client):
    links = SiteLinks(cycle)

    for address in (
        links.programme(),
        links.session(1001),
        links.session_calendar(1001),
        links.calendar(),
        links.json(),
    ):
        assert client.get(address).status_code == 200


def test_filters_come_back_as_the_same_address():
    filters = Filters.of({"day": "2017-12-18", "q": "a b&c", "by": "room", "room": ""})

    assert filters.query() == "?day=2017-12-18&q=a+b%26c&by=room"
    assert filters.query(day="", by="") == "?q=a+b%26c"
    assert Filters().query() == ""


def test_another_forums_sessions_stay_out(cycle: Cycle, programme: Release, client: Client):
    other = Cycle.objects.get(pk=cycle.pk)
    other.pk, other.slug, other.stands_at = None, "2018", datetime(2018, 1, 1, tzinfo=UTC)
    other.save()

    assert client.get("/igf/2018/programme/").context["release"] is None
