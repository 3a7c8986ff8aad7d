"""Documents as plain data: what is said, in which order, with which parts. How it looks is the writers' matter.

The writers of files stand beside this module; they load heavy libraries, and only the worker imports them:
`pdf.to_pdf`, `wordfile.to_docx`, `workbook.to_xlsx`. `plain.to_text` and the template `documents/paper.html` are light,
and pages use them. This package itself is pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

Direction = Literal["ltr", "rtl"]
Alignment = Literal["start", "end"]
MOST_LEVELS = 5  # of headings, below the title


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one kind of letters, perhaps leading somewhere."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 stands right below the document's title."""

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        """Check the level."""
        if not 1 <= self.level <= MOST_LEVELS:
            raise ValueError(f"a heading of level {self.level}, levels are 1 to {MOST_LEVELS}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that belong together."""

    runs: Runs

    @classmethod
    def of(cls, text: str) -> "Paragraph":
        """Make a paragraph of plain words."""
        return cls((Run(text),))


@dataclass(frozen=True, slots=True)
class Item:
    """A point of a list; its label is printed as it is, and a point without one gets the list's marker.

    `notes` stand below its words in smaller letters, a paragraph each.
    """

    runs: Runs
    label: str = ""
    children: tuple["Item", ...] = ()
    notes: tuple[Runs, ...] = ()

    def walk(self) -> Iterator["Item"]:
        """Yield the point and everything under it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, nested as deep as its points are; `marker` stands before points without a label, or nothing does."""

    items: tuple[Item, ...]
    marker: str = "•"


Cell = str | Listing


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one row of headers, and rows of the same length.

    `widths` are shares of the line's width, one per column; without them they follow from the words.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    alignment: tuple[Alignment, ...] = ()
    widths: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        """Check that every row has a cell per column."""
        columns = len(self.header)
        if not columns:
            raise ValueError("a table without columns")
        wrong = next((number for number, row in enumerate(self.rows) if len(row) != columns), None)
        if wrong is not None:
            raise ValueError(f"row {wrong} has {len(self.rows[wrong])} cells, the header has {columns}")
        if any(len(given) not in (0, columns) for given in (self.alignment, self.widths)):
            raise ValueError(f"alignment and widths are given for {columns} columns, or not at all")


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing: the picture, what it shows in words, and the table behind it."""

    svg: str
    words: str
    table: Table


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Listing | Table | Figure | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A document in one language; `at` is the moment it is dated with, the only time any writer writes.

    `running` is what stands at the head of every page: how far the document has come, what its times mean.
    """

    title: str
    language: str
    at: datetime
    blocks: tuple[Block, ...] = ()
    direction: Direction = "ltr"
    author: str = ""
    subject: str = ""
    running: str = ""
    is_landscape: bool = False

    def __post_init__(self) -> None:
        """Check what every writer relies on."""
        if not self.language:
            raise ValueError("a document without a language cannot be read aloud")
        if self.at.tzinfo is None:
            raise ValueError("the document's moment has no zone")

    def in_order(self) -> Iterator[Block]:
        """Yield the parts, headings never more than one level below the one before: a hole confuses who hears it."""
        level = 0
        for block in self.blocks:
            if isinstance(block, Heading):
                level = min(block.level, level + 1)
                yield replace(block, level=level)
            else:
                yield block


Value = str | int | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its header, its width in characters, and how its numbers are shown (in Excel's codes).

    With `choices` its cells offer them in a drop-down list, and refuse other words.
    """

    header: str
    width: int = 12
    format: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of typed values: numbers stay numbers, days stay days, words stay words."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheets that go together, with what the file says of itself."""

    title: str
    language: str
    at: datetime
    sheets: tuple[Sheet, ...]
    direction: Direction = "ltr"
    author: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A character that could not be drawn or stored: its code point, and how often it was wanted."""

    code: int
    count: int

    def __str__(self) -> str:
        return f"U+{self.code:04X}"


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file, and what of its text it could not show.

    `missing` is ordered by code point; `cut` counts cells that were longer than the format allows.
    """

    data: bytes
    missing: tuple[Missing, ...] = ()
    cut: int = 0
