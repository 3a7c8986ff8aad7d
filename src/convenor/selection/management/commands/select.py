"""`convenor select`."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from convenor.cycle.actions import find_cycle
from convenor.selection.forms import MOST_PLACES
from convenor.selection.sentences import Words
from convenor.shared.progress import ProgressLine


def number_of_places(word: str) -> int:
    """Read a number of places that can be tried."""
    if not word.isdecimal() or not 1 <= int(word) <= MOST_PLACES:
        raise ArgumentTypeError(f"“{word}” is not a whole number from 1 to {MOST_PLACES}")
    return int(word)


class Command(BaseCommand):
    """Compute the selection under the rule set's quotas."""

    help = "Compute the selection under the rule set's quotas, and why each proposal is in or out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the year and the number of places."""
        parser.add_argument("--cycle", metavar="FORUM/YEAR", help="which year (default: the newest of the only forum)")
        parser.add_argument(
            "--places", type=number_of_places, help="places to fill (default: the slot budget of the rule set)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Compute and say what came out; rules that clash are named, exit 1."""
        from convenor.selection.compute import compute_selection

        cycle = find_cycle(options["cycle"])
        line = ProgressLine("Selection")
        places = options["places"] or cycle.rules.budget.places
        sentence = compute_selection({"cycle": cycle.pk, "places": places}, at=timezone.now(), report=line)
        scenario = cycle.scenarios.first()
        if scenario is not None and scenario.conflict:
            title = f"there is no selection of {places}: these rules cannot hold together."
            raise CommandError("\n  ".join([title, *Words(cycle.rules, "en").clash(scenario.conflict)]))
        line.done(sentence)
