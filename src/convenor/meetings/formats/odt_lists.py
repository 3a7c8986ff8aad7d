"""The automatic lists of an ODT: which number each item gets, as it would be printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from convenor.meetings.formats.blocks import BULLET
from convenor.meetings.formats.numerals import numeral
from convenor.meetings.formats.trees import Node, name, value, whole

Counts = dict[int, int]
_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal", "": "none"}
_KNOWN_BULLETS = frozenset("•·●○◦▪■□‣⁃–-—*o➢➤✓✔❖♦")
MOST_SAID = 60


@dataclass(slots=True)
class OpenList:
    """A list that is being read, at one depth: its levels, and how far they are counted."""

    levels: Mapping[int, Node]
    counts: Counts
    depth: int
    goes_on: bool
    wraps: bool = True
    """Whether the item being read has had no words of its own yet."""

    def next(self, item: Node) -> str:
        """Count an item and return what is printed before it."""
        node = self.levels.get(self.depth)
        start = value(item, "start-value")
        self.counts[self.depth] = whole(start) if start else self.counts.get(self.depth, _start(node) - 1) + 1
        for below in [level for level in self.counts if level > self.depth]:
            del self.counts[below]
        return _marker(self.levels, self.counts, self.depth)


class Lists:
    """The list styles of a document, and the lists that a later one may continue."""

    def __init__(self, parts: Sequence[Node]) -> None:
        self._styles: dict[str, dict[int, Node]] = {}
        self._outline: dict[int, Node] = {}
        for part in parts:
            for group in part:
                if name(group) not in ("styles", "automatic-styles"):
                    continue
                for one in group:
                    levels = {whole(value(node, "level"), default=1) - 1: node for node in one if value(node, "level")}
                    if name(one) == "list-style":
                        self._styles[value(one, "name") or ""] = levels
                    elif name(one) == "outline-style":
                        self._outline = levels
        self._by_style: dict[str, Counts] = {}
        self._by_key: dict[str, Counts] = {}

    def opened(self, node: Node, outer: OpenList | None) -> OpenList:
        """Return a list that begins: within another one, anew, or continuing an earlier one."""
        said = value(node, "continue-numbering") == "true"
        style = value(node, "style-name")
        if outer is not None:
            goes_on = said or (outer.goes_on and outer.wraps)
            depth = outer.depth + 1
            if not goes_on:
                outer.counts.pop(depth, None)
            levels = self._styles.get(style, outer.levels) if style else outer.levels
            return OpenList(levels, outer.counts, depth, goes_on)
        earlier = self._by_key.get(value(node, "continue-list") or "")
        if earlier is None and said:
            earlier = self._by_style.get(style or "")
        counts = earlier if earlier is not None else {}
        self._by_style[style or ""] = counts
        self._by_key[value(node, "id") or "-"] = counts
        return OpenList(self._styles.get(style or "", {}), counts, 0, earlier is not None)

    def heading(self, counts: Counts, level: int, node: Node) -> str:
        """Count a heading and return its number, or nothing where headings have none."""
        if not self._outline:
            return ""
        return OpenList(self._outline, counts, level - 1, goes_on=True).next(node)


def _start(node: Node | None) -> int:
    return whole(value(node, "start-value"), default=1)


def _marker(levels: Mapping[int, Node], counts: Counts, depth: int) -> str:
    node = levels.get(depth)
    if node is None:
        return BULLET if not levels else ""
    if name(node) == "list-level-style-bullet":
        sign = value(node, "bullet-char") or ""
        return sign if sign in _KNOWN_BULLETS and sign else BULLET
    if name(node) == "list-level-style-image":
        return BULLET
    shown = max(1, min(whole(value(node, "display-levels"), default=1), depth + 1))
    numbers = []
    for level in range(depth - shown + 1, depth + 1):
        style = _FORMATS.get(value(levels.get(level), "num-format") or "", "decimal")
        numbers.append(numeral(counts.get(level, _start(levels.get(level))), style))
    said = ".".join(number for number in numbers if number)
    if not said:
        return ""
    return f"{value(node, 'num-prefix') or ''}{said}{value(node, 'num-suffix') or ''}".strip()[:MOST_SAID]
