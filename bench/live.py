"""Measure change to client: `python bench/live.py [--quick] [--json] [--only NAME]`.

Two thousand pages follow the agenda of the example's meeting while a secretary settles and reopens one of its open
points ten times a second for a minute, by requests as the page makes them. The readers are a process of their own
(`bench/live_listeners.py`), which says how late it ran itself. A quarter of the listeners have an account and a session
each. What is counted is each change × each listener that follows by stream, from the sending of the request.
"""
# ruff: noqa: PLC0415 - Django is imported when it is set up

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
AIM_P95_MS = 500
FIELDS = (
    "listeners", "changes", "changes_in_s", "p50_ms", "p95_ms", "p99_ms", "not_at_the_last_number_at_a_seconds_end",
    "not_at_the_last_number_in_the_end", "lost", "asking_p95_ms", "opened_in_s", "own_lag_p50_ms", "own_lag_p99_ms",
    "change_sent_late_at_most_ms", "news_each_a_second", "server_processor_share",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One way to measure."""

    name: str
    title: str
    runs: int = 1
    slow: int = 0
    asking: int = 0
    processes: int = 1
    is_postgres: bool = False
    under_way: bool = False


CASES = (
    Case("sqlite", "one process, SQLite", runs=3),
    Case("slow", "200 slow readers beside them", slow=200),
    Case("proxy", "200 more behind a proxy that holds events back", asking=200),
    Case("under-way", "an agenda under way: planned, now expected and held", under_way=True),
    Case("postgres", "two processes, PostgreSQL", processes=2, is_postgres=True),
)


def main() -> None:
    """Measure and print; end with 1 if something was missed or the aim was not reached."""
    parser = argparse.ArgumentParser(description="Measure change to client.")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--quick", action="store_true", help="200 listeners, 5 seconds, each case once")
    parser.add_argument("--only", choices=[case.name for case in CASES], help="one case")
    parser.add_argument("--listeners", type=int, help="instead of 2000 (200 with --quick)")
    parser.add_argument("--seconds", type=int, help="instead of 60 (5 with --quick)")
    options = parser.parse_args()
    listeners = options.listeners or (200 if options.quick else 2000)
    seconds = options.seconds or (5 if options.quick else 60)
    found = {}
    for case in CASES:
        if options.only in (None, case.name):
            runs = 1 if options.quick else case.runs
            found[case.name] = measure(case, listeners, seconds, runs)
            if not options.json:
                print(table(case, found[case.name]), flush=True)
    if options.json:
        print(json.dumps(found, indent=2))
    sys.exit(0 if all(one["is_good"] for one in found.values()) else 1)


def measure(case: Case, listeners: int, seconds: int, runs: int) -> dict[str, Any]:
    """Run one case in a folder and a database of its own, several times, and take the median of each figure."""
    with tempfile.TemporaryDirectory() as home, postgres() if case.is_postgres else nullcontext("") as address:
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "CONVENOR_HOME": home,
            "CONVENOR_DATABASE_URL": address or f"sqlite:///{home}/convenor.sqlite3",
            "CONVENOR_HOSTS": "127.0.0.1",
        }
        for words in (["setup"], ["example", "--proposals", "30"]):
            subprocess.run(
                [sys.executable, "-m", "convenor.config", *words],
                env=environment,
                check=True,
                stderr=subprocess.DEVNULL,
            )
        answers = []
        for _run in range(runs):
            load = os.getloadavg()[0]
            with server(case.processes, environment) as (port, pid), proxy(port, case.asking) as proxy_port:
                wanted = {"slow": case.slow, "asking": case.asking, "listeners": listeners, "seconds": seconds}
                wanted["under_way"] = int(case.under_way)
                plan = made({**wanted, "port": port, "proxy_port": proxy_port, "server": pid}, environment)
                done = subprocess.run(
                    [sys.executable, str(ROOT / "bench/live_listeners.py")],
                    input=json.dumps(plan), capture_output=True, text=True, check=False,
                )  # fmt: skip
                if done.returncode:
                    sys.exit(done.stderr)
                memory = resident_mb(pid)
            answers.append({**json.loads(done.stdout), "load_before": round(load, 1), "server_mb": memory})
    middle = {name: statistics.median(one[name] for one in answers) for name in answers[0]}
    aimed = middle["p95_ms"] < AIM_P95_MS
    whole = all(one["not_at_the_last_number_in_the_end"] + one["lost"] == 0 for one in answers)
    return {"title": case.title, "runs": answers, "median": middle, "is_good": aimed and whole}


@contextmanager
def postgres() -> Iterator[str]:
    """Start a PostgreSQL as the tests do."""
    from tools.run_tests import postgres as started

    with started() as address:
        yield address


@contextmanager
def server(processes: int, environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Run the server as it is run for people, without the worker."""
    port = free_port()
    words = ["serve", "--port", str(port), "--without-worker", "--processes", str(processes)]
    process = subprocess.Popen(
        [sys.executable, "-m", "convenor.config", *words], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def proxy(port: int, asking: int) -> Iterator[int]:
    """Put a proxy before the server that hands an answer on when it is whole."""
    if not asking:
        yield 0
        return
    here = free_port()
    process = subprocess.Popen([sys.executable, __file__, "as-proxy", str(here), str(port)])
    try:
        wait_for(here)
        yield here
    finally:
        process.terminate()
        process.wait(5)


async def hold_back(here: int, port: int) -> None:
    """Be that proxy: read the request, ask the server, read its answer to the end, hand it on."""

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            up, down = await asyncio.open_connection("127.0.0.1", port)
            down.write(head.replace(b"\r\n\r\n", b"\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n"))
            reading = asyncio.ensure_future(up.read())
            leaving = asyncio.ensure_future(reader.read())
            await asyncio.wait([reading, leaving], return_when=asyncio.FIRST_COMPLETED)
            if reading.done():
                writer.write(reading.result())
            down.close()
            writer.close()
        except (OSError, asyncio.IncompleteReadError):
            writer.close()

    async with await asyncio.start_server(one, "127.0.0.1", here, backlog=1000) as running:
        await running.serve_forever()


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until somebody listens."""
    for _attempt in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("the server did not listen within a minute")


def made(wanted: dict[str, int], environment: dict[str, str]) -> dict[str, Any]:
    """Make sessions for those with an account, and write the plan for the listeners; in a process of its own."""
    words = [sys.executable, __file__, "as-planner"]
    done = subprocess.run(
        words, env=environment, input=json.dumps(wanted), check=True, stdout=subprocess.PIPE, text=True
    )
    return dict(json.loads(done.stdout))


def plan(wanted: dict[str, int]) -> dict[str, Any]:
    """Write the plan: who follows which address with which head, what is changed by whom."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "convenor.config.settings"
    import django

    django.setup()
    from django.test import Client
    from django.urls import reverse

    from convenor.meetings.models import Meeting
    from convenor.people.models import Person, RoleTerm
    from convenor.people.roles import Role

    meeting = Meeting.objects.select_related("cycle__forum").get(cycle__forum__is_example=True)
    if wanted["under_way"]:
        begin(meeting)
    doubt = meeting.doubts.filter(settled_at=None).earliest("pk")

    def session(person: Person) -> str:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return f"Cookie: sessionid={client.cookies['sessionid'].value}; csrftoken={'a' * 32}\r\n"

    secretary = RoleTerm.objects.filter(role=Role.SECRETARIAT).select_related("person").earliest("pk").person
    port, listeners = wanted["port"], wanted["listeners"]
    plain = Person.objects.create(name="Reader of the measurement", email=f"reader-{port}@example.org")
    with_account = [session(plain) for _number in range(listeners // 4)]
    url, number = followed(port, meeting.get_absolute_url(), "")
    theirs, _number = followed(port, meeting.get_absolute_url(), with_account[0])
    acts = ("settle", "reopen")
    return {
        **wanted, "number": number, "url": url,
        "groups": [
            {"url": url, "heads": [""] * (listeners - len(with_account)), "is_slow": False},
            {"url": theirs, "heads": with_account, "is_slow": False},
            {"url": url, "heads": [""] * wanted["slow"], "is_slow": True},
        ],
        "asking_heads": [""] * wanted["asking"],
        "secretary": f"{session(secretary)}X-CSRFToken: {'a' * 32}\r\n",
        "changes": [reverse(f"meetings:{act}", args=(*meeting.cycle.address, meeting.slug, doubt.pk)) for act in acts],
    }  # fmt: skip


def begin(meeting: Any) -> None:
    """Hold the meeting's first day today: it was opened half an hour ago, the second item is being treated."""
    from datetime import UTC, datetime, timedelta
    from functools import partial

    from convenor.meetings.floor import items
    from convenor.meetings.floor_actions import open_day, steer
    from convenor.meetings.models import Item
    from convenor.people.models import Person

    now, chair, day = datetime.now(UTC), Person.objects.earliest("pk"), meeting.days.all()[0]
    meeting.cycle.stands_at = None
    meeting.cycle.save()
    for later in meeting.days.all():
        later.date = now.date() + timedelta(days=later.order)
        later.save()
    entry = open_day(meeting, day, by=chair, at=now - timedelta(minutes=30), expected=0)
    for at, item in enumerate(Item.objects.filter(block__day=day, parent=None).order_by("block__order", "order")[:2]):
        step, moment = partial(items.take_up, item=f"i{item.pk}"), now - timedelta(minutes=30 - 12 * at)
        entry = steer(meeting, step, by=chair, at=moment, expected=entry.sequence)


def followed(port: int, path: str, head: str) -> tuple[str, int]:
    """Read from the page what it follows, and from which number on."""
    import re
    from html import unescape
    from urllib.request import Request, urlopen

    headers = dict([head.strip().split(": ", 1)]) if head else {}
    with urlopen(Request(f"http://127.0.0.1:{port}{path}", headers=headers)) as answer:
        found = re.search(r'data-follows="([^"]*)" data-at="(\d+)"', answer.read().decode())
    if found is None:
        sys.exit(f"{path} follows nothing")
    return unescape(found[1]), int(found[2])


def resident_mb(pid: int) -> float:
    """Give the memory of a process and its children in MB; 0 where the system does not tell."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
        pages = [int(Path(f"/proc/{one}/statm").read_text("utf-8").split()[1]) for one in (pid, *children)]
    except OSError:
        return 0.0
    return round(sum(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


def table(case: Case, found: dict[str, Any]) -> str:
    """Lay one case out, each run and the median."""
    lines = [f"\n{case.title} (aim: p95 < {AIM_P95_MS} ms, nobody behind in the end)"]
    for name in (*FIELDS, "server_mb", "load_before"):
        values = "".join(f"{one[name]:>10}" for one in found["runs"])
        median = f"{found['median'][name]:>10}" if len(found["runs"]) > 1 else ""
        lines.append(f"  {name.replace('_', ' '):42}{values}{median}")
    return "\n".join(lines)


if __name__ == "__main__":
    if sys.argv[1:2] == ["as-proxy"]:
        asyncio.run(hold_back(int(sys.argv[2]), int(sys.argv[3])))
    elif sys.argv[1:2] == ["as-planner"]:
        print(json.dumps(plan(json.load(sys.stdin))))
    else:
        main()
