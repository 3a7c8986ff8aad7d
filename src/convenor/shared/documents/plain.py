"""Documents as plain text that reads like the paper: no mark-up, the columns of tables one under the other."""

import unicodedata
from collections.abc import Iterator

from convenor.shared.documents import Cell, Document, Heading, Item, Listing, Paragraph, Runs, Table

STEP, GAP, WIDEST = 4, 2, 40


def to_text(document: Document) -> str:
    """Write a document as lines without a limit of width, so that every mail program can wrap them."""
    parts = [_one_line(document.title), *([document.running] if document.running else [])]
    for block in document.in_order():
        match block:
            case Heading(text, _level):
                parts.append(f"\n{_one_line(text)}")
            case Paragraph(runs):
                parts.append(_words(runs))
            case Listing():
                parts.append("\n".join(_listing(block)))
            case Table():
                parts.append("\n".join(_table(block)))
            case _:  # a figure has its table in the other forms; a text has no pages
                continue
    return "\n\n".join(parts) + "\n"


def _table(table: Table) -> Iterator[str]:
    """Yield the rows; every column but the last is as wide as its widest line, up to a limit."""
    rows = [[_cell(cell) for cell in row] for row in (table.header, *table.rows)]
    widths = [min(WIDEST, max(_width(line) for row in rows for line in row[at])) + GAP for at in range(len(rows[0]))]
    for row in rows:
        for depth in range(max(map(len, row))):
            line = ""
            edge = 0
            for at, cell in enumerate(row):
                gap = max(edge - _width(line), GAP if line.strip() else 0)
                line += " " * gap + (cell[depth] if depth < len(cell) else "")
                edge += widths[at]
            yield line.rstrip()


def _cell(cell: Cell) -> list[str]:
    return list(_listing(cell)) if isinstance(cell, Listing) else cell.split("\n")


def _listing(listing: Listing) -> list[str]:
    return [line for item in listing.items for line in _item(item, listing.marker, 0)] or [""]


def _item(item: Item, marker: str, depth: int) -> Iterator[str]:
    label = item.label or marker
    indent = " " * (STEP * depth)
    first, *others = _words(item.runs).split("\n")
    yield f"{indent}{label} {first}" if label else f"{indent}{first}"
    for line in (*others, *(line for note in item.notes for line in _words(note).split("\n"))):
        yield f"{indent}{' ' * STEP}{line}"
    for child in item.children:
        yield from _item(child, marker, depth + 1)


def _words(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _width(line: str) -> int:
    """Count columns: letters of Chinese are two wide, marks above letters none."""
    wide = sum(unicodedata.east_asian_width(letter) in ("W", "F") for letter in line)
    return len(line) + wide - sum(unicodedata.combining(letter) > 0 for letter in line)
