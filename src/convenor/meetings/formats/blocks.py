"""What every laid-out document is made of: paragraphs and tables, whatever file they come from."""

from dataclasses import dataclass, field

BULLET = "•"


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its text (with line breaks and tabs where they were set), and how it stands on the page.

    `marker` is what an automatic list prints before it; `indent` is in columns; `level` is that of a heading, 0
    for none; `is_apart` says that it is set off by space.
    """

    text: str
    marker: str = ""
    indent: int = 0
    level: int = 0
    is_apart: bool = False


@dataclass(slots=True)
class Cell:
    """A cell with its paragraphs and tables; `columns` and `rows` are how many it spans."""

    blocks: list["Block"] = field(default_factory=list)
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Table:
    """Rows of cells; a row leaves the cells out that a cell above spans, or holds None in their place."""

    rows: list[list[Cell | None]] = field(default_factory=list)
    is_apart: bool = False


Block = Paragraph | Table
