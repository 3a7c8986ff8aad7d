"""The text of minutes as log and entries give it: paragraphs made from the log, and what was changed by hand; pure.

A paragraph that nobody touched follows the log. One that was changed keeps its words, and says so when the log says
something else since. The same paragraphs and entries give the same lines, whoever asks and however often.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

SECTION = "section:"
OWN = "own:"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the minutes with the paragraphs that the log gives it: key and text of each."""

    key: str
    paragraphs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One entry: `kind` is edit, insert, module, remove or move; `source` what the log said when it was made."""

    number: int
    kind: str
    key: str
    after: str = ""
    text: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as it stands.

    Args:
        key: the log's, or `own:<number>` of the entry that added it.
        part: the key of its part.
        text: its words; of one that was taken out, those that it had.
        made: what the log says; empty where somebody added it, or the log no longer says it.
        changes: the numbers of the entries that touched it.
        is_out: whether it was taken out.
        is_stale: whether the log says something else than when it was changed or taken out.
    """

    key: str
    part: str
    text: str
    made: str = ""
    changes: tuple[int, ...] = ()
    is_out: bool = False
    is_stale: bool = False

    @property
    def anchor(self) -> str:
        """Its key as a part of an address."""
        return self.key.replace(":", "-")

    @property
    def is_own(self) -> bool:
        """Whether somebody added it."""
        return self.key.startswith(OWN)

    @property
    def is_changed(self) -> bool:
        """Whether its words are somebody's."""
        return bool(self.changes) and not self.is_own and self.text != self.made

    @property
    def is_orphan(self) -> bool:
        """Whether the log no longer says what it was made from."""
        return not self.is_own and not self.made


@dataclass(slots=True)
class _Sheet:
    """What is worked on: the order of parts and paragraphs, and what is known of each."""

    order: list[str]
    made: Mapping[str, str]
    texts: dict[str, str]
    sources: dict[str, str] = field(default_factory=dict)
    changes: dict[str, list[int]] = field(default_factory=dict)
    out: set[str] = field(default_factory=set)

    def apply(self, change: Change) -> None:
        """Take one entry in."""
        key = change.key
        self.changes.setdefault(key, []).append(change.number)
        if change.kind in ("insert", "module", "move") or key not in self.order:
            self._place(key, change.after)
        if change.kind == "move":
            self.texts.setdefault(key, change.text)
            return
        self.sources[key] = change.source
        if change.kind == "remove":
            self.out.add(key)
            self.texts.setdefault(key, change.text)
        else:
            self.out.discard(key)
            self.texts[key] = change.text

    def _place(self, key: str, after: str) -> None:
        if key in self.order:
            self.order.remove(key)
        at = self.order.index(after) + 1 if after in self.order else len(self.order)
        self.order.insert(at, key)

    def lines(self) -> list[Line]:
        """Give the paragraphs in order."""
        found, part = [], ""
        for key in self.order:
            if key.startswith(SECTION):
                part = key.removeprefix(SECTION)
            else:
                found.append(self._line(key, part))
        return found

    def _line(self, key: str, part: str) -> Line:
        made = self.made.get(key, "")
        return Line(
            key=key,
            part=part,
            text=self.texts[key],
            made=made,
            changes=tuple(self.changes.get(key, ())),
            is_out=key in self.out,
            is_stale=key in self.sources and not key.startswith(OWN) and self.sources[key] != made,
        )


def replay(parts: Sequence[Part], changes: Iterable[Change]) -> list[Line]:
    """Give the paragraphs as they stand after all entries, those taken out among them.

    A paragraph that the log gives later stands where the log has it; one that was added stands behind the one it was
    added to, or at the end where that is gone.
    """
    made = {key: text for part in parts for key, text in part.paragraphs}
    order = [key for part in parts for key in (f"{SECTION}{part.key}", *(one for one, _text in part.paragraphs))]
    sheet = _Sheet(order=order, made=made, texts=dict(made))
    for change in sorted(changes, key=lambda one: one.number):
        sheet.apply(change)
    return sheet.lines()


def standing(lines: Iterable[Line]) -> list[Line]:
    """Leave out what was taken out."""
    return [line for line in lines if not line.is_out]


def before(lines: Sequence[Line], key: str) -> str:
    """Give what a paragraph stands behind: the one before it in its part, or the part."""
    for earlier, line in zip([None, *lines], lines, strict=False):
        if line.key == key:
            return earlier.key if earlier and earlier.part == line.part else f"{SECTION}{line.part}"
    return ""
