"""The outbox: one row per message and recipient."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mail(models.Model):
    """A message to one address, kept whether or not it has been sent."""

    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField(_("text"))
    html = models.TextField(blank=True, default="")
    queued_at = models.DateTimeField(_("queued at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    failure = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("-queued_at", "-pk")

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
