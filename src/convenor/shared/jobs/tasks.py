"""What the worker does with a job."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django_tasks import task

from convenor.shared.errors import Refused
from convenor.shared.jobs import Retry
from convenor.shared.jobs.effects import Cancelled, attempt_at, kept, ours
from convenor.shared.jobs.models import Job, State
from convenor.shared.jobs.queue import LEASE, put_off

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_REPORTS = 0.5
SHARE_BETWEEN_REPORTS = 0.05


@task()
def carry_out(pk: int) -> None:
    """Run one job and keep how it ended; a job that does not wait, or not yet, is left alone."""
    now = timezone.now()
    due = Job.objects.filter(Q(not_before=None) | Q(not_before__lte=now), pk=pk, state=State.QUEUED)
    taken = due.update(state=State.RUNNING, started_at=now, lease_until=now + LEASE, attempts=F("attempts") + 1)
    if not taken:
        return
    job = Job.objects.get(pk=pk)
    with _heartbeat(job), translation.override(job.language), attempt_at(job):
        try:
            state, sentence = _run(job)
        except Retry as wish:
            put_off(job, str(wish), at=timezone.now())
            return
    ours(job).update(state=state, sentence=sentence, ended_at=timezone.now())


def _run(job: Job) -> tuple[State, str]:
    """Call the function; what was kept before it failed stands, so that such a job is done."""
    try:
        function = import_string(job.task)
        return State.DONE, function(job.values, at=timezone.now(), report=_Reporter(job))
    except (Retry, Cancelled) as stop:
        if (sentence := kept(job)) is not None:
            return State.DONE, sentence
        if isinstance(stop, Retry):
            raise
        return State.CANCELLED, ""
    except Refused as refusal:
        return _failed(job, str(refusal))
    except Exception:
        logger.exception("Job %s failed", job.pk)
        return _failed(
            job, _("The job failed by a fault of ours; it was noted. Nothing that stood before was changed.")
        )


def _failed(job: Job, why: str) -> tuple[State, str]:
    sentence = kept(job)
    return (State.FAILED, why) if sentence is None else (State.DONE, sentence)


class _Reporter:
    """Keeps how far a job is, not more often than people can read; every real step is kept."""

    def __init__(self, job: Job) -> None:
        self.job, self.thread = job, threading.get_ident()
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
        try:
            if not ours(self.job).update(share=share, sentence=sentence):
                raise Cancelled
        finally:
            if threading.get_ident() != self.thread:  # a solver's own, which ends without closing its connection
                connection.close()


@contextmanager
def _heartbeat(job: Job) -> Iterator[None]:
    """Prolong the lease while the job runs, from a thread of its own: a solver may not report for long."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(LEASE.total_seconds() / 3):
            try:
                ours(job).update(lease_until=timezone.now() + LEASE)
            except DatabaseError:  # busy or away for a while: the next beat may come through before the lease ends
                logger.warning("A heartbeat of job %s was not kept", job.pk, exc_info=True)
                connection.close()
        connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
