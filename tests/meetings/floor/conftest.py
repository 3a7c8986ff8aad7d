"""Fixtures of the floor in the database: the meeting of June with its first day open, and people."""

from collections.abc import Callable

import pytest

from convenor.meetings.floor_actions import open_day
from convenor.meetings.models import Meeting
from convenor.people.models import Person
from convenor.people.roles import Role
from tests.meetings.conftest import NOW


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


@pytest.fixture
def opened(june: Meeting, chair: Person) -> Meeting:
    """Give the meeting of June with its first day open."""
    open_day(june, june.days.all()[0], by=chair, at=NOW, expected=0)
    return june
