"""DOCX → text: paragraphs with their list numbers, tables, text boxes; deleted and hidden words left out."""

import posixpath
import re
from collections.abc import Iterator

from convenor.meetings.formats.blocks import Block, Cell, Paragraph, Table
from convenor.meetings.formats.docx_numbering import Numbering
from convenor.meetings.formats.docx_styles import Styles
from convenor.meetings.formats.errors import Unreadable, Why
from convenor.meetings.formats.layout import text_of_blocks
from convenor.meetings.formats.trees import Node, child, children, name, tree, value, whole
from convenor.meetings.formats.zips import Package

KIND = "DOCX"
TWIPS_A_COLUMN, MOST_FIELDS, MOST_PARAGRAPHS = 180, 100, 40_000
_THROUGH = frozenset({
    "sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "bdo", "dir", "ruby",
    "rubyBase", "oMathPara", "oMath",
})  # fmt: skip
_GONE = frozenset({"del", "moveFrom", "rt"})
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_SYMBOL_FONTS = re.compile(r"symbol|wingding|webding", re.I)


def text_of_docx(package: Package) -> str:
    """Return the text of the main part.

    Raises:
        Unreadable: the file is damaged, unsafe, or too much.
    """
    place = _main_part(package)
    data = package.part(place)
    body = child(tree(data, KIND), "body") if data else None
    if body is None:
        raise Unreadable(Why.BROKEN, {"kind": KIND})
    folder = posixpath.dirname(place)

    def other(file: str) -> Node | None:
        part = package.part(f"{folder}/{file}" if folder else file)
        return tree(part, KIND) if part else None

    styles = Styles(other("styles.xml"))
    return text_of_blocks(_Body(styles, Numbering(other("numbering.xml"), styles)).blocks(body))


def _main_part(package: Package) -> str:
    """Return the name of the part that the package says is the document."""
    relations = package.part("_rels/.rels")
    for one in children(tree(relations, KIND), "Relationship") if relations else ():
        target = (value(one, "Target") or "").lstrip("/")
        if (value(one, "Type") or "").endswith("/officeDocument") and target in package.names:
            return target
    return "word/document.xml"


