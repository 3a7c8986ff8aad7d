"""PDF → pages with glyphs and rules, by pdfminer.six; only the child process imports this module."""

import io
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from pdfminer import settings
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import apply_matrix_pt

from convenor.meetings.formats.errors import Unreadable, Why
from convenor.meetings.formats.limits import MAX_CHARACTERS
from convenor.meetings.formats.pdf.parts import Glyph, Page, Rule

KIND = "PDF"
MAX_PAGES, MAX_RULES, THIN, STRAIGHT, SHORT, WIDEST = 100, 6_000, 3.0, 0.7, 3.0, 14_400
_FURNITURE = frozenset({"Pagination", "Background", "Watermark"})
settings.STRICT = False
Point = tuple[float, float]


def pages_of(data: bytes) -> list[Page]:
    """Return the pages.

    Raises:
        Unreadable: the file is damaged or protected, or has too many pages, or too much on them.
    """
    try:
        return list(_pages(data))
    except Unreadable:
        raise
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise Unreadable(Why.ENCRYPTED, {"kind": KIND}) from error
    except (MemoryError, RecursionError) as error:
        raise Unreadable(Why.TOO_COMPLEX, {"kind": KIND}) from error
    except Exception as error:
        # A damaged file makes the library stumble anywhere, over any exception.
        raise Unreadable(Why.BROKEN, {"kind": KIND}) from error


def _pages(data: bytes) -> Iterator[Page]:
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    resources = PDFResourceManager()
    device = _Device(resources)
    interpreter = PDFPageInterpreter(resources, device)
    for number, page in enumerate(PDFPage.create_pages(document), start=1):
        if number > MAX_PAGES:
            raise Unreadable(Why.TOO_MANY_PAGES, {"pages": _counted(document), "limit": MAX_PAGES})
        interpreter.process_page(page)
        yield device.page
    if device.unknown * 3 > device.count:
        raise Unreadable(Why.NO_TEXT, {"pages": max(1, number)})


def _counted(document: PDFDocument) -> int:
    """Return how many pages the document says it has, or one more than are read."""
    tree: Any = document.catalog.get("Pages")
    tree = tree.resolve() if hasattr(tree, "resolve") else tree
    said = tree.get("Count") if isinstance(tree, dict) else None
    return said if isinstance(said, int) and MAX_PAGES < said < 10**9 else MAX_PAGES + 1


class _Device(PDFTextDevice):
    """Takes what is drawn: upright glyphs that are no page furniture, and straight rules."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.page = Page(0, 0)
        self.count = self.unknown = 0
        self._tags: list[bool] = []

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        """Begin a page; the interpreter has turned it upright."""
        left, low, right, high = page.mediabox
        width, height = min(right - left, WIDEST), min(high - low, WIDEST)
        self.page = Page(*((height, width) if page.rotate in (90, 270) else (width, height)))
        self._tags = []

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        """Note the beginning of marked content: headers and footers are marked as such by most programs."""
        said = props.get("Type") if isinstance(props, dict) else None
        self._tags.append(getattr(tag, "name", "") == "Artifact" and getattr(said, "name", "") in _FURNITURE)

    def end_tag(self) -> None:
        """Note its end."""
        if self._tags:
            self._tags.pop()

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]) -> None:
        """Keep the straight lines, the edges of boxes, and boxes that are thin as lines."""
        if not (stroke or fill) or self.ctm is None:
            return
        shape: list[Point] = []
        for step in path:
            if step[0] in ("m", "l"):
                if step[0] == "m":
                    self._shape(shape, filled=fill)
                    shape = []
                shape.append(apply_matrix_pt(self.ctm, (float(step[1]), float(step[2]))))
            elif step[0] == "h" and shape:
                shape.append(shape[0])
            else:
                shape = []
        self._shape(shape, filled=fill)

    def _shape(self, points: list[Point], *, filled: bool) -> None:
        if len(self.page.level) + len(self.page.upright) > MAX_RULES:
            return
        if len(points) < 2:  # noqa: PLR2004 - a line has two ends
            return
        width, height = self.page.width, self.page.height
        points = [(min(max(x, 0.0), width), min(max(height - y, 0.0), height)) for x, y in points]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, right, top, low = min(xs), max(xs), min(ys), max(ys)
        if low - top <= THIN and right - left > SHORT:
            self.page.level.append(Rule((top + low) / 2, left, right))
        elif right - left <= THIN and low - top > SHORT:
            self.page.upright.append(Rule((left + right) / 2, top, low))
        elif _is_box(points) and (filled or len(points) > 4):  # noqa: PLR2004 - a box has four corners
            self.page.level += [Rule(top, left, right), Rule(low, left, right)]
            self.page.upright += [Rule(left, top, low), Rule(right, top, low)]

    def render_char(  # noqa: PLR0917 - the library's signature
        self,
        matrix: Any,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        """Keep a glyph that stands upright on the page; return how far the next one is."""
        advance = float(font.char_width(cid) * fontsize * scaling)
        self.count += 1
        if self.count > MAX_CHARACTERS:
            raise Unreadable(Why.TOO_LONG, {"characters": self.count, "limit": MAX_CHARACTERS})
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            self.unknown += 1
            return advance
        a, b, c, d, x, y = matrix
        size = abs(d) * abs(fontsize)
        if any(self._tags) or abs(b) > STRAIGHT * abs(a) or abs(c) > STRAIGHT * abs(d) or a * d <= 0 or size <= 0:
            return advance
        left, right = sorted((float(x), float(x + advance * a)))
        base = self.page.height - float(y) - (rise if abs(rise) < size else 0) * d
        is_here = -size < base < self.page.height + size and -size < left < self.page.width
        if text and is_here and size <= self.page.height and right - left <= self.page.width:
            self.page.glyphs.append(Glyph(_plain(text), left, right, base, size))
        return advance


def _is_box(points: list[Point]) -> bool:
    return all(abs(x0 - x1) < 1 or abs(y0 - y1) < 1 for (x0, y0), (x1, y1) in pairwise(points))


def _plain(text: str) -> str:
    """Return the sign itself for ligatures, letters in their joined forms and signs of picture fonts."""
    if text.isascii():
        return text
    plain = ""
    for sign in text:
        code = ord(sign)
        if 0xFB00 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFF:  # noqa: PLR2004 - Unicode's presentation forms
            plain += unicodedata.normalize("NFKC", sign)
        elif 0xF000 <= code <= 0xF0FF:  # noqa: PLR2004 - the private range of picture fonts
            plain += "•"
        else:
            plain += sign
    return plain
