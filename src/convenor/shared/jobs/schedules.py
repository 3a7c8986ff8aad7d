"""Jobs that come back: once in every period, handed in by whichever worker looks first.

    schedules.register("privacy.erase-due", every=timedelta(days=1), task="convenor.…", title=_("…"))

Periods are counted from 1970 in UTC, so that all workers count alike, and a job's key holds its period: two workers
hand it in once. Only the present period is looked at: what was missed while no worker ran is made up for once.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.functional import Promise

from convenor.shared.jobs import titles
from convenor.shared.jobs.models import OPEN, Job
from convenor.shared.jobs.queue import enqueue

START = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A function to call once in every period."""

    name: str
    every: timedelta
    task: str

    def key(self, at: datetime) -> str:
        """Give the key of the period that a moment lies in."""
        return f"{self.name}@{(at - START) // self.every}"

    def next_at(self, at: datetime) -> datetime:
        """Give the beginning of the next period."""
        return START + ((at - START) // self.every + 1) * self.every


SCHEDULES: dict[str, Schedule] = {}


def register(name: str, *, every: timedelta, task: str, title: str | Promise) -> None:
    """Let a function be called once in every period, without values and on nobody's behalf."""
    SCHEDULES[name] = Schedule(name, every, task)
    titles.register(task, title)


def hand_in_due(*, at: datetime) -> list[Job]:
    """Hand in what the present period lacks, less what is still open from an earlier one; give what was handed in."""
    known = Job.objects.exclude(schedule="")
    under_way = set(known.filter(state__in=OPEN).values_list("schedule", flat=True))
    due = {one.key(at): one for one in SCHEDULES.values() if one.name not in under_way}
    there = set(known.filter(key__in=due).values_list("key", flat=True))
    return [
        enqueue(one.task, {}, by=None, at=at, key=key, schedule=one.name)
        for key, one in due.items()
        if key not in there
    ]
