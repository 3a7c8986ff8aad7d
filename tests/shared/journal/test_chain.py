"""The journal's chain: numbering, digests, what breaks it, and how it is said."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import translation

from convenor.cycle.models import Cycle
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.journal import Verdict, record, sentence, verify
from convenor.shared.journal.chain import START
from convenor.shared.journal.models import Entry

AT = datetime(2017, 6, 12, 10, 14, tzinfo=UTC)


def write(scope: str = "igf/2017", **changes: object) -> Entry:
    """Write an entry of the tests."""
    told: dict[str, object] = {
        "scope": scope,
        "verb": "agenda.adopted",
        "at": AT,
        "template": "Item %(item)s is taken after item %(after)s.",
        "values": {"item": 2, "after": 5},
    }
    return record(**{**told, **changes})  # type: ignore[arg-type]  # the tests hand in wrong values, too


@pytest.mark.django_db
def test_entries_are_numbered_per_scope():
    write("igf/2017")
    write("local/2027")
    write("igf/2017")

    assert list(Entry.objects.values_list("scope", "number")) == [("igf/2017", 1), ("igf/2017", 2), ("local/2027", 1)]


@pytest.mark.django_db
def test_the_digest_is_that_of_the_documented_content():
    entry = write()

    content = (
        f'[2,"{START}","igf/2017",1,"2017-06-12T10:14:00.000000+00:00","","agenda.adopted",'
        '"Item %(item)s is taken after item %(after)s.",{"after":5,"item":2},"",null,{}]'
    )
    assert entry.digest == sha256(content.encode()).hexdigest()


def test_actor_and_subject_are_keys_and_never_names(cycle: Cycle, person_as: Callable[[Role], Person]):
    chair = person_as(Role.CHAIR)

    entry = write(actor=chair, subject=cycle)

    assert (entry.actor, entry.subject_kind, entry.subject_id) == (str(chair.key), "cycle.cycle", cycle.pk)


@pytest.mark.django_db
def test_a_whole_chain_is_said_to_be_whole():
    write()
    last = write()

    assert verify("igf/2017") == Verdict("igf/2017", 2, last.digest)
    assert verify("nobody/here") == Verdict("nobody/here", 0, START)


@pytest.mark.django_db
def test_the_chain_holds_after_a_round_trip_of_awkward_values():
    write(values={"item": 'Ünïcödé "quoted" \u202e <b>', "after": 4.055})
    write(at=datetime.fromisoformat("2017-06-12T10:14:00.123456+14:00"))

    assert verify("igf/2017").is_whole


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"values": {"item": 3, "after": 5}}, "its content was changed after it was written"),
        ({"at": datetime(2017, 6, 12, 10, 15, tzinfo=UTC)}, "its content was changed after it was written"),
        ({"actor": "p7"}, "its content was changed after it was written"),
        ({"previous": "0" * 64}, "it does not follow the entry before it"),
    ],
)
def test_a_changed_row_is_named(change: dict[str, object], reason: str):
    first = write()
    second = write()
    write()
    QuerySet(Entry).filter(pk=second.pk).update(**change)

    assert verify("igf/2017") == Verdict("igf/2017", 1, first.digest, bad_number=2, reason=reason)


@pytest.mark.django_db
def test_a_removed_row_is_named_by_the_one_after_it():
    first = write()
    removed, last = write(), write()
    QuerySet(Entry).filter(pk=removed.pk).delete()
    assert last.number == 3

    assert verify("igf/2017") == Verdict("igf/2017", 1, first.digest, bad_number=3, reason="entry 2 is missing")


@pytest.mark.django_db
def test_a_rewritten_tail_without_the_chain_is_found():
    first = write()
    forged = write()
    QuerySet(Entry).filter(pk=forged.pk).update(values={"item": 9, "after": 1}, digest="f" * 64)

    assert verify("igf/2017").bad_number == 2
    assert verify("igf/2017").digest == first.digest


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"values": {"item": 2}},
        {"values": {"item": [2], "after": 5}},
        {"values": {"item": 2, "after": None}},
        {"template": " "},
        {"at": datetime(2017, 6, 12, 10, 14)},  # noqa: DTZ001 - the missing zone is the point
    ],
)
def test_an_entry_that_could_not_be_read_is_refused(wrong: dict[str, object]):
    with pytest.raises(ValueError, match=r"journal|filled"):
        write(**wrong)

    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_a_sentence_is_filled_and_marked_words_are_translated():
    entry = write(template="“%(phase_word)s” ends on %(day)s.", values={"phase_word": "Arabic", "day": "2017-05-03"})

    assert sentence(entry) == "“Arabic” ends on 2017-05-03."
    with translation.override("fr"):
        assert sentence(entry) == "“Arabe” ends on 2017-05-03."


def test_a_name_that_runs_against_the_sentence_is_isolated():
    entry = Entry(template="“%(name)s” was started.", values={"name": "منتدى\u202e"})

    assert sentence(entry) == "“\u2068منتدى\u2069” was started."
    with translation.override("ar"):
        assert sentence(entry) == "“منتدى” was started."


def test_a_row_with_broken_values_still_shows():
    assert sentence(Entry(template="%(count)s proposals", values={})) == "%(count)s proposals"


WRITER = """
import sys
from datetime import UTC, datetime
import django
django.setup()
from django.db import connection
from django.db.models import QuerySet
from convenor.shared.journal import record, verify
from convenor.shared.journal.models import Entry, JournalPayload
if sys.argv[1] == "table":
    with connection.schema_editor() as editor:
        editor.create_model(Entry)
        editor.create_model(JournalPayload)
elif sys.argv[1] == "write":
    for _ in range(25):
        record(scope="igf/2017", verb="test.written", template="A line.", at=datetime(2017, 6, 12, tzinfo=UTC))
else:
    print(verify("igf/2017").is_whole, *Entry.objects.values_list("number", flat=True))
"""


def test_two_processes_on_sqlite_get_two_numbers(tmp_path: Path):
    settings = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "convenor.config.settings",
        "CONVENOR_HOME": str(tmp_path),
        "CONVENOR_DATABASE_URL": f"sqlite:///{tmp_path}/journal.sqlite3",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }

    def start(role: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", WRITER, role]
        return subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, text=True)

    assert start("table").communicate()[0] == ""
    writers = [start("write"), start("write")]
    assert [writer.communicate()[0] for writer in writers] == ["", ""]
    assert [writer.returncode for writer in writers] == [0, 0]

    assert start("read").communicate()[0].split() == ["True", *map(str, range(1, 51))]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="needs a server: on SQLite the test above counts")
@pytest.mark.django_db(transaction=True)
def test_two_writers_on_postgresql_get_two_numbers():
    together = Barrier(4)

    def writer() -> None:
        together.wait()
        try:
            for _turn in range(5):
                write()
        finally:
            connection.close()

    threads = [Thread(target=writer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert list(Entry.objects.values_list("number", flat=True)) == list(range(1, 21))
    assert verify("igf/2017").is_whole
