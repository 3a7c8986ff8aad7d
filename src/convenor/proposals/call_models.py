"""The call of a kind of proposals: from when, until when, extended, closed and reopened; and codes that let people in.

Wall clock and zone are kept, not moments, because they are what was promised. A kind without a call of its own follows
the phase of the call.
"""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from convenor.cycle.deadlines import moment_of
from convenor.cycle.models import Cycle
from convenor.people.models import Person


class Call(models.Model):
    """When a kind of the rule set may be proposed; `closes` rows say until when."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="calls")
    kind = models.CharField(_("kind"), max_length=40)  # a code of the rule set
    on = models.DateField(_("opens on"))
    clock = models.TimeField(_("time"))
    zone = models.CharField(_("time zone"), max_length=60)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("cycle", "kind"), name="one_call_of_a_kind"),)

    def __str__(self) -> str:
        return f"{self.cycle}: {self.kind}"

    @property
    def moment(self) -> datetime:
        """The beginning of the minute in which it opens."""
        return moment_of(self.on, self.clock, self.zone)


class Turn(models.TextChoices):
    """How a deadline of a call came to be."""

    SET = "set", _("set")
    MOVED = "moved", _("moved")
    CLOSED = "closed", _("closed early")
    REOPENED = "reopened", _("reopened")


class CallDeadline(models.Model):
    """The moment at which a call closes, as it was stated; the newest row counts, the others are its history."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="deadlines")
    turn = models.CharField(max_length=10, choices=Turn.choices, default=Turn.SET)
    on = models.DateField(_("day"))
    clock = models.TimeField(_("time"))
    zone = models.CharField(_("time zone"), max_length=60)
    reason = models.TextField(_("reason"), blank=True)
    set_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.clock:%H:%M} {self.zone}"

    @property
    def moment(self) -> datetime:
        """The beginning of the stated minute; whoever is in time within that minute is in time."""
        return moment_of(self.on, self.clock, self.zone)


class AccessCode(models.Model):
    """A code that lets people propose a kind; only its digest is kept, so nobody can read it again."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="access_codes")
    kind = models.CharField(_("kind"), max_length=40)
    label = models.CharField(_("label"), max_length=120)
    digest = models.CharField(max_length=64, editable=False)
    limit = models.PositiveIntegerField(_("proposals that it lets in, at most"), null=True, blank=True)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("cycle", "digest"), name="one_access_code_once"),)

    def __str__(self) -> str:
        return self.label
