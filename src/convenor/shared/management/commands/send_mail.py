"""`convenor send-mail`: try what waits once, as the worker does every few seconds."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from convenor.shared.errors import Refused
from convenor.shared.mail.rounds import send_waiting


class Command(BaseCommand):
    """Deliver the mails that are due."""

    help = "Send the mails that are due; the worker does the same by itself every few seconds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to hurry."""
        parser.add_argument("--now", action="store_true", help="try those too that wait for a later try")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, and say how many."""
        try:
            taken, waiting = send_waiting(at=timezone.now(), is_early=options["now"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{taken} sent, {waiting} still waiting.")
        if waiting:
            raise CommandError("Some mails still wait; the log of mails says why for each.")
