"""Somebody who asks for jobs."""

import pytest

from convenor.people.models import Person
from tests.shared.jobs.work import called


@pytest.fixture(autouse=True)
def no_calls() -> None:
    """Forget the calls of other tests."""
    called.clear()


@pytest.fixture
def person(db: None) -> Person:
    """Give somebody who asks."""
    return Person.objects.create(name="Asker", email="asker@example.org")
