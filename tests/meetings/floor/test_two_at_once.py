"""Two connections to one database, and many clients of it: one order, advanced once."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from convenor.meetings import floor_log
from convenor.meetings.floor import Channel, Entry, Wish, fold, items, turns
from convenor.meetings.floor_actions import ask_for_floor, open_day, steer
from convenor.meetings.floor_log import append, entries_of, first_fault, state_of
from convenor.meetings.floor_models import FloorEntry
from convenor.meetings.models import Meeting
from convenor.people.models import Person
from convenor.shared.errors import Refused
from tests.meetings.conftest import NOW
from tests.meetings.floor.clients import COUNTED, Clients, Message
from tests.meetings.floor.making import SETTING

ROOT = Path(__file__).resolve().parents[3]
PROOF = bool(os.environ.get("CONVENOR_PROOF"))
CLICK = """
import sys, django; django.setup()
from datetime import datetime, timedelta, UTC
from convenor.meetings.floor import turns
from convenor.meetings.floor_actions import steer
from convenor.meetings.floor_log import state_of
from convenor.meetings.models import Meeting
from convenor.people.models import Person
from convenor.shared.errors import Refused
meeting, chair, expected = Meeting.objects.get(), Person.objects.first(), int(sys.argv[1])
print("ready", flush=True); sys.stdin.readline()
try:
    steer(meeting, turns.call_next, by=chair, at=datetime(2017, 6, 12, 8, 5, tzinfo=UTC), expected=expected)
    print("advanced")
except Refused as sentence:
    print(sentence)
"""
PREPARE = """
import django; django.setup()
from datetime import date, datetime, UTC
from functools import partial
from importlib.resources import files
from convenor.cycle.models import Cycle, Forum, RuleSet
from convenor.meetings.actions import hand_in, make_meeting
from convenor.meetings.floor import Channel, Wish, items
from convenor.meetings.floor_actions import ask_for_floor, open_day, steer
from convenor.meetings.floor_log import setting_of, state_of
from convenor.people.models import Person
at = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
chair = Person.objects.create(email="chair@example.org", name="Example Chair")
rules = RuleSet.objects.create(name="Rules", data={})
forum = Forum.objects.create(slug="igf", name="Forum")
cycle = Cycle.objects.create(forum=forum, slug="2017", name="2017", place="Geneva", zone="UTC",
    starts_on=date(2017, 12, 18), ends_on=date(2017, 12, 21), rule_set=rules)
seed = files("convenor.example").joinpath("data/seed_agenda.txt").read_text("utf-8")
june = make_meeting(hand_in(seed, by=chair, at=at), into=cycle, title="June", zone="UTC", by=chair, at=at, slug="june")
open_day(june, june.days.all()[0], by=chair, at=at, expected=0)
item = setting_of(june, state_of(june), at=at).items[0]
steer(june, partial(items.take_up, item=item), by=chair, at=at, expected=1)
for name in ("Ana", "Ben", "Cem"):
    person = Person.objects.create(email=f"{name}@example.org", name=name)
    ask_for_floor(june, by=person, at=at, wish=Wish.INTERVENTION, seat=Channel.ROOM)
