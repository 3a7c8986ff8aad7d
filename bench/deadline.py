"""Measure the last minute of a call: `python bench/deadline.py [--quick] [--json] [--only NAME]`.

Five hundred proposers, each with a draft and an account of their own, save three texts and hand in during the last
sixty seconds, more of them the nearer the deadline is; twenty-five more come too late. The server is `convenor serve`
as it is run for people; the proposers are a process of their own (`bench/deadline_clients.py`), which says how late it
ran itself. Afterwards every acknowledged proposal is looked up and its text compared with what was sent, and nothing
may be stored that came after the deadline. Once more, the server is killed (SIGKILL) half a minute before the end and
started again; proposers try again with the same token, as the page does.
"""
# ruff: noqa: PLC0415 - Django is imported when it is set up

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.live import free_port, postgres, wait_for  # noqa: E402 - the line above makes them importable

AIM_P95_MS = 1000
PROCESSES = 2  # as many as the machine of the aim has cores
LATE = 25
FIELDS = (
    "proposers", "acknowledged", "stored", "lost", "with_another_text", "late_accepted", "late_refused", "not_answered",
    "tried_again", "save_p50_ms", "save_p95_ms", "save_p99_ms", "submit_p50_ms", "submit_p95_ms", "submit_p99_ms",
    "longest_ms", "own_lag_p99_ms", "requests", "load_before",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One way to measure."""

    name: str
    title: str
    is_postgres: bool = False
    is_killed: bool = False


CASES = (
    Case("sqlite", "SQLite, two processes"),
    Case("postgres", "PostgreSQL, two processes", is_postgres=True),
    Case("sqlite-killed", "SQLite, the server killed and started again", is_killed=True),
    Case("postgres-killed", "PostgreSQL, the server killed and started again", is_postgres=True, is_killed=True),
)


def main() -> None:
    """Measure and print; end with 1 if something was lost or late, or the aim was not reached."""
    parser = argparse.ArgumentParser(description="Measure the last minute of a call.")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--quick", action="store_true", help="50 proposers")
    parser.add_argument("--only", choices=[case.name for case in CASES], help="one case")
    parser.add_argument("--proposers", type=int, help="instead of 500 (50 with --quick)")
    options = parser.parse_args()
    proposers = options.proposers or (50 if options.quick else 500)
    found = {}
    for case in CASES:
        if options.only in (None, case.name):
            found[case.name] = measure(case, proposers)
            if not options.json:
                print(table(case, found[case.name]), flush=True)
    if options.json:
        print(json.dumps(found, indent=2))
    sys.exit(0 if all(one["is_good"] for one in found.values()) else 1)


def measure(case: Case, proposers: int) -> dict[str, Any]:
    """Run one case in a folder and a database of its own."""
    with tempfile.TemporaryDirectory() as home, postgres() if case.is_postgres else nullcontext("") as address:
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "CONVENOR_HOME": home,
            "CONVENOR_DATABASE_URL": address or f"sqlite:///{home}/convenor.sqlite3",
            "CONVENOR_HOSTS": "127.0.0.1",
        }
        words = [sys.executable, "-m", "convenor.config", "setup"]
        subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port, load = free_port(), os.getloadavg()[0]
        plan = django_part("as-planner", {"proposers": proposers, "late": LATE}, environment)
        with server(port, environment) as restart:
            plan = django_part("as-opener", plan, environment)
            if case.is_killed:
                threading.Timer(plan["closes_at"] - 30 - time.time(), restart).start()
            wanted = json.dumps({**plan, "port": port, "answers": f"{home}/answers.json"})
            done = subprocess.run(
                [sys.executable, str(ROOT / "bench/deadline_clients.py")],
                input=wanted, capture_output=True, text=True, check=False,
            )  # fmt: skip
            if done.returncode:
                sys.exit(done.stderr)
        answers = json.loads(Path(home, "answers.json").read_text("utf-8"))
        checked = django_part("as-checker", {**plan, "acknowledged": answers.pop("texts")}, environment)
    found = {**answers, **checked, "proposers": proposers, "load_before": round(load, 1)}
    is_whole = not (found["lost"] or found["with_another_text"] or found["late_accepted"] or found["not_answered"])
    is_fast = case.is_killed or found["submit_p95_ms"] < AIM_P95_MS
    return {**found, "is_good": is_whole and is_fast and found["acknowledged"] == proposers}


@contextmanager
def server(port: int, environment: dict[str, str]) -> Iterator[Any]:
    """Run the server as it is run for people, without the worker; give what kills it and starts it again."""
    words = ["serve", "--port", str(port), "--without-worker", "--processes", str(PROCESSES)]

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "convenor.config", *words],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    running = [start()]

    def restart() -> None:
        os.killpg(running[-1].pid, signal.SIGKILL)
        running[-1].wait()
        running.append(start())

    try:
        wait_for(port)
        yield restart
    finally:
        os.killpg(running[-1].pid, signal.SIGTERM)
        running[-1].wait(20)


def django_part(name: str, wanted: dict[str, Any], environment: dict[str, str]) -> dict[str, Any]:
    """Do something with the database, in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, name],
        env=environment, input=json.dumps(wanted), check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def plan(wanted: dict[str, Any]) -> dict[str, Any]:
    """Make a year with its rules, and proposers with a session and a draft that lacks only what they will write."""
    from django.urls import reverse

    from convenor.people.models import Organisation, Person

    cycle, number = year(), wanted["proposers"] + wanted["late"]
    people = [Person(name=f"Proposer {n}", email=f"proposer{n}@example.org", password=f"!{n}") for n in range(number)]
    speakers = [Person(name=f"Speaker {n}", email=f"speaker{n}@example.org", password=f"!s{n}") for n in range(number)]
    bodies = [Organisation(name=f"Organisation {n}", country="KE", group="civ") for n in range(number)]
    Person.objects.bulk_create([*people, *speakers])
    Organisation.objects.bulk_create(bodies)
    drafts = begun(cycle, people, bodies, speakers)
    return {
        **wanted,
        "cycle": cycle.pk,
        "kind": cycle.rules.kinds[0].code,
        "clients": [
            {
                "key": draft.pk,
                "session": session_of(person),
                "form": reverse("proposals:draft", args=("measured", "year", draft.pk)),
                "submit": reverse("proposals:submit", args=("measured", "year", draft.pk)),
            }
            for draft, person in zip(drafts, people, strict=True)
        ],
    }


