"""The first meeting of the example year was held: every role finds something at its record."""

import pytest

from convenor.cycle.models import Cycle
from convenor.example.load import load_example
from convenor.example.world import make_world
from convenor.meetings.models import Meeting
from convenor.meetings.record.keeping import minutes_of, text_now
from convenor.people.models import RoleTerm
from convenor.people.roles import Role

pytestmark = pytest.mark.django_db


def test_the_meeting_of_march_has_locked_minutes_decisions_and_action_items():
    cycle = load_example(make_world(proposals=30), report=lambda _share, _words: None, is_held=True)
    march = Meeting.objects.get(cycle=cycle, slug="march")
    minutes = minutes_of(march)
    ends = {one.key: len(one.paragraphs) for one in text_now(minutes).sections if not one.item}
    today = Cycle.objects.get(pk=cycle.pk).stands_at.date()  # type: ignore[union-attr]  # the example stands still

    assert minutes.stage == "locked"
    assert {key: ends.get(key) for key in ("announcements", "decisions", "next_steps")} == {
        "announcements": 1, "decisions": 3, "next_steps": 3,
    }  # fmt: skip
    assert [(one.state, one.due < today) for one in march.action_items.all()] == [
        ("done", True), ("open", True), ("open", False),
    ]  # fmt: skip
    first = RoleTerm.objects.filter(role=Role.MEMBER)[0].person
    assert [one.owner == first for one in march.action_items.all()] == [False, True, False]
