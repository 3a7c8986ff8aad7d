"""Fixtures of meetings: the agenda of June 2017, handed in and made a meeting."""

from collections.abc import Callable
from datetime import UTC, datetime
from importlib.resources import files

import pytest

from convenor.cycle.models import Cycle
from convenor.meetings.actions import hand_in, make_meeting
from convenor.meetings.models import AgendaDraft, Meeting
from convenor.people.models import Person
from convenor.people.roles import Role

NOW = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
TITLE = "Draft Agenda 2nd Open Consultations and MAG Meeting"


@pytest.fixture
def seed() -> str:
    """Give the draft agenda of 12–14 June 2017 as it was printed."""
    return files("convenor.example").joinpath("data/seed_agenda.txt").read_text("utf-8")


@pytest.fixture
def secretary(person_as: Callable[[Role], Person]) -> Person:
    """Give a person of the secretariat."""
    return person_as(Role.SECRETARIAT)


@pytest.fixture
def draft(seed: str, secretary: Person) -> AgendaDraft:
    """Give the agenda of June as the secretariat handed it in."""
    return hand_in(seed, by=secretary, at=NOW)


@pytest.fixture
def june(draft: AgendaDraft, cycle: Cycle, secretary: Person) -> Meeting:
    """Give the meeting of June."""
    return make_meeting(draft, into=cycle, title=TITLE, zone="Europe/Zurich", by=secretary, at=NOW, slug="june")
