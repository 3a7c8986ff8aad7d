"""What the worker does with a job."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import F
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django_tasks import task

from convenor.shared.errors import Refused
from convenor.shared.jobs.models import Job, State
from convenor.shared.jobs.queue import LEASE

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_REPORTS = 0.5


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
    with _heartbeat(pk), translation.override(job.language):
        state, sentence = _run(job)
    Job.objects.filter(pk=pk, state=State.RUNNING).update(state=state, sentence=sentence, ended_at=timezone.now())


def _run(job: Job) -> tuple[State, str]:
    try:
        function = import_string(job.task)
        return State.DONE, function(job.values, at=timezone.now(), report=_Reporter(job.pk))
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
    """Keeps how far a job is, not more often than people can read."""

    def __init__(self, pk: int) -> None:
        self.pk = pk
        self.last = -SECONDS_BETWEEN_REPORTS

    def __call__(self, share: float | None, sentence: str) -> None:
        if time.monotonic() - self.last < SECONDS_BETWEEN_REPORTS:
            return
        self.last = time.monotonic()
        if not Job.objects.filter(pk=self.pk, state=State.RUNNING).update(share=share, sentence=sentence):
            raise Cancelled


@contextmanager
def _heartbeat(pk: int) -> Iterator[None]:
    """Prolong the lease while the job runs, from a thread of its own: a solver may not report for long."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(LEASE.total_seconds() / 3):
            Job.objects.filter(pk=pk, state=State.RUNNING).update(lease_until=timezone.now() + LEASE)
        connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat-{pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
