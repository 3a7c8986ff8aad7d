"""The secretariat minutes while it is spoken: the form of the console, and the page on which points are put right."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from convenor.meetings.floor.state import Minuted
from convenor.meetings.floor_log import setting_of, state_of
from convenor.meetings.floor_models import FloorWords
from convenor.meetings.models import Meeting
from convenor.people.models import Person
from convenor.people.roles import Role
from tests.meetings.floorpages.consoles.conftest import Desk
from tests.meetings.floorpages.consoles.test_chair import news

Somebody = Callable[..., Person]
ELSEWHERE = ("chair/do", "secretariat/do", "secretariat/hands")


@pytest.fixture
def desk(at_desk: Desk) -> Desk:
    """Give the console with the first item under way."""
    items = setting_of(at_desk.meeting, state_of(at_desk.meeting), at=timezone.now()).items
    at_desk.do(f"take {items[0]}")
    return at_desk


def minute(desk: Desk, **fields: str) -> Any:
    """Send the form."""
    return desk.client.post(f"{desk.floor}secretariat/minute/", fields, follow=True)


def settle(desk: Desk, point: int, **fields: str) -> Any:
    """Send a form of a point."""
    return desk.client.post(f"{desk.floor}secretariat/minuted/{point}/", fields, follow=True)


def points(meeting: Meeting) -> list[Minuted]:
    """Give what is minuted."""
    return list(state_of(meeting).minuted.values())


def words(meeting: Meeting) -> dict[tuple[int, str], str]:
    """Give what was typed."""
    rows = FloorWords.objects.filter(entry__meeting=meeting)
    return {(entry, field): text for entry, field, text in rows.values_list("entry__sequence", "field", "text")}


def test_an_action_item_has_words_an_owner_and_a_date(desk: Desk, somebody: Somebody, chair: Person):
    page = minute(desk, sort="action", minuted=" Publish the list ", owner=chair.name.upper(), due="2017-06-30")
    point = points(desk.meeting)[0]

    assert news(page) == ["It is minuted."]
    assert (point.sort, point.item, point.person, point.due) == (
        "action",
        state_of(desk.meeting).item,
        str(chair.key),
        "2017-06-30",
    )
    assert words(desk.meeting) == {(point.id, "minuted"): "Publish the list"}
    assert f"{chair.name}</bdi>" in page.content.decode()
    assert "due by 30 Jun 2017" in page.content.decode()


def test_an_owner_who_is_nobody_known_is_kept_in_words(desk: Desk):
    minute(desk, sort="proposal", minuted="Meet on Sunday", owner="  Hub of   Lagos ")
    point = points(desk.meeting)[0]

    assert (point.person, words(desk.meeting)) == (
        "",
        {(point.id, "minuted"): "Meet on Sunday", (point.id, "owner"): "Hub of Lagos"},
    )


def test_another_item_and_another_sort_can_be_chosen(desk: Desk):
    other = setting_of(desk.meeting, state_of(desk.meeting), at=timezone.now()).items[2]
    minute(desk, sort="announcement", minuted="Coffee is served", owner="ignored", due="2017-06-30", item=other)

    assert [(one.sort, one.item, one.person, one.due) for one in points(desk.meeting)] == [
        ("announcement", other, "", "")
    ]


REFUSED = [
    ({"sort": "action", "minuted": "  "}, "Nothing was minuted: the words are missing."),
    ({"sort": "action", "minuted": "Do", "due": "30.6.2017"}, "Nothing was minuted: “30.6.2017” is no date."),
    ({"sort": "resolution", "minuted": "Do"}, "Nothing was minuted: say whether it is an action item"),
    ({"sort": "note", "minuted": "x" * 4001}, "Nothing was entered: the text has 4001 characters"),
    ({"sort": "action", "minuted": "Do", "owner": "x" * 201}, "has more than 200 characters"),
    ({"sort": "note", "minuted": "Do", "item": "i999999"}, "the agenda has no such part any more"),
]


def test_what_is_refused_says_why_and_stands_in_the_form_again(desk: Desk):
    for fields, said in REFUSED:
        page = minute(desk, **fields)

        assert page.status_code == HTTPStatus.CONFLICT
        assert [said in line for line in news(page)] == [True]
        assert f'dir="auto">{fields["minuted"]}</textarea>' in page.content.decode()
    assert points(desk.meeting) == []


def test_a_point_is_put_right_and_what_stood_before_stays_in_the_log(desk: Desk):
    minute(desk, sort="action", minuted="Publish the list", owner="Secretariat", due="2017-06-30")
    point = points(desk.meeting)[0].id

    page = settle(desk, point, fate="corrected", minuted="Publish both lists", owner="Host", due="")

    assert (points(desk.meeting)[0].due, points(desk.meeting)[0].corrected_by) == ("", state_of(desk.meeting).sequence)
    assert sorted(words(desk.meeting).values()) == ["Host", "Publish both lists", "Publish the list", "Secretariat"]
    assert "Publish both lists</bdi>" in page.content.decode()
    assert page.redirect_chain[-1][0].endswith(f"#point-{point}")


def test_a_proposal_is_settled_by_a_decision(desk: Desk):
    minute(desk, sort="proposal", minuted="Meet on Sunday")
    point = points(desk.meeting)[0].id
    desk.do("decide", outcome="agreed", words="Sunday it is")
    decision = state_of(desk.meeting).decisions[0].id

    page = settle(desk, point, fate="agreed", by_entry=str(decision), why="All could come")
    settled = points(desk.meeting)[0]

    assert (settled.fate, settled.by_entry) == ("agreed", decision)
    assert "agreed: <bdi>All could come</bdi>" in page.content.decode()
    assert "agreed: Sunday it is</option>" in page.content.decode()


def test_what_cannot_become_of_a_point_is_refused_and_kept(desk: Desk):
    minute(desk, sort="note", minuted="A note")
    point = points(desk.meeting)[0].id

    agreed = settle(desk, point, fate="agreed", why="A reason")
    unknown = settle(desk, 999, fate="withdrawn")
    empty = settle(desk, point, fate="corrected", minuted=" ")
    other = settle(desk, point, fate="lost")
    settle(desk, point, fate="withdrawn")
    late = settle(desk, point, fate="corrected", minuted="Another")

    assert [page.status_code for page in (agreed, empty, other, late)] == [HTTPStatus.CONFLICT] * 4
    assert unknown.status_code == HTTPStatus.NOT_FOUND
    assert "this cannot become of such a point" in news(agreed)[0]
    assert "A reason" in agreed.content.decode()
    assert "the words are missing" in news(empty)[0]
    assert "withdrawn" in news(late)[0]
    assert points(desk.meeting)[0].fate == "withdrawn"


def test_a_message_that_comes_twice_is_minuted_once(desk: Desk):
    for _ in range(2):
        minute(desk, sort="note", minuted="Once", token="t1")

    assert len(points(desk.meeting)) == 1


def test_in_place_the_list_of_what_is_minuted_follows(desk: Desk):
    answer = desk.client.post(
        f"{desk.floor}secretariat/minute/", {"sort": "note", "minuted": "In place"}, headers={"X-In-Place": "1"}
    ).json()

    assert answer["said"] == "It is minuted."
    assert "In place" in str(answer["news"])


MAY_MINUTE = {Role.RAPPORTEUR, Role.CHAIR, Role.SECRETARIAT}


@pytest.mark.parametrize("role", list(Role))
def test_rapporteurs_the_chair_and_the_secretariat_minute_and_nobody_else(
    role: Role, desk: Desk, client_as: Callable[[Role], Client]
):
    minute(desk, sort="note", minuted="A note")
    client, before = client_as(role), len(points(desk.meeting))
    pages = [client.get(f"{desk.floor}{page}").status_code for page in ("rapporteur/", "secretariat/minuted/")]
    client.post(f"{desk.floor}secretariat/minute/", {"sort": "note", "minuted": "Another"})
    client.post(f"{desk.floor}secretariat/minuted/{points(desk.meeting)[0].id}/", {"fate": "withdrawn"})

    expected = 200 if role in MAY_MINUTE else 302 if role is Role.PUBLIC else 403
    assert pages == [expected] * 2
    assert len(points(desk.meeting)) - before == int(role in MAY_MINUTE)
    assert points(desk.meeting)[0].fate == ("withdrawn" if role in MAY_MINUTE else "")


def test_a_rapporteur_minutes_at_a_console_of_their_own_and_does_nothing_else_there(
    desk: Desk, client_as: Callable[[Role], Client]
):
    desk.do("count", words="The list is final.")
    client, mark = client_as(Role.RAPPORTEUR), desk.mark
    page = client.get(f"{desk.floor}rapporteur/").content.decode().partition("<main")[2]
    refused = client.post(f"{desk.floor}secretariat/minute/", {"sort": "action", "minuted": " ", "owner": "Host"})
    kept = client.post(f"{desk.floor}secretariat/minute/", {"sort": "note", "minuted": "Kept"}, follow=True)
    others = [client.post(f"{desk.floor}{one}/", {"do": "close-day"}).status_code for one in ELSEWHERE]

    assert "The list is final." in page
    assert re.findall(r'<form[^>]* action="([^"]*)"', page) == [f"{desk.floor}secretariat/minute/"]
    assert (refused.status_code, 'value="Host"' in refused.content.decode()) == (HTTPStatus.CONFLICT, True)
    assert (kept.request["PATH_INFO"], news(kept)) == (f"{desk.floor}rapporteur/", ["It is minuted."])
    assert (others, desk.mark) == ([HTTPStatus.FORBIDDEN] * len(ELSEWHERE), mark)
    assert f"{desk.floor}rapporteur/" in client.get(desk.floor).content.decode()


def test_the_page_asks_the_database_as_often_for_many_points_as_for_one_and_hostile_words_stay_words(desk: Desk):
    address, counts = f"{desk.floor}secretariat/minuted/", list[int]()
    for words_of in ("<script>alert(1)</script>", *(f"\u202e{number}" for number in range(12))):
        minute(desk, sort="action", minuted=words_of, owner="Host")
        with CaptureQueriesContext(connection) as queries:
            page = desk.client.get(address).content.decode()
        counts.append(len(queries))

    assert (set(counts), page.count('<li class="stack tight"')) == ({counts[0]}, len(counts))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