class _Body:
    """Turns nodes into blocks, counting the lists on its way."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._open: Paragraph | None = None
        self._field: list[bool] = []
        self._count = 0

    def blocks(self, parent: Node) -> list[Block]:
        """Return what stands under a node as blocks, in order."""
        found: list[Block] = []
        for node in parent:
            tag = name(node)
            if tag == "p":
                found += self._paragraph(node)
            elif tag == "tbl":
                self._open = None
                found.append(self._table(node))
            elif tag == "sdt" and _is_contents(node):
                continue
            elif tag in _THROUGH:
                found += self.blocks(node)
            elif tag == "AlternateContent":
                found += self.blocks(_choice(node))
        return found

    def _table(self, node: Node) -> Table:
        rows: list[list[Cell | None]] = []
        above: dict[int, Cell] = {}
        for row in _rows(node):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                continue
            cells: list[Cell | None] = [None] * _span(child(properties, "gridBefore"))
            for one in _cells(row):
                cells += self._cell(one, len(cells), above)
            rows.append(cells)
        return Table(rows)

    def _cell(self, node: Node, place: int, above: dict[int, Cell]) -> list[Cell | None]:
        """Return a cell and empty places for the columns it spans; one that continues the cell above is empty."""
        properties = child(node, "tcPr")
        if child(properties, "cellDel") is not None:
            return []
        width = _span(child(properties, "gridSpan"), least=1)
        merge = child(properties, "vMerge")
        blocks = self.blocks(node)
        if merge is not None and value(merge, "val") != "restart" and place in above:
            # Words in a cell that continues another are not printed.
            return [None] * width
        cell = Cell(blocks)
        above[place] = cell
        return [cell, *[None] * (width - 1)]

    def _paragraph(self, node: Node) -> list[Block]:
        self._count += 1
        if self._count > MOST_PARAGRAPHS:
            raise Unreadable(Why.TOO_COMPLEX, {"kind": KIND})
        properties = child(node, "pPr")
        style = value(child(properties, "pStyle"), "val")
        boxes: list[Node] = []
        text = "".join(self._words(node, boxes))
        if self._styles.is_contents(style):
            return []
        goes_on = child(properties, "rPr", "del") is not None
        if self._open is not None:
            self._open.text += text
            paragraph, found = self._open, list[Block]()
        else:
            paragraph = self._new(properties, style, text)
            found = [paragraph]
        self._open = paragraph if goes_on else None
        for box in boxes:
            found += self.blocks(box)
        return found

    def _new(self, properties: Node | None, style: str | None, text: str) -> Paragraph:
        level = self._styles.level(style, properties)
        has_words = bool(text.strip())
        item = self._numbering.next(properties, style) if has_words else None
        indent = self._styles.indent(style, properties, item.indent if item else None)
        return Paragraph(
            text,
            marker=item.marker if item else "",
            indent=max(0, round(indent / TWIPS_A_COLUMN)),
            level=level if has_words else 0,
        )

    def _words(self, parent: Node, boxes: list[Node]) -> Iterator[str]:
        """Yield the words of a paragraph; text boxes anchored in it are put aside."""
        for node in parent:
            tag = name(node)
            if tag == "r":
                if not self._styles.is_hidden(child(node, "rPr")):
                    yield from self._run(node, boxes)
            elif tag in _THROUGH:
                yield from self._words(node, boxes)
            elif tag == "AlternateContent":
                yield from self._words(_choice(node), boxes)

    def _run(self, parent: Node, boxes: list[Node]) -> Iterator[str]:
        for node in parent:
            tag = name(node)
            if tag == "fldChar":
                self._mark_field(value(node, "fldCharType"))
            elif tag == "AlternateContent":
                yield from self._run(_choice(node), boxes)
            elif tag in ("drawing", "pict", "object"):
                boxes += [one for one in node.iter() if name(one) == "txbxContent"]
            elif tag == "ruby":
                yield from self._words(node, boxes)
            elif not (self._field and self._field[-1]):
                yield _sign(node, tag)

    def _mark_field(self, kind: str | None) -> None:
        """Follow a field: what stands before its result is an instruction."""
        if kind == "begin" and len(self._field) < MOST_FIELDS:
            self._field.append(True)
        elif kind == "separate" and self._field:
            self._field[-1] = False
        elif kind == "end" and self._field:
            self._field.pop()


def _sign(node: Node, tag: str) -> str:
    if tag == "t":
        return node.text or ""
    if tag == "br":
        return "\n"
    if tag == "sym":
        return _symbol(value(node, "char"), value(node, "font"))
    return _SIGNS.get(tag, "")


def _symbol(code: str | None, font: str | None) -> str:
    """Return a sign given by its number; those of picture fonts are bullets, ticks and arrows."""
    if not code or not re.fullmatch(r"[0-9A-Fa-f]{1,5}", code):
        return ""
    number = int(code, 16)
    if 0xF000 <= number <= 0xF0FF or (font and _SYMBOL_FONTS.search(font)):  # noqa: PLR2004 - the private range of fonts
        return "•"
    return chr(number)


def _choice(node: Node) -> Node:
    """Return the first of several ways to say the same: the others repeat it for older programs."""
    return next((one for one in node if name(one) in ("Choice", "Fallback")), node)


def _is_contents(node: Node) -> bool:
    """Say whether a content control holds a table of contents."""
    gallery = value(child(node, "sdtPr", "docPartObj", "docPartGallery"), "val")
    return gallery == "Table of Contents"


def _rows(node: Node) -> Iterator[Node]:
    for one in node:
        if name(one) == "tr":
            yield one
        elif name(one) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _rows(one)


def _cells(node: Node) -> Iterator[Node]:
    for one in node:
        if name(one) == "tc":
            yield one
        elif name(one) in ("sdt", "sdtContent", "customXml"):
            yield from _cells(one)


def _span(node: Node | None, *, least: int = 0) -> int:
    return max(least, min(whole(value(node, "val"), default=least), 60))
