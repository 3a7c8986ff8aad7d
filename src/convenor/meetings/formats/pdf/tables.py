"""Tables without rules: rows whose pieces stand in columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from convenor.meetings.formats.pdf.paragraphs import (
    TIGHT,
    Measure,
    Para,
    goes_on,
    paragraphs_of,
    reach_of,
    with_marks,
)
from convenor.meetings.formats.pdf.parts import Piece, Row

GAP, FAR = 3.0, 6.0


@dataclass(slots=True)
class Columns:
    """The columns of a table, as stretches from left to right."""

    stretches: list[tuple[float, float]]

    def with_row(self, row: Sequence[Piece]) -> "Columns | None":
        """Return the columns with a row's pieces in them, or None where the row would make one of several."""
        stretches = list(self.stretches)
        for piece in row:
            near = [one for one in stretches if one[0] - GAP < piece.right and piece.left < one[1] + GAP]
            if len(near) > 1:
                return None
            merged = (min([piece.left, *(a for a, _ in near)]), max([piece.right, *(b for _, b in near)]))
            stretches = sorted([*(one for one in stretches if one not in near), merged])
        return Columns(stretches)

    def holds(self, piece: Piece) -> bool:
        """Say whether a piece stands in one of the columns after the first, and begins where that begins."""
        place = self.place(piece)
        begins, ends = self.stretches[place]
        return place > 0 and begins - GAP <= piece.left and piece.right <= max(ends, piece.left) + GAP

    def place(self, piece: Piece) -> int:
        """Return the column of a piece."""
        return next((at for at, (_, end) in enumerate(self.stretches) if piece.left <= end + GAP), 0)


def table_at(rows: Sequence[Row], at: int, measure: Measure) -> tuple[Columns, int] | None:
    """Return the columns of the table that begins at a row and the row after its last, or None where none begins."""
    if len(rows[at].pieces) < 2:  # noqa: PLR2004 - a table has two columns
        return None
    columns: Columns | None = Columns([])
    last, best, end = at, None, at
    while end < len(rows):
        row = rows[end]
        if end > at and row.base - rows[end - 1].base > FAR * measure.pitch * measure.size:
            break
        columns = columns.with_row(row.pieces) if columns else None
        if columns is None:
            break
        if len(row.pieces) > 1 or (end == last + 1 and (columns.place(row.pieces[0]) or _begins_small(row.pieces[0]))):
            last, best = end, columns
        end += 1
    return (best, last + 1) if best and len(best.stretches) > 1 else None


def cells_of(rows: Sequence[Row], columns: Columns, right: float, measure: Measure) -> list[list[list[Para]]]:
    """Return the rows of the table, each with the paragraphs of its cells.

    A row begins where the first column has words, unless they are the rest of what stands above them.
    """
    edges = [edge_of(columns, place, right, measure) for place in range(len(columns.stretches))]
    for place, edge in enumerate(edges):
        column = [Row(own) for row in rows if (own := [one for one in row.pieces if columns.place(one) == place])]
        edges[place] = reach_of(column, edge, measure.size)
    lines: list[list[list[Row]]] = []
    for row in rows:
        cells: dict[int, list[Piece]] = {}
        for piece in row.pieces:
            cells.setdefault(columns.place(piece), []).append(piece)
        if not lines or (0 in cells and not _goes_on(lines[-1], cells, edges[0], measure)):
            lines.append([[] for _ in columns.stretches])
        for place, pieces in cells.items():
            lines[-1][place].append(Row(pieces))
    return [
        [paragraphs_of(cell, columns.stretches[at][0], edges[at], measure) for at, cell in enumerate(line)]
        for line in lines
    ]


def edge_of(columns: Columns, place: int, right: float, measure: Measure) -> float:
    """Return how far the lines of a column can reach: to the next one, less a space."""
    after = columns.stretches[place + 1][0] - measure.size if place + 1 < len(columns.stretches) else right
    return max(after, columns.stretches[place][1])


def _goes_on(above: list[list[Row]], cells: dict[int, list[Piece]], edge: float, measure: Measure) -> bool:
    """Say whether what stands in the first column is the rest of what stands above it there."""
    if not above[0]:
        return False
    last, piece = with_marks(above[0][-1])[-1], cells[0][0]
    if len(last.text) > 1 and last.text.endswith(("-", "–", "—")):
        return True
    if set(cells) != {0}:
        is_near = piece.page == last.page and piece.base - last.base <= TIGHT * measure.pitch * piece.size
        return is_near and _begins_small(piece)
    return goes_on(Para(last.text, last, last, edge, 0.0), piece, measure)


def _begins_small(piece: Piece) -> bool:
    return piece.text[:1].islower() or piece.text.startswith("(")
