"""Hand a job in, call it off, run it again, find it again when its worker was lost.

The worker's row is written in the same transaction as ours: a job is never there without somebody to carry it out.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from convenor.shared.errors import Refused
from convenor.shared.jobs.effects import kept, ours
from convenor.shared.jobs.models import MOST_ATTEMPTS, OPEN, Job, State

LEASE = timedelta(seconds=30)
# Before the second and the third attempt. Whose worker was lost has waited for its lease already.
WAITS_WHEN_LOST = (timedelta(0), timedelta(seconds=30))
WAITS_TO_RETRY = (timedelta(seconds=30), timedelta(minutes=2))


@transaction.atomic
def enqueue(
    task: str,
    values: Mapping[str, int],
    *,
    by: Any,
    at: datetime,
    back: str = "",
    scope: str = "",
    key: str | None = None,
    schedule: str = "",
) -> Job:
    """Hand a job in; the same person's same job still open is given back instead, so that two clicks compute once.

    The lock is on the person: there is no row of the job yet that the second click could wait for.

    Args:
        task: dotted path of `function(values, *, at, report) -> sentence`.
        values: the function's numbers, such as row keys.
        by: the person who asked, or None.
        at: now.
        back: page to return to when it is done.
        scope: "forum/year" whose secretariat sees it; empty for what is the person's own.
        key: what must never run twice; the job handed in with it before is given back, whoever asked, however it ended.
        schedule: name of the schedule that asks.
    """
    said = {"task": task, "values": dict(values), "by": by}
    rest = {"back": back, "scope": scope, "schedule": schedule, "queued_at": at, "language": get_language() or "en"}
    if key is not None:
        job, is_new = Job.objects.get_or_create(key=key, defaults={**said, **rest})
    else:
        if by is not None:
            get_user_model().objects.select_for_update().get(pk=by.pk)
        twin = Job.objects.filter(**said, state__in=OPEN).first()
        job, is_new = (twin, False) if twin else (Job.objects.create(**said, **rest), True)
    if is_new:
        _wake(job, at=at)
    return job


def _wake(job: Job, *, at: datetime) -> None:
    from convenor.shared.jobs.tasks import carry_out  # noqa: PLC0415 - tasks imports this module

    carry_out.using(run_after=at).enqueue(job.pk)


@transaction.atomic
def cancel(pk: int, *, at: datetime) -> Job:
    """Call a job off; a running one stops at its next report, and keeps nothing any more.

    Raises:
        Refused: it has ended already, or has kept what it was for.
    """
    job = Job.objects.select_for_update().get(pk=pk)
    if not job.is_open or kept(job) is not None:
        raise Refused(_("The job was not cancelled: it has ended already. What it did is kept."))
    job.state, job.ended_at = State.CANCELLED, at
    job.save(update_fields=["state", "ended_at"])
    return job


@transaction.atomic
def run_again(pk: int, *, at: datetime) -> Job:
    """Hand a failed job in once more with fresh attempts; steps that it did are not done twice.

    Raises:
        Refused: it has not failed, or the same job runs already.
    """
    job = Job.objects.select_for_update().get(pk=pk)
    if job.state != State.FAILED:
        raise Refused(_("The job was not run again: only one that failed can be."))
    if Job.objects.filter(task=job.task, values=job.values, by=job.by_id, state__in=OPEN).exists():
        raise Refused(_("The job was not run again: the same one waits or runs already."))
    job.most_attempts = job.attempts + MOST_ATTEMPTS
    job.queued_at, job.started_at, job.ended_at, job.sentence = at, None, None, ""
    _hand_in(job, at=at)
    return job


@transaction.atomic
def requeue_lost(*, at: datetime) -> int:
    """Hand jobs in again whose worker vanished; give up after three attempts. Return how many were lost."""
    lost = list(Job.objects.select_for_update().filter(state=State.RUNNING, lease_until__lt=at))
    for job in lost:
        with override(job.language):
            never = _(
                "Given up after %(count)s attempts: the worker was lost in the midst of the last one. Nothing that "
                "stood before was changed; tell whoever runs this site."
            ) % {"count": job.attempts}
            _again_or_never(job, waits=WAITS_WHEN_LOST, never=never, at=at)
    return len(lost)


@transaction.atomic
def put_off(job: Job, because: str, *, at: datetime) -> None:
    """Hand a running job in again for later, since something outside did not answer; give up after three attempts."""
    held = ours(job).select_for_update().first()
    if held is None:
        return
    held.sentence = because
    never = _("Given up after %(count)s attempts: %(why)s") % {"count": held.attempts, "why": because}
    _again_or_never(held, waits=WAITS_TO_RETRY, never=never, at=at)


def _again_or_never(job: Job, *, waits: Sequence[timedelta], never: str, at: datetime) -> None:
    """Decide about a job whose attempt came to nothing; one that kept what it was for is done."""
    left = job.most_attempts - job.attempts
    sentence = kept(job)
    if sentence is not None:
        job.state, job.ended_at, job.sentence = State.DONE, at, sentence
    elif left <= 0:
        job.state, job.ended_at, job.sentence = State.FAILED, at, never
    else:
        _hand_in(job, at=at + waits[-left])
        return
    job.save(update_fields=["state", "ended_at", "sentence"])


def _hand_in(job: Job, *, at: datetime) -> None:
    job.state, job.share, job.lease_until, job.not_before = State.QUEUED, None, None, at
    job.save()
    _wake(job, at=at)
