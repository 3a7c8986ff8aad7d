"""Hypertext → plain lines with layout, in one pass and without trusting the markup."""

import re

from convenor.meetings.formats.blocks import Block, Cell, Paragraph, Table
from convenor.meetings.formats.errors import Unreadable, Why
from convenor.meetings.formats.html_tags import Tag, tags_and_texts
from convenor.meetings.formats.layout import MAX_INDENT, text_of_blocks
from convenor.meetings.formats.numerals import numeral
from convenor.meetings.formats.trees import whole

MAX_MARKUP, MAX_TAGS = 2_000_000, 150_000
_DOCUMENT = re.compile(
    r"\s*(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype|html|body|head)\b", re.I | re.S
)
_FRAGMENT = re.compile(r"<(?:table|tr|td|ul|ol|p|div|h[1-6])\b[^<>]{0,500}>", re.I)
_SILENT = frozenset(
    {"head", "template", "svg", "noscript", "nav", "footer", "select", "math", "object", "iframe", "video", "audio"}
)
_RAW = frozenset({"script", "style", "title", "textarea"})
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr"}
)
_BREAKING = frozenset(
    {"p", "div", "section", "article", "header", "footer", "main", "hr", "table", "tr", "ul", "ol", "li", "dl", "dt"}
    | {"dd", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "thead", "tbody", "tfoot", "form"}
    | {"fieldset", "address", "figure", "figcaption", "body", "details", "summary", "center", "aside", "menu"}
)
_APART = frozenset({"p", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "hr"})
_HIDING = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.I)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*(lower|upper)-(alpha|latin|roman)", re.I)
_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLES = {"alpha": "Letter", "latin": "Letter", "roman": "Roman"}
_MOVED = re.compile(
    r"(?:margin-left|margin-inline-start|padding-left|text-indent)\s*:\s*(-?\d{0,4}(?:\.\d{1,4})?)(?<=\d)(px|pt|em|rem|ch|in|cm|mm)",
    re.I,
)
_COLUMNS = {"px": 1 / 12, "pt": 1 / 9, "em": 2.0, "rem": 2.0, "ch": 1.0, "in": 8.0, "cm": 3.15, "mm": 0.315}
BARE = "none"
MAX_DEPTH, BLOCKS, COLUMNS_OF_DEPTH, MOST_OF_A_LIST, MOST_FRAMES = 12, 3, 4, 9_999, 100


def is_hypertext(text: str) -> bool:
    """Say whether the text is an HTML document, or a fragment laid out by block tags."""
    if "<" not in text:
        return False
    return bool(_DOCUMENT.match(text)) or len(_FRAGMENT.findall(text[:MAX_MARKUP])) >= BLOCKS


def flatten(text: str) -> str:
    """Return the words of the hypertext, one line per block and one tab between table cells.

    Raises:
        Unreadable: there is too much markup, or it declares entities.
    """
    if len(text) > MAX_MARKUP or text.count("<") > MAX_TAGS:
        raise Unreadable(Why.TOO_COMPLEX, {"kind": "HTML"})
    page = _Page(keeps_lines=not _DOCUMENT.match(text))
    for part in tags_and_texts(text):
        if isinstance(part, str):
            page.say(part)
        else:
            page.mark(part)
    return text_of_blocks(page.blocks())


class _Frame:
    """A table that is being read: the row and the cell that are open, and where it stands."""

    def __init__(self) -> None:
        self.table = Table()
        self.row: list[Cell | None] | None = None
        self.cell: Cell | None = None


class _List:
    """A list that is being read: the style of its numbers and the next one; no number where it has bullets.

    A list that says its own role says so because its style took the marks away.
    """

    def __init__(self, style: str = "", number: int = 0) -> None:
        self.style, self.number = style, number

    def marker(self) -> str:
        if self.style == BARE:
            return ""
        if not self.style:
            return "-"
        self.number += 1
        return f"{numeral(self.number - 1, self.style)}."


