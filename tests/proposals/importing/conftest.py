"""Files that are handed in, read and taken over in a small year."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from convenor.cycle.models import Cycle
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.proposals.importing import actions, jobs
from convenor.proposals.importing.checking import prepare
from convenor.proposals.importing.models import Import
from convenor.proposals.importing.writing import write

AT = datetime(2017, 5, 2, 10, tzinfo=UTC)
DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture
def by(person_as: Callable[[Role], Person]) -> Person:
    """Give the secretary who imports."""
    return person_as(Role.SECRETARIAT)


@pytest.fixture
def take_in(cycle: Cycle, by: Person) -> Callable[[str | bytes], Import]:
    """Hand a file in and read it."""

    def make(text: str | bytes, name: str = "list.csv") -> Import:
        data = text.encode() if isinstance(text, str) else text
        source = actions.hand_in(cycle, data, name=name, by=by, at=AT)
        jobs.read_now(source)
        source.refresh_from_db()
        return source

    return make


@pytest.fixture
def take_over(take_in: Callable[..., Import], by: Person) -> Callable[..., Import]:
    """Hand a file in, read it, take it over."""

    def make(text: str | bytes, name: str = "list.csv", **otherwise: str) -> Import:
        source = take_in(text, name)
        actions.set_reading(source, columns=source.columns, codes={}, otherwise=otherwise, as_drafts=False)
        source.refresh_from_db()
        write(source, prepare(source), by=by, at=AT)
        source.refresh_from_db()
        return source

    return make
