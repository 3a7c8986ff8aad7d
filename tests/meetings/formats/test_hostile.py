"""Documents made to do harm are refused by their reason, or read, each within 5 seconds of the processor and 300 MB."""

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from convenor.meetings.reader import Unreadable, read, text_of
from tests.meetings.formats.hostile import FAMILIES, Case

SECONDS, MEGABYTES = 5.0, 300
ROOT = Path(__file__).resolve().parents[3]
PROGRAM = Path(__file__).with_name("reading_apart.py")


@cache
def documents(family: str) -> list[Case]:
    """Make the documents of a family; they are large, and not every process that looks for tests needs them."""
    return list(FAMILIES[family]())


@pytest.fixture(scope="module")
def reader() -> Iterator[subprocess.Popen[bytes]]:
    """Start what reads one document after another, each in a process of its own."""
    with subprocess.Popen(
        [sys.executable, str(PROGRAM)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src")},
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=30) == 0


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the system does not say how much memory a process had")
@pytest.mark.parametrize("family", FAMILIES)
def test_each_is_refused_or_read_in_time_and_in_little_memory(family: str, reader: subprocess.Popen[bytes]) -> None:
    assert reader.stdin is not None
    assert reader.stdout is not None
    wrong = {}
    for name, data, code in documents(family):
        reader.stdin.write(base64.b64encode(data) + b"\n")
        reader.stdin.flush()
        found, seconds, megabytes = json.loads(reader.stdout.readline())
        if found not in (code if isinstance(code, tuple) else (code,)) or seconds >= SECONDS or megabytes >= MEGABYTES:
            wrong[name] = (found, code, seconds, megabytes)

    assert wrong == {}


def test_nothing_outside_is_ever_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*words: object, **more: object) -> None:
        raise AssertionError(words)

    cases = [
        data
        for family in ("zip", "docx", "odt", "html")
        for name, data, _ in documents(family)
        if "outside" in name or "climb" in name
    ]
    monkeypatch.setattr("socket.socket", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr("io.open", refuse)

    assert len(cases) == 6
    for data in cases:
        try:
            read(text_of(data))
        except Unreadable:
            continue
