"""The pages of the editor do the whole job without a script; nothing typed is lost, and only those who may edit do."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from convenor.cycle.models import Cycle
from convenor.meetings.models import Day, Item, Meeting, Sitting
from convenor.people.models import Person
from convenor.people.roles import Role
from tests.meetings.corrections.test_pages import fields
from tests.meetings.editor.making import BASE, agenda, block_key, day_key, fresh, key, lines, make

pytestmark = pytest.mark.django_db
As = Callable[[Role], Client]
EDIT = f"{BASE}edit/"
PAGE_QUERIES = 14  # session, person, year, two of roles, meeting, days, blocks, items, sitting, four of the clock


@pytest.fixture
def client(client_as: As) -> Client:
    """Give the secretariat's browser."""
    return client_as(Role.SECRETARIAT)


@pytest.fixture
def other(colleague: Person) -> Client:
    """Give the browser of a second person of the secretariat."""
    client = Client()
    client.force_login(colleague, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def part(meeting: Meeting, title: str) -> str:
    """Give the address of an item's page."""
    return f"{EDIT}part/{key(meeting, title)}/"


def test_the_page_shows_lines_ends_and_keys(client: Client, meeting: Meeting):
    page = client.get(EDIT).text

    assert f'href="{part(meeting, "Welcome")}"' in page
    assert 'ends <b class="num">16:00</b>' in page
    assert "Nothing was corrected yet." in page


def test_a_day_that_takes_longer_than_printed_says_so_at_once(client: Client, meeting: Meeting):
    address = part(meeting, "Open discussion")
    client.post(address, {**fields(client.get(address).text), "part-minutes": "95", "do": "save"})
    page = client.get(EDIT).text

    assert "by its minutes at 16:35" in page
    assert "its items take 95 of 60 min" in page


@pytest.mark.parametrize(
    ("step", "title", "expected"),
    [
        ("down", "Welcome", ["2 Adoption of the agenda", "Welcome", "3 Updates from the initiatives and"]),
        ("up", "Adoption", ["2 Adoption of the agenda", "Welcome", "3 Updates from the initiatives and"]),
        ("in", "Adoption", ["Welcome", "2 Adoption of the agenda", "3 Updates from the initiatives and"]),
        ("join-next", "Welcome", ["2 Welcome Adoption of the agenda", "3 Updates from the initiatives and"]),
        ("remove", "Welcome", ["2 Adoption of the agenda", "3 Updates from the initiatives and"]),
        ("new-block", "Adoption", ["Welcome", "2 Adoption of the agenda", "3 Updates from the initiatives and"]),
    ],
)
def test_steps_are_taken_by_form(client: Client, meeting: Meeting, step: str, title: str, expected: list[str]):
    answer = client.post(part(meeting, title), {"do": step, "seen": str(meeting.sequence)})

    assert (answer.status_code, answer.url.startswith(f"{EDIT}?at=at-")) == (302, True)
    assert lines(meeting)[: len(expected)] == expected
    client.post(f"{EDIT}undo/")
    assert lines(meeting)[:2] == ["Welcome", "2 Adoption of the agenda"]
    client.post(f"{EDIT}redo/")
    assert lines(meeting)[: len(expected)] == expected


def test_times_below_follow_but_what_is_pinned_stays(client: Client, meeting: Meeting):
    lunch, second = block_key(meeting, "13:00"), block_key(meeting, "10:50")
    address = f"{EDIT}part/{lunch}/"
    client.post(address, {**fields(client.get(address).text), "part-pinned_start": "on", "part-pinned_end": "on"})
    address = f"{EDIT}part/{second}/"
    client.post(address, {**fields(client.get(address).text), "part-end": "11:30", "do": "save"})
    client.post(f"{EDIT}part/{block_key(meeting, '10:00')}/", {"do": "follow", "seen": fresh(meeting).sequence})

    times = [(block.start, block.end) for block in agenda(meeting).days[0].blocks]
    assert times == [("10:00", "10:50"), ("10:50", "11:30"), ("13:00", "15:00"), ("15:00", "16:00")]
    assert "fixed" in client.get(EDIT).text


def test_a_day_holds_webcast_call_and_languages(client: Client, meeting: Meeting):
    address = f"{EDIT}part/{day_key(meeting, 1)}/"
    given = {
        **fields(client.get(address).text),
        "part-webcast": "https://webcast.example/1",
        "part-call": "https://call.example/secret",
        "part-languages": "English\nFrançais",
    }
    refused = client.post(address, {**given, "part-call": "javascript:alert(1)"})
    assert (refused.status_code, "is no address" in refused.text) == (422, True)
    assert 'value="https://webcast.example/1"' in refused.text
    client.post(address, given)

    day = Day.objects.get(meeting=meeting, order=0)
    assert (day.webcast, day.languages) == ("https://webcast.example/1", ["English", "Français"])
    page = client.get(EDIT).text
    assert ("call.example" in page, "interpretation: English, Français" in page) == (False, True)


SEES_CALL = {
    Role.OBSERVER, Role.HOST, Role.LEAD, Role.FACILITATOR, Role.RAPPORTEUR, Role.MEMBER, Role.CHAIR, Role.SECRETARIAT,
}  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
def test_the_call_is_shown_to_those_who_take_part_and_stands_nowhere_else(client_as: As, meeting: Meeting, role: Role):
    Day.objects.filter(meeting=meeting).update(call="https://call.example/secret", webcast="https://cast.example/")
    reader = client_as(role)
    pages = {name: reader.get(f"{BASE}{name}") for name in ("", "versions/", "calendar.ics", "agenda.json")}

    said = [name for name, answer in pages.items() if "call.example" in answer.content.decode()]
    assert said == ([""] if role in SEES_CALL else [])
    assert "https://cast.example/" in pages[""].text
    assert "call.example" not in reader.get("/igf/2017/journal/").text


def test_guests_and_links_are_typed_shown_and_refused_in_words(client: Client, client_as: As, meeting: Meeting):
    address = part(meeting, "Welcome")
    given = {**fields(client.get(address).text), "part-arrivals": "10.00-11:30 H.E. Example", "do": "save"}
    refused = client.post(address, {**given, "part-arrivals": "some time H.E. Example"})
    assert (refused.status_code, "is no time with a name" in refused.text) == (422, True)
    client.post(address, {**given, "part-links": "https://example.org/ The example\n#45\nBest practices"})

    item = Item.objects.get(title="Welcome")
    assert item.arrivals == ["10:00–11:30 H.E. Example"]
    page = client_as(Role.PUBLIC).get(BASE).text
    assert '<a href="https://example.org/" rel="nofollow noopener"><bdi>The example</bdi></a>' in page
    assert "<bdi>Proposal 45</bdi>" in page
    assert '<bdi class="num">10:00–11:30 H.E. Example</bdi>' in page


# ---- two people


def test_each_is_told_who_else_works_and_what_they_did(client: Client, other: Client, meeting: Meeting):
    seen = client.get(f"{EDIT}latest/").text
    other.post(part(meeting, "Welcome"), {"do": "remove", "seen": seen})

    page = client.get(EDIT).text
    assert int(client.get(f"{EDIT}latest/").text) > int(seen)
    assert "Nadia Second edited this agenda" in page
    assert "Nadia Second: “Welcome” was taken out." in page
    assert "edited this agenda" not in other.get(EDIT).text


def test_what_was_typed_is_kept_when_the_other_was_faster(client: Client, other: Client, meeting: Meeting):
    address = part(meeting, "Welcome")
    mine = {**fields(client.get(address).text), "part-title": "My words", "do": "save"}
    other.post(address, {**fields(other.get(address).text), "part-title": "Their words", "do": "save"})

    answer = client.post(address, mine)

    assert (answer.status_code, lines(meeting)[0]) == (409, "Their words")
    assert "the title has changed since you saw it, from “Welcome” to “Their words”" in answer.text
    again = fields(answer.text)
    assert again["part-title"] == "My words"
    client.post(address, {**again, "do": "save"})
    assert lines(meeting)[0] == "My words"


def test_different_fields_of_one_item_both_stand(client: Client, other: Client, meeting: Meeting):
    address = part(meeting, "Welcome")
    mine = {**fields(client.get(address).text), "part-title": "My words", "do": "save"}
    other.post(address, {**fields(other.get(address).text), "part-minutes": "7", "do": "save"})
    client.post(address, mine)

    assert Item.objects.filter(title="My words", minutes=7).exists()


# ---- moving from the agenda


def test_an_item_is_moved_from_the_agenda_in_two_clicks(client: Client, meeting: Meeting):
    welcome, last = key(meeting, "Welcome"), key(meeting, "Any other")
    assert f"{EDIT}part/{welcome}/move/?back=agenda#here" in client.get(BASE).text
    page = client.get(f"{EDIT}part/{welcome}/move/?back=agenda").text
    assert f'value="after:{last}"' in page

    answer = client.post(
        f"{EDIT}part/{welcome}/move/", {"place": f"after:{last}", "back": "agenda", "seen": meeting.sequence}
    )

    assert answer.url == f"{BASE}#item-{welcome[1:]}"
    assert lines(meeting)[-2:] == ["3 Any other business", "Welcome"]
    assert "“Welcome” moved from Day 1 to Day 2." in client.get(BASE).text


def test_a_place_that_is_none_is_refused(client: Client, meeting: Meeting):
    welcome = key(meeting, "Welcome")
    before = agenda(meeting)
    for place in ("", "after:", "after:i999", f"after:{welcome}", f"in:{welcome}", "x:b1"):
        client.post(f"{EDIT}part/{welcome}/move/", {"place": place, "seen": meeting.sequence})

    assert agenda(meeting) == before


def test_dropping_says_what_it_would_do_and_does_it(client: Client, meeting: Meeting):
    welcome, last = key(meeting, "Welcome"), key(meeting, "Open discussion")
    client.post(part(meeting, "Welcome"), {**fields(client.get(part(meeting, "Welcome")).text), "part-minutes": "70"})
    address = f"{EDIT}part/{welcome}/drop/"

    said = client.get(address, {"to": last, "side": "after"})
    assert said.text == (
        "If you let go here: “Welcome” moved from 10:00 to 15:00. Day 1 ends at 16:10 instead of 16:00."
    )
    client.post(address, {"to": last, "side": "after", "seen": fresh(meeting).sequence})
    assert lines(meeting)[4:6] == ["5 Open discussion", "Welcome"]
    assert client.get(address, {"to": "i999", "side": "after"}).status_code == 409


# ---- doors


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARIAT])
def test_only_the_secretariat_edits(client_as: As, meeting: Meeting, role: Role):
    reader, welcome = client_as(role), key(meeting, "Welcome")
    before = agenda(meeting)
    for path in (
        f"part/{welcome}/",
        f"part/{welcome}/move/",
        f"part/{welcome}/line-up/",
        "undo/",
        "finish/",
        "numbers/",
    ):
        answer = reader.post(f"{EDIT}{path}", {"do": "remove", "seen": "0"})
        assert (path, answer.status_code in (302, 403)) == (path, True)
    assert reader.get(EDIT).status_code in (302, 403)
    page = reader.get(BASE).text
    assert (agenda(meeting) == before, "Edit the agenda" in page, "/move/" in page) == (True, False, False)


