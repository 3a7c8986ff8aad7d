"""Paragraphs and tables → the lines that the reader reads, and the one place where it is decided how they look.

A paragraph is a line (a set line break begins another one), its list marker before it, its indentation as spaces; a
heading gets its signs. A row of a table is a line with a tab between the cells; a cell of several paragraphs takes as
many lines, the other cells beside them empty. A cell that spans rows or columns stands in the first of them. A table
that only frames other tables, or has one column, is no table: its cells follow each other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from convenor.meetings.formats.blocks import Block, Cell, Paragraph, Table
from convenor.meetings.formats.errors import Unreadable, Why
from convenor.meetings.formats.limits import MAX_CHARACTERS, MAX_LINES

MAX_COLUMNS, MAX_INDENT, MAX_LEVEL = 60, 40, 6
_BREAKS = re.compile(r"[\n\r\x0b\x0c\u0085\u2028\u2029]")
_TIME_IN_PARTS = re.compile(r"[\d:.,hH\s–—-]*\d[\d:.,hH\s–—-]*(?:[ap]\.?m\.?)?[\d:.,hH\s–—-]*(?:[ap]\.?m\.?)?", re.I)
MOST_PARTS = 3
_MANY_EMPTY = re.compile(r"\n{4,}")


def text_of_blocks(blocks: Sequence[Block]) -> str:
    """Return the blocks as text.

    Raises:
        Unreadable: there is more text than an agenda has.
    """
    lines: list[str] = []
    characters = 0
    for line in _lines(blocks):
        if line is None:
            if not lines or not lines[-1]:
                continue
            line = ""  # noqa: PLW2901 - what the sign stands for
        lines.append(line)
        characters += len(line) + 1
        if characters > MAX_CHARACTERS:
            raise Unreadable(Why.TOO_LONG, {"characters": characters, "limit": MAX_CHARACTERS})
        if len(lines) > MAX_LINES:
            raise Unreadable(Why.TOO_MANY_LINES, {"lines": len(lines), "limit": MAX_LINES})
    return _MANY_EMPTY.sub("\n\n\n", "\n".join(lines)).strip("\n")


def _lines(blocks: Sequence[Block]) -> Iterator[str | None]:
    """Yield the lines; None stands for an empty line that is there already or is to be put in."""
    for block in blocks:
        if block.is_apart:
            yield None
        if isinstance(block, Paragraph):
            yield from _paragraph(block)
        elif _is_frame(block):
            for row in block.rows:
                for cell in row:
                    yield from _lines(cell.blocks if cell else ())
        else:
            yield from _table(block)


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    first, *others = _BREAKS.split(paragraph.text)
    if not any((first.strip(), paragraph.marker, *others)):
        yield ""
        return
    heading = "#" * min(paragraph.level, MAX_LEVEL) + " " if paragraph.level and first.strip() else ""
    indent = " " * (0 if heading else min(paragraph.indent, MAX_INDENT))
    marker = f"{paragraph.marker} " if paragraph.marker else ""
    yield (indent + heading + marker + (first.strip() if heading or marker else first)).rstrip()
    for other in others:
        yield (indent + other.strip()).rstrip()


def _is_frame(table: Table) -> bool:
    """Say whether a table is only there to place things: it holds tables, or one column."""
    if any(isinstance(block, Table) for row in table.rows for cell in row if cell for block in cell.blocks):
        return True
    return all(len(row) <= 1 for row in table.rows)


def _table(table: Table) -> Iterator[str]:
    spans: dict[int, int] = {}
    for row in table.rows:
        columns, spans = _placed(row, spans)
        if not columns:
            continue
        width = max(columns) + 1
        stacks = [columns.get(place, []) for place in range(width)]
        for depth in range(max(map(len, stacks), default=0)):
            cells = [stack[depth] if depth < len(stack) else "" for stack in stacks]
            yield "\t".join(cells).rstrip() if any(cells) else ""


def _placed(row: Sequence[Cell | None], spans: dict[int, int]) -> tuple[dict[int, list[str]], dict[int, int]]:
    """Give each cell its column, past those that cells above still span; return also what is spanned below."""
    columns: dict[int, list[str]] = {}
    below = {place: left - 1 for place, left in spans.items() if left > 1}
    place = 0
    for cell in row:
        while cell is not None and place in spans:
            place += 1
        if place >= MAX_COLUMNS:
            break
        if cell is None:
            place += 1
            continue
        columns[place] = _stack(cell)
        width = min(max(cell.columns, 1), MAX_COLUMNS - place)
        if cell.rows > 1:
            below.update(dict.fromkeys(range(place, place + width), min(cell.rows, MAX_LINES) - 1))
        place += width
    return columns, below


def _stack(cell: Cell) -> list[str]:
    """Return the lines of a cell, those without words left out; in it are no headings, and tabs are no columns."""
    blocks = [replace(block, level=0) if isinstance(block, Paragraph) else block for block in cell.blocks]
    lines = [line.replace("\t", " ").rstrip() for line in _lines(blocks) if line and line.strip()]
    if len(lines) <= MOST_PARTS and _TIME_IN_PARTS.fullmatch(" ".join(lines)):
        return [" ".join(lines)]
    return lines
