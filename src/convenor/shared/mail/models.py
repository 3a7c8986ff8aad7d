"""The outbox: one row per message and recipient."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from convenor.shared.mail.message import CODE

SUBJECT_LETTERS = 255
RETRY_DAYS = 5  # as long as mail servers keep trying
STALE_MINUTES = 5  # after which a delivery that never ended counts as broken off


class MailQuerySet(models.QuerySet["Mail"]):
    """Mails by what is still to do."""

    def waiting(self, *, at: datetime) -> "MailQuerySet":
        """Narrow to mails whose delivery failed or broke off, and is still worth a try; codes go stale too soon."""
        failed, broken_off = ~Q(failure=""), Q(tried_at__lt=at - timedelta(minutes=STALE_MINUTES))
        return self.filter(
            failed | broken_off, sent_at=None, tried_at__isnull=False, queued_at__gt=at - timedelta(days=RETRY_DAYS)
        ).exclude(kind=CODE)


class Mail(models.Model):
    """A message to one address, kept whether or not it has been sent."""

    to = models.CharField(_("to"), max_length=320)
    subject = models.CharField(_("subject"), max_length=SUBJECT_LETTERS)
    text = models.TextField(_("text"))
    html = models.TextField(blank=True, default="")
    kind = models.CharField(max_length=12, blank=True, default="")
    queued_at = models.DateTimeField(_("queued at"))
    # Null: no server was set when it was written, so it is never sent.
    tried_at = models.DateTimeField(_("last tried at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    failure = models.TextField(blank=True, default="")

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ("-queued_at", "-pk")
        indexes = (models.Index(fields=("-queued_at", "-id"), name="mails_newest_first"),)  # the outbox page

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"

    @property
    def is_code(self) -> bool:
        """Whether the text lets its reader in."""
        return self.kind == CODE
