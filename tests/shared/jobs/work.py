"""Functions that jobs of these tests call, and how a test hands one in and carries it out."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext
from django_tasks_db.models import DBTaskResult

from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.jobs import Report, Retry, enqueue
from convenor.shared.jobs.effects import keep, once
from convenor.shared.jobs.models import Job, State
from convenor.shared.jobs.queue import cancel
from convenor.shared.jobs.tasks import carry_out

AT = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
HERE = f"{__name__}."
called: list[Mapping[str, int]] = []


def succeed(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Count the calls and end well."""
    report(0.5, "halfway")
    called.append(values)
    return "done"


def refuse(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Refuse with a sentence."""
    raise Refused("There is nothing to compute. Hand something in first.")


def crash(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Fail by a fault of the program."""
    raise ZeroDivisionError("secret inner words")


def be_called_off(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Be called off by somebody between two steps."""
    report(0.1, "begun")
    cancel(Job.objects.get(state=State.RUNNING).pk, at=at)
    report(0.9, "keeping")
    called.append(values)
    return "done"


def be_lost(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Be taken for lost and run by another worker meanwhile."""
    report(0.1, "begun")
    Job.objects.update(attempts=2)
    report(0.9, "keeping")
    called.append(values)
    return "done"


def ask_elsewhere(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Find a server silent."""
    raise Retry("The server does not answer.")


def keep_and_fail(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Keep, then fail by a fault of the program."""
    keep(lambda: "kept")
    return crash(values, at=at, report=report)


def keep_and_refuse(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Keep, then refuse."""
    keep(lambda: "kept")
    return refuse(values, at=at, report=report)


def keep_and_ask_elsewhere(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Keep, then find a server silent."""
    keep(lambda: "kept")
    return ask_elsewhere(values, at=at, report=report)


def be_called_off_and_keep(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Be called off just before keeping."""
    cancel(Job.objects.get(state=State.RUNNING).pk, at=at)
    return keep(lambda: note(kept=1))


def be_lost_and_keep(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Be taken for lost just before keeping."""
    Job.objects.update(attempts=2)
    return keep(lambda: note(kept=1))


def step_and_fail(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Do a step, then refuse."""
    said = once("step", lambda: note(step=1) and "first")
    called.append({"heard": said})  # type: ignore[dict-item]  # a note of ours
    return refuse(values, at=at, report=report)


def note(**words: int) -> str:
    """Note that something was done."""
    called.append(words)
    return "noted"


def speak(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Say something that the catalogue of dates translates."""
    return gettext("Monday")


def hand_in(task: str, person: Person | None, **values: int) -> Job:
    """Hand a job of this module in."""
    return enqueue(HERE + task, values, by=person, at=AT)


def run(job: Job) -> Job:
    """Do what the worker does, and give the job as it is then."""
    carry_out.func(job.pk)
    job.refresh_from_db()
    return job


def told() -> list[tuple[int, datetime]]:
    """Give which jobs the worker was told of, and from when on."""
    rows = DBTaskResult.objects.order_by("enqueued_at")
    return [(row.args_kwargs["args"][0], row.run_after) for row in rows]


def lose(job: Job, *, attempts: int) -> Job:
    """Let the worker of a job vanish."""
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, attempts=attempts, lease_until=AT - timedelta(seconds=1))
    return job
