"""From stored rows to their fates: nothing but the import itself is written here."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from convenor.cycle.rules import Rules
from convenor.proposals.importing.entries import Entry, Plan, read_row
from convenor.proposals.importing.fates import Fate, Planned, Shelf, plan_rows
from convenor.proposals.importing.fields import FIELDS
from convenor.proposals.importing.guessing import Guess, guess_values
from convenor.proposals.importing.models import Import, ImportMemory, ImportRow
from convenor.proposals.importing.vocabulary import vocabulary

ROWS_BETWEEN_NEWS = 250
MOST_SPELLINGS = 1_000  # of one kind in one file
Rows = Sequence[tuple[int, Sequence[str]]]
Spellings = Mapping[str, Mapping[str, Guess]]  # kind → spelling → what it was taken for


@dataclass(slots=True)
class Prepared:
    """The rows of an import, read; they are compared once."""

    plan: Plan
    spellings: Spellings
    entries: list[Entry]


@dataclass(slots=True)
class Checked:
    """The rows of an import with what becomes of each."""

    planned: list[Planned]
    spellings: Spellings
    counts: dict[str, int]


def rows_of(source: Import) -> Rows:
    """Give the stored rows in their order."""
    return list(source.rows.order_by("pk").values_list("number", "cells"))


def spellings_of(source: Import, rows: Rows, rules: Rules) -> Spellings:
    """Give what every spelling in a column of codes was taken for: as told for this file or the forum, or guessed."""
    words = vocabulary(rules)
    memory = ImportMemory.objects.filter(forum=source.cycle.forum).first()
    remembered = memory.codes if memory else {}
    found: dict[str, Mapping[str, Guess]] = {}
    for place, code in enumerate(source.columns):
        if code and (kind := FIELDS[code].kind):
            given = list(dict.fromkeys(cells[place] for _number, cells in rows if cells[place]))[:MOST_SPELLINGS]
            told = {**remembered.get(kind, {}), **source.codes.get(kind, {})}
            known = {spelling: code for spelling, code in told.items() if _is_there(kind, code, words)}
            found[kind] = guess_values(given, words[kind], known)
    return found


def _is_there(kind: str, code: str, words: Mapping[str, Mapping[str, str]]) -> bool:
    """Say whether a code that was told once is still one: rules change from year to year."""
    return not code or code in words[kind].values()


def plan_of(source: Import, spellings: Spellings, rules: Rules) -> Plan:
    """Give how the rows of an import are read."""
    otherwise = {"organisation": _("Not stated"), **source.otherwise}
    return Plan(
        columns=source.columns,
        codes={kind: {text: guess.code for text, guess in found.items()} for kind, found in spellings.items()},
        otherwise={**otherwise, "organisation": otherwise["organisation"] or _("Not stated")},
        lengths={one.code: one.minutes for one in rules.formats},
        required={one.code: rules.required_fields(one.code) for one in rules.formats},
        most_words=rules.description_words,
    )


def prepare(source: Import, tell: Callable[[float], None] = lambda _share: None) -> Prepared:
    """Read every stored row, without a lock: nothing is compared yet. `tell` hears how far it is."""
    rows, rules = rows_of(source), source.cycle.rules
    spellings = spellings_of(source, rows, rules)
    plan, entries = plan_of(source, spellings, rules), []
    for place, (number, cells) in enumerate(rows):
        if place % ROWS_BETWEEN_NEWS == 0:
            tell(place / len(rows))
        entries.append(read_row(number, cells, plan))
    return Prepared(plan, spellings, entries)


def check(ready: Prepared, shelf: Shelf) -> Checked:
    """Say what would become of every row."""
    planned = plan_rows(ready.entries, shelf, ready.plan)
    counted = Counter(one.fate.value for one in planned)
    return Checked(planned, ready.spellings, {fate.value: counted[fate.value] for fate in Fate})


def told(planned: Planned) -> list[list[object]]:
    """Give what is said of a row: why it is refused, then what was noted; nothing of one that changes nothing."""
    if planned.fate is Fate.UNCHANGED:
        return []
    return [note.stored() for note in (*planned.entry.faults, *planned.entry.notes)]


def store(source: Import, checked: Checked, done: Mapping[int, int] | None = None) -> None:
    """Keep the fates beside the rows, for the preview to page through; `done`: row → key of what it became."""
    ImportRow.objects.bulk_create(
        [_row(source, one, done or {}) for one in checked.planned],
        batch_size=500,
        update_conflicts=True,  # every row is there: this is an update, ten times as fast as one with cases
        unique_fields=["source", "number"],
        update_fields=["fate", "told", "changes", "proposal"],
    )
    source.counts, source.mark = checked.counts, mark(checked)


def _row(source: Import, one: Planned, done: Mapping[int, int]) -> ImportRow:
    return ImportRow(
        source=source,
        number=one.entry.number,
        fate=one.fate.value,
        told=told(one),
        changes=list(one.changes),
        proposal_id=one.known.pk if one.known else done.get(one.entry.number),
    )


def mark(checked: Checked) -> str:
    """Give a mark of what somebody was shown, so that something else is not done in its place."""
    said = [
        (one.entry.number, one.fate.value, one.known.pk if one.known else 0, one.changes) for one in checked.planned
    ]
    return sha256(repr(said).encode()).hexdigest()[:32]


def left_out(source: Import) -> list[str]:
    """Give the headings of columns that nothing is taken from."""
    return [heading for heading, code in zip(source.header, source.columns, strict=True) if not code]
