"""What other parts tell somebody on their account page; they register in their `apps.ready()`, none is imported here.

from convenor.people import account_sections
account_sections.SECTIONS.append(owed)  # owed(person, on) -> Section(…), or None where there is nothing to tell
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from convenor.people.models import Person


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a section; the address is empty where there is no page for it."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the account page, in the reader's language."""

    title: str
    rows: Sequence[Row]


SECTIONS: list[Callable[[Person, date], Section | None]] = []


def sections_of(person: Person, *, on: date) -> list[Section]:
    """Give the sections that have something to tell; each contributor should cost one or two queries."""
    return [section for tell in SECTIONS if (section := tell(person, on)) is not None]
