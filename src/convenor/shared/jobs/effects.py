"""What a job does to the data happens once, however many workers are killed, lost or come back.

    def compute(values, *, at, report):
        found = search(…)                      # may be done again
        return keep(lambda: store(found))      # is done once, and gives the sentence of the outcome

The effect and the note that it happened are one transaction, which holds the job's row: either both are there after a
kill or neither is, and an attempt that was given up for lost finds that the job is no longer its own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from convenor.shared.jobs.models import KEPT, Job, JobEffect, State

_ATTEMPT: ContextVar[Job | None] = ContextVar("attempt", default=None)


class Cancelled(Exception):  # noqa: N818 - somebody called the job off
    """The job was called off while it ran, or another worker has taken it over."""


@contextmanager
def attempt_at(job: Job) -> Iterator[None]:
    """Let `once` and `keep` know for which job they are called."""
    token = _ATTEMPT.set(job)
    try:
        yield
    finally:
        _ATTEMPT.reset(token)


def ours(job: Job) -> QuerySet[Job]:
    """Narrow to the job as long as this attempt runs it: a worker given up for lost may come back."""
    return Job.objects.filter(pk=job.pk, state=State.RUNNING, attempts=job.attempts)


@transaction.atomic
def once(key: str, do: Callable[[], str]) -> str:
    """Do something once per job and give what it said, also to later attempts; called outside a job, just do it.

    `do` writes to the database only: a mail goes into the outbox, a file into its table.

    Raises:
        Cancelled: the job is no longer this attempt's.
    """
    job = _ATTEMPT.get()
    if job is None:
        return do()
    if not ours(job).select_for_update().exists():
        raise Cancelled
    done = JobEffect.objects.filter(job=job, key=key).first()
    if done is not None:
        return done.sentence
    sentence = do()
    JobEffect.objects.create(job=job, key=key, sentence=sentence, done_at=timezone.now())  # the worker is an edge
    return sentence


def keep(do: Callable[[], str]) -> str:
    """Do what a job is for, once, as its last step: from then on it is done, with the sentence that `do` gives."""
    return once(KEPT, do)


def kept(job: Job) -> str | None:
    """Give the sentence of what a job kept, or None where it kept nothing yet."""
    return JobEffect.objects.filter(job=job, key=KEPT).values_list("sentence", flat=True).first()
