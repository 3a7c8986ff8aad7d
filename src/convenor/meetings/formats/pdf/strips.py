"""Pages printed in two columns: where the gap between them is, and the order in which they are read."""

from dataclasses import dataclass

from convenor.meetings.formats.pdf.parts import Piece, rows_of

STEP, LEAST_ROWS, MANY_ROWS, LEAST_FILL, MIDDLE, SHARE = 3.0, 5, 15, 0.6, (0.33, 0.67), 0.8
NARROWEST, SHORT, MOST_SHORT = 8.0, 14, 0.6


@dataclass(slots=True)
class Strip:
    """Pieces that are read one row after the other, between a left and a right edge."""

    pieces: list[Piece]
    left: float
    right: float


def strips_of(pieces: list[Piece], left: float, right: float) -> list[Strip]:
    """Return the strips of a page in the order in which they are read; most pages have one."""
    gap = _gap(pieces, left, right)
    if gap is None:
        return [Strip(pieces, left, right)] if pieces else []
    found: list[Strip] = []
    waiting: list[Piece] = []
    for row in rows_of(pieces):
        across = [piece for piece in row.pieces if piece.left < gap < piece.right]
        if across:
            found += [*_halves(waiting, gap, left, right), Strip(row.pieces, left, right)]
            waiting = []
        else:
            waiting += row.pieces
    return _together([*found, *_halves(waiting, gap, left, right)])


def _together(strips: list[Strip]) -> list[Strip]:
    """Join neighbouring strips that have the same edges."""
    found: list[Strip] = []
    for strip in strips:
        if found and (found[-1].left, found[-1].right) == (strip.left, strip.right):
            found[-1].pieces += strip.pieces
        else:
            found.append(strip)
    return found


def _halves(pieces: list[Piece], gap: float, left: float, right: float) -> list[Strip]:
    first = [piece for piece in pieces if piece.right <= gap]
    second = [piece for piece in pieces if piece.right > gap]
    found = [Strip(first, left, max(piece.right for piece in first))] if first else []
    begins = min((piece.left for piece in second), default=gap)
    return [*found, Strip(second, begins, right)] if second else found


def _gap(pieces: list[Piece], left: float, right: float) -> float | None:
    """Return where the page is parted into two columns of text, or None where it is not, or is a table."""
    width = right - left
    if len(pieces) < 2 * LEAST_ROWS or width <= 0:
        return None
    best: tuple[int, float] | None = None
    place = left + MIDDLE[0] * width
    while place < left + MIDDLE[1] * width:
        across = sum(
            1 for piece in pieces if piece.left < place + NARROWEST / 2 and piece.right > place - NARROWEST / 2
        )
        if (best is None or across < best[0]) and across <= len(pieces) * (1 - SHARE):
            best = (across, place)
        place += STEP
    if best is None or not _is_text(pieces, best[1], left, right):
        return None
    return best[1]


def _is_text(pieces: list[Piece], gap: float, left: float, right: float) -> bool:
    """Say whether text runs down both sides of a gap: a column of times or of names is none."""
    first = [piece for piece in pieces if piece.right <= gap]
    second = [piece for piece in pieces if piece.left >= gap]
    if len(first) < LEAST_ROWS or len(second) < (LEAST_ROWS if len(first) < MANY_ROWS else 2):
        return False
    begins = min(piece.left for piece in second)
    edge = max(piece.right for piece in first)
    fills = (_fill(first, edge - left), _fill(second, right - begins))
    short = sum(1 for piece in first if len(piece.text) <= SHORT)
    return min(fills) >= LEAST_FILL and short <= MOST_SHORT * len(first)


def _fill(pieces: list[Piece], width: float) -> float:
    """Return how much of a column the long lines fill: that of the line longer than four of five."""
    widths = sorted(piece.right - piece.left for piece in pieces)
    return widths[int(len(widths) * SHARE)] / width if width > 0 else 0.0
