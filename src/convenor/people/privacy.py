"""What the house holds about a person: every part registers its holdings, so that one can be read out and erased whole.

A part registers in its `apps.ready()`:

    privacy.register(
        Holding(
            "conflicts",
            _("Conflicts of interest"),
            _("Stay without your name and without the reason: …"),
            find=lambda person: person.conflicts.all(),
            paths=("proposal__title", "reason"),
            erase=emptied(reason=""),
            covers=("evaluation.conflict.member",),
        )
    )

`tests/people/privacy/test_coverage.py` walks every table and fails where a column about people is in no holding.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Field, Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from convenor.people.models import Person

Words = str | Promise
Rows = QuerySet[Any, Any]
Plain = str | int | float | bool | list[Any] | dict[str, Any] | None
STAYS_WITHOUT_WHO = _("Stay, because others rely on them, but no longer say that it was you.")
GOES = _("Go.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an erasure did with the rows of a holding: how many went, how many stay without the person."""

    gone: int = 0
    kept: int = 0


Erase = Callable[[Rows, datetime], Outcome]


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of rows about people.

    Args:
        kind: names its file in the download, and nothing else has it.
        title: what the rows are.
        fate: what erasing does with them and why, as the person reads it before.
        find: gives the rows about a person.
        paths: the columns that the download gives; later ones may lead over foreign keys.
        erase: takes the person out of the rows. The account itself comes last and is not its matter.
        covers: the columns about people that this answers for, as `app.model.column`.
    """

    kind: str
    title: Words
    fate: Words
    find: Callable[[Person], Rows]
    paths: tuple[str, ...]
    erase: Erase
    covers: tuple[str, ...]

    def rows(self, person: Person) -> list[dict[str, Plain]]:
        """Give the rows about a person as plain data, in the order they were made."""
        found = self.find(person).order_by("pk").values(*self.paths)
        return [{key.replace("__", "_"): _plain(value) for key, value in row.items()} for row in found]

    def labels(self) -> dict[str, str]:
        """Name the columns in the reader's language, as far as the models name them."""
        model = self.find(Person()).model
        return {path.replace("__", "_"): _label(model, path) for path in self.paths}


HOLDINGS: dict[str, Holding] = {}


def register(*holdings: Holding) -> None:
    """Add holdings; registering again replaces, so that a reload does no harm."""
    HOLDINGS.update({one.kind: one for one in holdings})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what is shown before an erasure, and on the page of one's data."""

    title: Words
    fate: Words
    count: int


def lines(person: Person) -> list[Line]:
    """Say what is held about a person and what erasing would do with it; one query per kind, empty kinds left out."""
    counted = [(one, one.find(person).count()) for one in HOLDINGS.values()]
    return [Line(one.title, one.fate, count) for one, count in counted if count]


def goes(rows: Rows, _at: datetime) -> Outcome:
    """Delete the rows."""
    return Outcome(gone=rows.delete()[0])


def stays(rows: Rows, _at: datetime) -> Outcome:
    """Leave the rows; they point at what is left of the person, which names nobody."""
    return Outcome(kept=rows.count())


def emptied(**values: object) -> Erase:
    """Make an erasure that keeps the rows and sets some of their columns."""
    return lambda rows, _at: Outcome(kept=rows.update(**values))


def acts(kind: str, title: Words, model: type[Model], key: str, *paths: str) -> Holding:
    """Make the holding of what somebody did: rows that stay and forget who made or changed them."""
    return Holding(
        kind,
        title,
        STAYS_WITHOUT_WHO,
        find=lambda person: model._base_manager.filter(**{key: person.pk}),
        paths=paths,
        erase=emptied(**{key: None}),
        covers=(f"{model._meta.label_lower}.{key}",),
    )


def covered() -> Iterable[str]:
    """Give every column that some holding answers for."""
    return (column for one in HOLDINGS.values() for column in one.covers)


def _plain(value: object) -> Plain:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, str | int | float | bool | list | dict) or value is None:
        return value
    raise TypeError(f"a holding gives a {type(value).__name__}, which no file of the download can hold")


def _label(model: type[Model], path: str) -> str:
    """Name a column by its own name and, where it stands in another table, by that of the way there."""
    names = []
    for step in path.split("__"):
        field = model._meta.get_field(step)
        names.append(str(field.verbose_name) if isinstance(field, Field) else step)
        model = field.related_model if field.is_relation and isinstance(field.related_model, type) else model
    return ", ".join(names)
