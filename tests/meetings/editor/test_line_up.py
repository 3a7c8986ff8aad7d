"""Who speaks how long within an item: lists are pasted, time is shared, what is too much is said."""

from collections.abc import Callable

import pytest
from django.test import Client

from convenor.meetings.agenda import Agenda, Block, Day, Item
from convenor.meetings.agenda.edits import keyed
from convenor.meetings.editor.lineup import line_of, shares, time_of
from convenor.meetings.models import Item as ItemRow
from convenor.meetings.models import Meeting
from convenor.people.roles import Role
from tests.meetings.corrections.test_pages import fields
from tests.meetings.editor.making import BASE, fresh, key, lines

As = Callable[[Role], Client]
NINE = [f"Initiative {letter}" for letter in "ABCDEFGHI"]


@pytest.mark.parametrize(
    ("minutes", "count", "expected"),
    [(70, 9, [8, 8, 8, 8, 8, 8, 8, 7, 7]), (60, 4, [15] * 4), (3, 5, [1, 1, 1, 0, 0]), (0, 2, [0, 0]), (9, 1, [9])],
)
def test_minutes_are_shared_whole_and_add_up(minutes: int, count: int, expected: list[int]):
    assert shares(minutes, count) == expected


@pytest.mark.parametrize(
    ("line", "title", "who", "minutes"),
    [
        ("Best Practice Forum", "Best Practice Forum", (), None),
        ("Best Practice Forum 7 min", "Best Practice Forum", (), 7),
        ("Best Practice Forum - 7 minutes", "Best Practice Forum", (), 7),
        ("Forum 2017", "Forum 2017", (), None),
        ("Forum\tA. Example\t8", "Forum", ("A. Example",), 8),
        ("Forum | A. Example | B. Example | 8 min", "Forum", ("A. Example", "B. Example"), 8),
        ("Forum\tA. Example", "Forum", ("A. Example",), None),
    ],
)
def test_a_line_is_read_as_people_write_it(line: str, title: str, who: tuple[str, ...], minutes: int | None):
    assert line_of(line) == Item(None, title, minutes, presenters=who)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Block("10:00", "11:10", items=(Item(None, "One", key="one"),)), 70),
        (Block("10:00", "11:10", items=(Item(None, "One", 25, key="one"),)), 25),
        (Block("10:00", "11:10", items=(Item(None, "One", key="one"), Item(None, "Two", 20))), 50),
        (Block("10:00", "11:10", items=(Item(None, "One", key="one"), Item(None, "Two"))), None),
        (Block("10:00", None, items=(Item(None, "One", key="one"),)), None),
        (Block("23:30", "00:30", items=(Item(None, "One", key="one"),)), 60),
    ],
)
def test_an_item_has_its_minutes_or_what_the_others_leave(block: Block, expected: int | None):
    assert time_of(keyed(Agenda("", days=(Day(None, blocks=(block,)),))), "one") == expected


@pytest.fixture
def client(client_as: As) -> Client:
    """Give the secretariat's browser."""
    return client_as(Role.SECRETARIAT)


@pytest.fixture
def address(meeting: Meeting) -> str:
    """Give the address of the line-up of the open discussion."""
    return f"{BASE}edit/part/{key(meeting, 'Open discussion')}/line-up/"


def line_up() -> list[tuple[str, int | None, list[str]]]:
    """Give the lines under the open discussion."""
    rows = ItemRow.objects.filter(parent__title="Open discussion").order_by("order")
    return [(row.title, row.minutes, row.presenters) for row in rows]


def typed(page: str) -> dict[str, str]:
    """Give what a browser would hand in of the form."""
    found = fields(page)
    import re

    for name, value in re.findall(r'<input type="(?:number|text)" name="(part-[\w-]+)"(?: value="([^"]*)")?', page):
        found[name] = value
    hidden = r'<input type="hidden" name="(initial-part-[\w-]+)"(?: value="([^"]*)")?'
    return {**found, **dict(re.findall(hidden, page))}


