"""Fixtures of the consoles: the meeting of June with its first day open, people, and what pages answer."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from convenor.meetings.floor_actions import open_day
from convenor.meetings.floor_log import state_of
from convenor.meetings.models import Meeting
from convenor.people.models import Person
from convenor.people.roles import Role


@pytest.fixture
def opened(june: Meeting, chair: Person) -> Meeting:
    """Give the meeting of June with its first day open."""
    open_day(june, june.days.all()[0], by=chair, at=timezone.now(), expected=0)
    return june


class Desk:
    """A window of somebody at a console, without script."""

    def __init__(self, client: Client, meeting: Meeting, page: str = "chair") -> None:
        self.client, self.meeting = client, meeting
        self.floor = f"{meeting.get_absolute_url()}floor/"
        self.url = f"{self.floor}{page}/"

    @property
    def mark(self) -> int:
        """What stands on a page that was opened now."""
        return state_of(self.meeting).mark

    def do(self, deed: str, *, expected: int | None = None, **fields: Any) -> Any:
        """Press a button, and see the page it leads to."""
        seen = self.mark if expected is None else expected
        return self.client.post(f"{self.url}do/", {"do": deed, "expected": seen, **fields}, follow=True)

    def hands(self, **fields: Any) -> Any:
        """Raise hands, and see the page it leads to."""
        return self.client.post(f"{self.floor}secretariat/hands/", fields, follow=True)


@pytest.fixture
def at_chair(opened: Meeting, client_as: Callable[[Role], Client]) -> Desk:
    """Give the chair's console on the first day."""
    return Desk(client_as(Role.CHAIR), opened)


@pytest.fixture
def at_desk(opened: Meeting, client_as: Callable[[Role], Client]) -> Desk:
    """Give the secretariat's console on the first day."""
    return Desk(client_as(Role.SECRETARIAT), opened, "secretariat")
