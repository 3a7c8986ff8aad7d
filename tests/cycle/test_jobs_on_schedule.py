"""What comes due in the forums is erased by a daily job."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

import pytest

from convenor.cycle import retention
from convenor.cycle.jobs_on_schedule import erase_due
from convenor.cycle.models import Cycle, Forum
from convenor.cycle.retention import Done, Rule
from convenor.shared.jobs import schedules
from convenor.shared.jobs.models import Job, State
from convenor.shared.jobs.tasks import carry_out

AT = datetime(2017, 6, 12, tzinfo=UTC)


@pytest.fixture
def erased(cycle: Cycle, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let one rule have a row in every place, named by the place, that is due; give what it took."""
    places = {"igf": 1, "other": 2, None: 3}
    gone: list[int] = []

    def since(forum: Forum | None) -> dict[int, date]:
        key = places[forum.slug if forum else None]
        return {} if key in gone else {key: date(2016, 6, 12)}

    def act(keys: Collection[int], at: datetime) -> Done:
        gone.extend(keys)
        return Done(len(keys))

    Forum.objects.create(slug="other", name="Other")
    monkeypatch.setattr(retention, "RULES", {"test": Rule("test", "Test", "", 12, since, act)})
    return gone


def test_what_is_due_goes_in_every_forum_and_in_none_but_not_where_it_is_kept_longer_or_in_an_example(
    erased: list[int],
):
    other = Forum.objects.get(slug="other")
    other.retentions.create(rule="test", months=None, changed_at=AT)
    Forum.objects.create(slug="invented", name="Example", is_example=True)

    said = erase_due({}, at=AT, report=lambda _share, _words: None)

    assert (said, erased) == ("2 rows were erased.", [1, 3])
    assert erase_due({}, at=AT, report=lambda _share, _words: None) == "0 rows were erased."


def test_it_is_handed_in_once_a_day_and_carried_out(erased: list[int]):
    handed_in = {job.schedule: job for job in schedules.hand_in_due(at=AT)}
    carry_out.func(handed_in["privacy.erase-due"].pk)

    assert Job.objects.get(schedule="privacy.erase-due").state == State.DONE
    assert erased == [1, 2, 3]
    assert schedules.SCHEDULES["privacy.erase-due"].every == timedelta(days=1)
