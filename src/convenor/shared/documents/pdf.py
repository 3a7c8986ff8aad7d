"""Documents as tagged PDF for reading on paper and aloud (PDF/UA-1), set by Typst.

Typst's page is a fixed file; a document goes in as JSON data, so that no text is ever read as code. Every character is
looked up in the shipped fonts beforehand, since Typst refuses a whole document for one that it cannot draw.
"""

import base64
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from convenor.shared.documents import (
    Block,
    Cell,
    Document,
    Figure,
    Heading,
    Item,
    Listing,
    Made,
    PageBreak,
    Paragraph,
    Run,
    Table,
)
from convenor.shared.documents.glyphs import FONTS, IGNORED, bare, coverage, drawable
from convenor.shared.documents.text import breakable, direction_of, listed, tidied
from convenor.shared.errors import Refused

PAGE = Path(__file__).parent / "page.typ"
PICTURE = b"""#set page(width: 170mm, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)"""
PICTURE_PPI = 200
VIEW_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
FRAME = b"""#set document(title: "-")
#set text(font: "Noto Sans")
#image(bytes(sys.inputs.svg), format: "svg", alt: "-")"""
PROBE = b"""#set document(title: "-")
#let given = json(bytes(sys.inputs.given))
#let lines(words) = words.split("\\n").intersperse(linebreak()).join()
#set text(font: given.fonts, lang: given.language, size: 10pt)
#for side in (ltr, rtl) {
  set text(dir: side)
  for words in given.texts.map(lines) { par(words); par(strong(words)); par(emph(words)); par(strong(emph(words))) }
}"""
MOST_CELLS = 100_000  # a table of 90,000 takes the worker 5 s and 1.6 GB
LINE_POINTS = {False: 493.0, True: 740.0}  # width of a line: portrait, landscape
LETTER, INSET = 0.62, 8.0  # width of a wide letter in its size; what a cell leaves empty, in points
TEXT, SIZE, SMALL, SMALLEST = 10.0, 9.0, 8.0, 7.0  # points, of letters in the text and in tables
LINKS = re.compile(r"(https?://|mailto:)[^\s<>\"\\]+", re.ASCII)
SHORT_TITLE = 90  # letters that fit the foot of a page

Data = dict[str, Any]  # what becomes JSON
Cleaner = Callable[[str, Counter[int]], str]


def to_pdf(document: Document) -> Made:
    """Set a document; the same document gives the same bytes.

    Source of the format: ISO 14289-1 (PDF/UA-1) as Typst checks it; headings keep their order, tables have header rows,
    drawings have words.

    Raises:
        Refused: a table has more cells than a document can hold.
    """
    check_size(document)
    said: set[str] = set()
    try:
        return _set(document, partial(_noted, said=said))
    except typst.TypstError:
        # Letters and marks that a font has one by one and cannot shape together: those texts lose their marks.
        refused = unshaped(sorted(said), document.language)
    try:
        return _set(document, lambda text, lost: (bare if text in refused else drawable)(text, lost))
    except typst.TypstError:  # the last resort: no marks at all
        return _set(document, bare)


def check_size(document: Document) -> None:
    """Refuse what no reader could open.

    Raises:
        Refused: a table has too many cells.
    """
    tables = [part for part in document.blocks if isinstance(part, Table)]
    most = max((len(table.rows) * len(table.header) for table in tables), default=0)
    if most > MOST_CELLS:
        raise Refused(
            _(
                "“%(title)s” was not made: its table has %(cells)s cells, and a document holds %(most)s. "
                "Take the spreadsheet, which has room for all of them; nothing else was changed."
            )
            % {"title": document.title[:SHORT_TITLE], "cells": most, "most": MOST_CELLS}
        )


def _noted(text: str, lost: Counter[int], *, said: set[str]) -> str:
    if not text.isascii():
        said.add(text)
    return drawable(text, lost)


