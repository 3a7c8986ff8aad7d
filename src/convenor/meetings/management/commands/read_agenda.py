"""`convenor read-agenda`."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from convenor.meetings.agenda import to_interchange
from convenor.meetings.documents import LIMIT_BYTES, text_of, understood
from convenor.meetings.outline import doubts, outline
from convenor.shared.errors import Refused


class Command(BaseCommand):
    """Read a draft agenda; needs no database."""

    help = "Read a draft agenda and print it as an outline, or as JSON; what is doubtful goes to standard error."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the file."""
        parser.add_argument("file", metavar="FILE", help="a PDF, DOCX, ODT, RTF, HTML or text, or - for standard input")
        parser.add_argument("--json", action="store_true", help="print the interchange form and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read and print."""
        try:
            reading = understood(text_of(_bytes(options["file"])))
        except Refused as refusal:
            raise CommandError(f"{options['file']}: {refusal}") from refusal
        if options["json"]:
            self.stdout.write(json.dumps(to_interchange(reading.agenda), ensure_ascii=False, indent=1))
            return
        for line in outline(reading):
            self.stdout.write(line)
        for sentence in doubts(reading):
            self.stderr.write(sentence)


def _bytes(name: str) -> bytes:
    """Give the bytes of a file, one more than allowed at most.

    Raises:
        CommandError: the file cannot be read.
    """
    if name == "-":
        return sys.stdin.buffer.read(LIMIT_BYTES + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(LIMIT_BYTES + 1)
    except FileNotFoundError:
        raise CommandError(
            f"There is no file “{name}”. Give the path of a document, or - for standard input."
        ) from None
    except IsADirectoryError:
        raise CommandError(f"“{name}” is a folder. Give the path of one document.") from None
    except (OSError, ValueError) as error:
        raise CommandError(f"“{name}” cannot be read: {error}.") from None