class _Page:
    """Collects paragraphs and tables while the tags come."""

    def __init__(self, *, keeps_lines: bool) -> None:
        self._keeps_lines = keeps_lines
        self._root: list[Block] = []
        self._frames: list[_Frame] = []
        self._words: list[str] = []
        self._silent = ""
        self._nested = 0
        self._marker, self._level, self._indent, self._is_apart = "", 0, 0, False
        self._is_item = False
        self._lists: list[_List] = []
        self._kept = 0

    def blocks(self) -> list[Block]:
        """Return everything collected."""
        self._end()
        return self._root

    def say(self, text: str) -> None:
        """Take a text."""
        if self._silent:
            return
        text = text.replace("\0", "")
        if self._kept:
            self._words.append(text.replace("\n", "\0"))
        elif self._keeps_lines and not self._cell():
            first, *others = text.split("\n")
            self._words.append(first)
            for line in others:
                self._end()
                self._words.append(line)
        else:
            self._words.append(text)

    def mark(self, tag: Tag) -> None:
        """Take a tag."""
        if self._silent:
            self._listen(tag)
        elif tag.name in _RAW:
            return
        elif tag.closes:
            self._close(tag.name)
        elif tag.name not in _VOID and (tag.name in _SILENT or _hides(tag)):
            self._silent, self._nested = tag.name, 1
        else:
            self._open(tag)

    def _listen(self, tag: Tag) -> None:
        """Wait for the end of what is not shown."""
        if tag.name == self._silent:
            self._nested += -1 if tag.closes else 1
        if not self._nested or (self._silent == "head" and tag.name == "body"):
            self._silent = ""

    def _open(self, tag: Tag) -> None:
        if tag.name == "br":
            self._words.append("\0")
        elif tag.name in ("td", "th"):
            self._open_cell(tag)
        elif tag.name in _BREAKING:
            self._end()
            self._part(tag.name)
            self._indent = _indent(tag)
            self._open_block(tag)

    def _open_block(self, tag: Tag) -> None:
        name = tag.name
        if name == "table":
            if len(self._frames) >= MOST_FRAMES:
                raise Unreadable(Why.TOO_COMPLEX, {"kind": "HTML"})
            self._frames.append(_Frame())
        elif name == "tr":
            self._open_row()
        elif name in ("ul", "ol", "menu"):
            self._open_list(tag)
        elif name == "li":
            self._open_item(tag)
        elif name == "pre":
            self._kept += 1
        elif name[0] == "h" and name[1:].isdigit():
            self._level = int(name[1:])

    def _close(self, name: str) -> None:
        if name in ("td", "th"):
            self._end()
            if self._frames:
                self._frames[-1].cell = None
        elif name in _BREAKING:
            self._end()
            if name == "tr" and self._frames:
                self._frames[-1].row = self._frames[-1].cell = None
            elif name == "table" and self._frames:
                self._frames.pop()
            elif name in ("ul", "ol", "menu") and self._lists:
                self._lists.pop()
            elif name == "pre":
                self._kept = max(0, self._kept - 1)
            self._level = self._indent = 0
            self._part(name)

    def _open_row(self) -> _Frame:
        if not self._frames:
            self._frames.append(_Frame())
        frame = self._frames[-1]
        if not frame.table.rows:
            frame.table.is_apart, self._is_apart = self._is_apart, False
            self._into(outside=True).append(frame.table)
        frame.row, frame.cell = [], None
        frame.table.rows.append(frame.row)
        return frame

    def _open_cell(self, tag: Tag) -> None:
        self._end()
        frame = self._frames[-1] if self._frames and self._frames[-1].row is not None else self._open_row()
        said = tag.attributes()
        frame.cell = Cell(columns=whole(said.get("colspan"), default=1), rows=whole(said.get("rowspan"), default=1))
        if frame.row is not None:
            frame.row.append(frame.cell)

    def _open_list(self, tag: Tag) -> None:
        said = tag.attributes()
        style = ""
        if tag.name == "ol":
            drawn = _LIST_STYLE.search(said.get("style", ""))
            style = _TYPES.get(said.get("type", "1"), "decimal")
            style = f"{drawn[1].lower()}{_STYLES[drawn[2].lower()]}" if drawn else style
        if said.get("role") == "list":
            style = BARE
        if len(self._lists) < MAX_DEPTH:
            start = whole(said.get("start"), default=1)
            self._lists.append(_List(style, start if abs(start) <= MOST_OF_A_LIST else 1))

    def _open_item(self, tag: Tag) -> None:
        one = self._lists[-1] if self._lists else _List()
        number = whole(tag.attributes().get("value"), default=-1)
        if one.style and 0 <= number <= MOST_OF_A_LIST:
            one.number = number
        self._marker, self._is_item = one.marker(), True

    def _part(self, name: str) -> None:
        if name in _APART and not self._cell():
            self._is_apart = True

    def _cell(self) -> Cell | None:
        return self._frames[-1].cell if self._frames else None

    def _into(self, *, outside: bool = False) -> list[Block]:
        """Return where the next block goes: the innermost open cell, of an outer table if `outside`, or the page."""
        frames = self._frames[:-1] if outside else self._frames
        cell = next((frame.cell for frame in reversed(frames) if frame.cell), None)
        return cell.blocks if cell else self._root

    def _end(self) -> None:
        """End the paragraph that is open."""
        if not self._words:
            return
        said, self._words = "".join(self._words), []
        text = "\n".join(" ".join(line.split()) for line in said.split("\0")).strip("\n")
        into = self._into()
        if not text:
            if said.strip(" \t\r\n\f"):  # a set space or line break holds an empty line open
                into.append(Paragraph(""))
            return
        indent = COLUMNS_OF_DEPTH * max(0, len(self._lists) - 1) if self._is_item else self._indent
        apart = self._is_apart and bool(into)
        into.append(Paragraph(text, self._marker, indent, self._level, is_apart=apart))
        self._marker, self._is_apart, self._is_item = "", False, False


def _indent(tag: Tag) -> int:
    """Return how far a block is moved in, in columns."""
    if "margin" not in tag.written and "indent" not in tag.written and "padding" not in tag.written:
        return 0
    found = _MOVED.findall(tag.attributes().get("style", ""))
    return max(0, min(round(sum(float(number) * _COLUMNS[unit.lower()] for number, unit in found)), MAX_INDENT))


def _hides(tag: Tag) -> bool:
    written = tag.written
    if "hidden" not in written and "none" not in written and "mso-hide" not in written:
        return False
    said = tag.attributes()
    return "hidden" in said or bool(_HIDING.search(said.get("style", "")))
