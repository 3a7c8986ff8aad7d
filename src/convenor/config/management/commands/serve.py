"""`convenor serve`."""

from argparse import ArgumentParser
from contextlib import nullcontext
from typing import Any

from django.core.management.base import BaseCommand

from convenor.config.installation import be_at, bring_up_to_date, check_port, serve, worker_beside


class Command(BaseCommand):
    """Serve the site, with a worker beside it."""

    help = "Serve the site, with a worker beside it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
        parser.add_argument(
            "--processes", type=int, default=1, help="serving processes; more than two want PostgreSQL (default: 1)"
        )
        parser.add_argument("--without-worker", action="store_true", help="a worker runs elsewhere (`convenor worker`)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, bring up to date, serve."""
        check_port(options["host"], options["port"])
        be_at(options["host"], options["port"])
        bring_up_to_date()
        self.stdout.write(f"Convenor answers on http://{options['host']}:{options['port']}/ (stop with Ctrl+C)")
        with nullcontext() if options["without_worker"] else worker_beside():
            serve(options["host"], options["port"], processes=options["processes"])
