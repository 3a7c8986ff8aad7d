"""`convenor import-proposals`."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from convenor.cycle.actions import find_cycle
from convenor.people.models import Person
from convenor.people.plainwords import bare

MOST_PRINTED = 200  # refused rows


def pair(word: str) -> tuple[str, str]:
    """Read `heading=field`, or `spelling=code`."""
    left, sign, right = word.rpartition("=")
    if not sign or not left.strip():
        raise ArgumentTypeError(f"“{word}” is no pair such as Space=theme")
    return left.strip(), right.strip()


class Command(BaseCommand):
    """Say what would become of a file of proposals, and with --yes take it over."""

    help = "Read proposals from CSV, XLSX or pretalx, say what becomes of each row; take them over with --yes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and how it is read."""
        parser.add_argument("file", metavar="FILE", type=Path, help="CSV, XLSX, or the submissions of pretalx as JSON")
        parser.add_argument("--cycle", metavar="FORUM/YEAR", help="which year (default: the newest of the only forum)")
        parser.add_argument(
            "--speakers", metavar="FILE", type=Path, help="the speakers of pretalx, beside the submissions"
        )
        parser.add_argument(
            "--column", metavar="HEADING=FIELD", type=pair, action="append", default=[],
            help="what a column says; nothing after the sign leaves it out",
        )  # fmt: skip
        for kind in ("theme", "format", "group", "country"):
            parser.add_argument(
                f"--{kind}", metavar="SPELLING=CODE", type=pair, action="append", default=[],
                help=f"which {kind} a spelling of the file means",
            )  # fmt: skip
        parser.add_argument("--no-theme", metavar="CODE", default="", help="theme of rows without one")
        parser.add_argument("--no-format", metavar="CODE", default="", help="format of rows without one")
        parser.add_argument("--drafts", action="store_true", help="make drafts that their proposers hand in")
        parser.add_argument("--by", metavar="ADDRESS", help="who takes them over, for the journal")
        parser.add_argument("--yes", action="store_true", help="take them over; without it nothing is kept")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, say what becomes of the rows, take them over; without --yes everything is undone."""
        from convenor.proposals.importing import actions, jobs, pages
        from convenor.proposals.importing.checking import prepare
        from convenor.proposals.importing.writing import write

        cycle, by, at = find_cycle(options["cycle"]), _person(options["by"]), timezone.now()
        data = _bytes(options["file"])
        beside = _bytes(options["speakers"]) if options["speakers"] else b""
        with transaction.atomic():
            source = actions.hand_in(cycle, data, name=options["file"].name, beside=beside, by=by, at=at)
            jobs.read_now(source)
            _set_reading(source, options)
            source.refresh_from_db()
            self._tell(pages.file_sentences(source), pages.left_out_named(source))
            self._tell_refused(source)
            if options["yes"]:
                said = [jobs.done_sentence(source.file_name, write(source, prepare(source), by=by, at=at))]
            else:
                said = [jobs.read_sentence(source), "Say --yes to take it over."]
                transaction.set_rollback(True)
        self.stdout.write("\n".join(said))

    def _tell(self, said: Iterable[str], left_out: Sequence[str]) -> None:
        for sentence in said:
            self.stderr.write(sentence)
        if left_out:
            self.stderr.write(f"Columns that are left out: {', '.join(left_out)}")

    def _tell_refused(self, source: Any) -> None:
        from convenor.proposals.importing.wording import sentences

        refused = source.rows.filter(fate="refused").order_by("pk")
        for row in refused[:MOST_PRINTED]:
            self.stderr.write(f"Row {row.number}: {' '.join(sentences(row.told))}")
        if (more := refused.count() - MOST_PRINTED) > 0:
            self.stderr.write(f"{more} more rows are refused.")


def _set_reading(source: Any, options: dict[str, Any]) -> None:
    """Put what the command line says in the place of the guesses."""
    from convenor.proposals.importing.actions import set_reading
    from convenor.proposals.importing.fields import FIELD_OF_KIND

    told = {bare(heading): field for heading, field in options["column"]}
    unknown = sorted(set(told) - {bare(heading) for heading in source.header})
    if unknown:
        raise CommandError(f"There is no column “{unknown[0]}” in the file. It has: {', '.join(source.header)}.")
    columns = [told.get(bare(head), field) for head, field in zip(source.header, source.columns, strict=True)]
    codes = {
        kind: {bare(spelling): code for spelling, code in options[field]}
        for kind, field in FIELD_OF_KIND.items()
        if field in options
    }
    _check_codes(source, codes, options)
    otherwise = {**source.otherwise}
    otherwise |= {field: options[f"no_{field}"] for field in ("theme", "format") if options[f"no_{field}"]}
    set_reading(source, columns=columns, codes=codes, otherwise=otherwise, as_drafts=options["drafts"])


def _check_codes(source: Any, codes: dict[str, dict[str, str]], options: dict[str, Any]) -> None:
    from convenor.proposals.importing.vocabulary import choices_of

    asked = {kind: set(said.values()) for kind, said in codes.items()}
    asked["themes"] = asked["themes"] | {options["no_theme"]}
    asked["formats"] = asked["formats"] | {options["no_format"]}
    for kind, wanted in asked.items():
        known = dict(choices_of(kind, source.cycle.rules))
        for code in sorted(wanted - {""} - known.keys()):
            raise CommandError(f"“{code}” is none of the {kind}: {', '.join(list(known)[:40])}.")


def _person(email: str | None) -> Person | None:
    if not email:
        return None
    person = Person.objects.by_email(email)
    if person is None:
        raise CommandError(f"Nobody has the address “{email}” here.")
    return person


def _bytes(path: Path) -> bytes:
    """Give the bytes of a file, one more than allowed at most.

    Raises:
        CommandError: it cannot be read.
    """
    from convenor.proposals.importing.tables import MOST_BYTES

    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise CommandError(f"There is no file “{path}”.") from None
    except (OSError, ValueError) as error:
        raise CommandError(f"“{path}” cannot be read: {error}.") from None
