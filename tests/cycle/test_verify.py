"""`convenor verify`: one line per journal, exit code 1 where one is broken."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import QuerySet

from convenor.cycle.models import Cycle
from convenor.shared.journal import record
from convenor.shared.journal.models import Entry

AT = datetime(2017, 6, 12, tzinfo=UTC)


def run(*words: str) -> tuple[str, str]:
    """Run the command; give what it printed and the error it ended with."""
    printed = StringIO()
    try:
        call_command("verify", *words, stdout=printed)
    except CommandError as error:
        return printed.getvalue(), str(error)
    return printed.getvalue(), ""


@pytest.fixture
def entries(cycle: Cycle) -> list[Entry]:
    """Give three entries of the year and one of the installation."""
    record(scope="", verb="test.written", template="A line.", at=AT)
    return [record(scope=cycle.scope, verb="test.written", template="A line.", at=AT) for _ in range(3)]


def test_whole_journals_are_said_to_be_whole(entries: list[Entry]):
    printed, error = run()

    assert (printed.splitlines()[1], error) == (f"igf/2017: 3 entries, whole, ends with {entries[-1].digest}", "")
    assert printed.splitlines()[0].startswith("installation: 1 entry, whole, ends with ")


def test_the_broken_row_is_named_and_the_command_fails(entries: list[Entry]):
    QuerySet(Entry).filter(pk=entries[1].pk).update(template="Another line.")  # as somebody with the database would

    assert run("--cycle", "igf/2017") == (
        "igf/2017: broken at entry 2: its content was changed after it was written; the 1 before it are whole\n",
        "1 of 1 journals do not hold: do not rely on what they say.",
    )


def test_an_unknown_year_is_one_sentence(entries: list[Entry]):
    assert run("--cycle", "igf/1999") == ("", "There is no year “igf/1999” here. Known: igf/2017.")