def test_a_part_of_another_meeting_is_none_here(client: Client, meeting: Meeting, cycle: Cycle, secretary: Person):
    far = make(cycle, secretary, slug="far")
    before = agenda(far)

    answer = client.post(f"{EDIT}part/{key(far, 'Welcome')}/", {"do": "remove", "seen": meeting.sequence})

    assert (answer.url, agenda(far) == before) == (EDIT, True)


def test_unknown_numbers_parts_and_steps_are_no_faults(client: Client, meeting: Meeting):
    assert client.post(f"{EDIT}corrections/99999/back/").status_code == 404
    assert client.get(f"{EDIT}part/x/").status_code == 302
    assert client.get(f"{EDIT}part/all/move/").status_code == 302
    assert client.get(f"{EDIT}part/{day_key(meeting, 1)}/line-up/").status_code == 302
    assert client.post(part(meeting, "Welcome"), {"do": "jump", "seen": "0"}).status_code == 404


def test_finishing_leads_back_to_the_agenda(client: Client, meeting: Meeting):
    client.post(part(meeting, "Welcome"), {"do": "remove", "seen": meeting.sequence})
    answer = client.post(f"{EDIT}finish/")

    assert (answer.url, Sitting.objects.count()) == (BASE, 0)


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_takes_the_same_queries_however_long(
    client: Client, cycle: Cycle, secretary: Person, django_assert_num_queries: DjangoAssertNumQueries, count: int
):
    text = "\n".join(f"{9 + at % 10:02d}:00 - {9 + at % 10:02d}:30 {at}. Item\n" for at in range(1, count + 1))
    make(cycle, secretary, text=f"Example\n\nDay 1: 12 June 2017\n{text}", slug="long")
    client.get("/igf/2017/meetings/long/edit/")

    with django_assert_num_queries(PAGE_QUERIES):
        client.get("/igf/2017/meetings/long/edit/")
