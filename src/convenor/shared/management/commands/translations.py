"""`convenor translations`: how far each language is, and what its readers said, to be merged into the catalogues."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from convenor.shared.languages.catalogue import reviewed
from convenor.shared.languages.reading import exported, shown, standing


class Command(BaseCommand):
    """Tell how far the languages are, or print one language's confirmations and better wordings as JSON."""

    help = "Tell how far the languages are; with --export, print what reviewers said of one of them as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the language."""
        parser.add_argument("--export", metavar="LANG", help=f"one of {', '.join(reviewed())}")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print."""
        language = options["export"]
        if language is None:
            for code in reviewed():
                now = standing(shown(code))
                self.stdout.write(
                    f"{code}: {now.translated} of {now.strings} strings translated, {now.confirmed} confirmed, "
                    f"{now.changed} with a better wording."
                )
        elif language not in reviewed():
            raise CommandError(f"“{language}” is no translation of the interface. Known: {', '.join(reviewed())}.")
        else:
            self.stdout.write(json.dumps(exported(language), ensure_ascii=False, indent=1))
