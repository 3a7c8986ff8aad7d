"""One row per job: what to do, how far it is, how it ended."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """The life of a job; the way through it is `NEXT`."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


NEXT: dict[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.RUNNING, State.CANCELLED}),
    State.RUNNING: frozenset({State.DONE, State.FAILED, State.CANCELLED, State.QUEUED}),
    State.DONE: frozenset(),
    State.FAILED: frozenset({State.QUEUED}),
    State.CANCELLED: frozenset(),
}
OPEN = (State.QUEUED, State.RUNNING)
MOST_ATTEMPTS = 3
KEPT = "kept"  # the effect that is a job's last: once it is there, the job is done


class Job(models.Model):
    """A function to call in the worker, with its progress and outcome."""

    task = models.CharField(max_length=200)  # dotted path
    values = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    back = models.CharField(max_length=300, blank=True)  # page to return to
    scope = models.CharField(max_length=130, blank=True, db_index=True)  # "forum/year", none for what is a person's own
    # What must never run twice; null where it may.
    key = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001 - many may have none
    schedule = models.CharField(max_length=60, blank=True, db_index=True)  # that handed it in
    language = models.CharField(max_length=8, default="en")  # of its sentences
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    share = models.FloatField(null=True, blank=True)  # 0…1, null when unknown
    sentence = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # only rises: it tells an attempt from a later one
    most_attempts = models.PositiveSmallIntegerField(default=MOST_ATTEMPTS)
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True, blank=True)  # while it waits for another attempt
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)  # a running job without it is lost

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=("state", "lease_until"), name="jobs_to_look_after"),)  # requeue_lost

    def __str__(self) -> str:
        return f"{self.task} ({self.state})"

    def get_absolute_url(self) -> str:
        """Address of the job's page."""
        return reverse("jobs:job", args=(self.pk,))

    @property
    def is_open(self) -> bool:
        """Whether it still has to end."""
        return self.state in OPEN

    @property
    def percent(self) -> int | None:
        """How far it is, in percent, when that is known."""
        return None if self.share is None else round(100 * self.share)


class JobEffect(models.Model):
    """Something that a job did and must not do twice; written in the transaction of what it did."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="effects")
    key = models.CharField(max_length=60)
    sentence = models.TextField(blank=True)  # what came out
    done_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("job", "key"), name="one_effect_of_a_kind_per_job"),)

    def __str__(self) -> str:
        return f"{self.job_id}: {self.key}"
