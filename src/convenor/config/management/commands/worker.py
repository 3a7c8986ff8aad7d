"""`convenor worker`."""

import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from convenor.shared.jobs.queue import LEASE, requeue_lost

SECONDS_BETWEEN_LOOKS = 2
ROUNDS_BETWEEN_SEARCHES = int(LEASE.total_seconds() / 2 / SECONDS_BETWEEN_LOOKS)


class Command(BaseCommand):
    """Carry out jobs one after the other, and find those again whose worker was lost."""

    help = "Carry out jobs one after the other, and find those again whose worker was lost."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the server's process, when there is one."""
        parser.add_argument("--beside", type=int, metavar="PID", help="end when this process, the parent, has ended")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look after lost jobs from a thread, work in this one."""
        ended, parent = threading.Event(), options["beside"]

        def look_after() -> None:
            rounds = 0
            while not ended.wait(SECONDS_BETWEEN_LOOKS if rounds else 0):
                if parent is not None and os.getppid() != parent:
                    os.kill(os.getpid(), signal.SIGTERM)
                    break
                if rounds % ROUNDS_BETWEEN_SEARCHES == 0:
                    requeue_lost(at=timezone.now())
                rounds += 1
            connection.close()

        thread = threading.Thread(target=look_after, name="lost-jobs", daemon=True)
        thread.start()
        try:
            call_command("db_worker", interval=0.5, startup_delay=False, reload=False, verbosity=0)
        finally:
            ended.set()
            thread.join()
