"""The chair's console: every button, two chairs at once, messages that come twice, and what a page costs."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from convenor.meetings.floor import Channel, Kind, Rule, Wish
from convenor.meetings.floor.state import ItemState, Outcome
from convenor.meetings.floor_actions import ask_for_floor
from convenor.meetings.floor_decision_actions import object_to
from convenor.meetings.floor_log import entries_of, setting_of, state_of
from convenor.meetings.floor_models import FloorEntry
from convenor.meetings.models import Block, BlockKind, Meeting
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.journal.models import Entry
from tests.meetings.floorpages.consoles.conftest import Desk

HOSTILE = "<script>alert(1)</script> \x00 {{ x }} \u202e"


def first_item(meeting: Meeting) -> str:
    """Give the key of the first item of the first day."""
    return setting_of(meeting, state_of(meeting), at=timezone.now()).items[0]


def asks(meeting: Meeting, person: Person, wish: Wish = Wish.INTERVENTION, seat: Channel = Channel.ROOM) -> int:
    """Let somebody ask for the floor."""
    return ask_for_floor(meeting, by=person, at=timezone.now(), wish=wish, seat=seat).sequence


def news(page: Any) -> list[str]:
    """Give what a page says of what was done."""
    return [str(message) for message in page.context["messages"]]


@pytest.fixture
def held(at_chair: Desk, somebody: Callable[..., Person]) -> tuple[Desk, Person, Person]:
    """Give a meeting in its first item with two who wait."""
    at_chair.do(f"take {first_item(at_chair.meeting)}")
    ana, ben = somebody("Ana Ejemplo", group="civ"), somebody("Ben Esempio", group="gov")
    for person in (ana, ben):
        asks(at_chair.meeting, person)
    return at_chair, ana, ben


@pytest.mark.parametrize("page", ["chair/", "chair/gain/", "secretariat/"])
@pytest.mark.parametrize("role", list(Role))
def test_the_consoles_are_for_the_chair_and_the_secretariat(
    page: str, role: Role, opened: Meeting, client_as: Callable[[Role], Client]
):
    answer = client_as(role).get(f"{opened.get_absolute_url()}floor/{page}")

    expected = {Role.CHAIR: 200, Role.SECRETARIAT: 200, Role.PUBLIC: 302}.get(role, 403)
    assert answer.status_code == expected


def test_the_chair_opens_the_day_with_a_plain_form(june: Meeting, client_as: Callable[[Role], Client]):
    desk = Desk(client_as(Role.CHAIR), june)
    day = june.days.all()[0]

    page = desk.do(f"open-day d{day.pk}")

    assert state_of(june).day == f"d{day.pk}"
    assert news(page) == ["The day is open."]
    assert page.redirect_chain == [(desk.url, HTTPStatus.SEE_OTHER)]


def test_an_item_goes_through_its_life(at_chair: Desk):
    item = first_item(at_chair.meeting)
    found = []

    for deed in (f"take {item}", "pause-item", f"continue {item}", "close-item", f"take {item}", f"put-off {item}"):
        at_chair.do(deed)
        found.append(state_of(at_chair.meeting).items[item])

    assert found == [
        ItemState.UNDER_WAY, ItemState.PAUSED, ItemState.UNDER_WAY, ItemState.CLOSED, ItemState.UNDER_WAY,
        ItemState.POSTPONED,
    ]  # fmt: skip


def test_the_big_button_says_whom_it_calls(held: tuple[Desk, Person, Person]):
    desk, ana, _ben = held

    page = desk.client.get(desk.url)

    main = page.context["console"].main
    first = page.context["floor"].places[0]
    assert (main.do, main.words) == (f"next {first.request}", f"Next: {ana.name}")
    assert desk.do(main.do).context["floor"].speaking.who.name == ana.name


def test_a_turn_is_limited_paused_lengthened_and_given_back(held: tuple[Desk, Person, Person]):
    desk, ana, ben = held
    desk.do("limit", minutes="2:30")
    desk.do(desk.client.get(desk.url).context["console"].main.do)

    for deed in ("rest", "run", "more 60"):
        desk.do(deed)

    turn = state_of(desk.meeting).turn
    assert turn is not None
    assert (turn.person, turn.limit_seconds, turn.extra_seconds, turn.paused_at) == (str(ana.key), 150, 60, None)
    page = desk.do(desk.client.get(desk.url).context["console"].main.do)
    assert page.context["floor"].speaking.who.name == ben.name
    assert page.context["console"].back_to == ana.name
    assert desk.do("undo").context["floor"].speaking.who.name == ana.name


def test_a_point_of_order_comes_first_and_the_speaker_goes_on(held: tuple[Desk, Person, Person]):
    desk, ana, ben = held
    desk.do(desk.client.get(desk.url).context["console"].main.do)
    asks(desk.meeting, ben, Wish.POINT_OF_ORDER)

    raised = desk.client.get(desk.url).context["console"]
    page = desk.do(f"give {raised.first_order}")

    assert raised.main.words == f"Point of order: {ben.name}"
    assert page.context["floor"].speaking.who.name == ben.name
    assert page.context["console"].main.words == f"Back to {ana.name}"
    assert desk.do("next 0").context["floor"].speaking.who.name == ana.name


def test_a_point_of_order_from_the_room_is_entered_and_given_at_once(
    held: tuple[Desk, Person, Person], person_as: Callable[[Role], Person]
):
    desk, *_ = held
    member = person_as(Role.MEMBER)

    page = desk.do("order-raised", name="member")

    assert page.context["floor"].speaking.who.name == member.name
    assert [entry.kind for entry in entries_of(desk.meeting)[-2:]] == [Kind.ASKED, Kind.FLOOR_GIVEN]


def test_a_point_of_order_that_comes_too_late_enters_nothing(
    held: tuple[Desk, Person, Person], person_as: Callable[[Role], Person]
):
    desk, *_ = held
    person_as(Role.MEMBER)
    before = len(entries_of(desk.meeting))

    desk.do("order-raised", name="member", expected=0)

    assert len(entries_of(desk.meeting)) == before


def test_the_chair_disposes_and_every_deviation_shows_its_reason(held: tuple[Desk, Person, Person]):
    desk, ana, ben = held
    first, second = (place.request for place in desk.client.get(desk.url).context["floor"].places)

    placed = desk.do(f"place {second} 0").context["floor"].places[0]

    reasons = ["Placed by the chair; place 2 by the order of the day."]
    assert (placed.who.name, list(placed.reasons)) == (ben.name, reasons)
    page = desk.do(f"give {first}")  # out of turn: the order now proposes Ben
    assert page.context["console"].instead_of == ben.name
    assert f"the order of the day proposed {ben.name}" in page.content.decode()
    assert state_of(desk.meeting).turn.is_deviation
    assert ana.name == page.context["floor"].speaking.who.name


def test_declined_for_now_let_in_and_withdrawn(held: tuple[Desk, Person, Person]):
    desk, *_ = held
    first = desk.client.get(desk.url).context["floor"].places[0].request
    found = []

    for deed in (f"aside {first}", f"readmit {first}", f"drop {first}"):
        desk.do(deed)
        found.append(state_of(desk.meeting).requests[first].stage.value)

    assert found == ["set_aside", "waiting", "withdrawn"]


def test_the_list_is_closed_and_opened_and_its_order_set(held: tuple[Desk, Person, Person]):
    desk, *_ = held

    assert not desk.do("close-list").context["floor"].list_is_open
    assert desk.do("open-list").context["floor"].list_is_open
    desk.do("order", rules=["region", "", "region", "fewest_turns"])
    assert state_of(desk.meeting).rules == (Rule.REGION, Rule.FEWEST_TURNS)
    assert news(desk.do("order", rules=["nonsense"])) == [
        "The order was not set: one of its rules is not known here. Choose it again."
    ]


def test_two_chairs_at_once_move_the_list_once_and_the_second_is_told(
    held: tuple[Desk, Person, Person], client_as: Callable[[Role], Client], secretary: Person
):
    desk, ana, _ben = held
    other = Desk(client_as(Role.SECRETARIAT), desk.meeting)
    seen = desk.client.get(desk.url)
    deed, mark = seen.context["console"].main.do, seen.context["console"].mark

    other.do(deed, expected=mark)
    second = desk.do(deed, expected=mark)

    given = [entry for entry in entries_of(desk.meeting) if entry.kind is Kind.FLOOR_GIVEN]
    at = timezone.localtime(given[0].at, second.context["cycle"].zone_info)
    assert len(given) == 1
    assert news(second) == [f"{secretary.name} also pressed Next at {at:%H:%M:%S}. The list moved once, to {ana.name}."]
    assert second.status_code == HTTPStatus.CONFLICT


def test_one_chair_who_clicks_twice_is_not_told_off(held: tuple[Desk, Person, Person]):
    desk, *_ = held
    seen = desk.client.get(desk.url).context["console"]

    desk.do(seen.main.do, expected=seen.mark)
    second = desk.do(seen.main.do, expected=seen.mark)

    assert news(second)[0].startswith("Done once, at ")
    assert second.status_code == HTTPStatus.OK
    assert len([entry for entry in entries_of(desk.meeting) if entry.kind is Kind.FLOOR_GIVEN]) == 1


def test_somebody_else_who_did_something_else_is_named(
    held: tuple[Desk, Person, Person], client_as: Callable[[Role], Client], secretary: Person
):
    desk, *_ = held
    mark = desk.mark
    Desk(client_as(Role.SECRETARIAT), desk.meeting).do("pause-item")

    said = news(desk.do("close-item", expected=mark))[0]

    assert said.startswith(f"The item has been paused meanwhile. It was {secretary.name}, at ")


def test_a_message_that_comes_twice_is_entered_once(held: tuple[Desk, Person, Person]):
    desk, *_ = held
    seen = desk.client.get(desk.url).context["console"]
    message = {"do": seen.main.do, "expected": seen.mark, "token": "abc"}

    answers = [desk.client.post(f"{desk.url}do/", message, headers={"X-In-Place": "1"}) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert FloorEntry.objects.filter(meeting=desk.meeting, token="abc").count() == 1


def test_in_place_a_button_answers_with_what_the_page_then_shows(held: tuple[Desk, Person, Person]):
    desk, ana, _ben = held
    seen = desk.client.get(desk.url).context["console"]

    answer = desk.client.post(
        f"{desk.url}do/", {"do": seen.main.do, "expected": seen.mark}, headers={"X-In-Place": "1"}
    ).json()

    assert set(answer["news"]["parts"]) == {"floor-said", "chair-now", "chair-vote", "chair-list", "chair-run"}
    assert f"{ana.name} has the floor." in answer["news"]["parts"]["floor-said"]


def test_adoption_by_silence_stops_at_an_objection_and_is_stated_after_a_full_count(
    held: tuple[Desk, Person, Person], cycle: Any
):
    desk, _ana, ben = held
    page = desk.do("count", words="The agenda is adopted", about=f"cycle.ruleset {cycle.rule_set_id}")
    count = page.context["floor"].count
    assert (count.subject.words, count.counts) == ("The agenda is adopted", 6)
    assert "it is counted to 0 of 6" in " ".join(news(desk.do("adopt")))

    object_to(desk.meeting, count.id, by=ben, at=timezone.now())
    page = desk.client.get(desk.url)

    assert page.context["floor"].count is None
    assert page.context["console"].objector == ben.name
    assert state_of(desk.meeting).decisions == ()


def test_a_check_tells_numbers_and_a_decision_rests_on_it(held: tuple[Desk, Person, Person]):
    desk, *_ = held
    desk.do("check named", words="Five days")
    page = desk.do("close-check")
    check = state_of(desk.meeting).checks[-1]
    assert page.context["console"].basis == check.id

    desk.do("decide", outcome="agreed_on_condition", words="Five days", condition="A host is found", basis=check.id)

    decision = state_of(desk.meeting).decisions[-1]
    assert (decision.outcome, decision.basis) == (Outcome.AGREED_ON_CONDITION, check.id)
    assert Entry.objects.filter(verb="floor.decided").count() == 1


def test_what_was_typed_is_kept_when_it_is_refused(held: tuple[Desk, Person, Person]):
    desk, *_ = held

    page = desk.do("decide", outcome="agreed_on_condition", words="A long sentence")

    assert page.status_code == HTTPStatus.CONFLICT
    assert "A long sentence</textarea>" in page.content.decode()
    assert state_of(desk.meeting).decisions == ()


def test_a_decision_about_what_is_not_there_is_refused(held: tuple[Desk, Person, Person]):
    desk, *_ = held

    said = [news(desk.do("decide", outcome="noted", about=about, number="99")) for about in ("proposals.proposal", "x")]

    assert said == [["Nothing was entered: nothing here has the number “99”. Look it up, and give it again."]] * 2


@pytest.mark.parametrize(
    "deed",
    ["", "nonsense", "take", "take x", "take i999999999999", "give 0", "give -1", "place 1 2 3", "block d1",
     "move i1 i1", "more 999999",
     "put-off", "open-day d0", "open-day " + HOSTILE, "take " + HOSTILE, "next " + HOSTILE],
)  # fmt: skip
def test_hostile_buttons_are_refused_in_a_sentence(deed: str, at_chair: Desk):
    before = len(entries_of(at_chair.meeting))

    page = at_chair.do(deed)

    assert page.status_code == HTTPStatus.CONFLICT
    assert len(news(page)) == 1
    assert len(entries_of(at_chair.meeting)) == before


def test_hostile_words_stay_words(held: tuple[Desk, Person, Person]):
    desk, *_ = held

    page = desk.do("count", words=HOSTILE)

    assert "<script>alert(1)" not in page.content.decode()
    assert page.context["floor"].count.subject.words.startswith("<script>alert(1)</script>")


def test_a_move_says_what_it_passes(at_chair: Desk):
    items = setting_of(at_chair.meeting, state_of(at_chair.meeting), at=timezone.now()).items

    page = at_chair.do(f"move {items[1]} {items[3]}")

    assert news(page) == ["Item 2 is taken after item 3, item 4."]


def test_lunch_begins_ends_and_the_item_goes_on_with_its_list(held: tuple[Desk, Person, Person]):
    desk, ana, ben = held
    item = state_of(desk.meeting).item
    lunch = Block.objects.exclude(kind=BlockKind.ITEMS).filter(day__meeting=desk.meeting).order_by("day", "order")[0]

    broken = desk.do(f"block b{lunch.pk}")
    assert broken.context["floor"].is_break
    assert broken.context["console"].main.do == f"continue {item}"
    page = desk.do(f"continue {item}")

    assert [place.who.name for place in page.context["floor"].places] == [ana.name, ben.name]


def test_a_console_asks_as_much_for_thirty_as_for_one(at_chair: Desk, at_desk: Desk, somebody: Callable[..., Person]):
    at_chair.do(f"take {first_item(at_chair.meeting)}")
    asks(at_chair.meeting, somebody("Ana Ejemplo", group="civ"))
    at_chair.do(at_chair.client.get(at_chair.url).context["console"].main.do)
    asks(at_chair.meeting, somebody("Ben Esempio"))
    at_chair.do(at_chair.client.get(at_chair.url).context["console"].main.do)
    asks(at_chair.meeting, somebody("Cem Ornek"))
    counted = []

    for more in (0, 29):
        for number in range(more):
            asks(at_chair.meeting, somebody(f"Person {number}", group="gov"))
        for desk in (at_chair, at_desk):
            desk.client.get(desk.url)
            with CaptureQueriesContext(connection) as queries:
                assert desk.client.get(desk.url).status_code == HTTPStatus.OK
            counted.append(len(queries))

    assert counted[:2] == counted[2:]
    assert max(counted) <= 45
