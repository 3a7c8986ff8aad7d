"""Streams of a real server: changes by other processes, several servers, and a stop that waits for nobody."""

import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import pytest
from django.db import connections

from convenor.cycle.models import Cycle
from convenor.meetings.actions import hand_in, make_meeting
from convenor.meetings.models import Meeting
from convenor.people.models import Person
from convenor.people.roles import Role
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[3]
AGENDA = "Example agenda\n\nDay 1: 12 June 2017\n10:00 - 11:00\t1. Opening\n11:00 - 11:30\t2. Closing\n"
SECONDS = 60  # until a server that says nothing is taken for broken
CHANGE = """
import django; django.setup()
from django.db import transaction
from django.utils import timezone
from convenor.meetings.models import Item, Meeting
with transaction.atomic():
    Item.objects.filter(title="Closing").update(title=%r)
    Meeting.objects.get().count_change(at=timezone.now())
"""


@pytest.fixture
def meeting(cycle: Cycle, person_as: Callable[[Role], Person]) -> Meeting:
    """Give a small meeting."""
    by = person_as(Role.SECRETARIAT)
    draft = hand_in(AGENDA, by=by, at=NOW)
    return make_meeting(draft, into=cycle, title="Example", zone="UTC", by=by, at=NOW, slug="june")


def listens(port: int) -> bool:
    """Say whether somebody listens on a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class Installation:
    """A database, and the processes that use it."""

    environment: dict[str, str]
    pages: list["Follower"] = field(default_factory=list)

    def page(self, port: int) -> "Follower":
        """Open a page that follows the agenda."""
        self.pages.append(Follower(port))
        return self.pages[-1]

    def change(self, title: str) -> None:
        """Change the agenda from a process of its own, as the command line does."""
        subprocess.run([sys.executable, "-c", CHANGE % title], env=self.environment, check=True)

    @contextmanager
    def server(self, processes: int = 1) -> Iterator[tuple[int, subprocess.Popen[str]]]:
        """Serve; none outlives the test."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        words = ["serve", "--port", str(port), "--without-worker", "--processes", str(processes)]
        command = [sys.executable, "-m", "convenor.config", *words]
        process = subprocess.Popen(command, env=self.environment, stderr=subprocess.PIPE, text=True)
        try:
            last = time.monotonic() + SECONDS
            while not listens(port):
                assert time.monotonic() < last
                time.sleep(0.1)
            yield port, process
        finally:
            process.terminate()
            process.communicate(timeout=15)


@pytest.fixture
def installation(meeting: Meeting, tmp_path: Path) -> Iterator[Installation]:
    """Let other processes use this test's database: on SQLite a copy of it."""
    own = connections["default"]
    address = f"sqlite:///{tmp_path}/live.sqlite3"
    if own.vendor == "sqlite":
        with closing(sqlite3.connect(tmp_path / "live.sqlite3")) as copy:
            own.connection.backup(copy)
    else:
        parts = urlsplit(os.environ["CONVENOR_DATABASE_URL"])
        address = urlunsplit(parts._replace(path=f"/{own.settings_dict['NAME']}"))
    whole = Installation(
        {
            **os.environ,
            "CONVENOR_HOME": str(tmp_path),
            "CONVENOR_DATABASE_URL": address,
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "convenor.config.settings",
        }
    )
    yield whole
    for page in whole.pages:
        page.close()


class Follower:
    """A page that follows the agenda."""

    def __init__(self, port: int) -> None:
        path = "/igf/2017/meetings/june/"
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        self.line.request("GET", path)
        page = self.line.getresponse().read().decode()
        found = re.search(r'data-follows="([^"]*)" data-at="(\d+)"', page)
        assert found is not None
        self.url, self.number = unescape(found[1]), int(found[2])
        self.line.request("GET", "/live/?" + urlencode({"on": f"{self.url}~{self.number}"}))
        self.answer = self.line.getresponse()

    def close(self) -> None:
        """Go away."""
        self.answer.close()
        self.line.close()

    def event(self) -> tuple[str, Any]:
        """Wait for the next event."""
        event, data = "", ""
        while line := self.answer.readline().decode().rstrip("\n"):
            name, _colon, value = line.partition(":")
            event, data = (value.strip(), data) if name == "event" else (event, value.strip() or data)
        return event, json.loads(data) if data.startswith("{") else None

    def news(self) -> Any:
        """Wait for news."""
        while (event := self.event())[0] != "news":
            assert event[0] == "beat"
        return event[1]


