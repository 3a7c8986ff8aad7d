"""Journeys drive the real program: `convenor demo` as its own process, a real Chromium in front of it.

The example is made once for all processes of a run. Each file that asks for `site` gets a demo of its own on a copy of
it, so that no file sees what another one did. The tests of a file run in their order, in one process; a file whose
tests do not see each other says `IN_ANY_ORDER = True`, and they are shared out.
"""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.example import Example, free_port, kept_in, links_in, start_demo

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "shots"
IS_PICTURED = bool(os.environ.get("CONVENOR_SHOTS"))  # a picture of every page in every look takes a minute and a half
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
class Site:
    """The running demo."""

    origin: str
    home: Path
    links: dict[str, str]

    @property
    def year(self) -> str:
        """Address of the example year."""
        return f"{self.origin}/igf-example/2017/"


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
    """Give the example, made once for all processes of this run, or before it."""
    base = tmp_path_factory.getbasetemp()
    own = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "example"
    return kept_in(Path(os.environ.get("CONVENOR_TEST_EXAMPLE") or own))


Hand = Callable[[Path, str], str]


@pytest.fixture(scope="session")
def hand() -> Iterator[Hand]:
    """Give what carries out lines of the actions on the data of a home, and gives what they printed."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "convenor.config.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
    }
    program = [sys.executable, str(ROOT / "tests/journeys/hand.py")]
    with subprocess.Popen(
        program, env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, answers = process.stdin, process.stdout

        def carry_out(home: Path, lines: str) -> str:
            asked.write(json.dumps({"home": str(home), "lines": lines}) + "\n")
            asked.flush()
            answer = json.loads(answers.readline())
            assert answer["failed"] == ""
            return str(answer["said"])

        yield carry_out
        asked.close()


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
        answers(origin, seconds=90)
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


class Rules(Enum):
    """What axe looks at. Reading the colours of a page takes it as long as everything else."""

    ALL = auto()
    CONTRAST = auto()
    WITHOUT_CONTRAST = auto()


TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS: dict[Rules, dict[str, object]] = {
    Rules.ALL: {"runOnly": TAGS},
    Rules.CONTRAST: {"runOnly": ["color-contrast"]},
    Rules.WITHOUT_CONTRAST: {"runOnly": TAGS, "rules": {"color-contrast": {"enabled": False}}},
}


def violations(page: Page, rules: Rules = Rules.ALL) -> list[str]:
    """Run axe on a page and name what is serious or critical."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(
        "async (options) => (await axe.run(document, {...options, resultTypes: ['violations'], preload: false}))"
        ".violations.filter(v => ['serious', 'critical'].includes(v.impact))"
        ".map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')}`)",
        OPTIONS[rules],
    )
    return [str(one) for one in found]
