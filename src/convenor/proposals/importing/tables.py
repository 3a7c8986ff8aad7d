"""A table as a file gives it: one line of headings, and rows of texts with their place in the file. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from convenor.people.plainwords import bare

MOST_BYTES = 10_000_000
MOST_ROWS = 10_000
MOST_COLUMNS = 120
MOST_LETTERS = 32_767  # of a cell, as in spreadsheets
LONGEST_HEADING = 200
FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet may take for a formula
_LOOKED_THROUGH = 10  # first rows among which the headings may stand


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell about a file or a row: which sentence (`sentences.SAID`), and what fills it."""

    code: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def stored(self) -> list[object]:
        """Give it as JSON holds it."""
        return [self.code, dict(self.values)]


class Unreadable(Exception):  # noqa: N818 - a sentence for people, as `Refused` is
    """A file that is no table we can read; the note says why."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.note = Note(code, values)


@dataclass(slots=True)
class Table:
    """What a file holds: as many cells a row as there are headings, and `fields` where the file itself says them."""

    kind: str  # csv, xlsx, pretalx
    header: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    notes: list[Note] = field(default_factory=list)
    fields: tuple[str, ...] | None = None


def table_of(kind: str, lines: Iterable[tuple[int, Sequence[str]]], names: frozenset[str]) -> Table:
    """Make a table of numbered lines; empty lines and empty columns are left out, too long cells are cut and told.

    The headings are the line among the first ten with most of the `names` (bare words of headings), else the first
    with at least two cells.

    Raises:
        Unreadable: there is no line of headings, no row below it, or more than is taken at a time.
    """
    numbered = ((number, [cell.strip() for cell in cells]) for number, cells in lines)
    filled = ((number, cells) for number, cells in numbered if any(cells))
    first = list(islice(filled, _LOOKED_THROUGH))
    place = _heading_place([cells for _number, cells in first], names)
    if place is None:
        raise Unreadable("no-headings")
    header = first[place][1]
    rows = first[place + 1 :]
    for row in filled:
        rows.append(row)
        if len(rows) > MOST_ROWS:
            raise Unreadable("too-many-rows", most=MOST_ROWS)
    if not rows:
        raise Unreadable("no-rows")
    return _squared(kind, header, rows)


def _heading_place(lines: Sequence[Sequence[str]], names: frozenset[str]) -> int | None:
    known = [sum(bare(cell) in names for cell in cells) for cells in lines]
    if known and max(known) > 1:
        return known.index(max(known))
    return next((place for place, cells in enumerate(lines) if sum(map(bool, cells)) > 1), None)


def _squared(kind: str, header: Sequence[str], rows: list[tuple[int, list[str]]]) -> Table:
    width = max(len(header), *(len(cells) for _number, cells in rows))
    if width > MOST_COLUMNS:
        raise Unreadable("too-many-columns", found=width, most=MOST_COLUMNS)
    full = [*header, *[""] * (width - len(header))]
    used = [place for place in range(width) if full[place] or any(place < len(c) and c[place] for _n, c in rows)]
    notes: list[Note] = []
    squared = [(number, list(_cells(number, cells, used, notes))) for number, cells in rows]
    return Table(kind, tuple(storable(full[place])[:LONGEST_HEADING] for place in used), squared, notes[:20])


def storable(text: str) -> str:
    """Give a text that every database can keep: without nulls and halves of characters, and no longer than a cell."""
    text = text[:MOST_LETTERS].replace("\0", "")
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _cells(number: int, cells: Sequence[str], used: Sequence[int], notes: list[Note]) -> Iterator[str]:
    for place in used:
        cell = cells[place] if place < len(cells) else ""
        if len(cell) > MOST_LETTERS:
            notes.append(Note("cell-cut", {"row": number, "most": MOST_LETTERS, "found": len(cell)}))
        # Our own exports put an apostrophe before what a spreadsheet would take for a formula.
        is_marked = cell.startswith("'") and cell[1:].startswith(FORMULAS)
        yield storable(cell[1:] if is_marked else cell)
