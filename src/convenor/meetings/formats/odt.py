"""ODT → text: paragraphs with their list numbers, tables, text boxes; deleted and hidden words left out."""

import re
from collections.abc import Iterator

from convenor.meetings.formats.blocks import Block, Cell, Paragraph, Table
from convenor.meetings.formats.errors import Unreadable, Why
from convenor.meetings.formats.layout import text_of_blocks
from convenor.meetings.formats.odt_lists import Counts, Lists, OpenList
from convenor.meetings.formats.odt_styles import OdtStyles
from convenor.meetings.formats.trees import Node, child, name, tree, value, whole
from convenor.meetings.formats.zips import Package

KIND = "ODT"
COLUMNS_OF_DEPTH, MOST_REPEATED, MOST_SPACES, MOST_PARAGRAPHS = 4, 60, 100, 40_000
_LEFT_OUT = frozenset({
    "tracked-changes", "note", "annotation", "annotation-end", "hidden-text", "hidden-paragraph", "ruby-text", "title",
    "desc", "forms", "sequence-decls", "variable-decls", "user-field-decls", "script", "table-of-content",
    "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index", "bibliography",
    "soft-page-break", "event-listeners", "object", "plugin", "glue-point",
})  # fmt: skip
_FRAMES = frozenset({"frame", "text-box", "custom-shape", "rect", "ellipse", "g", "line", "connector", "path"})
_SIGNS = {"tab": "\t", "line-break": "\n"}
_SPACES = re.compile(r"[ \t\r\n]+")


def text_of_odt(package: Package) -> str:
    """Return the text of a packed document.

    Raises:
        Unreadable: the file is damaged, protected, unsafe, or too much.
    """
    manifest = package.part("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise Unreadable(Why.ENCRYPTED, {"kind": KIND})
    content, styles = package.part("content.xml"), package.part("styles.xml")
    if not content:
        raise Unreadable(Why.BROKEN, {"kind": KIND})
    return _text(tree(content, KIND), tree(styles, KIND) if styles else None)


def text_of_flat_odt(data: bytes) -> str:
    """Return the text of a document that is one file of XML.

    Raises:
        Unreadable: as `text_of_odt`.
    """
    return _text(tree(data, KIND), None)


def _text(content: Node, styles: Node | None) -> str:
    body = child(content, "body", "text")
    if body is None:
        raise Unreadable(Why.BROKEN, {"kind": KIND})
    parts = [part for part in (styles, content) if part is not None]
    return text_of_blocks(_Body(OdtStyles(parts), Lists(parts)).blocks(body))


class _Body:
    """Turns nodes into blocks, counting the lists on its way."""

    def __init__(self, styles: OdtStyles, lists: Lists) -> None:
        self._styles = styles
        self._lists = lists
        self._headings: Counts = {}
        self._count = 0

    def blocks(self, parent: Node) -> list[Block]:
        """Return what stands under a node as blocks, in order."""
        found: list[Block] = []
        for node in parent:
            tag = name(node)
            if tag in ("p", "h"):
                found += self._paragraph(node)
            elif tag == "list":
                found += self._list(node, None)
            elif tag == "table":
                found.append(self._table(node))
            elif tag not in _LEFT_OUT and value(node, "display") != "none":
                found += self.blocks(node)
        return found

    def _list(self, node: Node, outer: OpenList | None) -> list[Block]:
        one = self._lists.opened(node, outer)
        found: list[Block] = []
        for item in node:
            if name(item) not in ("list-item", "list-header"):
                continue
            is_counted = name(item) == "list-item"
            one.wraps = True
            for part in item:
                tag = name(part)
                if tag in ("p", "h"):
                    first = one.wraps and is_counted
                    found += self._paragraph(part, one, marker=one.next(item) if first else "")
                    one.wraps = False
                elif tag == "list":
                    found += self._list(part, one)
                elif tag == "table":
                    found.append(self._table(part))
        return found

    def _paragraph(self, node: Node, one: OpenList | None = None, marker: str = "") -> list[Block]:
        self._count += 1
        if self._count > MOST_PARAGRAPHS:
            raise Unreadable(Why.TOO_COMPLEX, {"kind": KIND})
        boxes: list[Node] = []
        text = "".join(self._words(node, boxes))
        style = value(node, "style-name")
        has_words = bool(text.strip())
        level = self._styles.level(style)
        if name(node) == "h":
            level = max(1, whole(value(node, "outline-level"), default=1))
            if one is None and has_words and value(node, "is-list-header") != "true":
                marker = self._lists.heading(self._headings, level, node)
        if one is not None:
            indent = COLUMNS_OF_DEPTH * (one.depth if marker else one.depth + 1)
        else:
            indent = self._styles.indent(style)
        found: list[Block] = [Paragraph(text, marker, indent, level if has_words else 0)]
        for box in boxes:
            found += self.blocks(box)
        return found

    def _words(self, parent: Node, boxes: list[Node]) -> Iterator[str]:
        """Yield the words of a paragraph; text boxes anchored in it are put aside."""
        yield _SPACES.sub(" ", parent.text or "")
        for node in parent:
            tag = name(node)
            if tag == "s":
                yield " " * min(max(whole(value(node, "c"), default=1), 1), MOST_SPACES)
            elif tag in _SIGNS:
                yield _SIGNS[tag]
            elif tag in _FRAMES:
                boxes.append(node)
            elif tag not in _LEFT_OUT and not self._styles.is_hidden(value(node, "style-name")):
                yield from self._words(node, boxes)
            yield _SPACES.sub(" ", node.tail or "")

    def _table(self, node: Node) -> Table:
        rows: list[list[Cell | None]] = []
        for row in _rows(node):
            cells: list[Cell | None] = []
            for part in row:
                if name(part) == "covered-table-cell":
                    cells += [None] * _repeated(part, "number-columns-repeated")
                elif name(part) == "table-cell":
                    cells += [Cell(self.blocks(part)), *[None] * (_repeated(part, "number-columns-repeated") - 1)]
            rows.append(cells)
        return Table(rows)


def _rows(node: Node) -> Iterator[Node]:
    for part in node:
        if name(part) == "table-row":
            yield part
        elif name(part) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(part)


def _repeated(node: Node, attribute: str) -> int:
    return max(1, min(whole(value(node, attribute), default=1), MOST_REPEATED))
