"""A meeting of three days that people register for; it lies far ahead, so that pages find it open."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from convenor.meetings.models import Audience, Meeting
from convenor.meetings.participants.actions import Said, register
from convenor.meetings.participants.models import Registration
from convenor.people.models import Person
from convenor.people.roles import Role

AT = datetime(2100, 5, 20, 9, 0, tzinfo=UTC)
UNTIL = datetime(2100, 6, 5, 21, 59, tzinfo=UTC)  # 23:59 in Geneva
Address = Callable[..., str]


@pytest.fixture
def meeting(june: Meeting) -> Meeting:
    """Give the meeting of June moved to 2100, open for registration; its last day is for members only."""
    for place, day in enumerate(june.days.order_by("order")):
        day.date, day.audience = date(2100, 6, 12 + place), Audience.MEMBERS if place == 2 else Audience.OPEN
        day.save()
    june.registers_until = UNTIL
    june.save()
    return june


@pytest.fixture
def observer(person_as: Callable[[Role], Person]) -> Person:
    """Give somebody with an account and no role."""
    return person_as(Role.SIGNED_IN)


@pytest.fixture
def address(meeting: Meeting) -> Address:
    """Give the address of a page of participants."""
    return lambda page, *rest: reverse(f"meetings:participants:{page}", args=(*meeting.cycle.address, "june", *rest))


@pytest.fixture
def registered(meeting: Meeting, observer: Person) -> Registration:
    """Give the registration of an observer, which waits."""
    return register(meeting, observer, Said("room", days_of(meeting, "room", "online")), held=(), at=AT)


def days_of(meeting: Meeting, *modes: str) -> dict[int, str]:
    """Say from where somebody takes part on the first days of a meeting; empty: not there."""
    keys = meeting.days.order_by("order").values_list("pk", flat=True)
    return {key: mode for key, mode in zip(keys, modes, strict=False) if mode}


def coming(row: Registration) -> list[tuple[str, str]]:
    """Say on which days somebody means to be there."""
    return list(row.coming.values_list("day__label", "mode"))