@pytest.mark.django_db
def test_nine_initiatives_share_an_hour_in_one_step_and_undo_takes_all_back(
    client: Client, meeting: Meeting, address: str
):
    page = client.get(address).text
    assert "0 of 60 minutes are given out." in page

    client.post(address, {**typed(page), "part-lines": "\n".join(NINE), "part-share": "on"})

    assert line_up() == [(name, 7 if at < 6 else 6, []) for at, name in enumerate(NINE)]
    assert "60 of 60 minutes are given out." in client.get(address).text
    assert "60 min together" in client.get(f"{BASE}edit/").text
    client.post(f"{BASE}edit/undo/")
    assert line_up() == []


@pytest.mark.django_db
def test_minutes_and_speakers_are_set_one_by_one_and_too_much_is_said(client: Client, meeting: Meeting, address: str):
    client.post(address, {**typed(client.get(address).text), "part-lines": "One\nTwo\tA. Example\t20"})
    one, two = (key(meeting, title) for title in ("One", "Two"))
    given = typed(client.get(address).text)
    assert given[f"part-minutes-{two}"] == "20"

    client.post(address, {**given, f"part-minutes-{one}": "50", f"part-who-{one}": "B. Example; C. Example"})

    assert line_up() == [("One", 50, ["B. Example", "C. Example"]), ("Two", 20, ["A. Example"])]
    page = client.get(address).text
    assert "70 of 60 minutes are given out." in page
    assert "10 minutes too many." in page


@pytest.mark.django_db
def test_what_cannot_be_done_is_said_and_what_was_typed_stays(client: Client, meeting: Meeting):
    address = f"{BASE}edit/part/{key(meeting, 'Welcome')}/line-up/"
    page = client.get(address).text
    assert "The item itself has no time." in page

    answer = client.post(address, {**typed(page), "part-lines": "One\nTwo", "part-share": "on"})
    assert (answer.status_code, "The item has no time to share." in answer.text) == (422, True)
    assert "One\nTwo" in answer.text
    answer = client.post(address, {**typed(page), "part-lines": "7 min"})
    assert (answer.status_code, "has no name" in answer.text) == (422, True)
    answer = client.post(address, {**typed(page), "part-lines": "\n".join(["One"] * 201)})
    assert (answer.status_code, "201 lines are too many" in answer.text) == (422, True)


@pytest.mark.django_db
def test_two_people_line_up_and_nothing_is_lost(client: Client, meeting: Meeting, address: str):
    mine = typed(client.get(address).text)
    client.post(address, {**mine, "part-lines": "Theirs"})

    answer = client.post(address, {**mine, "part-lines": "Mine 5 min"})

    assert (answer.status_code, [title for title, _minutes, _who in line_up()]) == (409, ["Theirs"])
    assert "Mine 5 min</textarea>" in answer.text
    again = typed(answer.text)
    assert again["part-seen"] == str(fresh(meeting).sequence)
    client.post(address, {**again, "part-lines": "Mine 5 min"})
    assert line_up() == [("Theirs", None, []), ("Mine", 5, [])]
    assert lines(meeting)[5] == "5 Open discussion"


@pytest.mark.django_db
def test_minutes_that_the_other_set_are_not_overwritten_unseen(client: Client, meeting: Meeting, address: str):
    client.post(address, {**typed(client.get(address).text), "part-lines": "One 5 min\nTwo 6 min"})
    mine, one, two = typed(client.get(address).text), key(meeting, "One"), key(meeting, "Two")
    client.post(address, {**mine, f"part-minutes-{one}": "9"})

    answer = client.post(address, {**mine, f"part-minutes-{one}": "7", f"part-minutes-{two}": "8"})
    assert (answer.status_code, [minutes for _title, minutes, _who in line_up()]) == (409, [9, 6])
    again = typed(answer.text)
    assert (again[f"part-minutes-{one}"], again[f"initial-part-minutes-{one}"]) == ("7", "9")
    client.post(address, again)
    assert [minutes for _title, minutes, _who in line_up()] == [7, 8]
