"""`convenor verify`: check the journal's chain."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from convenor.cycle.actions import find_cycle
from convenor.shared.errors import Refused
from convenor.shared.journal import Verdict, verify
from convenor.shared.journal.models import Entry


class Command(BaseCommand):
    """Check every journal here, or one."""

    help = "Check that no entry of the journal was changed, removed or put in later."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the name of a year."""
        parser.add_argument("--cycle", metavar="FORUM/YEAR", help="check one year only; all journals without it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line per journal; exit code 1 where one is broken."""
        verdicts = [verify(scope) for scope in self._scopes(options["cycle"])]
        for verdict in verdicts:
            self.stdout.write(in_words(verdict))
        if broken := [verdict.scope for verdict in verdicts if not verdict.is_whole]:
            raise CommandError(f"{len(broken)} of {len(verdicts)} journals do not hold: do not rely on what they say.")

    def _scopes(self, name: str | None) -> list[str]:
        if name is None:
            return list(Entry.objects.order_by("scope").values_list("scope", flat=True).distinct())
        try:
            return [find_cycle(name).scope]
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal


def in_words(verdict: Verdict) -> str:
    """Say a verdict in one line."""
    name = verdict.scope or "installation"
    if verdict.is_whole:
        entries = "1 entry" if verdict.entries == 1 else f"{verdict.entries} entries"
        texts = {0: "", 1: ", 1 text about a person erased, chain intact"}
        erased = texts.get(verdict.erased, f", {verdict.erased} texts about people erased, chain intact")
        return f"{name}: {entries}, whole{erased}, ends with {verdict.digest}"
    return f"{name}: broken at entry {verdict.bad_number}: {verdict.reason}; the {verdict.entries} before it are whole"
