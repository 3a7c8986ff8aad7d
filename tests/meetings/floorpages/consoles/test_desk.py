"""The secretariat's console: whom a typed name means, several at once, guests, slips, and what is hostile."""

from collections.abc import Callable
from http import HTTPStatus

import pytest
from django.utils import timezone

from convenor.meetings.floor import Channel, Kind, Wish
from convenor.meetings.floor_log import entries_of, setting_of, state_of
from convenor.meetings.floor_models import FloorEntry, FloorGuest
from convenor.meetings.floorpages.hands import known_to, meant_by, names_in
from convenor.meetings.floorpages.showing import clock
from convenor.meetings.models import Meeting
from convenor.meetings.participants.models import Capacity, Mode, Registration, State
from convenor.people.models import Person
from convenor.shared.errors import Refused
from tests.meetings.floorpages.consoles.conftest import Desk
from tests.meetings.floorpages.consoles.test_chair import HOSTILE, news

Somebody = Callable[..., Person]


@pytest.fixture
def people(opened: Meeting, somebody: Somebody) -> list[Person]:
    """Give three who are registered, two of them called Ana."""
    found = [somebody("Ana Ejemplo", group="civ"), somebody("Ana Pavlović"), somebody("José Ejemplo Díaz")]
    for person in found:
        Registration.objects.create(
            meeting=opened, person=person, capacity=Capacity.OBSERVER, mode=Mode.ROOM, state=State.CONFIRMED,
            registered_at=timezone.now(),
        )  # fmt: skip
    return found


@pytest.fixture
def under_way(at_desk: Desk, people: list[Person]) -> Desk:
    """Give the console with the first item under way."""
    items = setting_of(at_desk.meeting, state_of(at_desk.meeting), at=timezone.now()).items
    at_desk.do(f"take {items[0]}")
    return at_desk


def waiting(meeting: Meeting) -> list[str]:
    """Give the keys of those who wait, in the order of asking."""
    state = state_of(meeting)
    return [one.person for one in state.waiting(state.matter)]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Ana Ejemplo", ["Ana Ejemplo"]),
        ("ana", ["Ana Ejemplo", "Ana Pavlović"]),
        ("pavlovic", ["Ana Pavlović"]),
        ("ejemplo", ["Ana Ejemplo", "José Ejemplo Díaz"]),
        ("diaz jose", ["José Ejemplo Díaz"]),
        ("an pav", ["Ana Pavlović"]),
        ("nobody", []),
        (" ;", []),
    ],
)
def test_part_of_a_name_is_enough_where_one_fits(words: str, names: list[str], opened: Meeting, people: list[Person]):
    known = [one for one in known_to(opened, on=timezone.now().date()) if one.speaker in people]

    assert [one.name for one in meant_by(words, known)] == names


def test_names_are_parted_and_bounded():
    assert names_in(" a  b ; c\n;;d；e؛ f") == ["a b", "c", "d", "e", "f"]
    for words in ("", " ; \x00", ";".join("x" * 51)):
        with pytest.raises(Refused, match="Nobody was entered"):
            names_in(words)


def test_hands_that_waited_for_a_connection_come_in_at_the_moment_they_went_up(under_way: Desk, people: list[Person]):
    under_way.hands(names="jose")
    under_way.hands(names="pavlovic", ago="90")
    under_way.hands(names="ana ejemplo", ago="-5; now")

    assert waiting(under_way.meeting) == [str(people[1].key), str(people[2].key), str(people[0].key)]


def test_several_hands_are_raised_at_once_and_doubts_are_asked(under_way: Desk, people: list[Person]):
    page = under_way.hands(names="pavlovic; Ana; Zed Nobody; jose", seat="chat", wish="question")

    assert waiting(under_way.meeting) == [str(people[1].key), str(people[2].key)]
    request = next(iter(state_of(under_way.meeting).requests.values()))
    assert (request.seat, request.wish) == (Channel.CHAT, Wish.QUESTION)
    assert page.status_code == HTTPStatus.CONFLICT
    assert news(page) == ["On the list: Ana Pavlović; José Ejemplo Díaz."]
    assert [(one.name, [two.name for two in one.choices]) for one in page.context["raised"].unsure] == [
        ("Ana", ["Ana Ejemplo", "Ana Pavlović"]),
        ("Zed Nobody", []),
    ]


