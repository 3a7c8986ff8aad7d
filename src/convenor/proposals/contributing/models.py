"""What somebody whom a proposal names says about their part, and what they need to take part."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from convenor.cycle.models import Cycle
from convenor.people.models import Person
from convenor.shared.mail.models import Mail
from convenor.shared.mail.models import State as MailState

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
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)  # the last question was written; see `left_at`
    # The last question, where it waits or waited for the secretariat; null: it went at once.
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, blank=True, related_name="+")
    asks = models.PositiveSmallIntegerField(default=0)  # mails written about this, the reminders among them
    reminders = models.PositiveSmallIntegerField(default=0)  # of those, the ones that the house wrote by itself
    reminded_at = models.DateTimeField(null=True, blank=True)  # the last of them was written
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

    @property
    def is_held(self) -> bool:
        """Whether the question waits for the secretariat to release it."""
        return self.mail is not None and self.mail.state == MailState.HELD

    @property
    def left_at(self) -> datetime | None:
        """The moment at which the last question went; nothing while it is held, and where it was discarded."""
        if self.mail is None:
            return self.asked_at
        return None if self.mail.state in (MailState.HELD, MailState.DISCARDED) else self.mail.released_at


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
