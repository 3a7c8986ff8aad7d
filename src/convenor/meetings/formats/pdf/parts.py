"""What stands on a printed page: glyphs, rules, and the pieces of lines made of them. Places are in points.

`x` grows to the right and `y` downwards from the upper left corner; on pages written from right to left the layout is
mirrored, so that everything after reads as if it were written from left to right.
"""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Glyph:
    """A printed sign; `base` is the line it stands on."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, level or upright: `at` is where it is, `start` to `end` how far it goes."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """A page with its glyphs and rules."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    level: list[Rule] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)


@dataclass(slots=True)
class Piece:
    """Words that stand close together on one line; `first` is how wide the first word is."""

    text: str
    left: float
    right: float
    base: float
    size: float
    first: float
    page: int = 0

    @property
    def top(self) -> float:
        return self.base - self.size

    @property
    def middle(self) -> float:
        return self.base - self.size * 0.35


@dataclass(slots=True)
class Row:
    """The pieces that stand on one line, from left to right."""

    pieces: list[Piece]

    @property
    def base(self) -> float:
        return self.pieces[0].base

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return max(piece.right for piece in self.pieces)


def rows_of(pieces: list[Piece]) -> list[Row]:
    """Return the pieces as rows from top to bottom: those whose base lines are nearly the same stand on one."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda one: (one.base, one.left)):
        last = rows[-1] if rows else None
        if last and piece.base - last.base <= min(piece.size, last.pieces[0].size) * 0.45:
            last.pieces.append(piece)
        else:
            rows.append(Row([piece]))
    for row in rows:
        row.pieces.sort(key=lambda one: one.left)
    return rows
