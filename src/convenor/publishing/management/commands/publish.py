"""`convenor publish`: the programme as files."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from convenor.cycle.actions import find_cycle
from convenor.publishing.files import publish
from convenor.publishing.links import INDEX
from convenor.shared.errors import Refused


class Command(BaseCommand):
    """Write the latest release into a folder and say what was written."""

    help = "Write the public programme into a folder: pages, calendar and data that need no server."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say where, which year, and in which language."""
        parser.add_argument("folder", metavar="DIR", type=Path, help="an empty or new folder, or one written before")
        parser.add_argument("--cycle", metavar="FORUM/YEAR", help="which year; the newest one unless told")
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
            help="language of the pages (%(default)s unless told)",
        )

    def handle(self, *, folder: Path, cycle: str | None, language: str, **options: Any) -> None:
        """Write, and list what was written."""
        try:
            found = find_cycle(cycle)
            names = publish(found, folder, language=language, now=found.moment(timezone.now()))
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"{error.filename or folder} cannot be written: {error.strerror}.") from error
        for name in names:
            self.stdout.write(name)
        size = sum((folder / name).stat().st_size for name in names)
        self.stdout.write(f"{len(names)} files, {size // 1000} kB. Open {folder / INDEX}.")
