"""Where an item belongs: by the sense of its label and its series first, by indentation only between equals."""

from collections.abc import Mapping, Sequence

from convenor.meetings.reader.drafts import DraftItem
from convenor.meetings.reader.labels import (
    HAN,
    LOWER,
    MIXED,
    NUMBER,
    ROMAN_LOWER,
    ROMAN_UPPER,
    SERIES,
    UPPER,
    WORD,
    roman,
)

RANK = {WORD: -1, HAN: 0, ROMAN_UPPER: 0, UPPER: 1, MIXED: 1, SERIES: 1, NUMBER: 2, LOWER: 3, ROMAN_LOWER: 4}
STEP = 2
LABELS, HEADLINES = frozenset({"label", "word"}), frozenset({"plain", "section"})


class Nesting:
    """Tells the depth of items and learns from the document which kinds of label stand over which."""

    def __init__(self, *, by_indent: bool) -> None:
        self._by_indent = by_indent
        self._over: set[tuple[str, str]] = set()
        self._seen: set[str] = set()
        self._last: dict[str, int] = {}

    def depth_of(self, open_items: Sequence[DraftItem], new: DraftItem) -> int:
        """Return the depth of a new item; `open_items` holds the last item of every depth above it.

        May settle whether a letter of the new item is a Roman number.
        """
        sections = sum(1 for item in open_items if item.form == "section")
        if new.form == "section":
            return sum(1 for item in open_items if item.form == "section" and item.level < new.level)
        inner = open_items[sections:]
        depth = sections + self._inside(inner, new)
        self._learn(open_items[:depth], new)
        return depth

    def _inside(self, open_items: Sequence[DraftItem], new: DraftItem) -> int:
        if not open_items:
            _settle(new, [], self._last)
        if not open_items or new.form == "plain":
            return 0
        if self._by_indent:
            return _indented(open_items, new)
        if new.form == "bullet" or (new.bullet and new.kind != SERIES):
            return _bullet_depth(open_items, new)
        if new.kind == SERIES:
            return _series_depth(open_items, new)
        decimal = len(new.order) > 1 or new.kind == MIXED
        return _dotted_depth(open_items, new) if decimal else self._simple_depth(open_items, new)

    def _simple_depth(self, open_items: Sequence[DraftItem], new: DraftItem) -> int:
        if open_items[-1].kind == new.kind and (new.inner or (new.order == (1,) and new.style != open_items[-1].style)):
            return len(open_items)
        if (depth := _settle(new, open_items, self._last)) is not None or (
            depth := _beside(open_items, new)
        ) is not None:
            return depth
        for depth in range(len(open_items) - 1, -1, -1):
            if open_items[depth].form in LABELS and self._stands_over(open_items[depth].kind, new):
                return depth + 1
        goes_on = 1 < new.order[0] == self._last.get(new.kind, 0) + 1
        if new.form == "word" or any(item.form in LABELS for item in open_items):
            return 0
        return 1 if goes_on and open_items[0].form == "plain" else _base(open_items, new)

    def _stands_over(self, kind: str, new: DraftItem) -> bool:
        """Say whether labels of the kind stand over the new one: as before in the document, else by custom.

        A series of a kind never seen before that begins under a label is a part of it.
        """
        if (kind, new.kind) in self._over:
            return True
        if (new.kind, kind) in self._over:
            return False
        return RANK[kind] < RANK[new.kind] or (new.order[0] == 1 and new.kind not in self._seen)

    def _learn(self, parents: Sequence[DraftItem], new: DraftItem) -> None:
        if new.form not in LABELS:
            return
        parent = next((item.kind for item in reversed(parents) if item.form in LABELS), None)
        if parent and parent != new.kind and len(new.order) == 1:
            self._over.add((parent, new.kind))
        self._seen.add(new.kind)
        if len(new.order) == 1:
            self._last[new.kind] = new.order[0]


def _beside(open_items: Sequence[DraftItem], new: DraftItem) -> int | None:
    """Return the depth of the last open item of the same kind; under it where a series begins further in."""
    for depth in range(len(open_items) - 1, -1, -1):
        item = open_items[depth]
        if item.kind == new.kind and len(item.order) == 1:
            deeper = new.order[0] == 1 and new.indent >= item.indent + STEP and depth == len(open_items) - 1
            return depth + 1 if deeper else depth
    return None


def _indented(open_items: Sequence[DraftItem], new: DraftItem) -> int:
    for depth in range(len(open_items) - 1, -1, -1):
        if new.indent >= open_items[depth].indent + STEP:
            return depth + 1
    return 0


def _bullet_depth(open_items: Sequence[DraftItem], new: DraftItem) -> int:
    bullets = [depth for depth, item in enumerate(open_items) if item.bullet]
    if not bullets:
        return len(open_items)
    marks = {open_items[depth].bullet for depth in bullets}
    for depth in reversed(bullets):
        item = open_items[depth]
        if new.indent >= item.indent + STEP or (new.bullet not in marks and new.indent >= item.indent):
            return depth + 1
        if (new.bullet == item.bullet or new.bullet not in marks) and new.indent > item.indent - STEP:
            return depth
    return bullets[0]


def _series_depth(open_items: Sequence[DraftItem], new: DraftItem) -> int:
    for depth, item in enumerate(open_items):
        if item.kind == SERIES:
            return depth + 1 if new.bullet else depth
    return 1 if open_items[0].form == "plain" else 0


def _dotted_depth(open_items: Sequence[DraftItem], new: DraftItem) -> int:
    """ "4.1" goes under "4"; where "4" was lost, beside its own kind or at the top."""
    if new.kind == MIXED and "." not in new.label.text:
        same = [depth for depth, item in enumerate(open_items) if item.kind in (UPPER, MIXED)]
        return same[-1] if same else _base(open_items, new)
    for depth in range(len(open_items) - 1, -1, -1):
        item = open_items[depth]
        if item.form in LABELS and item.order == new.order[:-1]:
            return depth + 1
        if item.kind == new.kind and len(item.order) == len(new.order) and len(new.order) > 1:
            return depth
    return _base(open_items, new)


def _base(open_items: Sequence[DraftItem], new: DraftItem) -> int:
    """Return the depth under a headline without a label, or beside it where the series has lost its first."""
    return 1 if open_items[0].form == "plain" and new.order[-1] == 1 else 0


def _settle(new: DraftItem, open_items: Sequence[DraftItem], last: Mapping[str, int]) -> int | None:
    """Give a letter that may be a Roman number its kind; return the depth whose series it goes on with.

    `last` are the last labels of every kind in the document, for series that go on in another block.
    """
    letter = new.label.text.lower()
    readings = [(new.kind, new.order)]
    if new.kind in (LOWER, UPPER) and letter in ("i", "v", "x", "l", "c"):
        readings.append((ROMAN_LOWER if new.kind == LOWER else ROMAN_UPPER, (roman(letter),)))
    for kind, order in readings:
        for depth in range(len(open_items) - 1, -1, -1):
            item = open_items[depth]
            if item.kind == kind and len(item.order) == len(order) == 1 and order[0] == item.order[0] + 1:
                new.kind, new.order = kind, order
                return depth
    going_on = [
        reading for reading in readings if len(reading[1]) == 1 and 1 < reading[1][0] == last.get(reading[0], 0) + 1
    ]
    if len(readings) > 1 and (going_on or letter == "i"):
        new.kind, new.order = going_on[0] if going_on else readings[1]
    return None
