"""Measure the public programme as a reader gets it: `python bench/pages.py [--json] [--runs 30]`.

A folder of its own gets the example of default size, its selection, a timetable and a release; the real server runs
in a process of its own; requests go over one connection, compressed. Queries are counted in this process.
"""
# ruff: noqa: PLC0415 - Django is imported when it is set up

import argparse
import gzip
import http.client
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

ROOT = Path(__file__).resolve().parents[1]
HEADERS = {"Accept-Encoding": "gzip", "Accept-Language": "en"}
SET_UP = (["setup"], ["example"], ["evaluate"], ["select"], ["timetable", "--seconds", "5"])
#: pretalx 2026.2.1, 100 talks × 6 rooms, one worker, SQLite; from the plan's performance.md of November 2026.
PEER = {
    "programme": "32.5 ms without any talk in the HTML; 25 requests, 423 kB",
    "session": "–",
    "calendar": "126 ms",
    "json": "242 ms, 210 queries",
}
AIM_MS = {"programme": 30.0, "session": 30.0, "calendar": 30.0, "json": 25.0}
LINKED = re.compile(r'<(?:link[^>]*rel="stylesheet"[^>]*href|script[^>]*src|img[^>]*src)="([^"]+)"')


@dataclass
class Row:
    """What was measured of one address."""

    name: str
    path: str
    milliseconds: float
    slowest: float
    queries: int
    requests: int
    wire_bytes: int
    compressed: bool
    not_modified: bool


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the public programme as a reader gets it.")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--runs", type=int, default=30, help="requests per address (default: %(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        prepare(home)
        found = measure(home, options.runs)
    print(json.dumps(found, indent=2) if options.json else table(found))
    sys.exit(0 if found["is_complete"] else 1)


def prepare(home: str) -> None:
    """Make the example in a folder of its own, up to the first release."""
    os.environ.update(CONVENOR_HOME=home, DJANGO_SETTINGS_MODULE="convenor.config.settings")
    for key in ("CONVENOR_DATABASE_URL", "CONVENOR_DEBUG", "CONVENOR_DEMO", "CONVENOR_ORIGIN", "CONVENOR_HOSTS"):
        os.environ.pop(key, None)
    sys.path.insert(0, str(ROOT / "src"))
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for words in SET_UP:
        subprocess.run([sys.executable, "-m", "convenor.config", *words], cwd=ROOT, env=environment, check=True)
    import django

    django.setup()
    from django.utils import timezone

    from convenor.cycle.actions import find_cycle
    from convenor.programme.actions import release

    release(find_cycle(None), by=None, at=timezone.now())


def measure(home: str, runs: int) -> dict[str, Any]:
    """Ask the real server, and count queries here."""
    from convenor.cycle.actions import find_cycle
    from convenor.programme.models import Session
    from convenor.publishing.links import SiteLinks

    links, titles = (
        SiteLinks(find_cycle(None)),
        list(Session.objects.filter(is_held=True).values_list("title", flat=True)),
    )
    number = Session.objects.filter(proposal__isnull=False).values_list("number", flat=True)[0]
    paths = {
        "programme": links.programme(),
        "session": links.session(number),
        "calendar": links.calendar(),
        "json": links.json(),
    }
    with server(home) as (port, pid):
        reader = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        rows = [row(reader, name, path, runs) for name, path in paths.items()]
        page = body(get(reader, paths["programme"])).decode()
        rss = resident_kb(pid)
    from django.utils.html import escape

    missing = [title for title in titles if escape(title) not in page]
    return {
        "rows": [asdict(one) for one in rows],
        "sessions": len(titles),
        "sessions_missing_in_the_html": len(missing),
        "web_process_mb": round(rss / 1024, 1) if rss else None,
        "is_complete": not missing and all(one.compressed and one.not_modified for one in rows),
    }


