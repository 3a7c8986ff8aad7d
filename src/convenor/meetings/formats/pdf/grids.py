"""Tables that are drawn with rules: the cells between them, those that span several rows or columns as one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from convenor.meetings.formats.pdf.parts import Page, Piece, Rule

NEAR, MOST_LINES = 3.0, 150
Place = tuple[int, int]


@dataclass(slots=True)
class GridCell:
    """A cell: the row and column it begins in, how many it spans, its box, and the pieces in it."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    top: float
    right: float
    low: float
    pieces: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table: its columns' edges, the number of its rows, its cells, its box."""

    edges: list[float]
    rows: int
    cells: list[GridCell]
    top: float
    low: float


def grids_of(page: Page) -> list[Grid]:
    """Return the tables of a page that have at least two cells."""
    level, upright = _joined(page.level), _joined(page.upright)
    if len(level) + len(upright) > MOST_LINES * 4:
        return []
    grids = [_grid(levels, uprights) for levels, uprights in _clusters(level, upright)]
    return [grid for grid in grids if grid and len(grid.cells) > 1 and len(grid.edges) > 2]  # noqa: PLR2004 - two columns have three edges


def fill(grids: list[Grid], pieces: list[Piece]) -> list[Piece]:
    """Put the pieces into the cells they stand in; return those that stand in none."""
    left_over: list[Piece] = []
    for piece in pieces:
        x, y = (piece.left + min(piece.right, piece.left + piece.size)) / 2, piece.middle
        cell = next((cell for grid in grids if grid.top - NEAR <= y <= grid.low + NEAR for cell in grid.cells
                     if cell.left - NEAR <= x <= cell.right and cell.top <= y <= cell.low), None)  # fmt: skip
        (cell.pieces if cell else left_over).append(piece)
    return left_over


def _joined(rules: list[Rule]) -> list[Rule]:
    """Join rules that lie on each other or go on in a line."""
    found: list[Rule] = []
    places: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda one: one.at):
        if places and rule.at - places[-1][0].at <= NEAR:
            places[-1].append(rule)
        else:
            places.append([rule])
    for place in places:
        at = sum(rule.at for rule in place) / len(place)
        start = end = None
        for rule in sorted(place, key=lambda one: one.start):
            if end is not None and start is not None and rule.start > end + NEAR:
                found.append(Rule(at, start, end))
                start = end = None
            start = rule.start if start is None else start
            end = rule.end if end is None else max(end, rule.end)
        if start is not None and end is not None:
            found.append(Rule(at, start, end))
    return found


def _meet(level: Rule, upright: Rule) -> bool:
    across = level.start - NEAR <= upright.at <= level.end + NEAR
    return across and upright.start - NEAR <= level.at <= upright.end + NEAR


def _clusters(level: list[Rule], upright: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Yield the rules that hang together."""
    left = list(range(len(upright)))
    waiting = list(range(len(level)))
    while waiting:
        levels, uprights, todo = [waiting.pop()], list[int](), list[Rule]()
        todo = [level[levels[0]]]
        while todo:
            for at in [one for one in left if any(_meet(rule, upright[one]) for rule in todo)]:
                left.remove(at)
                uprights.append(at)
            todo = []
            for at in [one for one in waiting if any(_meet(level[one], upright[up]) for up in uprights)]:
                waiting.remove(at)
                levels.append(at)
                todo.append(level[at])
        yield [level[at] for at in levels], [upright[at] for at in uprights]


def _grid(level: list[Rule], upright: list[Rule]) -> Grid | None:
    if not upright or len(level) < 2:  # noqa: PLR2004 - a row has two edges
        return None
    outer = [min(rule.start for rule in level), max(rule.end for rule in level)]
    edges = _places([*(rule.at for rule in upright), *outer])
    heights = _places([*(rule.at for rule in level), *(min(r.start for r in upright), max(r.end for r in upright))])
    if len(edges) > MOST_LINES or len(heights) > MOST_LINES:
        return None
    cells = _cells(edges, heights, level, upright)
    return Grid(edges, len(heights) - 1, cells, heights[0], heights[-1])


def _places(places: list[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > NEAR:
            found.append(place)
    return found


def _cells(edges: list[float], heights: list[float], level: list[Rule], upright: list[Rule]) -> list[GridCell]:
    """Join the smallest boxes that no rule parts; a box that is reached twice belongs to the first."""
    columns, rows = len(edges) - 1, len(heights) - 1
    owner: dict[Place, Place] = {}
    cells: list[GridCell] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in owner:
                continue
            middle = (heights[row] + heights[row + 1]) / 2
            wide = _reach(column, columns, lambda at, y=middle: _parts(upright, edges[at], y))  # type: ignore[misc]  # bound now
            across = (edges[column] + edges[column + 1]) / 2
            high = _reach(row, rows, lambda at, x=across: _parts(level, heights[at], x))  # type: ignore[misc]  # bound now
            owner.update({(y, x): (row, column) for y in range(row, row + high) for x in range(column, column + wide)})
            box = (edges[column], heights[row], edges[column + wide], heights[row + high])
            cells.append(GridCell(row, column, high, wide, *box))
    return cells


def _reach(start: int, most: int, is_parted: Callable[[int], bool]) -> int:
    end = start + 1
    while end < most and not is_parted(end):
        end += 1
    return end - start


def _parts(rules: list[Rule], at: float, across: float) -> bool:
    return any(abs(rule.at - at) <= NEAR and rule.start <= across <= rule.end for rule in rules)