print(state_of(june).mark)
"""
READ = """
import django; django.setup()
from convenor.meetings.floor_log import first_fault, state_of
from convenor.meetings.models import Meeting
meeting = Meeting.objects.get()
state = state_of(meeting)
print(state.sequence, len(state.turns), state.turn is not None, first_fault(meeting))
"""


@pytest.mark.slow
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="makes a SQLite file of its own; the test below is a server's"
)
def test_two_processes_that_click_next_at_once_advance_once_on_sqlite(
    tmp_path: Path, django_db_setup: None, migrated: Path
):
    shutil.copy(migrated, tmp_path / "two.sqlite3")
    told = {
        "CONVENOR_HOME": str(tmp_path),
        "CONVENOR_DATABASE_URL": f"sqlite:///{tmp_path / 'two.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "convenor.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }

    def start(program: str, *words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", program, *words]
        return subprocess.Popen(
            command, env={**os.environ, **told}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    mark = start(PREPARE).communicate()[0].split()[-1]
    clicks = [start(CLICK, mark) for _ in range(2)]
    for click in clicks:
        assert click.stdout
        assert click.stdout.readline() == "ready\n"
    for click in clicks:
        assert click.stdin
        click.stdin.write("\n")
        click.stdin.flush()
    said = sorted(click.communicate()[0].strip().split(".")[0] for click in clicks)

    assert said == ["The floor has been given to somebody meanwhile", "advanced"]
    assert start(READ).communicate()[0].split() == ["6", "0", "True", "None"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="needs a server: on SQLite the test above counts")
@pytest.mark.django_db(transaction=True)
def test_two_connections_that_click_next_at_once_advance_once_on_postgresql(
    june: Meeting, chair: Person, somebody: Callable[..., Person]
):
    open_day(june, june.days.all()[0], by=chair, at=NOW, expected=0)
    item = floor_log.setting_of(june, state_of(june), at=NOW).items[0]
    steer(june, partial(items.take_up, item=item), by=chair, at=NOW, expected=1)
    for name in ("Ana", "Ben", "Cem", "Dee"):
        ask_for_floor(june, by=somebody(name), at=NOW, wish=Wish.INTERVENTION, seat=Channel.ROOM)
    together, said = Barrier(4), list[str]()

    def click() -> None:
        together.wait()
        try:
            steer(june, turns.call_next, by=chair, at=NOW, expected=2)
            said.append("advanced")
        except Refused as sentence:
            said.append(str(sentence).split(".", maxsplit=1)[0])
        finally:
            connection.close()

    threads = [Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) == [*["The floor has been given to somebody meanwhile"] * 3, "advanced"]
    assert ([entry.sequence for entry in entries_of(june)], first_fault(june)) == ([1, 2, 3, 4, 5, 6, 7], None)


@pytest.mark.django_db
def test_a_state_of_something_undone_is_not_taken_for_the_logs(june: Meeting, chair: Person):
    from django.db import transaction

    with transaction.atomic():
        open_day(june, june.days.all()[0], by=chair, at=NOW, expected=0)
        assert state_of(june).sequence == 1
        transaction.set_rollback(True)

    assert state_of(june).sequence == 0
    open_day(june, june.days.all()[1], by=chair, at=NOW, expected=0)
    assert state_of(june) == fold(entries_of(june))


@pytest.mark.django_db
def test_a_process_reads_only_what_came_since(
    june: Meeting, chair: Person, django_assert_num_queries: Callable[..., object]
):
    open_day(june, june.days.all()[0], by=chair, at=NOW, expected=0)
    state = state_of(june)

    with django_assert_num_queries(1) as asked:  # type: ignore[attr-defined]  # a context manager
        assert state_of(june) == state
    assert '"sequence" >= 1' in asked.captured_queries[0]["sql"]


class InDatabase:
    """A log in the database, with the agenda of the tests in memory."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        FloorEntry.objects.filter(meeting=meeting).delete()

    def send(self, message: Message, at: datetime) -> Entry:
        """Enter a message."""
        row, _is_new = append(
            self.meeting, message.step, by=message.by, at=at, channel=Channel.ONLINE, expected=message.expected,
            token=message.token,
        )  # fmt: skip
        return entries_of(self.meeting, after=row.sequence - 1)[0]

    def entries(self) -> list[Entry]:
        """Give the log; what the process keeps of it says the same."""
        entries = entries_of(self.meeting)
        assert state_of(self.meeting) == fold(entries)
        return entries


@pytest.mark.slow
@pytest.mark.django_db
def test_many_clients_of_the_database_see_one_order(june: Meeting, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(floor_log, "setting_of", lambda *_where, **_when: SETTING)

    class OfTheDatabase(Clients):
        def make_server(self) -> InDatabase:
            return InDatabase(june)

    before = COUNTED.total()
    run_state_machine_as_test(  # type: ignore[no-untyped-call]  # Hypothesis
        OfTheDatabase,
        settings=settings(
            max_examples=12 if PROOF else 5,
            stateful_step_count=30 if PROOF else 10,
            deadline=None,
            derandomize=not PROOF,
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert first_fault(june) is None
    assert COUNTED.total() - before >= (1_000 if PROOF else 100)
