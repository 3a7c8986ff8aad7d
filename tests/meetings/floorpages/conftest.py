"""A meeting under way: the first day open, an item taken up, people who wait."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from convenor.meetings.floor import Channel, Wish, days, items, turns
from convenor.meetings.floor_actions import arrange, ask_for_floor, open_day, steer
from convenor.meetings.floor_log import state_of
from convenor.meetings.models import Item, Meeting
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.live import feeds

AT = datetime(2026, 6, 12, 8, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_rendered() -> None:
    feeds.forget()


@pytest.fixture
def chair(person_as: Callable[[Role], Person]) -> Person:
    """Give the chair."""
    return person_as(Role.CHAIR)


@pytest.fixture
def somebody(db: None) -> Callable[..., Person]:
    """Give a person by name."""

    def make(name: str, **words: str) -> Person:
        email = f"{name.lower().replace(' ', '.')}@example.org"
        return Person.objects.get_or_create(email=email, defaults={"name": name, **words})[0]

    return make


Steer = Callable[..., None]


@pytest.fixture
def go(june: Meeting, chair: Person) -> Steer:
    """Give what moves the meeting on as the chair."""

    def do(step: Callable[..., object], *, at: datetime | None = None, **words: object) -> None:
        steer(june, partial(step, **words), by=chair, at=at or timezone.now(), expected=state_of(june).mark)  # type: ignore[arg-type]

    return do


@pytest.fixture
def under_way(june: Meeting, chair: Person, go: Steer) -> Meeting:
    """Give the meeting with its first day open and item 4 under way, three minutes for each."""
    open_day(june, june.days.all()[0], by=chair, at=AT, expected=0)
    item = Item.objects.filter(block__day__meeting=june, label="4").order_by("block__day__order", "pk")[0]
    go(items.take_up, at=AT, item=f"i{item.pk}")
    arrange(june, partial(days.set_limit, seconds=180), by=chair, at=AT)
    return june


@pytest.fixture
def spoken(under_way: Meeting, somebody: Callable[..., Person], go: Steer) -> Meeting:
    """Give it with Jan speaking, whose time rests at 1:44, and Ana and Luc waiting."""
    jan = somebody("Jan Voorbeeld", group="gov", country="NL")
    ask(under_way, jan, seat=Channel.ROOM, minutes=0)
    go(turns.call_next, at=AT)
    go(turns.pause_time, at=AT + timedelta(seconds=76))
    ask(under_way, somebody("Amina Mfano", group="civ", country="KE"))
    ask(under_way, somebody("Luc Exemple", group="gov", country="FR"), seat=Channel.ROOM)
    return under_way


def ask(
    meeting: Meeting,
    person: Person,
    *,
    wish: Wish = Wish.INTERVENTION,
    seat: Channel = Channel.ONLINE,
    minutes: int = 2,
) -> int:
    """Ask for the floor so long after the beginning; give the number of the request."""
    return ask_for_floor(meeting, by=person, at=AT + timedelta(minutes=minutes), wish=wish, seat=seat).sequence


def at(meeting: Meeting, name: str = "page") -> str:
    """Give the address of a page of the floor."""
    return reverse(f"meetings:floor:{name}", args=(*meeting.cycle.address, meeting.slug))
