"""The server as a process: it stops its worker, and says in one sentence why it cannot start."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def start(home: Path, *words: str) -> subprocess.Popen[str]:
    """Start a verb in a home of its own."""
    environment = {
        **os.environ, "CONVENOR_HOME": str(home), "CONVENOR_DATABASE_URL": f"sqlite:///{home}/convenor.sqlite3",
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "convenor.config", *words],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(pid: int) -> list[int]:
    """Name the processes that a process started."""
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()]


def until(true: object, *, seconds: float = 30) -> None:
    """Wait for something to become true."""
    assert callable(true)
    last = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < last
        time.sleep(0.05)


def answers(port: int) -> bool:
    """Whether the site answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def alive(pid: int) -> bool:
    """Whether a process still runs."""
    return (
        Path(f"/proc/{pid}").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1][:3]
    )


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_the_worker_ends_with_the_server(tmp_path: Path, how: signal.Signals):
    port = free_port()
    server = start(tmp_path, "serve", "--port", str(port))
    until(lambda: answers(port))
    (worker,) = children(server.pid)

    server.send_signal(how)
    server.communicate(timeout=30)

    until(lambda: not alive(worker))
    assert server.returncode == {signal.SIGTERM: 0, signal.SIGINT: 0, signal.SIGKILL: -9}[how]


def test_a_taken_port_is_one_sentence(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        demo = start(tmp_path, "demo", "--port", str(port))
        _out, err = demo.communicate(timeout=30)

    assert demo.returncode == 1
    assert err == (
        f"convenor: port {port} on 127.0.0.1 is taken by another program: stop that, or choose another "
        f"(`make demo PORT={port + 1}` or `convenor serve --port {port + 1}`).\n"
    )


def test_a_home_that_cannot_be_written_is_one_sentence(tmp_path: Path):
    (tmp_path / "file").write_text("", "utf-8")
    home = tmp_path / "file" / "home"  # below a file nobody can write, not even an administrator
    demo = start(home, "demo", "--port", str(free_port()))
    _out, err = demo.communicate(timeout=30)

    assert demo.returncode == 1
    assert err == (
        f"convenor: no right to write in {home}: change the rights of that folder, "
        "or set CONVENOR_HOME to one of yours.\n"
    )


def test_a_demo_that_was_interrupted_goes_on(tmp_path: Path):
    first = start(tmp_path, "demo", "--only-prepare", "--port", str(free_port()))
    assert first.stderr is not None
    assert "Example:" in first.stderr.readline()
    assert "Results:" in first.stderr.readline()
    first.kill()
    first.communicate(timeout=30)

    second = start(tmp_path, "demo", "--only-prepare", "--port", str(free_port()))
    out, err = second.communicate(timeout=120)

    assert second.returncode == 0
    assert "Example:" not in err
    assert "Programme: release 1 is public" in err
    assert "secretariat" in out