def test_the_one_who_is_meant_is_chosen_and_the_others_are_asked_again(under_way: Desk, people: list[Person]):
    page = under_way.hands(who=f"p{people[0].pk}", seat="room", wish="intervention", rest="Zed Nobody;")

    assert waiting(under_way.meeting) == [str(people[0].key)]
    assert [one.name for one in page.context["raised"].unsure] == ["Zed Nobody"]


def test_a_guest_is_entered_with_group_and_region_and_found_again(under_way: Desk):
    guest = {"name": " Zed  Nobody ", "organisation": "Nowhere", "group": "civ", "region": "af"}
    under_way.hands(who="guest", seat="hub", wish="intervention", **guest)
    row = FloorGuest.objects.get()
    under_way.do("drop " + str(next(iter(state_of(under_way.meeting).requests))))

    under_way.hands(names="zed", seat="hub", wish="reply")

    assert (row.name, row.organisation, row.group) == ("Zed Nobody", "Nowhere", "civ")
    assert waiting(under_way.meeting) == [str(row.key)]
    speaker = setting_of(under_way.meeting, state_of(under_way.meeting), at=timezone.now()).speaker(str(row.key))
    assert (speaker.group, speaker.region) == ("civ", "af")


def test_who_waits_already_is_told_and_stops_nobody_else(under_way: Desk):
    under_way.hands(names="pavlovic", seat="room", wish="intervention")

    said = news(under_way.hands(names="pavlovic; jose", seat="room", wish="intervention"))

    kept = "The request was not entered: this person waits already with one of this kind, and keeps that place."
    assert said == [f"On the list: José Ejemplo Díaz. Ana Pavlović: {kept}"]


def test_a_message_sent_again_after_a_lost_connection_is_entered_once(under_way: Desk):
    message = {"names": "pavlovic; jose", "seat": "room", "wish": "intervention", "token": "f" * 32}

    answers = [
        under_way.client.post(f"{under_way.floor}secretariat/hands/", message, headers={"X-In-Place": "1"})
        for _time in range(2)
    ]

    assert [answer.json()["said"] for answer in answers] == ["On the list: Ana Pavlović; José Ejemplo Díaz."] * 2
    assert FloorEntry.objects.filter(meeting=under_way.meeting, kind=Kind.ASKED.value).count() == 2


def test_in_place_doubts_come_as_a_part_of_the_page(under_way: Desk):
    message = {"names": "Ana", "seat": "room", "wish": "intervention"}

    answer = under_way.client.post(f"{under_way.floor}secretariat/hands/", message, headers={"X-In-Place": "1"})

    assert answer.status_code == HTTPStatus.OK
    assert "“Ana” fits several people" in answer.json()["parts"]["desk-unsure"]
    assert set(answer.json()["news"]["parts"]) == {"floor-said", "desk-now", "desk-list", "desk-today", "desk-minuted"}


@pytest.mark.parametrize(
    "fields",
    [
        {"names": HOSTILE},
        {"names": "x" * 100_000},
        {"who": "p0"},
        {"who": HOSTILE},
        {"who": "guest", "name": ""},
        {"who": "guest", "name": "x" * 201},
        {"names": "pavlovic", "seat": "secretariat"},
        {"names": "pavlovic", "wish": "nonsense"},
        {},
    ],
)
def test_hostile_hands_enter_nobody(fields: dict[str, str], under_way: Desk):
    before = len(entries_of(under_way.meeting))

    page = under_way.hands(**{"seat": "room", "wish": "intervention", **fields})

    assert page.status_code == HTTPStatus.CONFLICT
    assert len(entries_of(under_way.meeting)) == before
    assert "<script>alert(1)" not in page.content.decode()


def test_time_is_told_per_person(under_way: Desk, people: list[Person]):
    under_way.hands(names="pavlovic; jose", seat="room", wish="intervention")
    for _time in range(2):
        first = under_way.client.get(under_way.url).context["floor"].places[0].request
        under_way.do(f"next {first}")

    page = under_way.client.get(under_way.url)
    turn = state_of(under_way.meeting).turns[0]  # how long it was is the server's speed
    spoken = clock(int(turn.spoken(timezone.now()).total_seconds()))

    assert [(one.name, one.turns, one.time) for one in page.context["console"].today.people] == [
        (people[1].name, 1, spoken)
    ]
    assert page.context["console"].back_to == people[1].name
