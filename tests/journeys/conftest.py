"""Journeys drive the real program: `convenor demo` as its own process, a real Chromium in front of it.

The example is made once for all processes of a run. Each file that asks for `site` gets a demo of its own on a copy of
it, so that no file sees what another one did. The tests of a file run in their order, in one process; a file whose
tests do not see each other says `IN_ANY_ORDER = True`, and they are shared out.
"""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "shots"
IS_PICTURED = bool(os.environ.get("CONVENOR_SHOTS"))  # a picture of every page in every look takes a minute and a half
SECONDS_TO_MAKE = 240  # the example, on a slow machine
AXE = (ROOT / "tests/vendor/axe.min.js").read_text("utf-8")
WIDE, NARROW = (1440, 900), (360, 740)
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here as a journey; without a browser, skip it and say how to get one."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)
            if not getattr(item.module, "IN_ANY_ORDER", False):
                item.add_marker(pytest.mark.xdist_group(item.path.stem))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium here: on Debian, apt install chromium"))


@dataclass(frozen=True)
class Example:
    """The example as the demo made it: a folder that nobody writes to, and links to sign in on any copy of it."""

    home: Path
    links: dict[str, str]

    def copied_to(self, home: Path) -> Path:
        """Give a server a folder of its own with the same data and the same keys."""
        home.mkdir(exist_ok=True)
        with (
            closing(sqlite3.connect(self.home / "convenor.sqlite3")) as whole,
            closing(sqlite3.connect(home / "convenor.sqlite3")) as copy,
        ):
            whole.backup(copy)
        shutil.copy(self.home / "secret", home / "secret")
        return home


@dataclass(frozen=True)
class Site:
    """The running demo."""

    origin: str
    home: Path
    links: dict[str, str]

    @property
    def year(self) -> str:
        """Address of the example year."""
        return f"{self.origin}/igf-example/2017/"


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_demo(home: Path, port: int, *words: str) -> subprocess.Popen[str]:
    """Start the demo as a newcomer does."""
    return subprocess.Popen(
        [sys.executable, "-m", "convenor.config", "demo", "--port", str(port), *words],
        env={**os.environ, "CONVENOR_HOME": str(home), "CONVENOR_DATABASE_URL": f"sqlite:///{home}/convenor.sqlite3"},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def links_in(text: str) -> dict[str, str]:
    """Read the links that the demo prints, one per role."""
    return dict(re.findall(r"^  (\S+) +(http\S+)$", text, re.M))


def answers(origin: str, *, seconds: float) -> None:
    """Wait until the site answers."""
    last = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(origin, timeout=2):  # noqa: S310 - our own address
                return
        except OSError:
            if time.monotonic() > last:
                raise
            time.sleep(0.1)


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """Let the demo make the example, once for all processes of this run: the first one makes it, others wait."""
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "example"
    printed = home / "printed.txt"
    try:
        home.mkdir()
    except FileExistsError:
        last = time.monotonic() + SECONDS_TO_MAKE
        while not printed.exists():
            assert time.monotonic() < last, "the other process of the tests has not made the example"
            time.sleep(0.1)
    else:
        process = start_demo(home, free_port(), "--only-prepare")
        text, _ = process.communicate(timeout=SECONDS_TO_MAKE)
        assert process.returncode == 0, text
        (home / "printing.txt").write_text(text, "utf-8")
        (home / "printing.txt").rename(printed)
    return Example(home, links_in(printed.read_text("utf-8")))


@pytest.fixture(scope="module")
def site(example: Example, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Run the demo for the tests of a file, on its own copy of the example."""
    home, port = example.copied_to(tmp_path_factory.mktemp("home")), free_port()
    process = start_demo(home, port)
    try:
        assert process.stdout is not None
        lines: list[str] = []
        while "Stop with Ctrl+C" not in (lines[-1] if lines else ""):
            line = process.stdout.readline()
            assert line, f"the demo ended early: {lines}"
            lines.append(line)
        origin = f"http://127.0.0.1:{port}"
        answers(origin, seconds=30)
        yield Site(origin, home, links_in("".join(lines)))
    finally:
        process.terminate()
        process.communicate(timeout=60)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield browser
        browser.close()


Open = Callable[..., Page]


@pytest.fixture
def window(browser: Browser, site: Site) -> Iterator[Open]:
    """Open windows: each with its own cookies, signed in as a role; any fault in the console fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_window(
        role: str = "", *, size: tuple[int, int] = WIDE, dark: bool = False, language: str = "en", script: bool = True
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light", locale="en-GB",
            java_script_enabled=script, reduced_motion="reduce",
        )  # fmt: skip
        context.add_cookies([{"name": "language", "value": language, "url": site.origin}])
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda message: faults.append(f"{page.url}: {message.text}") if message.type == "error" else None
        )
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        if role:
            page.goto(site.links[role])
        return page

    yield open_window
    for context in contexts:
        context.close()
    # A page that is refused or missing on purpose is reported by the browser as a failed resource.
    assert [fault for fault in faults if "Failed to load resource" not in fault] == []


def violations(page: Page) -> list[str]:
    """Run axe on a page and name what is serious or critical."""
    page.evaluate(AXE)
    found = page.evaluate(
        "async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', "
        "'best-practice']}))"
        ".violations.filter(v => ['serious', 'critical'].includes(v.impact))"
        ".map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')}`)"
    )
    return [str(one) for one in found]
