"""What a page carries beside its text: headers, footers, page numbers."""

import re
from collections import Counter

from convenor.meetings.formats.pdf.parts import Page, Piece

ZONE, NEAR, LONE_ZONE, MOST = 0.11, 4.0, 0.1, 200
_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|seite|página|pagina|страница|стр\.|صفحة|第)?\s*(?P<page>\d{1,4})\s*(?:页|頁)?"
    r"(?:\s*(?:/|of|de|von|sur|из|من|–|-)\s*\d{1,4})?|[ivxl]{1,5})\W*",
    re.I,
)


def without_furniture(pages: list[Page], pieces: list[list[Piece]]) -> list[list[Piece]]:
    """Leave out what stands at the same edge of most pages in the same words, the page's number aside, and that number.

    What is printed on the first page only, or far from the edges, is text.
    """
    seen: Counter[tuple[str, int]] = Counter()
    for number, (page, found) in enumerate(zip(pages, pieces, strict=True), start=1):
        seen.update({key for piece in found if _is_at_edge(page, piece) for key in _keys(piece, number)})
    least = max(2, round(len(pages) * 0.6))
    return [
        [piece for piece in found if not _is_furniture(page, piece, seen, least, number)]
        for number, (page, found) in enumerate(zip(pages, pieces, strict=True), start=1)
    ]


def _is_furniture(page: Page, piece: Piece, seen: Counter[tuple[str, int]], least: int, number: int) -> bool:
    if not _is_at_edge(page, piece) or len(piece.text) > MOST:
        return False
    keys = _keys(piece, number)
    if any(seen[words, height + step] >= least for words, height in keys for step in (-1, 0, 1)):
        return True
    match = _NUMBER.fullmatch(piece.text)
    if not match:
        return False
    is_low = piece.base > page.height * (1 - LONE_ZONE)
    return is_low and (match["page"] is None or int(match["page"]) == number or match["page"] != piece.text)


def _is_at_edge(page: Page, piece: Piece) -> bool:
    return piece.top < page.height * ZONE or piece.base > page.height * (1 - ZONE)


def _keys(piece: Piece, number: int) -> set[tuple[str, int]]:
    """Return what may be the same on every page: the words, with and without the page's number, and the height."""
    height = round(piece.base / NEAR)
    return {(piece.text, height), (re.sub(rf"(?<!\d){number}(?!\d)", "#", piece.text), height)}
