"""What the styles of a DOCX say of its paragraphs: headings, tables of contents, indentation, hidden words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from convenor.meetings.formats.trees import Node, child, children, value, whole

_HEADING = re.compile(r"heading (\d)", re.I)
_CONTENTS = re.compile(r"(?:toc \d|toc heading|table of figures)", re.I)
MOST_PARENTS, MOST_LEVELS = 12, 6


@dataclass(frozen=True, slots=True)
class Indent:
    """Where the first line of a paragraph begins, in twentieths of a point: `first` is added to `left`."""

    left: int | None = None
    first: int | None = None

    def over(self, other: "Indent | None") -> "Indent":
        """Return this one, and from the other what this one leaves open."""
        if other is None:
            return self
        return Indent(
            self.left if self.left is not None else other.left, self.first if self.first is not None else other.first
        )

    @property
    def start(self) -> int:
        """Where the first line begins."""
        return (self.left or 0) + (self.first or 0)


def indent_of(properties: Node | None) -> Indent:
    """Return what the properties of a paragraph or of a list's level say."""
    node = child(properties, "ind")
    left = value(node, "left") or value(node, "start")
    hanging, first = value(node, "hanging"), value(node, "firstLine")
    return Indent(whole(left) if left else None, -whole(hanging) if hanging else whole(first) if first else None)


def is_on(node: Node | None) -> bool:
    """Say whether a switch is set: its being there is yes, unless it says no."""
    return node is not None and value(node, "val") not in ("0", "false", "off")


class Styles:
    """The styles by their identifiers; names are the same in every language of the word processor."""

    def __init__(self, part: Node | None) -> None:
        found = list(children(part, "style"))
        self._styles = {value(one, "styleId") or "": one for one in found}
        first = (one for one in found if value(one, "type") == "paragraph" and value(one, "default") in ("1", "true"))
        self._default = value(next(first, None), "styleId")

    def chain(self, style: str | None) -> Iterator[Node]:
        """Yield a style and those it is based on."""
        key = style if style in self._styles else self._default
        for _ in range(MOST_PARENTS):
            node = self._styles.get(key or "")
            if node is None:
                return
            yield node
            key = value(child(node, "basedOn"), "val")

    def level(self, style: str | None, properties: Node | None) -> int:
        """Return the level of a heading, or 0."""
        for node in self.chain(style):
            said = value(child(node, "name"), "val") or ""
            if match := _HEADING.fullmatch(said.strip()):
                return min(int(match[1]), MOST_LEVELS)
            if said.casefold() == "title":
                return 1
        outline = value(child(properties, "outlineLvl"), "val")
        return whole(outline, default=9) + 1 if outline and whole(outline, default=9) < MOST_LEVELS else 0

    def is_contents(self, style: str | None) -> bool:
        """Say whether paragraphs of a style belong to a table of contents."""
        node = next(self.chain(style), None)
        return bool(_CONTENTS.fullmatch((value(child(node, "name"), "val") or "").strip()))

    def is_hidden(self, properties: Node | None) -> bool:
        """Say whether a run is hidden, by itself or by its style."""
        own = child(properties, "vanish")
        if own is not None:
            return is_on(own)
        style = value(child(properties, "rStyle"), "val")
        return style is not None and any(is_on(child(node, "rPr", "vanish")) for node in self.chain(style))

    def list_of(self, style: str | None) -> Node | None:
        """Return the list that paragraphs of a style belong to."""
        return next((one for node in self.chain(style) if (one := child(node, "pPr", "numPr")) is not None), None)

    def indent(self, style: str | None, properties: Node | None, listed: Indent | None) -> int:
        """Return where a paragraph's first line begins: its own word counts before its list's and its style's."""
        found = indent_of(properties).over(listed)
        for node in self.chain(style):
            found = found.over(indent_of(child(node, "pPr")))
        return found.start
