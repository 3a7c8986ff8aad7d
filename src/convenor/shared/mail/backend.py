"""The e-mail backend that keeps every message."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from convenor.shared.mail.delivery import deliver
from convenor.shared.mail.models import SUBJECT_LETTERS, Mail


class Outbox(BaseEmailBackend):
    """Put messages into the outbox table; deliver them once the transaction around is through, if a server is set."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep each message once per recipient."""
        now = timezone.now()
        rows = [row for message in email_messages for row in _rows(message)]
        for row in rows:
            row.queued_at = now
            row.tried_at = now if settings.SMTP_URL else None
        rows = Mail.objects.bulk_create(rows)
        if settings.SMTP_URL and rows:
            transaction.on_commit(lambda: deliver(rows, at=now), robust=True)
        return len(rows)


def _rows(message: EmailMessage) -> list[Mail]:
    """Make the rows of one message.

    Raises:
        ValueError: it has an attachment, which the outbox would lose.
    """
    if message.attachments:
        raise ValueError("the outbox keeps text and HTML, no attachments: put a link into the mail")
    subject = " ".join(str(message.subject).split())
    return [
        Mail(
            to=to,
            subject=Truncator(subject).chars(SUBJECT_LETTERS),
            text=str(message.body),
            html=_html(message),
            kind=getattr(message, "kind", ""),
        )
        for to in message.recipients()
    ]


def _html(message: EmailMessage) -> str:
    alternatives: Sequence[tuple[object, object]] = getattr(message, "alternatives", ())
    return next((str(content) for content, kind in alternatives if kind == "text/html"), "")
