"""Fixtures of the editor: the short meeting, and two people of the secretariat."""

import pytest

from convenor.cycle.models import Cycle
from convenor.meetings.models import Meeting
from convenor.people.models import Person, RoleTerm
from convenor.people.roles import Role
from tests.meetings.editor.making import fresh, make


@pytest.fixture
def meeting(cycle: Cycle, secretary: Person) -> Meeting:
    """Give the short meeting."""
    return fresh(make(cycle, secretary))


@pytest.fixture
def colleague(secretary: Person) -> Person:
    """Give a second person of the secretariat."""
    person = Person.objects.create(name="Nadia Second", email="nadia@example.org")
    for term in RoleTerm.objects.filter(person=secretary, role=Role.SECRETARIAT):
        term.pk, term.person = None, person
        term.save()
    return person
