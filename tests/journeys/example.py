"""The example as the demo makes it, kept in a folder that nobody writes to any more.

python -m tests.journeys.example FOLDER makes it before the journeys, as `tools/run_tests.py` does for both of its runs
of them; without that, the first process that needs it does.
"""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

SECONDS_TO_MAKE = 240  # on a slow machine


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


def kept_in(home: Path) -> Example:
    """Give the example of a folder: the first process that asks makes it, others wait."""
    printed = home / "printed.txt"
    try:
        home.mkdir()
    except FileExistsError:
        last = time.monotonic() + SECONDS_TO_MAKE
        while not printed.exists():
            assert time.monotonic() < last, "another process of the tests has not made the example"
            time.sleep(0.1)
    else:
        process = start_demo(home, free_port(), "--only-prepare")
        text, _ = process.communicate(timeout=SECONDS_TO_MAKE)
        assert process.returncode == 0, text
        (home / "printing.txt").write_text(text, "utf-8")
        (home / "printing.txt").rename(printed)
    return Example(home, links_in(printed.read_text("utf-8")))


if __name__ == "__main__":
    kept_in(Path(sys.argv[1]))
