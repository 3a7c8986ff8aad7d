"""A worker killed in the midst of a job: another one takes it over, and its effect happens once."""

import os
import select
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connections
from django.utils import timezone

from convenor.shared.jobs.models import Job, JobEffect, State
from convenor.shared.jobs.queue import enqueue
from convenor.shared.journal.models import Entry
from tests.shared.jobs.work_to_kill import AFTER, BEFORE, BETWEEN, WITHIN

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 60  # until a worker that says nothing is taken for broken


@pytest.fixture
def address(tmp_path: Path, transactional_db: None) -> Iterator[str]:
    """Give the address of a database where a job waits: the test's own, on SQLite a copy of it for both."""
    enqueue("tests.shared.jobs.work_to_kill.write_into_the_journal", {"place": BEFORE}, by=None, at=timezone.now())
    own = connections["default"]
    if own.vendor != "sqlite":
        parts = urlsplit(os.environ["CONVENOR_DATABASE_URL"])
        yield urlunsplit(parts._replace(path=f"/{own.settings_dict['NAME']}"))
        return
    file = tmp_path / "workers.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        own.connection.backup(copy)
    connections["default"] = type(own)({**own.settings_dict, "NAME": str(file)}, "default")
    yield f"sqlite:///{file}"
    connections["default"].close()
    connections["default"] = own


@contextmanager
def worker(home: Path, address: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    """Start a real worker; none outlives the test."""
    environment = {
        **os.environ,
        "CONVENOR_HOME": str(home),
        "CONVENOR_DATABASE_URL": address,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    command = [sys.executable, "-m", "convenor.config", "worker", *words]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_until_it_is_there(process: subprocess.Popen[str]) -> None:
    """Wait until the job says that it has come to the place where it is to be killed."""
    assert process.stdout is not None
    assert select.select([process.stdout], [], [], SECONDS)[0], "the job did not get there"
    assert process.stdout.readline() == "here\n"


def verbs() -> list[str]:
    """Give what the journal says was done."""
    return list(Entry.objects.filter(scope="killed").order_by("number").values_list("verb", flat=True))


def job() -> Job:
    """Give the job that is killed."""
    return Job.objects.get(schedule="")


def is_lost() -> None:
    """Let the lease of the killed worker run out."""
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(schedule="").update(lease_until=past)


@pytest.mark.parametrize(
    ("place", "stood"),
    [(BEFORE, []), (BETWEEN, ["job.begun"]), (WITHIN, ["job.begun"]), (AFTER, ["job.begun", "job.kept"])],
    ids=["before", "between two steps", "within the last transaction", "after it"],
)
def test_a_job_whose_worker_is_killed_takes_effect_once(place: int, stood: list[str], tmp_path: Path, address: str):
    Job.objects.update(values={"place": place})

    with worker(tmp_path, address) as first:
        wait_until_it_is_there(first)
        assert (job().state, job().attempts) == (State.RUNNING, 1)
        first.send_signal(signal.SIGKILL)
        assert first.wait() == -signal.SIGKILL
    assert verbs() == stood
    is_lost()

    with worker(tmp_path, address, "--once") as second:
        assert second.wait(SECONDS) == 0

    assert verbs() == ["job.begun", "job.kept"]
    taker = first.pid if place == AFTER else second.pid
    assert (job().state, job().sentence) == (State.DONE, f"job.kept, process {taker}")
    assert job().attempts == (1 if place == AFTER else 2)
    assert sorted(JobEffect.objects.filter(job=job()).values_list("key", flat=True)) == ["first", "kept"]


def test_while_its_worker_lives_no_other_takes_a_job(tmp_path: Path, address: str):
    with worker(tmp_path, address) as first:
        wait_until_it_is_there(first)
        with worker(tmp_path, address, "--once") as second:
            assert second.wait(SECONDS) == 0

        assert (job().state, job().attempts, verbs()) == (State.RUNNING, 1, [])


def test_two_workers_that_start_together_hand_a_due_schedule_in_once(tmp_path: Path, address: str):
    Job.objects.all().delete()
    with worker(tmp_path, address, "--once") as first, worker(tmp_path, address, "--once") as second:
        assert [first.wait(SECONDS), second.wait(SECONDS)] == [0, 0]

    found = Job.objects.filter(schedule="jobs.remove-old").values_list("state", "attempts")
    assert list(found) == [(State.DONE, 1)]
