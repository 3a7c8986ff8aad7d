"""The database's own guard: what is written stays, whoever asks, until the forum goes."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from convenor.shared.journal import Private, record, triggers
from convenor.shared.journal.models import Entry, JournalPayload, Removal

AT = datetime(2017, 6, 12, 10, 14, tzinfo=UTC)


class Editor:
    """What a migration hands to its functions, as far as they ask."""

    connection = connection


@pytest.fixture
def guarded(db: None) -> Iterator[None]:
    """Set the triggers for one test."""
    triggers.forward(None, Editor)
    yield
    triggers.backward(None, Editor)


def write(scope: str) -> Entry:
    """Write an entry that names somebody."""
    private = {"name": Private("Amina Diallo")}
    return record(scope=scope, verb="a.b", at=AT, template="%(name)s", private=private)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE shared_entry SET verb = 'x'",
        "DELETE FROM shared_entry",
        "UPDATE shared_journalpayload SET text = 'x'",
    ],
)
def test_a_statement_that_changes_the_journal_is_refused(guarded: None, statement: str):
    write("igf/2017")
    JournalPayload.objects.all().erase()
    write("igf/2017")

    with (
        pytest.raises(DatabaseError, match="the journal is added to and never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert [entry.verb for entry in Entry.objects.all()] == ["a.b", "a.b"]
    assert [text.text for text in JournalPayload.objects.all()] == ["Amina Diallo"]


def test_a_forums_journal_goes_with_it_and_no_other(guarded: None):
    write("igf/2017")
    write("local/2027")

    Entry.objects.remove(["igf/2017"])

    assert [entry.scope for entry in Entry.objects.all()] == ["local/2027"]
    assert not Removal.objects.exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        QuerySet(Entry).filter(scope="local/2027").delete()


def test_triggers_can_be_set_again_and_taken_away(guarded: None):
    triggers.forward(None, Editor)
    triggers.backward(None, Editor)
    triggers.backward(None, Editor)
    write("igf/2017")

    assert QuerySet(Entry).update(verb="x") == 1
    triggers.forward(None, Editor)
