"""Hypertext → plain lines with layout, in one pass and without trusting the markup."""

import re
from html.parser import HTMLParser

_DOCUMENT = re.compile(r"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype|html|body|head)\b", re.I | re.S)
_FRAGMENT = re.compile(r"<(?:table|tr|td|ul|ol|p|div|h[1-6])\b[^<>]{0,500}>", re.I)
_SILENT = frozenset({"script", "style", "head", "template", "svg", "noscript", "nav", "select"})
_BREAKING = frozenset(
    {"p", "div", "section", "article", "header", "footer", "main", "br", "hr", "table", "tr", "ul", "ol", "li", "dl"}
    | {"dt", "dd", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "thead", "tbody", "tfoot"}
    | {"form", "fieldset", "address", "figure", "figcaption"}
)
_APART = frozenset({"p", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "hr"})
MAX_DEPTH, BLOCKS, START_DIGITS = 12, 3, 5


def is_hypertext(text: str) -> bool:
    """Say whether the text is an HTML document, or a fragment laid out by block tags."""
    return bool(_DOCUMENT.match(text)) or len(_FRAGMENT.findall(text)) >= BLOCKS


def flatten(text: str) -> str:
    """Return the words of the hypertext, one line per block and one tab between table cells."""
    reader = _Flattener(keeps_lines=not _DOCUMENT.match(text))
    reader.feed(text)
    reader.close()
    return reader.text()


class _Flattener(HTMLParser):
    """Collects lines; a table row collects cells, each a list of lines."""

    def __init__(self, *, keeps_lines: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._keeps_lines = keeps_lines
        self._lines: list[str] = []
        self._words: list[str] = []
        self._silent = 0
        self._prefix = ""
        self._lists: list[int | None] = []
        self._cells: list[list[str]] | None = None
        self._in_cell = False

    def text(self) -> str:
        """Return everything collected, with runs of empty lines made one."""
        self._end_line()
        self._end_row()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if not self._keeps_lines or self._in_cell:
            self._words.append(data)
            return
        first, *others = data.split("\n")
        self._words.append(first)
        for line in others:
            self._end_line()
            self._words.append(line)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in ("td", "th"):
            self._start_cell()
        elif tag in _BREAKING:
            self._start_block(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("td", "th"):
            self._end_line()
            self._in_cell = False
        elif tag in _BREAKING:
            self._end_line()
            if tag in ("tr", "table"):
                self._end_row()
            if tag in ("ul", "ol") and self._lists:
                self._lists.pop()
            self._part(tag)

    def _start_cell(self) -> None:
        self._end_line()
        if self._cells is None:
            self._cells = []
        self._cells.append([])
        self._in_cell = True

    def _start_block(self, tag: str, attrs: dict[str, str | None]) -> None:
        self._end_line()
        if tag in ("table", "tr"):
            self._end_row()
        if tag == "tr":
            self._cells = []
        elif tag in ("ul", "ol") and len(self._lists) < MAX_DEPTH:
            start = attrs.get("start") or "1"
            self._lists.append(int(start) if tag == "ol" and start.isdecimal() and len(start) < START_DIGITS else None)
        elif tag == "li":
            self._prefix = self._marker()
        elif re.fullmatch(r"h[1-6]", tag) and not self._in_cell:
            self._prefix = "#" * int(tag[1]) + " "
        self._part(tag)

    def _marker(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "    " * max(0, len(self._lists) - 1) + "- "
        number = self._lists[-1]
        self._lists[-1] = number + 1
        return "    " * (len(self._lists) - 1) + f"{number}. "

    def _part(self, tag: str) -> None:
        if tag in _APART and not self._in_cell and self._lines and self._lines[-1]:
            self._lines.append("")

    def _end_line(self) -> None:
        words = " ".join("".join(self._words).split())
        self._words = []
        if not words:
            return
        words, self._prefix = self._prefix + words, ""
        if self._in_cell and self._cells:
            self._cells[-1].append(words)
        else:
            self._lines.append(words)

    def _end_row(self) -> None:
        cells, self._cells, self._in_cell = self._cells, None, False
        if not cells or not any(cells):
            return
        for row in range(max(map(len, cells))):
            self._lines.append("\t".join(cell[row] if row < len(cell) else "" for cell in cells))
