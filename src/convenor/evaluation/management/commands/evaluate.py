"""`convenor evaluate`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from convenor.cycle.actions import find_cycle
from convenor.shared.progress import ProgressLine


class Command(BaseCommand):
    """Compute the results of the evaluation."""

    help = "Compute the results of the evaluation: calibrated scores, ranks, ties, and the noise at the line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the year."""
        parser.add_argument("--cycle", metavar="FORUM/YEAR", help="which year (default: the newest of the only forum)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compute and say what came out."""
        from convenor.evaluation.compute import compute_results

        cycle = find_cycle(options["cycle"])
        line = ProgressLine("Results")
        line.done(compute_results({"cycle": cycle.pk}, at=timezone.now(), report=line))
