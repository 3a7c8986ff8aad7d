"""The meeting of June under way, and an action item of it."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from convenor.meetings.floor import items
from convenor.meetings.floor.minuting import Sort, Whose, minute
from convenor.meetings.floor_actions import enter as enter_at_floor
from convenor.meetings.floor_actions import open_day, steer
from convenor.meetings.floor_log import state_of
from convenor.meetings.floor_models import FloorEntry
from convenor.meetings.followup.actions import Wanted, enter
from convenor.meetings.followup.models import ActionItem
from convenor.meetings.minutes.noting import OWNER, WORDS
from convenor.meetings.models import Meeting
from convenor.people.models import Person
from convenor.people.roles import Role
from tests.meetings.record.conftest import OPENED, key_of_item

DUE = date(2100, 6, 30)


@pytest.fixture
def chair(person_as: Callable[[Role], Person]) -> Person:
    """Give the chair."""
    return person_as(Role.CHAIR)


@pytest.fixture
def owner(db: None) -> Person:
    """Give somebody with an account and no role."""
    return Person.objects.create(name="Ana Diallo", email="ana@example.org")


@pytest.fixture
def held(june: Meeting, chair: Person) -> Meeting:
    """Give the meeting of June with its first day open and item 4 under way."""
    open_day(june, june.days.all()[0], by=chair, at=OPENED, expected=0)
    step = partial(items.take_up, item=key_of_item(june, "4"))
    steer(june, step, by=chair, at=OPENED, expected=state_of(june).mark)
    return june


def minuted(meeting: Meeting, chair: Person, words: str, *, sort: Sort = Sort.ACTION, **whose: str) -> FloorEntry:
    """Minute something while it is spoken."""
    step = partial(minute, sort=sort, whose=Whose(whose.get("person", ""), whose.get("due", "")))
    said = {WORDS: words, OWNER: whose.get("owner", "")}
    return enter_at_floor(meeting, step, by=chair, at=OPENED, words=said)[0]


@pytest.fixture
def action(held: Meeting, owner: Person, chair: Person) -> ActionItem:
    """Give an action item of the owner's."""
    wanted = Wanted("Publish the call for main sessions.", owner=owner, due=DUE)
    return enter(held, wanted, by=chair, at=OPENED)
