"""Pieces of lines that stand below each other → paragraphs: broken lines are put together where that is certain.

A line goes on in the next one when the first word of the next would not have found room on it. How far lines can
reach is told by lines that go on for certain, because the next one begins small; else by the margins. A hyphen at the
end of a line is taken out only where the word is printed without it elsewhere, or where it is a soft one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from convenor.meetings.formats.blocks import Paragraph
from convenor.meetings.formats.pdf.parts import Piece, Row, rows_of

APART, LARGER, SAME_SIZE, HANGING, LOOSE, TIGHT, SPACE, MOST_HANGING = 1.75, 1.15, 0.12, 0.6, 1.3, 1.04, 0.26, 9.0
COLUMN, MOST_COLUMNS, HEADING_LENGTH = 0.5, 24, 160
MOST_LEADING, FAR, SHORT = 2.2, 2.6, 6.0
PITCH, LEVELS, HANGING_MOST, TIGHTEST, WIDEST, MOST_OPENING = 1.2, 4, 3.0, 0.95, 2.2, 3
WITHIN, OPENING = "within a paragraph", "opening one"
SOFT = "\xad"
_BULLETS = "•·●○◦▪■□▫►▸‣⁃∙➢➤✓✔❖♦"
_LABEL = r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[A-Za-z]|[ivxlIVXL]{1,6})[.)]|(?:[A-Z]{1,4} ?)?\d{1,3}(?:\.\d{1,3})+"
_MARK_ALONE = re.compile(rf"(?:[{_BULLETS}*–—o-]|{_LABEL})")
_OPENS = re.compile(
    rf"(?:[{_BULLETS}o]\s|(?:[–—-]\s)?(?:{_LABEL})\s|\d{{1,2}}\s?[:.hH]\s?\d{{2}}\b|\d{{4}}\s?[-–]\s?\d{{4}}\b|\d{{1,2}}\s?[ap]\.?m\b)"
)
_GLUED = re.compile(r"(?:\w[-/\u2010]|://)$")
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")  # letters of scripts without spaces, and their marks
_HYPHENATED = re.compile(r"([^\W\d_]+)[-\u2010]$")


def reach_of(rows: Sequence[Row], edge: float, size: float) -> float:
    """Return how far the lines of a column of text reach, at most to `edge`.

    Where a line begins small and with a short word, that word did not fit above: the column ends before that place, and
    after the place that its longest line reaches; the middle is taken. A place that other lines reach beyond tells
    nothing.
    """
    pieces = [
        (row.pieces[-1], row.pieces[0], row) for row in rows if abs(row.pieces[0].size - size) <= SAME_SIZE * size
    ]
    longest = max((row.right for _, _, row in pieces), default=edge)
    places = [
        last.right + SPACE * size + first.first
        for (last, _, above), (_, first, below) in pairwise(pieces)
        if begins_small(first) and 0 < below.base - above.base < MOST_LEADING * size
    ]
    return min([edge, *((place + longest) / 2 for place in places if place >= longest)])


@dataclass(frozen=True, slots=True)
class Measure:
    """What a whole document is like: its common size, its words, its large sizes, and how its lines are set.

    `pitch` is how far the lines of a paragraph are apart, in sizes; `is_spaced` says that paragraphs are farther apart.
    """

    size: float
    pitch: float
    is_spaced: bool
    words: frozenset[str]
    larger: tuple[float, ...]

    def level(self, piece: Piece) -> int:
        """Return the level of a heading, or 0 where the type is not larger than common."""
        if piece.size < self.size * LARGER or len(piece.text) > HEADING_LENGTH:
            return 0
        return next((at for at, size in enumerate(self.larger, start=1) if piece.size >= size - SAME_SIZE), 0)


def begins_small(piece: Piece) -> bool:
    """Say whether a line begins with a short word in small letters, as a new paragraph hardly does."""
    return piece.text[:1].islower() and piece.first < SHORT * piece.size and not _OPENS.match(piece.text)


def measured(found: Sequence[Sequence[Piece]]) -> Measure:
    """Return what the pages of a document are like."""
    sizes: Counter[float] = Counter()
    words: set[str] = set()
    for piece in (piece for pieces in found for piece in pieces):
        sizes[round(piece.size * 2) / 2] += len(piece.text)
        words.update(word.strip(".,;:()“”\"'").casefold() for word in piece.text.split())
    size = sizes.most_common(1)[0][0]
    larger = sorted((one for one in sizes if one >= size * LARGER), reverse=True)[:LEVELS]
    steps = [step for pieces in found for step in _steps(list(pieces))]
    within = sorted(step for step, kind in steps if kind == WITHIN)
    if within:
        pitch = within[len(within) // 2]
    else:
        counts = Counter(step for step, _ in steps)
        pitch = min((step for step, count in counts.items() if 1 < count >= max(counts.values()) / 10), default=PITCH)
    opening = [step for step, kind in steps if kind == OPENING]
    near = sum(1 for step in opening if step <= TIGHT * pitch)
    is_spaced = len(within) > 1 and len(opening) > MOST_OPENING and near * 20 < len(opening)
    return Measure(size, pitch, is_spaced, frozenset(words), tuple(larger))


def _steps(pieces: list[Piece]) -> Iterator[tuple[float, str]]:
    """Yield how far lines of one size are apart that begin nearly below each other, and what the lower one is."""
    for above, below in pairwise(rows_of(pieces)):
        for other in below.pieces:
            one = min(above.pieces, key=lambda piece: abs(piece.left - other.left))
            step = (other.base - one.base) / max(one.size, 1)
            is_below = one.size == other.size and abs(one.left - other.left) < HANGING_MOST * one.size
            # Lines of one paragraph are set no tighter and no wider.
            if is_below and TIGHTEST < step < WIDEST:
                small = begins_small(other) or (_HYPHENATED.search(one.text) and other.text[:1].islower())
                yield round(step * 50) / 50, WITHIN if small else OPENING if _OPENS.match(other.text) else ""


@dataclass(slots=True)
class Para:
    """A paragraph with its first and last line, and the right edge that its lines could reach."""

    text: str
    first: Piece
    last: Piece
    edge: float
    column: float
    is_apart: bool = False
    is_far: bool = False

    def blocks(self, measure: Measure) -> list[Paragraph]:
        """Return it as a block, an empty one before it where it is set off by far."""
        indent = round((self.first.left - self.column) / (COLUMN * self.first.size)) if self.first.size else 0
        own = Paragraph(
            self.text.replace(SOFT, ""),
            indent=max(0, min(indent, MOST_COLUMNS)),
            level=measure.level(self.first),
            is_apart=self.is_apart,
        )
        return [Paragraph(""), Paragraph(""), own] if self.is_far else [own]


def with_marks(row: Row) -> list[Piece]:
    """Return the pieces of a row, a bullet or number that stands alone put before the words near it."""
    found: list[Piece] = []
    for piece in row.pieces:
        is_near = found and piece.left - found[-1].right <= MOST_HANGING * piece.size
        if is_near and _MARK_ALONE.fullmatch(found[-1].text):
            found[-1] = joined(found[-1], piece)
        else:
            found.append(piece)
    return found


def joined(before: Piece, piece: Piece) -> Piece:
    """Return two pieces of a row as one."""
    text = f"{before.text} {piece.text}"
    return Piece(text, before.left, piece.right, piece.base, piece.size, before.first, before.page)


def paragraphs_of(rows: Sequence[Row], left: float, edge: float, measure: Measure) -> list[Para]:
    """Return the rows as paragraphs, all pieces of a row in one line; a column goes from `left` to `edge`."""
    found: list[Para] = []
    for row in rows:
        line = with_marks(row)
        piece = line[0]
        for other in line[1:]:
            piece = joined(piece, other)
        add(found, piece, left, edge, measure)
    return found


def add(found: list[Para], piece: Piece, left: float, edge: float, measure: Measure) -> None:
    """Add a line to the last paragraph, or as a new one."""
    last = found[-1] if found else None
    if last and goes_on(last, piece, measure):
        extend(last, piece, measure)
        return
    step = piece.base - last.last.base if last and last.last.page == piece.page else 0.0
    line = measure.pitch * max(piece.size, last.last.size if last else 0)
    found.append(Para(piece.text, piece, piece, edge, left, is_apart=step > APART * line, is_far=step > FAR * line))


def goes_on(para: Para, piece: Piece, measure: Measure) -> bool:
    """Say whether a line is the rest of the paragraph above it."""
    last = para.last
    if abs(last.size - piece.size) > SAME_SIZE * last.size or _opens(para, piece):
        return False
    step = (piece.base - last.base) / piece.size
    if last.page != piece.page:
        if para.text.endswith((".", "!", "?", ":", ";")):
            return False
    elif not 0 < step <= (LOOSE if begins_small(piece) else TIGHT) * measure.pitch:
        return False
    elif measure.is_spaced and step <= TIGHT * measure.pitch:
        return True
    hangs = para.first.left - HANGING * piece.size <= piece.left
    if not hangs and para.last is not para.first:
        return False
    is_cut = para.text.endswith(SOFT) or (_HYPHENATED.search(para.text) and piece.text[:1].islower())
    return bool(is_cut) or last.right + SPACE * piece.size + piece.first > para.edge


def _opens(para: Para, piece: Piece) -> bool:
    """Say whether a line opens a paragraph by its first sign; a dash does below another one."""
    is_below = abs(para.first.left - piece.left) <= HANGING * piece.size
    is_dash = para.first.text[:2] == piece.text[:2] and piece.text[:2] in ("– ", "— ", "- ")
    return bool(_OPENS.match(piece.text)) or (is_below and is_dash)


def extend(para: Para, piece: Piece, measure: Measure) -> None:
    """Put a line to a paragraph."""
    if para.text.endswith(SOFT):
        para.text = para.text.rstrip(SOFT) + piece.text
    elif (match := _HYPHENATED.search(para.text)) and piece.text[:1].islower():
        rest = re.match(r"[^\W\d_]*", piece.text)
        whole = (match[1] + (rest[0] if rest else "")).casefold()
        para.text = (para.text[:-1] if whole in measure.words else para.text) + piece.text
    elif (_GLUED.search(para.text) and piece.text[:1].isalnum()) or all(
        _WIDE.match(sign) for sign in (para.text[-1:], piece.text[:1])
    ):
        para.text += piece.text
    else:
        para.text = f"{para.text} {piece.text}"
    para.last = piece
