"""Asking, changing, withdrawing, objecting and answering on the page, in place and as plain forms."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from convenor.meetings.floor import Channel, Wish, decisions, lists
from convenor.meetings.floor.state import Answer, Stage
from convenor.meetings.floor_actions import arrange
from convenor.meetings.floor_decision_actions import answered, begin_check, begin_count
from convenor.meetings.floor_log import entries_of, state_of
from convenor.meetings.models import Meeting
from convenor.people.models import Person
from tests.meetings.floorpages.conftest import Steer, ask, at

pytestmark = pytest.mark.django_db
IN_PLACE = {"X-In-Place": "1"}
Somebody = Callable[..., Person]


def client_of(person: Person) -> Client:
    """Give a browser in which somebody is signed in."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def ana(somebody: Somebody) -> Person:
    """Give somebody who takes part."""
    return somebody("Ana Ejemplo", group="civ", country="AR")


def waiting(meeting: Meeting, person: Person) -> list[tuple[int, Wish, Channel]]:
    """Give what somebody waits for."""
    return [
        (one.id, one.wish, one.seat)
        for one in state_of(meeting).requests.values()
        if one.person == str(person.key) and one.stage is Stage.WAITING
    ]


def test_a_plain_form_asks_and_leads_back_with_a_sentence(spoken: Meeting, ana: Person):
    client = client_of(ana)
    answer = client.post(at(spoken, "ask"), {"seat": "room", "token": "a1"}, follow=True)

    assert answer.redirect_chain == [(at(spoken), 303)]
    assert "You are on the list." in answer.text
    assert "You are number 3 on the list" in answer.text
    assert [(wish, seat) for _number, wish, seat in waiting(spoken, ana)] == [(Wish.INTERVENTION, Channel.ROOM)]


