"""`convenor timetable`: place every session."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from convenor.cycle.actions import find_cycle
from convenor.shared.errors import Refused
from convenor.shared.progress import ProgressLine

MOST_SECONDS = 24 * 3600


class Command(BaseCommand):
    """Compute the timetable and say what was found."""

    help = (
        "Place every session of a year in a slot and a room. What is locked stays; what was released moves only when "
        "it must."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Say which year, and how long to look."""
        parser.add_argument("--cycle", metavar="FORUM/YEAR", help="which year; the newest one unless told")
        parser.add_argument("--seconds", type=int, default=20, help="look for so many seconds at most (20 unless told)")

    def handle(self, *, cycle: str | None, seconds: int, **options: Any) -> None:
        """Compute, with progress and one closing line."""
        from convenor.programme.actions import broken_rules
        from convenor.programme.compute import solve_timetable
        from convenor.programme.models import Solution

        if not 1 <= seconds <= MOST_SECONDS:
            raise CommandError(f"--seconds is {seconds}: give a whole number from 1 to {MOST_SECONDS}.")
        line = ProgressLine("Timetable")
        try:
            found = find_cycle(cycle)
            words = solve_timetable({"cycle": found.pk, "seconds": seconds}, at=timezone.now(), report=line)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        solution = Solution.objects.filter(cycle=found).first()
        if solution is None or solution.findings:
            raise CommandError(words)
        line.done(f"{words} Violations found by the checker: {len(broken_rules(found))}.")