def year() -> Any:
    """Make a year without a grace."""
    from datetime import date

    from convenor.cycle.models import Cycle, Forum, RuleSet

    data = json.loads((ROOT / "src/convenor/cycle/presets/igf-2017.json").read_text("utf-8"))
    data["limits"] |= {"grace_minutes": 0}
    rules = RuleSet.objects.create(name="Rules of the measurement", data=data)
    forum = Forum.objects.create(slug="measured", name="Forum of the measurement")
    return Cycle.objects.create(
        forum=forum, slug="year", name="Year of the measurement", zone="UTC", rule_set=rules,
        starts_on=date(2100, 1, 1), ends_on=date(2100, 1, 3),
    )  # fmt: skip


def begun(cycle: Any, people: list[Any], bodies: list[Any], speakers: list[Any]) -> list[Any]:
    """Begin a draft for everybody: all is there but title and description."""
    from convenor.proposals.drafting.models import Draft
    from convenor.proposals.models import Contributor, Part, Proposal

    drafts = Proposal.objects.bulk_create(
        Proposal(
            cycle=cycle, kind=cycle.rules.kinds[0].code, owner=person, organisation=body, minutes=90, format="panel"
        )
        for person, body in zip(people, bodies, strict=True)
    )
    known = {
        "theme": "access", "format": "panel", "minutes": 90, "issue": "Who pays.", "policy-questions": ["Who pays?"],
        "expected-outcomes": "A list.", "online-participation": "Through a hub.", "session-agenda": "Talks.",
        "background-paper": "https://example.org/paper.pdf",
    }  # fmt: skip
    Draft.objects.bulk_create(
        Draft(proposal=draft, content={**known, "organisation": body.name})
        for draft, body in zip(drafts, bodies, strict=True)
    )
    parts = (Part.SPEAKER, Part.SPEAKER, Part.SPEAKER, Part.MODERATOR, Part.ONLINE_MODERATOR, Part.RAPPORTEUR)
    Contributor.objects.bulk_create(
        Contributor(proposal=draft, person=speakers[(n * 7 + place) % len(speakers)], part=part, order=place)
        for n, draft in enumerate(drafts)
        for place, part in enumerate(parts)
    )
    return drafts


