"""A meeting of which something is on the record, and people who write, read and correct it."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest
from django.urls import reverse

from convenor.meetings.floor import items
from convenor.meetings.floor.state import Outcome
from convenor.meetings.floor_actions import open_day, steer
from convenor.meetings.floor_decision_actions import decide
from convenor.meetings.floor_log import state_of
from convenor.meetings.models import FloorEntry, Item, Meeting, Registration
from convenor.people.models import Person
from convenor.people.roles import Role

OPENED = datetime(2100, 6, 12, 8, 0, tzinfo=UTC)
AT = datetime(2100, 6, 14, 16, 0, tzinfo=UTC)
UNTIL = datetime(2100, 6, 26, 21, 59, tzinfo=UTC)  # 23:59 in Geneva
AFTER = datetime(2100, 6, 26, 22, 0, tzinfo=UTC)
WORDS = "Six main sessions are held."


def key_of_item(meeting: Meeting, label: str) -> str:
    """Give the key of the first item with a label."""
    found = Item.objects.filter(block__day__meeting=meeting, label=label).order_by("block__day__order", "pk")
    return f"i{found[0].pk}"


@pytest.fixture
def chair(person_as: Callable[[Role], Person]) -> Person:
    """Give the chair."""
    return person_as(Role.CHAIR)


@pytest.fixture
def rapporteur(person_as: Callable[[Role], Person]) -> Person:
    """Give the rapporteur."""
    return person_as(Role.RAPPORTEUR)


@pytest.fixture
def held(june: Meeting, chair: Person) -> Meeting:
    """Give the meeting of June with its first day open, item 4 taken up and decided on."""
    open_day(june, june.days.all()[0], by=chair, at=OPENED, expected=0)
    key = key_of_item(june, "4")
    steer(june, partial(items.take_up, item=key), by=chair, at=OPENED, expected=state_of(june).mark)
    decided(june, chair, WORDS)
    return june


def decided(meeting: Meeting, chair: Person, words: str, **more: object) -> FloorEntry:
    """State a decision on the item under way."""
    expected = state_of(meeting).mark
    return decide(meeting, Outcome.AGREED, by=chair, at=OPENED, expected=expected, words=words, **more)  # type: ignore[arg-type]


@pytest.fixture
def participant(held: Meeting, db: None) -> Person:
    """Give somebody without a role whose registration is confirmed."""
    person = Person.objects.create(name="Ana Diallo", email="ana@example.org")
    Registration.objects.create(
        meeting=held, person=person, capacity="observer", mode="room", state="confirmed", registered_at=OPENED
    )
    return person


@pytest.fixture
def address(june: Meeting) -> Callable[..., str]:
    """Give the address of a page of the record."""
    return lambda page, *rest: reverse(f"meetings:record:{page}", args=(*june.cycle.address, "june", *rest))
