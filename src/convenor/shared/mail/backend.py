"""The e-mail backend that keeps every message."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language

from convenor.shared.mail.actions import send_at_once
from convenor.shared.mail.message import CODE
from convenor.shared.mail.models import SUBJECT_LETTERS, Mail


class Outbox(BaseEmailBackend):
    """Put messages into the outbox table; deliver them once the transaction around is through, if a server is set."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep each message once per recipient."""
        rows = [row for message in email_messages for row in _rows(message)]
        return len(send_at_once(rows, at=timezone.now()))


def _rows(message: EmailMessage) -> list[Mail]:
    """Make the rows of one message.

    Raises:
        ValueError: it has an attachment, which the outbox would lose.
    """
    if message.attachments:
        raise ValueError("the outbox keeps text and HTML, no attachments: put a link into the mail")
    subject, kind = " ".join(str(message.subject).split()), getattr(message, "kind", "")
    return [
        Mail(
            to=to,
            subject=Truncator(subject).chars(SUBJECT_LETTERS),
            text=str(message.body),
            html=_html(message),
            kind=kind,
            language=get_language() or "",
            is_secret=kind == CODE,
        )
        for to in message.recipients()
    ]


def _html(message: EmailMessage) -> str:
    alternatives: Sequence[tuple[object, object]] = getattr(message, "alternatives", ())
    return next((str(content) for content, kind in alternatives if kind == "text/html"), "")
