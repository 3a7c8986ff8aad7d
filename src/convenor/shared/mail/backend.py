"""The e-mail backend that keeps every message."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from convenor.shared.mail.models import Mail


class Outbox(BaseEmailBackend):
    """Put messages into the outbox table."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep each message once per recipient."""
        now = timezone.now()
        rows = [
            Mail(to=to, subject=str(message.subject), text=str(message.body), queued_at=now)
            for message in email_messages
            for to in message.recipients()
        ]
        return len(Mail.objects.bulk_create(rows))