def session_of(person: Any) -> str:
    """Sign somebody in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from convenor.people.sessions import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def open_call(wanted: dict[str, Any]) -> dict[str, Any]:
    """State the deadline: the next minute that leaves five quarters of one."""
    from datetime import UTC, datetime, timedelta

    from convenor.proposals.call_models import Call, CallDeadline

    now = datetime.now(UTC)
    closes_at = (now + timedelta(seconds=75)).replace(second=0, microsecond=0) + timedelta(minutes=1)
    last = closes_at - timedelta(minutes=1)
    call = Call.objects.create(
        cycle_id=wanted["cycle"], kind=wanted["kind"], on=now.date() - timedelta(days=1), clock=now.time(), zone="UTC"
    )
    CallDeadline.objects.create(call=call, on=last.date(), clock=last.time(), zone="UTC", set_at=now)
    return {**wanted, "closes_at": closes_at.timestamp()}


def check(wanted: dict[str, Any]) -> dict[str, Any]:
    """Compare what was acknowledged with what is stored, and look for what came too late."""
    from datetime import UTC, datetime

    from convenor.proposals.drafting.models import Version
    from convenor.proposals.models import Proposal, State
    from convenor.shared.journal import verify
    from convenor.shared.mail.models import Mail

    rows = {row.pk: row for row in Proposal.objects.filter(state=State.SUBMITTED).select_related("cycle__forum")}
    closes_at = datetime.fromtimestamp(wanted["closes_at"], UTC)
    sent: dict[int, list[str]] = {int(key): texts for key, texts in wanted["acknowledged"].items()}
    versions = {one.proposal_id: one for one in Version.objects.filter(why="submitted")}
    mails = list(Mail.objects.filter(kind="proposals.receipt").values_list("text", flat=True))
    wrong = [
        key
        for key, (title, summary) in sent.items()
        if key in rows and not ((rows[key].title, rows[key].summary) == (title, summary) == _of(versions[key]))
    ]
    numbers = sorted(row.number for row in rows.values() if row.number)
    in_mails = sum(any(title in text for text in mails) for title, _summary in sent.values())
    is_chained = not rows or verify(next(iter(rows.values())).cycle.scope).is_whole
    return {
        "stored": len(rows),
        "lost": len(sent.keys() - rows.keys()) + len(sent) - in_mails + (numbers != list(range(1, len(rows) + 1))),
        "with_another_text": len(wrong) + (not is_chained),
        "late_accepted": sum(one.made_at >= closes_at for one in versions.values()),
    }


def _of(version: Any) -> tuple[str, str]:
    return version.content["title"], version.content["summary"]


def table(case: Case, found: dict[str, Any]) -> str:
    """Lay one case out."""
    lines = [f"\n{case.title} (aim: nothing lost or late, p95 of handing in < {AIM_P95_MS} ms)"]
    lines += [f"  {name.replace('_', ' '):42}{found[name]:>10}" for name in FIELDS]
    return "\n".join(lines)


if __name__ == "__main__":
    PARTS = {"as-planner": plan, "as-opener": open_call, "as-checker": check}
    if sys.argv[1:2] and sys.argv[1] in PARTS:
        os.environ["DJANGO_SETTINGS_MODULE"] = "convenor.config.settings"
        import django

        django.setup()
        print(json.dumps(PARTS[sys.argv[1]](json.load(sys.stdin))))
    else:
        main()