def unshaped(texts: Sequence[str], language: str) -> set[str]:
    """Find the texts that Typst refuses to draw, by halves: few are, so that few of them are set."""
    words = [drawable(text, Counter()) for text in texts]
    given = {"texts": words, "fonts": families(language), "language": language.partition("-")[0]}
    try:
        _compiled(PROBE, {"given": json.dumps(given)})
    except typst.TypstError:
        if len(texts) == 1:
            return set(texts)
        half = len(texts) // 2
        return unshaped(texts[:half], language) | unshaped(texts[half:], language)
    return set()


def _compiled(page: bytes, inputs: dict[str, str], at: int = 0) -> bytes:
    """Let Typst make a PDF; what breaks inside it counts as a refusal too.

    Its shaping of rare marks can panic, which reaches Python as an error outside the usual tree of errors.
    """
    try:
        return typst.compile(
            page,
            font_paths=fonts(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=at,
        )
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise typst.TypstError(str(error), "") from error


def _set(document: Document, cleaner: Cleaner) -> Made:
    lost: Counter[int] = Counter()
    data = _Data(document, partial(_clean, cleaner=cleaner, lost=lost)).document()
    made = _compiled(PAGE.read_bytes(), {"document": json.dumps(data)}, int(document.at.timestamp()))
    return Made(made, listed(lost))


def _clean(text: str, *, cleaner: Cleaner, lost: Counter[int]) -> str:
    return cleaner(tidied(text, lost), lost)


@cache
def fonts() -> typst.Fonts:
    """Give the shipped fonts, and no others: a document looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def drawing(svg: str) -> str:
    """Give a drawing that the standard takes: as it is, or as a picture where its words need shaping that SVG has not.

    Nothing is lost to who listens: a drawing is read by its words and by the table behind it.
    """
    try:
        _compiled(FRAME, {"svg": svg})
    except typst.TypstError:
        pixels = base64.b64encode(picture(svg)).decode()
        box = VIEW_BOX.search(svg)
        width, height = box.groups() if box else ("640", "360")
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
            f'<image width="{width}" height="{height}" href="data:image/png;base64,{pixels}"/></svg>'
        )
    return svg


def picture(svg: str) -> bytes:
    """Draw a drawing as PNG, for formats that cannot hold it."""
    made = typst.compile(
        PICTURE,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"svg": svg},
        format="png",
        ppi=PICTURE_PPI,
    )
    return made if isinstance(made, bytes) else made[0]


def families(language: str) -> list[Data]:
    """Give the order of the fonts; Chinese punctuation has the width of its letters."""
    names: list[Data] = [{"name": name} for name in coverage()]
    if language.partition("-")[0] in ("zh", "ja", "ko"):
        return [{"name": "Noto Sans", "covers": "latin-in-cjk"}, names[-1], *names]
    return names


class _Data:
    """A document as the data that the page of Typst reads."""

    def __init__(self, document: Document, clean: Callable[[str], str]) -> None:
        self.of, self.clean = document, clean

    def document(self) -> Data:
        """Give everything."""
        title = self.line(self.of.title)
        return {
            "title": title,
            "short": title if len(title) <= SHORT_TITLE else f"{title[: SHORT_TITLE - 1]}…",
            "author": self.clean(self.of.author),
            "subject": self.clean(self.of.subject),
            "running": self.clean(" ".join(self.of.running.split())),
            "language": self.of.language.partition("-")[0],
            "direction": self.of.direction,
            "landscape": self.of.is_landscape,
            "fonts": families(self.of.language),
            "blocks": [self.block(block) for block in self.of.in_order()],
        }

    def block(self, block: Block) -> Data:
        """Give one part."""
        match block:
            case Heading(text, level):
                return {"kind": "heading", "level": level, **self.words(text)}
            case Paragraph(runs):
                return {"kind": "paragraph", "runs": self.runs(runs), **self.turn(runs[0].text if runs else "")}
            case Listing():
                return {"kind": "listing", **self.listing(block)}
            case Table():
                return {"kind": "table", **self.table(block)}
            case Figure(svg, words, table):
                return {
                    "kind": "figure",
                    "svg": drawing(self.clean(svg)),
                    "words": self.clean(words),
                    "table": self.table(table),
                }
            case PageBreak():
                return {"kind": "break"}

    def runs(self, runs: tuple[Run, ...]) -> list[Data]:
        """Give words with their letters; a link that leads nowhere known stays words."""
        return [self.run(run) for run in runs]

    def run(self, run: Run) -> Data:
        """Give one run."""
        data: Data = {"text": breakable(self.clean(run.text), self.letters())}
        marks = {name: True for name in ("bold", "italic") if getattr(run, name)}
        return {**data, **marks, **({"link": run.link} if LINKS.fullmatch(run.link) else {})}

    def listing(self, listing: Listing) -> Data:
        """Give the points of a list; labels stand on the side where the first point begins."""
        first = "".join(run.text for item in listing.items[:1] for run in item.runs)
        return {"items": [self.item(item, listing.marker) for item in listing.items], **self.turn(first)}

    def item(self, item: Item, marker: str) -> Data:
        """Give a point with those under it."""
        direction = direction_of("".join(run.text for run in item.runs)) or self.of.direction
        children = [self.item(child, marker) for child in item.children]
        label = self.clean(item.label or marker)
        notes = [{"runs": self.runs(runs), **self.turn(runs[0].text if runs else "")} for runs in item.notes]
        return {"runs": self.runs(item.runs), "label": label, "items": children, "notes": notes, "dir": direction}

    def table(self, table: Table) -> Data:
        """Give a table; words longer than their column may break."""
        widths = table.widths or column_widths(table)
        size = SIZE if len(table.header) <= 6 else SMALL if len(table.header) <= 10 else SMALLEST  # noqa: PLR2004 - what fits
        most = [self.letters(width / sum(widths), size) for width in widths]
        return {
            "caption": self.clean(table.caption),
            "size": size,
            "widths": list(widths),
            "alignment": list(table.alignment or ("start",) * len(table.header)),
            "header": [breakable(self.clean(words), least) for words, least in zip(table.header, most, strict=True)],
            "rows": [[self.cell(cell, least) for cell, least in zip(row, most, strict=True)] for row in table.rows],
        }

    def cell(self, cell: Cell, most: int) -> str | Data:
        """Give a cell: plain words where their direction is the document's."""
        if isinstance(cell, Listing):
            return self.listing(cell)
        words = breakable(self.clean(cell), most)
        turn = self.turn(words)
        return {"text": words, **turn} if turn else words

    def words(self, text: str) -> Data:
        """Give the words of a heading with their direction where it is not the document's."""
        return {"text": breakable(self.line(text), self.letters() // 2), **self.turn(text)}

    def line(self, text: str) -> str:
        """Give words on one line; a heading of nothing is a stroke, since the standard has none without words."""
        words = " ".join(self.clean(text).split())
        return words if words.strip(IGNORED) else "–"

    def turn(self, text: str) -> Data:
        """Give the direction of words that run against the document's."""
        direction = direction_of(text)
        return {"dir": direction} if direction not in (None, self.of.direction) else {}

    def letters(self, share: float = 1.0, size: float = TEXT) -> int:
        """Say how many wide letters of a size fit a share of the line."""
        return max(4, int((LINE_POINTS[self.of.is_landscape] * share - INSET) / (LETTER * size)))


def column_widths(table: Table) -> tuple[float, ...]:
    """Share the line out: a column gets room for its longest word, and more the more it says."""
    return tuple(_width(table, place) for place in range(len(table.header)))


def _width(table: Table, place: int) -> float:
    words = [table.header[place], *(cell for row in table.rows if isinstance(cell := row[place], str))]
    if any(isinstance(row[place], Listing) for row in table.rows):
        return 60.0
    longest = max((len(word) for text in words for word in text.split()), default=1)
    mean = sum(map(len, words)) / len(words)
    return min(max(longest, 3), 18) + 1 + min(mean, 80) / 2
