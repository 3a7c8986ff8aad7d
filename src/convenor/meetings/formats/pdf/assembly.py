"""The pages of a PDF → blocks in the order in which they are read."""

from dataclasses import dataclass, field, replace

from convenor.meetings.formats.blocks import Block, Cell, Table
from convenor.meetings.formats.errors import Unreadable, Why
from convenor.meetings.formats.pdf.furniture import without_furniture
from convenor.meetings.formats.pdf.grids import Grid, GridCell, fill, grids_of
from convenor.meetings.formats.pdf.paragraphs import (
    Measure,
    Para,
    add,
    extend,
    goes_on,
    joined,
    measured,
    paragraphs_of,
    reach_of,
    with_marks,
)
from convenor.meetings.formats.pdf.parts import Page, Piece, Row, rows_of
from convenor.meetings.formats.pdf.pieces import pieces_of
from convenor.meetings.formats.pdf.strips import Strip, strips_of
from convenor.meetings.formats.pdf.tables import Columns, cells_of, table_at

NEAR = 6.0


@dataclass(slots=True)
class Drawn:
    """A table with the paragraphs of its cells, and its columns: their edges where rules drew them."""

    rows: list[list[list[Para] | None]]
    edges: list[float] = field(default_factory=list)
    columns: Columns | None = None


def blocks_of(pages: list[Page]) -> list[Block]:
    """Return what is printed on the pages, page by page.

    Raises:
        Unreadable: nothing is printed but pictures.
    """
    found = without_furniture(pages, [pieces_of(page, number) for number, page in enumerate(pages)])
    every = [piece for pieces in found for piece in pieces]
    if not every:
        raise Unreadable(Why.NO_TEXT, {"pages": len(pages)})
    measure = measured(found)
    parts: list[Para | Drawn] = []
    for page, pieces in zip(pages, found, strict=True):
        if pieces:
            before = parts[-1].columns if parts and isinstance(parts[-1], Drawn) else None
            _follow(parts, _parts_of(page, pieces, every, measure, before), measure)
    blocks: list[Block] = []
    for part in parts:
        blocks += part.blocks(measure) if isinstance(part, Para) else [_table(part, measure)]
    return blocks


def _parts_of(
    page: Page, pieces: list[Piece], every: list[Piece], measure: Measure, before: Columns | None
) -> list[Para | Drawn]:
    """Return what stands on a page; `before` are the columns of a table that the page before ended in."""
    grids = grids_of(page)
    free = fill(grids, pieces)
    grids = [grid for grid in grids if any(cell.pieces for cell in grid.cells)]
    left = min(piece.left for piece in every)
    right = max([page.width - left, *(piece.right for piece in every)])
    found: list[Para | Drawn] = []
    for strip in strips_of(free, left, right):
        rows = rows_of(strip.pieces)
        low = rows[-1].base if rows else 0.0
        inside = [
            grid for grid in grids if grid.top < low and grid.edges[0] < strip.right and grid.edges[-1] > strip.left
        ]
        for grid in inside:
            grids.remove(grid)
        if before and not found and (count := _rest(_until(rows, grids), before)):
            found.append(_loose(rows[:count], before, strip.right, measure))
            rows = rows[count:]
        edge = reach_of(rows, strip.right, measure.size)
        found += _strip(rows, sorted(inside, key=lambda one: one.top), strip.left, edge, measure)
    for grid in sorted(grids, key=lambda one: one.top):
        found.append(_drawn(grid, measure))
    return found


def _is_in(grid: Grid, strip: Strip) -> bool:
    return grid.edges[0] < strip.right and grid.edges[-1] > strip.left


def _strip(rows: list[Row], grids: list[Grid], left: float, right: float, measure: Measure) -> list[Para | Drawn]:
    """Return the rows of a strip as paragraphs and tables, the drawn tables between them."""
    found: list[Para | Drawn] = []
    paras: list[Para] = []
    rows = [Row(with_marks(row)) for row in rows]
    at = 0
    while at < len(rows):
        while grids and grids[0].top <= rows[at].base:
            found += [*paras, _drawn(grids.pop(0), measure)]
            paras = []
        table = table_at(_until(rows, grids), at, measure)
        if table is None:
            add(paras, _whole(rows[at]), left, right, measure)
            at += 1
            continue
        columns, end = table
        found += [*paras, _loose(rows[at:end], columns, right, measure)]
        paras = []
        at = end
    return [*found, *paras, *(_drawn(grid, measure) for grid in grids)]


