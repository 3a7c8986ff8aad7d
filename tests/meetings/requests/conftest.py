"""A meeting that takes requests; it lies far ahead, so that pages find it open."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from convenor.meetings.models import Meeting
from convenor.meetings.requests.actions import Wanted, ask
from convenor.meetings.requests.models import SlotRequest
from convenor.people.models import Person
from convenor.people.roles import Role

AT = datetime(2100, 5, 20, 9, 0, tzinfo=UTC)
UNTIL = datetime(2100, 6, 5, 21, 59, tzinfo=UTC)  # 23:59 in Geneva
PAPER = "https://example.org/paper.pdf"


def wanted(**changes: object) -> Wanted:
    """Say what an organisation asks for."""
    values: dict[str, object] = {
        "kind": "briefing",
        "title": "Access for all",
        "about": "We report on five years.",
        "organisation": "Cable Union",
        "speaker": "Ana Diallo",
        "minutes": 10,
        "documents": [PAPER],
        "day": None,
    }
    return Wanted(**{**values, **changes})  # type: ignore[arg-type]  # as the test says


@pytest.fixture
def meeting(june: Meeting) -> Meeting:
    """Give the meeting of June, which takes requests until 2100."""
    june.requests_until = UNTIL
    june.save()
    return june


@pytest.fixture
def asker(person_as: Callable[[Role], Person]) -> Person:
    """Give somebody with an account and no role."""
    return person_as(Role.SIGNED_IN)


@pytest.fixture
def asked(meeting: Meeting, asker: Person) -> SlotRequest:
    """Give a request that waits."""
    return ask(meeting, wanted(), by=asker, at=AT)


@pytest.fixture
def address(meeting: Meeting) -> Callable[..., str]:
    """Give the address of a page of requests."""
    return lambda page, *rest: reverse(f"meetings:requests:{page}", args=(*meeting.cycle.address, "june", *rest))
