"""Glyphs → pieces of lines: words with the spaces between them, cut where a gap or an upright rule parts them."""

import unicodedata
from collections.abc import Iterator

from convenor.meetings.formats.pdf.bidi import in_reading_order, is_right_to_left
from convenor.meetings.formats.pdf.parts import Glyph, Page, Piece, Rule

WORD_GAP, PIECE_GAP, SAME_PLACE, SAME_LINE = 0.17, 1.0, 0.15, 0.35


def pieces_of(page: Page, number: int) -> list[Piece]:
    """Return the pieces of a page, in no order; a page written from right to left is mirrored."""
    mirrored = is_right_to_left(glyph.text for glyph in page.glyphs)
    found = [
        piece
        for line in _lines(page.glyphs)
        for part in _parts(line, page.upright)
        if (piece := _piece(part, number, mirrored=mirrored))
    ]
    if mirrored:
        _mirror(page, found)
    return found


def _lines(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the glyphs of each line from left to right."""
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda one: one.base):
        if line and glyph.base - line[0].base > SAME_LINE * min(glyph.size, line[0].size):
            yield sorted(line, key=lambda one: one.left)
            line = []
        line.append(glyph)
    if line:
        yield sorted(line, key=lambda one: one.left)


def _parts(line: list[Glyph], rules: list[Rule]) -> Iterator[list[Glyph]]:
    """Cut a line where nothing stands for a while, and where an upright rule crosses it."""
    height = line[0].base - line[0].size * 0.3
    walls = sorted(rule.at for rule in rules if rule.start - 1 <= height <= rule.end + 1)
    part: list[Glyph] = []
    end = 0.0
    for glyph in line:
        if glyph.text.isspace():
            if part:
                part.append(glyph)
            continue
        if part and (glyph.left - end > PIECE_GAP * glyph.size or _is_between(walls, end, glyph.left)):
            yield part
            part = []
        if part and _repeats(part[-1], glyph):
            continue
        part.append(glyph)
        end = max(end, glyph.right) if len(part) > 1 else glyph.right
    if part:
        yield part


def _is_between(walls: list[float], left: float, right: float) -> bool:
    return any(left - 1 <= wall <= right + 1 for wall in walls) if right > left - 1 else False


def _repeats(before: Glyph, glyph: Glyph) -> bool:
    """Say whether a glyph is printed over its like, as bold type is imitated."""
    return before.text == glyph.text and abs(before.left - glyph.left) < SAME_PLACE * glyph.size


def _piece(part: list[Glyph], number: int, *, mirrored: bool) -> Piece | None:
    words: list[list[Glyph]] = [[]]
    end = part[0].left
    for glyph in part:
        if glyph.text.isspace() or glyph.left - end > WORD_GAP * glyph.size:
            words.append([])
        if not glyph.text.isspace():
            words[-1].append(glyph)
            end = glyph.right
    words = [word for word in words if word]
    if not words:
        return None
    solid = [glyph for word in words for glyph in word]
    sizes = sorted(glyph.size for glyph in solid)
    text = in_reading_order([[glyph.text for glyph in word] for word in words], mirrored=mirrored)
    first = words[-1] if mirrored else words[0]
    return Piece(
        unicodedata.normalize("NFC", text),
        solid[0].left,
        max(glyph.right for glyph in solid),
        sorted(glyph.base for glyph in solid)[len(solid) // 2],
        sizes[len(sizes) // 2],
        max(glyph.right for glyph in first) - first[0].left,
        number,
    )


def _mirror(page: Page, pieces: list[Piece]) -> None:
    width = page.width
    for piece in pieces:
        piece.left, piece.right = width - piece.right, width - piece.left
    page.upright = [Rule(width - rule.at, rule.start, rule.end) for rule in page.upright]
    page.level = [Rule(rule.at, width - rule.end, width - rule.start) for rule in page.level]
