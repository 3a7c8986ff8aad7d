"""`convenor setup`."""

from typing import Any

from django.core.management.base import BaseCommand

from convenor.config.installation import bring_up_to_date


class Command(BaseCommand):
    """Make or update the database and the static files."""

    help = "Make or update the database and the static files; nothing entered is touched."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        bring_up_to_date()
