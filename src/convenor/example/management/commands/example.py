"""`convenor example`."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand

from convenor.example.load import load_example
from convenor.example.world import make_world
from convenor.shared.progress import ProgressLine

LEAST, MOST = 30, 5000


def number_of_proposals(word: str) -> int:
    """Read a number the example can be made with."""
    if not word.isdecimal() or not LEAST <= int(word) <= MOST:
        raise ArgumentTypeError(f"“{word}” is not a whole number from {LEAST} to {MOST}")
    return int(word)


class Command(BaseCommand):
    """Create the example year."""

    help = "Create the example year: proposals, people, evaluations, rooms and slots, and the meeting of June 2017."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take size and seed."""
        parser.add_argument(
            "--proposals",
            type=number_of_proposals,
            default=230,
            help=f"how many, {LEAST} to {MOST} (default: %(default)s)",
        )
        parser.add_argument(
            "--seed", type=int, default=2017, help="another seed makes another world (default: %(default)s)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the world and store it."""
        line = ProgressLine("Example")
        line(0.0, "inventing")
        world = make_world(seed=options["seed"], proposals=options["proposals"])
        cycle = load_example(world, report=line)
        line.done(f"{len(world.proposals)} proposals, {len(world.people)} people, at /{cycle.scope}/")
