"""What somebody whom a proposal names says about their part, and what they need to take part."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from convenor.cycle.models import Cycle
from convenor.people.models import Person

WORDS_LENGTH, NEEDS_LENGTH = 300, 1000


class Said(models.TextChoices):
    """What somebody says to their part."""

    OPEN = "open", _("has not answered yet")
    CONFIRMED = "confirmed", _("confirmed")
    DECLINED = "declined", _("declined")


class ContributorAnswer(models.Model):
    """What somebody says to one part; `Contributor.is_confirmed` and `is_on_site` follow, which others read."""

    contributor = models.OneToOneField("proposals.Contributor", models.CASCADE, related_name="answer")
    said = models.CharField(_("answer"), max_length=9, choices=Said.choices, default=Said.OPEN)
    words = models.CharField(_("what the person says"), max_length=WORDS_LENGTH, blank=True)
    zone = models.CharField(_("time zone"), max_length=60, blank=True)
    available = models.JSONField(_("available"), default=list, blank=True)  # [day, from, until] by that zone's clock
    # Null: not asked yet. Only who says no is left out of what is public.
    may_be_named = models.BooleanField(_("may be named publicly"), null=True)
    may_be_recorded = models.BooleanField(_("may be recorded"), null=True)
    may_be_photographed = models.BooleanField(_("may be photographed"), null=True)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)  # the last time
    asks = models.PositiveSmallIntegerField(default=0)  # mails that asked, the reminders among them
    reminders = models.PositiveSmallIntegerField(default=0)  # of those, the ones that went by themselves
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(said=Said.OPEN, answered_at=None)
                | ~models.Q(said=Said.OPEN) & models.Q(answered_at__isnull=False),
                name="answered_when_it_was_said",
            ),
        )
        indexes = (models.Index(fields=("said", "asked_at"), name="answers_to_remind"),)  # the daily look

    def __str__(self) -> str:
        return f"{self.contributor_id}: {self.said}"


class ContributorNeeds(models.Model):
    """What somebody needs to take part in the sessions of a year; for the secretariat alone, and kept apart."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="contributor_needs")
    person = models.ForeignKey(Person, models.CASCADE, related_name="contributor_needs")
    needs = models.TextField(_("what you need to take part"), max_length=NEEDS_LENGTH)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("cycle", "person"), name="needs_said_once_a_year"),)

    def __str__(self) -> str:
        return f"{self.cycle}: {self.person_id}"


# Whom public pages name: nobody who declined or does not want to be named.
NAMED = ~models.Q(answer__said=Said.DECLINED) & ~models.Q(answer__may_be_named=False)
