"""What may stand open in the chain of the journal: numbers, days, codes and marked words; never what somebody typed.

`tests/conftest.py` asks this after every test that uses the database, so that every action that any test carries out
is looked at.
"""

import re
from collections.abc import Iterable, Iterator

from convenor.people.models import Invitation, Person
from convenor.shared.journal.chain import WORD
from convenor.shared.journal.models import Entry

OPEN = re.compile(
    r"""[…–]                                     # an end that is left open, a time without end
    | \d+ | \d{4}-\d\d-\d\d                    # a number, a day
    | \d{4}-\d\d-\d\d\ \d\d:\d\d\ \S+          # a deadline
    | [0-9a-f]{16,64}                          # a digest
    | [a-z]{2,3}(-[a-z0-9]{2,8})*              # a language
    | \d+\.\w+(\ \d+\.\w+)*                    # places of texts that were erased
    """,
    re.VERBOSE,
)


def faults(entries: Iterable[Entry]) -> Iterator[str]:
    """Say what stands open in entries and should be sealed."""
    rows = list(entries)
    names = known_names() if rows else frozenset()
    for entry in rows:
        for key, value in entry.values.items():
            if isinstance(value, str) and not key.endswith(WORD) and not OPEN.fullmatch(value):
                yield f"{entry.verb}: “{key}” holds “{value}”. Hand it over as `private`, with `typed` or `Private`."
        said = f"{entry.template} {entry.values}".casefold()
        yield from (f"{entry.verb} names {name} in its chain." for name in names if name in said)


def known_names() -> frozenset[str]:
    """Give the full names and the addresses of everybody; a single word may mean anything."""
    rows = [*Person.objects.values_list("name", "email"), *Invitation.objects.values_list("name", "email")]
    words = {word.casefold() for row in rows for word in row if word}
    return frozenset(word for word in words if " " in word.strip() or "@" in word)
