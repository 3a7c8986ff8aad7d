"""`convenor send-mail`: try once more to deliver what failed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from convenor.shared.errors import Refused
from convenor.shared.mail.actions import send_waiting


class Command(BaseCommand):
    """Deliver the mails whose delivery failed."""

    help = "Send the mails whose delivery failed; those of the last five days are tried, codes never."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, and say how many."""
        try:
            taken, waiting = send_waiting(at=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{taken} sent, {waiting} still waiting.")
        if waiting:
            raise CommandError("Some mails were not taken; the outbox page says why for each.")
