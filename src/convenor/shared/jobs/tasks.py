"""What the worker does with a job."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import F, QuerySet
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django_tasks import task

from convenor.shared.errors import Refused
from convenor.shared.jobs.models import Job, State
from convenor.shared.jobs.queue import LEASE

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_REPORTS = 0.5
SHARE_BETWEEN_REPORTS = 0.05


class Cancelled(Exception):  # noqa: N818 - somebody called the job off
    """The job was called off while it ran."""


@task()
def carry_out(pk: int) -> None:
    """Run one job and keep how it ended; a job that is no longer waiting is left alone."""
    now = timezone.now()
    taken = Job.objects.filter(pk=pk, state=State.QUEUED).update(
        state=State.RUNNING, started_at=now, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    if not taken:
        return
    job = Job.objects.get(pk=pk)
    with _heartbeat(job), translation.override(job.language):
        state, sentence = _run(job)
    _ours(job).update(state=state, sentence=sentence, ended_at=timezone.now())


def _ours(job: Job) -> QuerySet[Job]:
    """Narrow to the job as long as this attempt runs it: a worker given up for lost may come back."""
    return Job.objects.filter(pk=job.pk, state=State.RUNNING, attempts=job.attempts)


def _run(job: Job) -> tuple[State, str]:
    try:
        function = import_string(job.task)
        return State.DONE, function(job.values, at=timezone.now(), report=_Reporter(job))
    except Cancelled:
        return State.CANCELLED, ""
    except Refused as refusal:
        return State.FAILED, str(refusal)
    except Exception:
        logger.exception("Job %s failed", job.pk)
        return State.FAILED, _(
            "The job failed by a fault of ours; it was noted. Nothing that stood before was changed."
        )


class _Reporter:
    """Keeps how far a job is, not more often than people can read; every real step is kept."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.at, self.share = -SECONDS_BETWEEN_REPORTS, -1.0

    def __call__(self, share: float | None, sentence: str) -> None:
        """Keep the sentence.

        Raises:
            Cancelled: somebody called the job off, or another worker has taken it over.
        """
        is_soon = time.monotonic() - self.at < SECONDS_BETWEEN_REPORTS
        if is_soon and (share is None or share - self.share < SHARE_BETWEEN_REPORTS):
            return
        self.at, self.share = time.monotonic(), self.share if share is None else share
        if not _ours(self.job).update(share=share, sentence=sentence):
            raise Cancelled


@contextmanager
def _heartbeat(job: Job) -> Iterator[None]:
    """Prolong the lease while the job runs, from a thread of its own: a solver may not report for long."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(LEASE.total_seconds() / 3):
            _ours(job).update(lease_until=timezone.now() + LEASE)
        connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
