"""`convenor erase-due`: erase what was kept as long as its forum says."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext

from convenor.cycle.models import Forum
from convenor.cycle.retention import carry_out, day_in, plan

INSTALLATION = "installation"


class Command(BaseCommand):
    """Say what is due in every forum here, or in one; with --yes, erase it."""

    help = "Erase what was kept as long as its forum says. Without --yes only the counts are printed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the name of a forum and the word that makes it happen."""
        parser.add_argument(
            "--forum", metavar="FORUM", help="one forum only; all, and what belongs to none, without it"
        )
        parser.add_argument("--yes", action="store_true", help="erase; without it nothing changes")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each rule that has something to do."""
        now, forums = timezone.now(), self._forums(options["forum"])
        tell = self._erase if options["yes"] else self._preview
        count = sum(tell(forum, now) for forum in forums)
        if not count:
            self.stdout.write("Nothing is due.")
        elif not options["yes"]:
            self.stdout.write("Nothing was erased: say --yes to erase it.")

    def _forums(self, slug: str | None) -> list[Forum | None]:
        if slug is None:
            return [*Forum.objects.order_by("slug"), None]
        if (forum := Forum.objects.filter(slug=slug).first()) is None:
            known = ", ".join(Forum.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(f"There is no forum “{slug}” here. Known: {known or 'none'}.")
        return [forum]

    def _preview(self, forum: Forum | None, now: datetime) -> int:
        due = [(line.rule, len(line.due)) for line in plan(forum, on=day_in(forum, now=now)) if line.due]
        for rule, count in due:
            self.stdout.write(f"{_name(forum)}: {count} due: {gettext(rule.title)}")
        return sum(count for _rule, count in due)

    def _erase(self, forum: Forum | None, now: datetime) -> int:
        done = carry_out(forum, at=now)
        for rule, count in done:
            self.stdout.write(f"{_name(forum)}: {count} erased: {gettext(rule.title)}")
        return sum(count for _rule, count in done)


def _name(forum: Forum | None) -> str:
    return forum.slug if forum else INSTALLATION