def test_a_double_tap_is_one_request_and_no_complaint(spoken: Meeting, ana: Person):
    client = client_of(ana)
    words = {"seat": "online", "token": "a1"}
    answers = [client.post(at(spoken, "ask"), words, headers=IN_PLACE) for _tap in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len(waiting(spoken, ana)) == 1


def test_a_second_window_is_told_that_one_waits_already(spoken: Meeting, ana: Person):
    client = client_of(ana)
    client.post(at(spoken, "ask"), {"seat": "online", "token": "a1"})
    answer = client.post(at(spoken, "ask"), {"seat": "room", "token": "b1"}, headers=IN_PLACE)

    assert answer.status_code == 409
    assert "waits already" in answer.json()["said"]
    assert set(answer.json()["parts"]) == {"floor-answer", "floor-mine"}
    assert len(waiting(spoken, ana)) == 1


def test_the_seat_is_remembered(spoken: Meeting, ana: Person):
    client = client_of(ana)
    assert 'name="seat" value="online">Ask' in client.get(at(spoken)).text
    client.post(at(spoken, "ask"), {"seat": "room"})
    client.post(at(spoken, "withdraw"), {"request": waiting(spoken, ana)[0][0]})

    assert 'name="seat" value="room">Ask' in client.get(at(spoken)).text


def test_a_change_keeps_the_place_and_the_time_of_asking(spoken: Meeting, somebody: Somebody):
    amina = somebody("Amina Mfano")
    [(number, _wish, _seat)] = waiting(spoken, amina)
    answer = client_of(amina).post(
        at(spoken, "change"), {"request": number, "wish": "question", "seat": "room"}, headers=IN_PLACE
    )

    assert answer.json()["said"] == "Your request is changed, and keeps its time of asking."
    assert waiting(spoken, amina) == [(number, Wish.QUESTION, Channel.ROOM)]
    assert "You are next." in answer.json()["parts"]["floor-mine"]


def test_a_change_to_the_same_enters_nothing(spoken: Meeting, somebody: Somebody):
    amina, before = somebody("Amina Mfano"), len(entries_of(spoken))
    [(number, _wish, _seat)] = waiting(spoken, amina)
    client_of(amina).post(at(spoken, "change"), {"request": number, "wish": "intervention", "seat": "online"})

    assert len(entries_of(spoken)) == before


def test_somebody_elses_request_is_left_alone(spoken: Meeting, ana: Person, somebody: Somebody):
    [(number, wish, seat)] = waiting(spoken, somebody("Amina Mfano"))
    for name in ("withdraw", "change"):
        words = {"request": number, "wish": "question", "seat": "room"}
        answer = client_of(ana).post(at(spoken, name), words, headers=IN_PLACE)
        assert answer.status_code == 409
        assert answer.json()["said"] == "Nothing was done: it is somebody else's request."

    assert waiting(spoken, somebody("Amina Mfano")) == [(number, wish, seat)]


def test_a_point_of_order_is_first_and_stays_one(spoken: Meeting, ana: Person, chair: Person):
    arrange(spoken, lists.close_list, by=chair, at=timezone.now())
    client = client_of(ana)
    answer = client.post(at(spoken, "ask"), {"wish": "point_of_order", "seat": "room"}, headers=IN_PLACE)
    assert answer.json()["said"] == "Your point of order is raised. The chair sees it first."
    [(number, _wish, _seat)] = waiting(spoken, ana)
    client.post(at(spoken, "change"), {"request": number, "wish": "question", "seat": "online"})

    assert waiting(spoken, ana) == [(number, Wish.POINT_OF_ORDER, Channel.ONLINE)]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ask", {}), ("ask", {"seat": "moon"}), ("ask", {"seat": "room", "wish": "<b>"}), ("ask", {"seat": "hub"}),
        ("withdraw", {}), ("withdraw", {"request": "9" * 400}), ("withdraw", {"request": "-1"}),
        ("change", {"request": "1"}), ("object", {}), ("object", {"count": "x"}),
        ("answer", {}), ("answer", {"check": "1", "answer": "maybe"}), ("answer", {"check": "1", "answer": "support"}),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_a_sentence(spoken: Meeting, ana: Person, name: str, words: dict[str, str]):
    before = len(entries_of(spoken))
    answer = client_of(ana).post(at(spoken, name), {**words, "token": "x" * 99}, headers=IN_PLACE)

    assert answer.status_code == 409
    assert answer.json()["said"].endswith((".", "!"))
    assert len(entries_of(spoken)) == before


def test_one_tap_stops_the_count_and_a_second_does_no_harm(
    spoken: Meeting, chair: Person, ana: Person, somebody: Somebody
):
    begin_count(spoken, by=chair, at=timezone.now(), expected=state_of(spoken).mark, words="Close the list")
    count = state_of(spoken).mark
    form = re.search(r'action="[^"]*/object/".*?name="count" value="(\d+)"', client_of(ana).get(at(spoken)).text)
    assert form is not None
    assert form[1] == str(count)
    taps = [client_of(ana).post(at(spoken, "object"), {"count": count}, headers=IN_PLACE) for _tap in range(2)]
    late = client_of(somebody("Luc Exemple")).post(at(spoken, "object"), {"count": count}, headers=IN_PLACE)

    assert [tap.json()["said"] for tap in taps] == ["Your objection is heard: the count has stopped."] * 2
    assert late.status_code == 409
    assert state_of(spoken).counts[-1].objector == str(ana.key)
    assert "There is an objection: the count has stopped, and nothing is adopted." in Client().get(at(spoken)).text


def test_a_named_answer_is_changed_until_the_check_is_closed(spoken: Meeting, chair: Person, ana: Person, go: Steer):
    begin_check(spoken, by=chair, at=timezone.now(), expected=state_of(spoken).mark, is_anonymous=False, words="Fine?")
    check, client = state_of(spoken).mark, client_of(ana)
    for token, answer in (("a", "support"), ("a", "support"), ("b", "object"), ("c", "object")):
        done = client.post(at(spoken, "answer"), {"check": check, "answer": answer, "token": token}, headers=IN_PLACE)
        assert done.status_code == 200

    running = state_of(spoken).check
    assert running is not None
    assert running.answers == {str(ana.key): Answer.OBJECT}
    assert 'value="object" aria-pressed="true"' in client.get(at(spoken)).text
    go(partial(decisions.close_check))
    assert client.post(at(spoken, "answer"), {"check": check, "answer": "support"}, headers=IN_PLACE).status_code == 409


def test_an_anonymous_answer_is_given_once_and_shown_to_nobody(spoken: Meeting, chair: Person, ana: Person):
    begin_check(spoken, by=chair, at=timezone.now(), expected=state_of(spoken).mark, is_anonymous=True, words="Fine?")
    check, client = state_of(spoken).mark, client_of(ana)
    for answer in ("support", "support", "object"):
        done = client.post(at(spoken, "answer"), {"check": check, "answer": answer}, headers=IN_PLACE)
        assert done.status_code == 200

    assert answered(spoken, check) == 1
    page = client.get(at(spoken)).text
    assert "You have answered. What you answered is stored without your name." in page
    assert 'name="answer"' not in page


def test_without_an_account_one_is_sent_to_sign_in(spoken: Meeting):
    answer = Client().post(at(spoken, "ask"), {"seat": "room"})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_a_forged_form_is_not_taken(spoken: Meeting, ana: Person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.post(at(spoken, "ask"), {"seat": "room"}).status_code == 403
    assert waiting(spoken, ana) == []


def test_who_was_merged_is_still_known_by_the_page(spoken: Meeting, somebody: Somebody, ana: Person):
    ask(spoken, ana)
    ana.former_keys, key = [str(ana.key)], somebody("Rei Tatoe").key
    somebody("Rei Tatoe").delete()
    ana.key = key
    ana.save()

    assert "You are number 3 on the list" in client_of(ana).get(at(spoken)).text
