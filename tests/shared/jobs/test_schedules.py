"""Schedules: once in every period, and once for all that was missed; old jobs go."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from convenor.shared.jobs import schedules
from convenor.shared.jobs.models import Job, JobEffect, State
from convenor.shared.jobs.schedules import SCHEDULES, hand_in_due
from convenor.shared.jobs.sweep import remove_old
from tests.shared.jobs.work import AT, HERE, run

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def hourly(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let only one schedule be there."""
    kept = dict(SCHEDULES)
    SCHEDULES.clear()
    schedules.register("test.hourly", every=HOUR, task=f"{HERE}succeed", title="Succeed")
    yield
    SCHEDULES.clear()
    SCHEDULES.update(kept)


def end_all() -> None:
    """Carry out what waits."""
    for job in Job.objects.filter(state=State.QUEUED):
        run(job)


def test_a_schedule_is_due_at_once_and_then_once_in_every_period():
    counts = []
    for minutes in (0, 1, 59, 60, 61, 120):
        counts.append(len(hand_in_due(at=AT + timedelta(minutes=minutes))))
        end_all()

    assert counts == [1, 0, 0, 1, 0, 1]


def test_what_was_missed_is_made_up_for_once():
    hand_in_due(at=AT)
    end_all()

    handed_in = hand_in_due(at=AT + timedelta(days=30, minutes=5))
    end_all()

    assert [job.key for job in handed_in] == [f"test.hourly@{int((AT + timedelta(days=30)).timestamp()) // 3600}"]
    assert hand_in_due(at=AT + timedelta(days=30, minutes=10)) == []


def test_what_still_runs_is_not_handed_in_beside_itself():
    hand_in_due(at=AT)

    assert hand_in_due(at=AT + HOUR) == []
    end_all()
    assert len(hand_in_due(at=AT + HOUR + timedelta(minutes=30))) == 1


def test_a_period_that_failed_is_not_run_again_before_the_next():
    SCHEDULES["test.hourly"] = schedules.Schedule("test.hourly", HOUR, f"{HERE}refuse")
    hand_in_due(at=AT)
    end_all()

    assert (hand_in_due(at=AT + HOUR / 2), len(hand_in_due(at=AT + HOUR))) == ([], 1)


def test_the_next_period_begins_when_the_page_says():
    schedule = SCHEDULES["test.hourly"]

    assert schedule.next_at(AT + timedelta(minutes=20)) == AT + HOUR
    assert schedule.next_at(AT) == AT + HOUR
    assert schedule.key(AT + HOUR) != schedule.key(AT + timedelta(minutes=59))


def ended(at: datetime, **fields: object) -> Job:
    """Give a job that ended at a moment."""
    return Job.objects.create(task="x", queued_at=at, ended_at=at, state=State.DONE, **fields)


def test_jobs_that_ended_more_than_thirty_days_ago_go_with_their_effects():
    now = datetime(2017, 9, 1, tzinfo=UTC)
    old, young = ended(now - timedelta(days=30, seconds=1)), ended(now - timedelta(days=30))
    waits = Job.objects.create(task="x", queued_at=AT)
    JobEffect.objects.create(job=old, key="kept", done_at=AT)

    assert remove_old({}, at=now, report=lambda _share, _words: None) == "1 old job was removed."
    assert set(Job.objects.all()) == {young, waits}
    assert JobEffect.objects.count() == 0


def test_a_key_is_remembered_and_of_a_schedule_the_newest():
    now = datetime(2017, 9, 1, tzinfo=UTC)
    keyed = ended(AT, key="letters of May")
    ended(AT, key="a@1", schedule="a")
    newest = ended(AT, key="a@2", schedule="a")

    remove_old({}, at=now, report=lambda _share, _words: None)

    assert set(Job.objects.all()) == {keyed, newest}


def test_the_rows_below_go_too_even_those_that_say_running_for_ever():
    now = datetime(2017, 9, 1, tzinfo=UTC)

    def row(status: str, started_at: datetime | None) -> DBTaskResult:
        return DBTaskResult.objects.create(
            status=status, started_at=started_at, args_kwargs={}, task_path="x", backend_name="default", run_after=AT
        )

    old = [TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED, TaskResultStatus.RUNNING]
    for status in old:
        row(status, AT)
    stays = {row(TaskResultStatus.READY, None).pk, row(TaskResultStatus.RUNNING, now).pk}

    remove_old({}, at=now, report=lambda _share, _words: None)

    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == stays
