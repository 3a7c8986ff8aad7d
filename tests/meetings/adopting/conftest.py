"""A forum whose rules have two versions, and the meeting of June under way."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest

from convenor.cycle.models import Cycle, RuleSet
from convenor.meetings.floor import items
from convenor.meetings.floor_actions import open_day, steer
from convenor.meetings.floor_log import state_of
from convenor.meetings.models import Meeting
from convenor.people.models import Person
from convenor.people.roles import Role
from tests.meetings.record.conftest import OPENED, key_of_item

MADE = datetime(2017, 6, 1, tzinfo=UTC)


@pytest.fixture
def chair(person_as: Callable[[Role], Person]) -> Person:
    """Give the chair."""
    return person_as(Role.CHAIR)


@pytest.fixture
def versions(cycle: Cycle) -> list[RuleSet]:
    """Give the forum's own two versions; the second is in force, and lets results wait for a meeting."""
    data = cycle.rule_set.data
    first = RuleSet.objects.create(forum=cycle.forum, name="Ours", version=2, data=data, origin=cycle.rule_set)
    adoption = {"before_results": True, "before_selection": True}
    limits = {**data["limits"], "least_speakers": 4}
    second = RuleSet.objects.create(
        forum=cycle.forum, name="Ours", version=3, data={**data, "adoption": adoption, "limits": limits}, origin=first,
        made_at=MADE,
    )  # fmt: skip
    cycle.rule_set = second
    cycle.save()
    return [first, second]


@pytest.fixture
def held(versions: list[RuleSet], june: Meeting, chair: Person) -> Meeting:
    """Give the meeting of June with its first day open and item 4 under way."""
    june.cycle.refresh_from_db()
    open_day(june, june.days.all()[0], by=chair, at=OPENED, expected=0)
    step = partial(items.take_up, item=key_of_item(june, "4"))
    steer(june, step, by=chair, at=OPENED, expected=state_of(june).mark)
    return june
