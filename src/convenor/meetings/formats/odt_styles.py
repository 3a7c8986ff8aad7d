"""What the styles of an ODT say of its paragraphs: titles, indentation, hidden words."""

import re
from collections.abc import Iterator, Sequence

from convenor.meetings.formats.trees import Node, child, children, name, value

MOST_PARENTS, COLUMNS_AN_INCH = 12, 8
_LENGTH = re.compile(r"(-?\d{1,5}(?:\.\d{1,9})?)(cm|mm|in|pt|pc|px)")
_INCHES = {"cm": 1 / 2.54, "mm": 1 / 25.4, "in": 1.0, "pt": 1 / 72, "pc": 1 / 6, "px": 1 / 96}


class OdtStyles:
    """The styles by their names, those of the document before the common ones."""

    def __init__(self, parts: Sequence[Node]) -> None:
        self._styles: dict[str, Node] = {}
        for part in parts:
            for group in part:
                if name(group) in ("styles", "automatic-styles"):
                    self._styles.update({value(one, "name") or "": one for one in children(group, "style")})

    def _chain(self, style: str | None) -> Iterator[tuple[str, Node]]:
        for _ in range(MOST_PARENTS):
            node = self._styles.get(style or "")
            if node is None:
                return
            yield style or "", node
            style = value(node, "parent-style-name")

    def level(self, style: str | None) -> int:
        """Return 1 for a title, 0 for everything else: headings say their level themselves."""
        return int(style == "Title" or any(key == "Title" for key, _ in self._chain(style)))

    def is_hidden(self, style: str | None) -> bool:
        """Say whether words of a style are not shown."""
        return style is not None and any(
            value(child(node, "text-properties"), "display") == "none" for _, node in self._chain(style)
        )

    def indent(self, style: str | None) -> int:
        """Return where the first line of a paragraph begins, in columns."""
        inches = self._inches(style, "margin-left") + self._inches(style, "text-indent")
        return max(0, round(inches * COLUMNS_AN_INCH))

    def _inches(self, style: str | None, attribute: str) -> float:
        for _, node in self._chain(style):
            said = value(child(node, "paragraph-properties"), attribute)
            if said is not None:
                match = _LENGTH.fullmatch(said)
                return float(match[1]) * _INCHES[match[2]] if match else 0.0
        return 0.0