def _loose(rows: list[Row], columns: Columns, right: float, measure: Measure) -> Drawn:
    """Return rows as a table without rules."""
    return Drawn([[*line] for line in cells_of(rows, columns, right, measure)], columns=columns)


def _rest(rows: list[Row], columns: Columns) -> int:
    """Count the rows at the top of a page that go on in the columns of a table, the first one empty."""
    count = 0
    while count < len(rows) and all(columns.holds(piece) for piece in rows[count].pieces):
        count += 1
    return count


def _whole(row: Row) -> Piece:
    """Return a row as one piece."""
    piece = row.pieces[0]
    for other in row.pieces[1:]:
        piece = joined(piece, other)
    return piece


def _until(rows: list[Row], grids: list[Grid]) -> list[Row]:
    """Return the rows above the next drawn table."""
    return [row for row in rows if row.base < grids[0].top] if grids else rows


def _drawn(grid: Grid, measure: Measure) -> Drawn:
    rows: list[list[list[Para] | None]] = [[None] * (len(grid.edges) - 1) for _ in range(grid.rows)]
    lefts: dict[int, float] = {}
    for cell in grid.cells:
        for piece in cell.pieces:
            lefts[cell.column] = min(piece.left, lefts.get(cell.column, piece.left))
    for cell in grid.cells:
        left = lefts.get(cell.column, cell.left)
        rows[cell.row][cell.column] = paragraphs_of(rows_of(cell.pieces), left, _edge(cell), measure)
    return Drawn(rows, grid.edges)


def _edge(cell: GridCell) -> float:
    """Return how far lines in a cell can reach: as near to its right rule as they begin at its left one."""
    padding = min((piece.left for piece in cell.pieces), default=cell.left) - cell.left
    reach = max((piece.right for piece in cell.pieces), default=cell.left)
    return max(reach, cell.right - max(1.0, padding)) if padding < (cell.right - cell.left) / 4 else cell.right


def _follow(parts: list[Para | Drawn], added: list[Para | Drawn], measure: Measure) -> None:
    """Put a page after those before it: a paragraph or a table may go on over the end of the page."""
    last, first = (parts[-1] if parts else None), (added[0] if added else None)
    if isinstance(last, Para) and isinstance(first, Para) and goes_on(last, first.first, measure):
        _merge(last, first, measure)
        added = added[1:]
    elif isinstance(last, Drawn) and isinstance(first, Drawn) and _is_same_table(last, first):
        if _goes_on_in_cells(last, first, measure):
            first.rows.pop(0)
        last.rows += first.rows
        added = added[1:]
    parts += added


def _merge(last: Para, first: Para, measure: Measure) -> None:
    """Put a paragraph to the one before it."""
    extend(last, replace(first.first, text=first.text), measure)
    last.last = first.last


def _is_same_table(last: Drawn, first: Drawn) -> bool:
    if last.columns is not None:
        return last.columns is first.columns
    return len(last.edges) == len(first.edges) > 0 and all(
        abs(one - other) <= NEAR for one, other in zip(last.edges, first.edges, strict=True)
    )


def _goes_on_in_cells(last: Drawn, first: Drawn, measure: Measure) -> bool:
    """Put the first row of a page to the last of the page before, where a broken line says that it is its rest."""
    above, below = last.rows[-1], first.rows[0]
    if below[0] or not any(
        one and other and goes_on(one[-1], other[0].first, measure) for one, other in zip(above, below, strict=True)
    ):
        return False
    for place, (one, other) in enumerate(zip(above, below, strict=True)):
        if one and other and goes_on(one[-1], other[0].first, measure):
            _merge(one[-1], other[0], measure)
            one.extend(other[1:])
        elif other:
            above[place] = [*(one or []), *other]
    return True


def _table(drawn: Drawn, measure: Measure) -> Table:
    return Table([[_cell(paras, measure) for paras in row] for row in drawn.rows])


def _cell(paras: list[Para] | None, measure: Measure) -> Cell | None:
    return Cell([block for para in paras for block in para.blocks(measure)]) if paras is not None else None
