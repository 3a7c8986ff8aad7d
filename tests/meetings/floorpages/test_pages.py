"""The page of the floor and the projector, for every reader."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from convenor.cycle.models import Cycle
from convenor.meetings.floor import Channel, Rule, Wish, days, lists
from convenor.meetings.floor_access import is_registered, part_in
from convenor.meetings.floor_actions import arrange, enter_request, open_day, welcome_guest
from convenor.meetings.floor_decision_actions import begin_check, begin_count, close_check
from convenor.meetings.floor_log import state_of
from convenor.meetings.floorpages.channel import PARTS, PROJECTED, level_of
from convenor.meetings.floorpages.showing import audience_of, expected, floor_of, mark_of
from convenor.meetings.models import Audience, Meeting
from convenor.people.models import Person
from convenor.people.roles import Role
from tests.meetings.floorpages.conftest import AT, Steer, ask, at

pytestmark = pytest.mark.django_db
As = Callable[[Role], Client]
TOKEN = re.compile(r'<input type="hidden" name="csrfmiddlewaretoken" value="\w+">')
FORM = re.compile(r'<form[^>]* action="[^"]*/floor/(\w+)/"')


def followed(page: str) -> str:
    """Read what a page follows first."""
    found = re.search(r'data-follows="([^"]*floor/[^"]*)" data-at="\d+"', page)
    assert found is not None
    return unescape(found[1])


def seen(meeting: Meeting, person: Person | None = None, *, name: str = "page") -> str:
    """Give what somebody sees."""
    client = Client()
    if person:
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get(at(meeting, name)).text


def test_the_public_sees_item_speaker_and_list_with_reasons_and_no_buttons(spoken: Meeting):
    page = seen(spoken)
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())

    assert "Jan Voorbeeld has the floor." in text
    assert "Jan Voorbeeld Gov WEO 1:44" in text
    assert "the time rests" in text
    assert "1 Amina Mfano Civil AF Asked 10:14. Next in the order of asking." in text
    assert "2 Luc Exemple Gov WEO Asked 10:14. Next in the order of asking." in text
    assert FORM.findall(page) == []
    assert "To ask for the floor, object or answer, sign in." in text


@pytest.mark.parametrize(
    ("role", "audience", "forms"),
    [
        (Role.SIGNED_IN, Audience.OPEN, True), (Role.OBSERVER, Audience.OPEN, True),
        (Role.SIGNED_IN, Audience.MEMBERS_OBSERVERS, False), (Role.OBSERVER, Audience.MEMBERS_OBSERVERS, True),
        (Role.OBSERVER, Audience.MEMBERS, False), (Role.MEMBER, Audience.MEMBERS, True),
        (Role.CHAIR, Audience.MEMBERS, True), (Role.SIGNED_IN, "", False), (Role.OBSERVER, "", True),
    ],
)  # fmt: skip
def test_who_takes_part_follows_from_whom_the_day_is_for(
    client_as: As, spoken: Meeting, role: Role, audience: str, forms: bool
):
    spoken.days.update(audience=audience)
    client = client_as(role)

    assert bool(FORM.findall(client.get(at(spoken)).text)) == forms
    answer = client.post(at(spoken, "ask"), {"seat": "online"}, headers={"X-In-Place": "1"})
    assert answer.status_code == (200 if forms else 409)
    assert len([one for one in state_of(spoken).requests.values() if one.stage == "waiting"]) == (3 if forms else 2)


def test_a_day_for_members_is_shown_to_members_alone(client_as: As, spoken: Meeting):
    spoken.days.update(audience=Audience.MEMBERS)

    for role in (Role.PUBLIC, Role.SIGNED_IN, Role.OBSERVER):
        for name in ("page", "projector"):
            page = client_as(role).get(at(spoken, name)).text
            assert "This day is for members" in page
            assert [person for person in ("Jan", "Amina", "Luc") if person in page] == []
    for name in ("page", "projector"):
        assert "Jan Voorbeeld" in client_as(Role.MEMBER).get(at(spoken, name)).text


@pytest.mark.parametrize("audience", [*Audience, ""])
def test_the_page_and_the_rule_of_access_agree(
    june: Meeting, chair: Person, person_as: Callable[[Role], Person], audience: str
):
    open_day(june, june.days.all()[0], by=chair, at=AT, expected=0)
    june.days.update(audience=audience)
    state, day = state_of(june), june.days.all()[0]
    verb = part_in(june, state)
    for role in Role:
        held = {Role.PUBLIC, Role.SIGNED_IN, role} if role is not Role.PUBLIC else {Role.PUBLIC}
        assert (audience_of(day) in level_of(june, held, None)) == verb.allows(held), role
    for number, capacity in enumerate(("member", "secretariat", "observer", "guest")):
        person = Person.objects.create(name=f"Somebody {capacity}")
        for state_of_it in ("asked", "confirmed"):
            values = {"capacity": capacity, "mode": "room", "state": state_of_it, "registered_at": AT}
            june.registrations.update_or_create(person=person, defaults=values)
            takes = audience_of(day) in level_of(june, {Role.PUBLIC, Role.SIGNED_IN}, person)
            assert takes == (is_registered(june, person, state) or verb.allows({Role.SIGNED_IN})), number


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("role", [Role.PUBLIC, Role.SIGNED_IN, Role.MEMBER])
@pytest.mark.parametrize(("name", "parts"), [("page", PARTS), ("projector", PROJECTED)])
def test_what_is_sent_is_what_the_page_shows(
    client_as: As,
    spoken: Meeting,
    chair: Person,
    role: Role,
    language: str,
    name: str,
    parts: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
):
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)  # when somebody can expect the floor goes on with the minutes
    begin_count(spoken, by=chair, at=AT + timedelta(minutes=5), expected=state_of(spoken).mark, words="Close the list")
    client = client_as(role)
    client.cookies["language"] = language
    page = TOKEN.sub("", client.get(at(spoken, name)).text)
    sent = client.get(followed(page)).json()["parts"]

    assert list(sent) == list(parts)
    for part, content in sent.items():
        assert f">{content}</" in page, part
        assert f'id="{part}"' in page


def test_every_entry_reaches_the_floor_and_what_moves_on_the_agenda_too(
    spoken: Meeting, somebody: Callable[..., Person]
):
    from convenor.meetings.floor_models import floor_topic
    from convenor.shared.live.news import number_of, topic_of

    floor, agenda = number_of(floor_topic(spoken.pk)), number_of(topic_of(spoken))
    ask(spoken, somebody("Rei Tatoe"))
    assert (number_of(floor_topic(spoken.pk)), number_of(topic_of(spoken))) == (floor + 1, agenda)
    spoken.count_change(at=AT)
    assert (number_of(floor_topic(spoken.pk)), number_of(topic_of(spoken))) == (floor + 2, agenda + 1)


def test_a_page_costs_as_much_with_a_hundred_in_the_list(
    spoken: Meeting, somebody: Callable[..., Person], cycle: Cycle
):
    def queries(person: Person | None) -> int:
        client = Client()
        if person:
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        client.get(at(spoken))
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(at(spoken)).status_code == 200
        return len(found)

    ana = somebody("Ana Ejemplo")
    ask(spoken, ana)
    before = queries(None), queries(ana)
    for number in range(100):
        ask(spoken, somebody(f"Somebody Number{number}", group="civ", country="KE"))

    assert (queries(None), queries(ana)) == before
    assert before[0] <= 35


def test_what_people_typed_is_shown_as_text(spoken: Meeting, chair: Person, secretary: Person):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{ x }}"
    guest = welcome_guest(spoken, name=hostile)
    now = timezone.now()
    enter_request(spoken, guest, by=secretary, at=now, wish=Wish.QUESTION, seat=Channel.HUB)
    begin_count(spoken, by=chair, at=now, expected=state_of(spoken).mark, words=hostile)

    for name in ("page", "projector"):
        page = seen(spoken, name=name)
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_a_reason_does_not_tell_what_the_table_hides(spoken: Meeting, chair: Person, somebody: Callable[..., Person]):
    for name, gender in (("Rei Tatoe", "woman"), ("Olga Primerova", "man")):
        ask(spoken, somebody(name, gender=gender, group="tec"))
    step = partial(days.set_order, rules=(Rule.GENDER, Rule.GROUP))
    arrange(spoken, step, by=chair, at=timezone.now())
    page = seen(spoken)

    assert "women" not in page.lower()
    assert "By the order of the day: balanced by gender." in page


def test_an_erased_person_keeps_the_place_without_a_name(spoken: Meeting, somebody: Callable[..., Person]):
    amina = somebody("Amina Mfano")
    amina.name, amina.erased_at, amina.key = "", AT, uuid4()
    amina.save()

    page = seen(spoken)
    assert "(erased)" in page
    assert "Amina" not in page


def test_who_waits_finds_their_place_and_others_do_not(spoken: Meeting, somebody: Callable[..., Person]):
    luc = somebody("Luc Exemple")
    page, other = seen(spoken, luc), seen(spoken, somebody("Rei Tatoe"))

    assert "You are number 2 on the list, at about" in page
    assert f'data-me="{mark_of(spoken, str(luc.key))}"' in page
    assert f'data-of="{mark_of(spoken, str(luc.key))}"' in page
    assert str(luc.key) not in page
    assert "You are number" not in other


def test_the_next_turns_are_expected_by_what_the_last_ones_took(spoken: Meeting):
    state = state_of(spoken)
    now = AT + timedelta(minutes=10)  # Jan's time rests with 104 seconds left; nobody else has spoken

    assert [moment - now for moment in expected(state, 3, now=now)] == [
        timedelta(seconds=104), timedelta(seconds=284), timedelta(seconds=464)
    ]  # fmt: skip


def test_a_break_keeps_the_list_and_an_open_day_without_item_says_so(spoken: Meeting, go: Steer):
    lunch = next(
        block for day in spoken.days.all() for block in day.blocks.all() if block.kind == "break" and block.ends
    )
    go(days.start_block, block=f"b{lunch.pk}")
    page = seen(spoken)
    assert f"By the agenda until {lunch.ends:%H:%M}." in page
    go(days.end_block)
    assert "No item is under way" in seen(spoken)


def test_before_the_day_is_open_nothing_is_offered(june: Meeting, somebody: Callable[..., Person]):
    ana = somebody("Ana Ejemplo")

    assert "No day of the meeting is open" in seen(june, ana)
    assert FORM.findall(seen(june, ana)) == []
    assert "The meeting is not open." in seen(june, name="projector")


def test_the_agenda_and_the_year_lead_to_the_floor_while_a_day_is_open(june: Meeting, chair: Person, client: Client):
    address = at(june)
    pages = (june.get_absolute_url(), june.cycle.get_absolute_url())
    assert [address in client.get(page).text for page in pages] == [False, False]
    open_day(june, june.days.all()[0], by=chair, at=AT, expected=0)
    assert [address in client.get(page).text for page in pages] == [True, True]


def test_a_closed_check_tells_its_numbers_by_group(spoken: Meeting, chair: Person, somebody: Callable[..., Person]):
    now = timezone.now()
    begin_check(spoken, by=chair, at=now, expected=state_of(spoken).mark, is_anonymous=False, words="Three minutes?")
    number = state_of(spoken).mark
    for name, answer in (("Amina Mfano", "support"), ("Luc Exemple", "object")):
        client = Client()
        client.force_login(somebody(name), backend="allauth.account.auth_backends.AuthenticationBackend")
        client.post(at(spoken, "answer"), {"check": number, "answer": answer})
    assert "2 people have answered." in seen(spoken)
    assert "<td" not in seen(spoken)
    close_check(spoken, by=chair, at=now, expected=state_of(spoken).mark)

    text = " ".join(re.sub(r"<[^>]+>", " ", seen(spoken)).split())
    assert "1 support, 0 can live with it, 1 object" in text
    assert "Civil society 1 0 0 Government 0 0 1 All 1 0 1" in text


def test_the_list_says_when_it_is_closed_and_who_is_not_called(
    spoken: Meeting, chair: Person, somebody: Callable[..., Person]
):
    now = timezone.now()
    arrange(spoken, lists.close_list, by=chair, at=now)
    request = next(
        one.id for one in state_of(spoken).requests.values() if one.person == str(somebody("Luc Exemple").key)
    )
    arrange(spoken, partial(lists.set_aside, request=request), by=chair, at=now)
    text = " ".join(re.sub(r"<[^>]+>", " ", seen(spoken)).split())

    assert "List of speakers closed, 1 waiting" in text
    assert "Not called for now, by the chair: Luc Exemple" in text
    assert "The chair does not call your request for now." in seen(spoken, somebody("Luc Exemple"))


def test_a_level_knows_no_person(spoken: Meeting):
    floor = floor_of(spoken, frozenset({"group"}), now=timezone.now())

    assert [place.who.group for place in floor.places] == ["civ", "gov"]
    assert {place.who.region for place in floor.places} == {""}
