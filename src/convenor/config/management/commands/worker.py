"""`convenor worker`."""

import logging
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
from convenor.shared.jobs.schedules import hand_in_due
from convenor.shared.mail.rounds import keep_sending

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_LOOKS = 2
ROUNDS_BETWEEN_SEARCHES = int(LEASE.total_seconds() / 2 / SECONDS_BETWEEN_LOOKS)


class Command(BaseCommand):
    """Carry out jobs one after the other, find lost ones again, hand in what is due, and send mails."""

    help = "Carry out jobs one after the other, find lost ones again, hand in what is due, and send mails."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the server's process, when there is one, or whether to end."""
        parser.add_argument("--beside", type=int, metavar="PID", help="end when this process, the parent, has ended")
        parser.add_argument(
            "--once",
            action="store_true",
            help="carry out what waits now and end, for a timer; mails leave by `convenor send-mail`",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Look after jobs from a thread, send mails from another, work in this one."""
        if options["once"]:
            _search()
            _work(batch=True)
            return
        ended = threading.Event()
        threads = [
            threading.Thread(target=_look_after, args=(ended, options["beside"]), name="jobs", daemon=True),
            threading.Thread(target=keep_sending, args=(ended,), name="mail", daemon=True),
        ]
        for thread in threads:
            thread.start()
        try:
            _work()
        finally:
            ended.set()
            for thread in threads:
                thread.join()


def _work(*, batch: bool = False) -> None:
    call_command("db_worker", interval=0.5, startup_delay=False, reload=False, batch=batch, verbosity=0)


def _look_after(ended: threading.Event, parent: int | None) -> None:
    """Search every few seconds until told to end, or until the parent has."""
    rounds = 0
    while not ended.wait(SECONDS_BETWEEN_LOOKS if rounds else 0):
        if parent is not None and os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
            break
        if rounds % ROUNDS_BETWEEN_SEARCHES == 0:
            try:
                _search()
            except Exception:  # the database may be away for a while
                logger.exception("A search for lost and due jobs failed")
                connection.close()
        rounds += 1
    connection.close()


def _search() -> None:
    now = timezone.now()
    requeue_lost(at=now)
    hand_in_due(at=now)
