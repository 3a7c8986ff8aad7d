"""Documents made to do harm are refused by their reason, or read, each within 5 seconds and 300 MB."""

import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest

from convenor.meetings.reader import Unreadable, read, text_of
from tests.meetings.formats.hostile import FAMILIES, Outcome

SECONDS, MEGABYTES = 5.0, 300
ROOT = Path(__file__).resolve().parents[3]
# One process reads one document and says how long it took and how much memory it and its children had at most.
PROGRAM = """
import base64, json, resource, sys, time
from pathlib import Path
from convenor.meetings.reader import Unreadable, read, text_of
data = base64.b64decode(sys.stdin.buffer.read())
before = time.perf_counter()
try:
    read(text_of(data))
    code = None
except Unreadable as refusal:
    code = refusal.code
seconds = time.perf_counter() - before
# What the system counts for this process begins with what its parent held; what its memory map says does not.
status = Path("/proc/self/status")
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
if status.exists():
    own = next(int(line.split()[1]) for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM"))
most = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024
print(json.dumps([code, seconds, most]))
"""
CASES = [(family, name, data, code) for family, make in FAMILIES.items() for name, data, code in make()]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the system does not say how much memory a process had")
@pytest.mark.parametrize(("data", "code"), [case[2:] for case in CASES], ids=[f"{f}: {n}" for f, n, _, _ in CASES])
def test_it_is_refused_or_read_in_time_and_in_little_memory(data: bytes, code: Outcome | tuple[Outcome, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=base64.b64encode(data),
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src")},
    )
    assert done.returncode == 0, done.stderr.decode()[-2_000:]
    found, seconds, megabytes = json.loads(done.stdout)

    assert found in (code if isinstance(code, tuple) else (code,))
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


def test_nothing_outside_is_ever_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*words: object, **more: object) -> None:
        raise AssertionError(words)

    cases = [
        data
        for family in ("zip", "docx", "odt", "html")
        for name, data, _ in FAMILIES[family]()
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
