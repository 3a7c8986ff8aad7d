"""`convenor demo`."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from convenor.config import demo
from convenor.config.installation import be_at, bring_up_to_date, check_home, check_port, serve, worker_beside


class Command(BaseCommand):
    """Set the example up, compute everything, serve it, print sign-in links."""

    help = "Set the example up, compute everything, serve it on this machine, print a sign-in link per role."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the port."""
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
        parser.add_argument("--only-prepare", action="store_true", help="stop before serving")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, print where to go, serve on the loopback address only: sign-in links are for this machine."""
        port = options["port"]
        check_home()
        check_port("127.0.0.1", port)
        os.environ["CONVENOR_DEMO"] = "1"  # for the processes started from here
        be_at("127.0.0.1", port)
        settings.DEMO = True
        bring_up_to_date()
        cycle = demo.prepare()
        self.stdout.write(self.greeting(f"http://127.0.0.1:{port}", cycle))
        self.stdout.flush()
        if not options["only_prepare"]:
            with worker_beside():
                serve("127.0.0.1", port)

    def greeting(self, origin: str, cycle: Any) -> str:
        """Write the addresses."""
        lines = ["", f"Convenor is at {origin}/"]
        if cycle is not None:
            lines += [f"The example year: {origin}{cycle.get_absolute_url()}", "Sign in with one click as:"]
            lines += [f"  {role:12} {origin}{path}" for role, path in demo.links(cycle, at=timezone.now())]
        lines += [f"Mails lie in the outbox: {origin}/outbox/", "Stop with Ctrl+C; what you enter is kept.", ""]
        return "\n".join(lines)
