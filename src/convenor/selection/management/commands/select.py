"""`convenor select`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from convenor.cycle.actions import find_cycle
from convenor.selection.sentences import Words
from convenor.shared.progress import ProgressLine


class Command(BaseCommand):
    """Compute the selection under the rule set's quotas."""

    help = "Compute the selection under the rule set's quotas, and why each proposal is in or out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the year and the number of places."""
        parser.add_argument("--cycle", metavar="FORUM/YEAR", help="which year (default: the newest of the only forum)")
        parser.add_argument("--places", type=int, default=0, help="places to fill (default: the slot budget of the rule set)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compute and say what came out; rules that clash are named, exit 1."""
        from convenor.selection.compute import compute_selection

        if options["places"] < 0:
            raise CommandError("--places takes a whole number above 0")
        cycle = find_cycle(options["cycle"])
        line = ProgressLine("Selection")
        sentence = compute_selection({"cycle": cycle.pk, "places": options["places"]}, at=timezone.now(), report=line)
        line.done(sentence)
        scenario = cycle.scenarios.first()
        if scenario is not None and scenario.conflict:
            raise CommandError("\n".join(["no selection:", *Words(cycle.rules, "en").clash(scenario.conflict)]))
