"""Open pages follow what changes: two windows, a server that stops and comes back, a proxy that holds events back."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import answers, violations
from tests.journeys.example import Example, free_port

AGENDA = "igf-example/2017/meetings/june/"
WITHIN_MS = 1000  # asked for where a test is marked `timed`


@dataclass
class Server:
    """A server of this test's own, on a copy of the demo's data, that can be stopped and started again."""

    home: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None

    @property
    def origin(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "convenor.config", "serve", "--port", str(self.port), "--without-worker"],
            env={
                **os.environ,
                "CONVENOR_HOME": str(self.home),
                "CONVENOR_DATABASE_URL": f"sqlite:///{self.home}/convenor.sqlite3",
                "CONVENOR_DEMO": "1",
            },
            text=True,
        )
        answers(self.origin, seconds=90)

    def stop(self) -> float:
        """Stop it as a service manager does; say how many seconds it took."""
        assert self.process is not None
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=15)
        return time.monotonic() - started


@pytest.fixture
def server(example: Example, tmp_path: Path) -> Iterator[Server]:
    """Copy what the demo made, and serve the copy."""
    server = Server(example.copied_to(tmp_path / "home"))
    try:
        server.start()
        yield server
    finally:
        if server.process is not None and server.process.poll() is None:
            server.stop()


Open = Callable[..., Page]


@pytest.fixture
def open_agenda(browser: Browser, server: Server, example: Example) -> Iterator[Open]:
    """Open the agenda in a browser of its own, signed in as a role, or in another window of a given one."""
    contexts: list[BrowserContext] = []

    def at(role: str = "", *, beside: Page | None = None, language: str = "en", script: bool = True) -> Page:
        if beside is not None:
            page = beside.context.new_page()
        else:
            context = browser.new_context(locale="en-GB", java_script_enabled=script, reduced_motion="reduce")
            context.add_cookies([{"name": "language", "value": language, "url": server.origin}])
            contexts.append(context)
            page = context.new_page()
            if role:
                page.goto(re.sub(r"^http://[^/]+/", server.origin, example.links[role]))
        page.goto(server.origin + AGENDA)
        return page

    yield at
    for context in contexts:
        context.close()


def is_connected(page: Page) -> None:
    """Wait until a page says that it follows."""
    expect(page.locator("[data-follows]")).to_have_attribute("data-state", "on", timeout=10_000)


SETTLE = "form[action$='/settle/'] button"
SETTLED = "#agenda-open .tag.good"


@pytest.mark.timed
def test_what_one_changes_another_sees_within_a_second_and_keeps_their_place(open_agenda: Open):
    keeper, reader = open_agenda("secretariat"), open_agenda()
    is_connected(keeper)
    is_connected(reader)
    link = reader.locator("#agenda-open a").nth(1)
    link.focus()
    scroll = reader.evaluate("scrollY")
    before = reader.locator("#agenda-days").element_handle()

    keeper.locator(SETTLE).first.click()
    expect(reader.locator(SETTLED)).to_have_count(1, timeout=WITHIN_MS)

    assert reader.evaluate("scrollY") == scroll
    expect(link).to_be_focused()
    assert before is not None
    assert before.evaluate("part => part === document.getElementById('agenda-days')")
    assert violations(reader) == []


@pytest.mark.timed
def test_an_undone_link_goes_from_every_page_and_what_the_keeper_may_do_stays_theirs(open_agenda: Open):
    keeper, second, reader = open_agenda("secretariat"), open_agenda("secretariat"), open_agenda()
    for page in (keeper, second, reader):
        is_connected(page)
    undo = "form[action$='/undo/'] button"
    number = second.locator(undo).count()

    keeper.locator(undo).first.click()
    expect(second.locator(undo)).to_have_count(number - 1, timeout=WITHIN_MS)
    expect(reader.locator(undo)).to_have_count(0)

    # A form that came with the news works: it has the page's own token.
    second.locator("form[action$='/redo/'] button").first.click()
    expect(keeper.locator(undo)).to_have_count(number, timeout=WITHIN_MS)


@pytest.mark.timed
def test_windows_of_one_browser_share_a_stream_and_another_takes_it_over(open_agenda: Open):
    keeper = open_agenda("secretariat")
    first = open_agenda()
    is_connected(first)
    opened: list[Page] = []
    first.context.on("request", lambda one: opened.append(one.frame.page) if "/live/?on=" in one.url else None)
    second = open_agenda(beside=first)
    is_connected(second)
    assert opened == []  # the first has its stream already

    keeper.locator(SETTLE).first.click()
    expect(second.locator(SETTLED)).to_have_count(1, timeout=WITHIN_MS)
    first.close()
    keeper.wait_for_timeout(1000)
    assert opened == [second]
    is_connected(second)
    keeper.locator(SETTLE).first.click()
    expect(second.locator(SETTLED)).to_have_count(2, timeout=WITHIN_MS)


def test_a_server_that_comes_back_brings_what_changed_meanwhile(open_agenda: Open, server: Server):
    reader = open_agenda()
    is_connected(reader)

    assert server.stop() < 5
    expect(reader.locator("[data-follows]")).to_have_attribute("data-state", "off", timeout=10_000)
    expect(reader.locator("[data-said]")).to_contain_text("Offline since")
    with closing(sqlite3.connect(server.home / "convenor.sqlite3")) as database, database:  # as by the command line
        change = "UPDATE meetings_doubt SET settled_at = ? WHERE id = (SELECT min(id) FROM meetings_doubt)"
        database.execute(change, ["2026-11-27 12:00:00"])
        database.execute("UPDATE shared_topic SET number = number + 1")
    server.start()

    expect(reader.locator(SETTLED)).to_have_count(1, timeout=20_000)
    is_connected(reader)


def test_without_script_the_page_is_whole_and_says_how_old_it_is(open_agenda: Open):
    page = open_agenda(script=False)

    expect(page.locator("[data-said]")).to_have_text(re.compile(r"As of \d\d:\d\d\."))
    expect(page.get_by_role("link", name="Refresh")).to_be_visible()
    expect(page.locator("#agenda-days section")).to_have_count(3)


def test_where_events_are_held_back_the_page_asks_again(open_agenda: Open):
    keeper, reader = open_agenda("secretariat"), open_agenda()
    reader.route("**/live/?on=*", lambda route: None)  # never answered, as by a proxy that waits for the end
    reader.reload()
    expect(reader.locator("[data-follows]")).to_have_attribute("data-state", "asks", timeout=10_000)

    keeper.locator(SETTLE).first.click()
    expect(reader.locator(SETTLED)).to_have_count(1, timeout=15_000)


def test_who_signs_out_elsewhere_is_told_to_refresh(open_agenda: Open):
    page = open_agenda("secretariat")
    is_connected(page)
    page.context.clear_cookies()
    beside = open_agenda(beside=page)

    is_connected(beside)
    expect(page.locator("[data-follows]")).to_have_attribute("data-state", "closed", timeout=15_000)
    expect(page.locator("[data-said]")).to_contain_text("refresh this page")