def test_a_change_by_another_process_comes_within_a_second_with_what_changed_alone(installation: Installation):
    with installation.server() as (port, _process):
        page = installation.page(port)
        assert dict(page.answer.headers) == {
            "date": page.answer.headers["date"],
            "content-type": "text/event-stream; charset=utf-8",
            "cache-control": "no-store, no-transform",
            "x-accel-buffering": "no",
            "x-content-type-options": "nosniff",
            "transfer-encoding": "chunked",
        }
        assert page.event() == ("beat", None)
        first = page.news()
        installation.change("The end")
        started = time.monotonic()
        news = page.news()

        assert (first["at"], first["parts"], news["at"]) == (page.number, {}, page.number + 1)
        assert list(news["parts"]) == ["agenda-days"]
        assert "The end" in news["parts"]["agenda-days"]
        assert time.monotonic() - started < 1


def test_who_comes_back_gets_what_they_missed(installation: Installation):
    with installation.server() as (port, _process):
        page = installation.page(port)
        page.news()
        page.close()
        installation.change("The end")
        page.line.request(
            "GET", "/live/?" + urlencode({"on": f"{page.url}~0"}), headers={"Last-Event-ID": str(page.number)}
        )
        page.answer = page.line.getresponse()
        news = page.news()

        assert (news["since"], news["at"], "The end" in news["parts"]["agenda-days"]) == (
            page.number,
            page.number + 1,
            True,
        )


def test_every_server_process_learns_of_a_change(installation: Installation):
    with installation.server(processes=2) as (port, _process):
        pages = [installation.page(port) for _number in range(12)]  # the system spreads them
        for page in pages:
            page.news()
        installation.change("The end")

        assert {page.news()["at"] for page in pages} == {pages[0].number + 1}


@pytest.mark.parametrize("processes", [1, 2])
def test_a_server_with_open_streams_stops_within_five_seconds(installation: Installation, processes: int):
    with installation.server(processes) as (port, process):
        pages = [installation.page(port) for _number in range(20)]
        for page in pages:
            page.news()
        process.send_signal(signal.SIGTERM)
        started = time.monotonic()
        ends = [page.event() for page in pages]
        process.wait(timeout=15)

        assert time.monotonic() - started < 5
        assert ends == [("end", None)] * 20
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_stream_with_nothing_left_to_follow_ends(installation: Installation):
    with installation.server() as (port, _process):
        page = installation.page(port)
        page.news()
        page.close()
        page.line.request("GET", "/live/?" + urlencode({"on": f"{page.url}x~{page.number}"}))
        page.answer = page.line.getresponse()
        events = [page.event() for _number in range(3)]

        assert [name for name, _data in events] == ["beat", "closed", "end"]
        assert events[1][1] == {"on": f"{page.url}x", "status": 409}
        assert page.answer.read() == b""


def test_an_address_that_cannot_be_followed_is_refused(installation: Installation):
    with installation.server() as (port, _process):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        found = []
        for query in ("", "on=/a", "on=//elsewhere/~1"):
            line.request("GET", f"/live/?{query}")
            answer = line.getresponse()
            found.append((answer.status, answer.read()[:4] if answer.status == 400 else b""))
            if answer.status == 200:
                answer.close()
                line.close()
        line.request("POST", "/live/")
        answer = line.getresponse()
        answer.read()
        line.close()

        assert (found, answer.status) == ([(400, b"Ask "), (400, b"Ask "), (200, b"")], 403)  # no token
