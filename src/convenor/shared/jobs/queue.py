"""Hand a job in, follow it, call it off, find it again when its worker was lost."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from convenor.shared.errors import Refused
from convenor.shared.jobs.models import OPEN, Job, State

LEASE = timedelta(seconds=30)
MOST_ATTEMPTS = 3


@transaction.atomic
def enqueue(task: str, values: Mapping[str, int], *, by: Any, at: datetime, back: str = "") -> Job:
    """Hand a job in; the same person's same job still open is given back instead, so that two clicks compute once.

    The lock is on the person: there is no row of the job yet that the second click could wait for.

    Args:
        task: dotted path of `function(values, *, at, report) -> sentence`.
        values: the function's numbers, such as row keys.
        by: the person who asked, or None.
        at: now.
        back: page to return to when it is done.
    """
    if by is not None:
        get_user_model().objects.select_for_update().get(pk=by.pk)
    twin = Job.objects.filter(task=task, values=dict(values), by=by, state__in=OPEN).first()
    if twin is not None:
        return twin
    language = get_language() or "en"
    job = Job.objects.create(task=task, values=dict(values), by=by, back=back, queued_at=at, language=language)
    transaction.on_commit(partial(_wake, job.pk))
    return job


def _wake(pk: int) -> None:
    from convenor.shared.jobs.tasks import carry_out  # noqa: PLC0415 - tasks imports this module

    carry_out.enqueue(pk)


@transaction.atomic
def cancel(pk: int, *, at: datetime) -> Job:
    """Call a job off; a running one stops at its next report.

    Raises:
        Refused: it has ended already.
    """
    job = Job.objects.select_for_update().get(pk=pk)
    if not job.is_open:
        raise Refused(_("The job was not cancelled: it has ended already. What it did is kept."))
    job.state, job.ended_at = State.CANCELLED, at
    job.save(update_fields=["state", "ended_at"])
    return job


@transaction.atomic
def requeue_lost(*, at: datetime) -> int:
    """Hand jobs in again whose worker vanished; give up after three attempts. Return how many were lost."""
    lost = list(Job.objects.select_for_update().filter(state=State.RUNNING, lease_until__lt=at))
    for job in lost:
        if job.attempts < MOST_ATTEMPTS:
            job.state = State.QUEUED
            transaction.on_commit(partial(_wake, job.pk))
        else:
            job.state, job.ended_at = State.FAILED, at
            with override(job.language):
                job.sentence = _(
                    "Given up after %(count)s attempts: the worker was lost each time. Nothing that stood before was "
                    "changed; tell whoever runs this site."
                ) % {"count": job.attempts}
        job.save(update_fields=["state", "ended_at", "sentence"])
    return len(lost)
