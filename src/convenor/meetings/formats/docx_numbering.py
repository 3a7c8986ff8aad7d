"""The automatic lists of a DOCX: which number each paragraph gets, as it would be printed."""

import re
from dataclasses import dataclass, field

from convenor.meetings.formats.blocks import BULLET
from convenor.meetings.formats.docx_styles import Indent, Styles, indent_of, is_on
from convenor.meetings.formats.numerals import numeral
from convenor.meetings.formats.trees import Node, child, children, value, whole

LEVELS, MOST_SAID, MOST_LINKS = 9, 60, 4
_PLACE = re.compile(r"%([1-9])")
_KNOWN_BULLETS = frozenset("•·●○◦▪■□‣⁃–-—*o➢➤✓✔❖♦")


@dataclass(frozen=True, slots=True)
class Item:
    """What a list prints before a paragraph, and where it puts it."""

    marker: str
    indent: Indent


@dataclass(slots=True)
class _List:
    """One instance of a list: its definition, and the levels it begins at another number."""

    definition: str
    levels: dict[int, Node]
    starts: dict[int, int] = field(default_factory=dict)
    is_begun: bool = False


class Numbering:
    """Counts the lists of a document, from its first paragraph to its last."""

    def __init__(self, part: Node | None, styles: Styles) -> None:
        self._styles = styles
        self._definitions = {value(one, "abstractNumId") or "": one for one in children(part, "abstractNum")}
        self._links = {
            value(child(one, "styleLink"), "val"): key
            for key, one in self._definitions.items()
            if child(one, "styleLink") is not None
        }
        self._lists = {value(one, "numId") or "": self._list(one) for one in children(part, "num")}
        self._counts: dict[str, dict[int, int]] = {}

    def next(self, properties: Node | None, style: str | None) -> Item | None:
        """Count a paragraph; return what its list prints before it, or None where it is in no list."""
        own, styled = child(properties, "numPr"), self._styles.list_of(style)
        key = value(child(own, "numId"), "val") or value(child(styled, "numId"), "val")
        one = self._lists.get(key or "")
        if one is None or key == "0":
            return None
        said = value(child(own, "ilvl"), "val") or value(child(styled, "ilvl"), "val")
        level = min(max(whole(said if said else self._level_of_style(one, style)), 0), LEVELS - 1)
        node = one.levels.get(level)
        if node is None:
            return None
        counts = self._counted(one, level)
        return Item(_marker(one, level, counts), _indent(node, level))

    def _list(self, node: Node) -> _List:
        key = value(child(node, "abstractNumId"), "val") or ""
        for _ in range(MOST_LINKS):
            link = value(child(self._definitions.get(key), "numStyleLink"), "val")
            key = self._links.get(link, key) if link else key
        levels = {whole(value(one, "ilvl")): one for one in children(self._definitions.get(key), "lvl")}
        found = _List(key, levels)
        for one in children(node, "lvlOverride"):
            level = whole(value(one, "ilvl"))
            if (own := child(one, "lvl")) is not None:
                found.levels[level] = own
            if (start := value(child(one, "startOverride"), "val")) is not None:
                found.starts[level] = whole(start)
        return found

    def _level_of_style(self, one: _List, style: str | None) -> str:
        """Return the level that is bound to a style, for headings that are numbered by it."""
        for level, node in one.levels.items():
            if style and value(child(node, "pStyle"), "val") == style:
                return str(level)
        return "0"

    def _counted(self, one: _List, level: int) -> dict[int, int]:
        """Count one on at a level; the levels below begin again, those above begin where they had not."""
        counts = self._counts.setdefault(one.definition, {})
        if not one.is_begun:
            one.is_begun = True
            for place, start in one.starts.items():
                counts[place] = start - 1
        for above in range(level):
            counts.setdefault(above, _start(one, above))
        counts[level] = counts.get(level, _start(one, level) - 1) + 1
        for below in [place for place in counts if place > level]:
            if _begins_again(one.levels.get(below), level):
                del counts[below]
        return counts


def _start(one: _List, level: int) -> int:
    return one.starts.get(level, whole(value(child(one.levels.get(level), "start"), "val"), default=0))


def _begins_again(node: Node | None, level: int) -> bool:
    """Say whether a level begins again when one above it counted on: always, unless it names which, or none."""
    after = value(child(node, "lvlRestart"), "val")
    return after is None or 0 <= level < whole(after)


def _marker(one: _List, level: int, counts: dict[int, int]) -> str:
    node = one.levels[level]
    style = value(child(node, "numFmt"), "val") or "decimal"
    text = value(child(node, "lvlText"), "val")
    if style == "bullet":
        return text if text and text in _KNOWN_BULLETS else BULLET
    plain = is_on(child(node, "isLgl"))

    def said(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        own = value(child(one.levels.get(at), "numFmt"), "val") or "decimal"
        number = counts.get(at, _start(one, at))
        return numeral(number, "decimal" if plain and own != "none" else own)

    return _PLACE.sub(said, text or "").strip()[:MOST_SAID]


def _indent(node: Node, level: int) -> Indent:
    return indent_of(child(node, "pPr")).over(Indent(720 * (level + 1), -360))
