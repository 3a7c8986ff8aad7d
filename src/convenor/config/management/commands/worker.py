"""`convenor worker`."""

import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from convenor.shared.jobs.queue import LEASE, requeue_lost


class Command(BaseCommand):
    """Carry out jobs one after the other, and find those again whose worker was lost."""

    help = "Carry out jobs one after the other, and find those again whose worker was lost."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Look after lost jobs from a thread, work in this one."""
        ended = threading.Event()

        def look_after() -> None:
            while True:
                requeue_lost(at=timezone.now())
                if ended.wait(LEASE.total_seconds() / 2):
                    break
            connection.close()

        thread = threading.Thread(target=look_after, name="lost-jobs", daemon=True)
        thread.start()
        try:
            call_command("db_worker", interval=0.5, startup_delay=False, reload=False, verbosity=0)
        finally:
            ended.set()
            thread.join()