@contextmanager
def server(home: str) -> Iterator[tuple[int, int]]:
    """Run the server as it is run for people, without the worker, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-m", "uvicorn", "convenor.config.asgi:application", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "CONVENOR_HOME": home}
    process = subprocess.Popen([*words, "--log-level", "warning", "--lifespan", "off"], cwd=ROOT, env=environment)
    try:
        wait_for(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(10)


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until the server listens."""
    for _attempt in range(300):
        if process.poll() is not None:
            sys.exit(f"the server ended with {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("the server did not listen within 30 seconds")


@dataclass
class Answer:
    """What came over the wire: head and body, still compressed."""

    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def wire_bytes(self) -> int:
        """Size of the body and, near enough, of the head."""
        return len(self.raw) + sum(len(name) + len(value) + 4 for name, value in self.headers.items())


def get(reader: http.client.HTTPConnection, path: str, **headers: str) -> Answer:
    """Ask once."""
    reader.request(
        "GET", path, headers={**HEADERS, **{name.replace("_", "-"): value for name, value in headers.items()}}
    )
    answer = reader.getresponse()
    return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())


def body(answer: Answer) -> bytes:
    """Unpack an answer."""
    return gzip.decompress(answer.raw) if answer.headers.get("content-encoding") == "gzip" else answer.raw


def row(reader: http.client.HTTPConnection, name: str, path: str, runs: int) -> Row:
    """Measure one address; the two first answers, in which templates are compiled, do not count."""
    first = get(reader, path)
    get(reader, path)
    if first.status != HTTPStatus.OK:
        sys.exit(f"{path} answered {first.status}")
    times = []
    for _run in range(runs):
        start = time.perf_counter()
        get(reader, path)
        times.append(1000 * (time.perf_counter() - start))
    links = [urljoin(path, link) for link in LINKED.findall(body(first).decode())]
    parts = [get(reader, link) for link in dict.fromkeys(links) if not urlsplit(link).scheme]
    again = get(reader, path, If_None_Match=first.headers.get("etag", ""))
    return Row(
        name=name,
        path=path,
        milliseconds=round(statistics.median(times), 1),
        slowest=round(max(times), 1),
        queries=queries(path),
        requests=1 + len(parts),
        wire_bytes=sum(one.wire_bytes for one in (first, *parts)),
        compressed="content-encoding" in first.headers,
        not_modified=again.status == HTTPStatus.NOT_MODIFIED and not again.raw,
    )


def queries(path: str) -> int:
    """Count the queries of a request in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        Client().get(path, headers={"host": "127.0.0.1"})
    return len(captured)


def resident_kb(pid: int) -> int:
    """Read the resident memory of a process in kB; 0 where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text("utf-8")) if status.exists() else None
    return int(found[1]) if found else 0


def table(found: dict[str, Any]) -> str:
    """Lay the figures out beside what is aimed at and what the best-kept peer needs."""
    heads = ("page", "ms", "aim", "max", "queries", "requests", "wire kB")
    head = "{:10} {:>6} {:>5} {:>6} {:>7} {:>8} {:>7}  304 gzip  pretalx 2026.2.1".format(*heads)
    lines = [
        f"{one['name']:10} {one['milliseconds']:6.1f} {AIM_MS[one['name']]:5.0f} {one['slowest']:6.1f} "
        f"{one['queries']:7d} {one['requests']:8d} {one['wire_bytes'] / 1000:7.1f}  "
        f"{yes(one['not_modified'])} {yes(one['compressed']):4}  {PEER[one['name']]}"
        for one in found["rows"]
    ]
    missing, memory = found["sessions_missing_in_the_html"], found["web_process_mb"]
    lines += [
        f"{found['sessions']} sessions, {missing} of them missing in the HTML of the programme.",
        f"Web process: {memory} MB (pretalx: 191 MB).",
        "Peer: 100 talks × 6 rooms, one worker, SQLite, as the plan's performance.md of November 2026 gives them.",
    ]
    return "\n".join([head, *lines])


def yes(value: bool) -> str:
    """Write a switch in three letters."""
    return "yes" if value else "NO "


if __name__ == "__main__":
    main()
