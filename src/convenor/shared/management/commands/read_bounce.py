"""`convenor read-bounce`: the end of a mail server's pipe for mails that came back."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from convenor.shared.mail.bounced import note_bounce
from convenor.shared.mail.bounces import MOST_BYTES, read_bounce
from convenor.shared.mail.envelope import mail_of_token


class Command(BaseCommand):
    """Read one mail that came back from standard input, and mark ours."""

    help = "Read one mail that came back from standard input, and mark ours; what is no bounce of ours is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address that the server delivered to."""
        parser.add_argument("address", nargs="?", default="", help="address that it was delivered to, if known")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, mark, say what was done."""
        raw = sys.stdin.buffer.read(MOST_BYTES)
        try:
            bounce = read_bounce(raw, envelope_to=options["address"], find=mail_of_token)
        except ValueError as error:
            raise CommandError("Nothing was read: hand one whole mail in on standard input.") from error
        self.stdout.write(note_bounce(bounce, at=timezone.now()))
