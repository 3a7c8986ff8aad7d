"""What a made document holds, before it is written in any format; and the layouts in which an agenda is put on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from convenor.meetings.reader.lines import Line, split
from convenor.meetings.reader.source import normalise

Gold = dict[str, Any]
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(slots=True)
class Words:
    """A paragraph: its words, its indentation in columns, its level as a heading; `depth` and `label` of a list."""

    text: str
    indent: int = 0
    level: int = 0
    label: str | None = None
    depth: int | None = None


@dataclass(slots=True)
class Box:
    """A cell: the paragraphs in it, and how many rows and columns it spans."""

    lines: list[Words]
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Grid:
    """A table; None stands where a cell above or beside reaches."""

    rows: list[list[Box | None]]
    widths: tuple[float, ...] = ()


@dataclass(slots=True)
class Sheet:
    """A document: what stands on it, in how many columns, and whether every page has a header and a footer."""

    parts: list[Words | Grid] = field(default_factory=list)
    columns: int = 1
    is_furnished: bool = False


def plain(text: str) -> Sheet:
    """Return a text as it stands, line for line; lines of cells become tables."""
    sheet = Sheet()
    table: list[Line] = []
    for line in split(normalise(text)):
        if len(line.cells) > 1 and not (table and line.gap):
            table.append(line)
            continue
        _end_table(sheet, table)
        sheet.parts += [Words("")] * min(line.gap, 2)
        if len(line.cells) > 1:
            table.append(line)
        else:
            text_ = line.run.words + (" |" if line.piped else "")
            sheet.parts.append(Words(text_, indent=line.indent, level=line.level))
    _end_table(sheet, table)
    return sheet


def _end_table(sheet: Sheet, table: list[Line]) -> None:
    if table:
        width = max(len(line.cells) for line in table)
        rows: list[list[Box | None]] = [
            [
                *(Box([Words(cell.words)] if cell else []) for cell in line.cells),
                *(Box([]) for _ in range(width - len(line.cells))),
            ]
            for line in table
        ]
        sheet.parts.append(Grid(rows, (1.0, *([3.0] * (width - 1)))))
        table.clear()


def furnished(text: str) -> Sheet:
    """Return a text with a header and a footer on every page."""
    sheet = plain(text)
    sheet.is_furnished = True
    return sheet


def timetable(gold: Gold) -> Sheet:
    """Return an agenda with a table for each day: a row for each block, its items below each other in one cell."""
    sheet = _headed(gold)
    for day in gold["days"]:
        sheet.parts += _day(day)
        grid = Grid([[Box([Words("Time")]), Box([Words("Agenda Item")])]], (1.0, 3.0))
        for block in day["blocks"]:
            grid.rows.append([Box([Words(_time(block))]), Box(list(_items(block["items"])))])
        sheet.parts.append(grid)
    return sheet


def merged(gold: Gold) -> Sheet:
    """Return an agenda as one table: a row for each item, days across the columns, times down the rows."""
    sheet = _headed(gold)
    grid = Grid([[Box([Words("Time")]), Box([Words("Agenda Item")])]], (1.0, 3.0))
    for day in gold["days"]:
        grid.rows += [[Box([line], columns=2), None] for line in _day(day)]
        for block in day["blocks"]:
            lines = list(_items(block["items"])) or [Words("")]
            first = Box([Words(_time(block))], rows=len(lines))
            for at, line in enumerate(lines):
                grid.rows.append([None if at else first, Box([line])])
    sheet.parts.append(grid)
    return sheet


def numbered(gold: Gold) -> Sheet:
    """Return an agenda as lines whose numbers the word processor counts."""
    sheet = _headed(gold)
    for day in gold["days"]:
        sheet.parts += _day(day)
        for block in day["blocks"]:
            sheet.parts += [Words(_time(block))] if _time(block) else []
            sheet.parts += _items(block["items"], is_counted=True)
    return sheet


def two_columns(gold: Gold) -> Sheet:
    """Return an agenda as lines that run down two columns."""
    sheet = _headed(gold)
    sheet.columns = 2
    for day in gold["days"]:
        sheet.parts += _day(day)
        for block in day["blocks"]:
            sheet.parts += [Words(_time(block))] if _time(block) else []
            sheet.parts += _items(block["items"])
    return sheet


FROM_TEXT = {"plain": plain, "furnished": furnished}
FROM_GOLD = {"timetable": timetable, "merged": merged, "numbered": numbered, "columns": two_columns}


def _headed(gold: Gold) -> Sheet:
    return Sheet([Words(gold["title"], level=1)] if gold["title"] else [])


def _day(day: Gold) -> Iterator[Words]:
    when = date.fromisoformat(day["date"]) if day["date"] else None
    said = f"{when.day} {MONTHS[when.month - 1]} {when.year}" if when else ""
    head = ": ".join(part for part in (day["label"], said) if part)
    if head:
        yield Words(f"{head} - {day['heading']}" if day["heading"] else head)


def _time(block: Gold) -> str:
    return " - ".join(time for time in (block["start"], block["end"]) if time)


def _items(items: list[Gold], depth: int = 0, *, is_counted: bool = False) -> Iterator[Words]:
    for item in items:
        label, title, indent = item["label"], item["title"], 4 * depth
        if label and is_counted and is_countable(label):
            yield Words(title, indent=indent, label=label, depth=depth)
        elif label:
            yield Words(f"{printed(label)} {title}", indent=indent)
        else:
            yield Words(f"• {title}" if depth else title, indent=indent)
        yield from _items(item["children"], depth + 1, is_counted=is_counted)


def is_countable(label: str) -> bool:
    """Say whether a list counts so: figures and single letters."""
    return label.isdecimal() or (len(label) == 1 and label.isalpha() and label not in "IVX")


def printed(label: str) -> str:
    """Return a label with the mark it is printed with."""
    if label.isdecimal() or label.isupper():
        return label if " " in label or "." in label else f"{label}."
    return f"{label})" if len(label) == 1 else label
