"""What changed between two versions of an agenda: as changes to put in words, and as operations."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from convenor.meetings.agenda.edits.fields import FIELDS, KINDS, Part, Value, plain
from convenor.meetings.agenda.edits.matching import adopt
from convenor.meetings.agenda.edits.operations import Add, Move, Place, Primitive, Remove, Set, keys_in
from convenor.meetings.agenda.edits.tree import Node, Tree, keyed
from convenor.meetings.agenda.model import Agenda, Block, Day, Item


class Code(StrEnum):
    """Every kind of change. Each change says `part` ("day", "block", "item") and how the part is called in `values`."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    """It stands in another block, under another item: values `from_…` and `to_…` (day, start, label, title)."""
    MOVED_DAY = "moved_day"
    """The same, and on another day."""
    REORDERED = "reordered"
    """It stands elsewhere among the same neighbours: value `after`, the name of what it stands behind now."""
    RETIMED = "retimed"
    """A block's times: values `from_start`, `from_end`, `to_start`, `to_end`."""
    CHANGED = "changed"
    """Another field: values `field`, `was`, `now`."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change, with the key of its part and the values of its sentence."""

    code: Code
    part: str
    key: str
    values: Mapping[str, Value]


def differences(before: Agenda, after: Agenda, *, moved: Collection[str] = ()) -> tuple[Change, ...]:
    """Return what changed, in the order of `after`, what was removed last.

    Parts are the same when they have the same key. Where `after` has no keys at all, its parts are found again by
    their words, numbers and times. Of neighbours that changed places, those in `moved` are the ones that moved.
    """
    before = keyed(before)
    known = after if any(map(bool, keys_in(after))) else adopt(before, after)
    return tuple(_Differences(Tree(before), Tree(keyed(known, apart_from=keys_in(before))), moved).all())


def operations_between(before: Agenda, after: Agenda) -> tuple[Primitive, ...]:
    """Return what turns `before` into `after`, whose parts have the keys they have in `before`; new parts have others.

    Raises:
        ValueError: a part has no key, or two have the same.
    """
    return tuple(_Rebuilding(Tree(before), Tree(after)).all())


class _Differences:
    def __init__(self, old: Tree, new: Tree, moved: Collection[str]) -> None:
        self.old, self.new, self.moved = old, new, moved

    def all(self) -> Iterator[Change]:
        for node in self.new.root.walk():
            if node.above is not None and not self._known(node):
                if self._known(node.above):
                    yield self._change(Code.ADDED, node, {})
                continue
            was = self.old.node(node.key)
            if node.above is not None:
                yield from self._moved(was, node)
            yield from self._fields(was, node)
        for node in self.old.root.walk():
            gone = node.key not in self.new or type(self.new.node(node.key).part) is not type(node.part)
            above_stays = node.above is None or node.above.key in self.new
            if gone and above_stays:
                yield self._change(Code.REMOVED, node, {})

    def _known(self, node: Node) -> bool:
        return node.key in self.old and type(self.old.node(node.key).part) is type(node.part)

    def _moved(self, was: Node, node: Node) -> Iterator[Change]:
        assert was.above is not None  # noqa: S101 - both stand under something
        assert node.above is not None  # noqa: S101 - as above
        if was.above.key == node.above.key:
            if node.key not in self._in_order(node.above):
                at = node.above.under.index(node)
                values = _named("after", node.above.under[at - 1]) if at else {}
                yield self._change(Code.REORDERED, node, values)
        elif _day(was).key != _day(node).key:
            yield self._change(Code.MOVED_DAY, node, {**_where("from", was), **_where("to", node)})
        else:
            yield self._change(Code.MOVED, node, {**_where("from", was), **_where("to", node)})

    def _in_order(self, above: Node) -> set[str]:
        """Give the keys of the parts that kept their order among those that were there before."""
        places = {one.key: at for at, one in enumerate(self.old.node(above.key).under) if not self._was_moved(one.key)}
        return _longest_in_order([(places[one.key], one.key) for one in above.under if one.key in places])

    def _was_moved(self, key: str) -> bool:
        return key in self.moved and (key not in self.new or self.old.node(key).place != self.new.node(key).place)

    def _fields(self, was: Node, node: Node) -> Iterator[Change]:
        changed = {
            name: (plain(getattr(was.part, name)), plain(getattr(node.part, name)))
            for name in FIELDS[type(node.part)]
            if getattr(was.part, name) != getattr(node.part, name)
        }
        if times := {name: changed.pop(name) for name in ("start", "end") if name in changed}:
            block: Any = node.part
            both = {name: times.get(name, (getattr(block, name),) * 2) for name in ("start", "end")}
            values = {f"from_{name}": pair[0] for name, pair in both.items()}
            values |= {f"to_{name}": pair[1] for name, pair in both.items()}
            yield self._change(Code.RETIMED, node, values)
        for name, (old, new) in changed.items():
            yield self._change(Code.CHANGED, node, {"field": name, "was": old, "now": new})

    @staticmethod
    def _change(code: Code, node: Node, values: Mapping[str, Value]) -> Change:
        return Change(code, KINDS[type(node.part)], node.key, {**_name(node), **values})


def _name(node: Node) -> dict[str, Value]:
    """Say how a part is called: an item by label and title, a block by its times and first item, a day by its own."""
    part = node.part
    if isinstance(part, Item):
        return {"label": part.label, "title": part.title, "start": _block(node).start, "day": _day_name(node)}
    if isinstance(part, Block):
        first = node.under[0].part if node.under else None
        title = first.title if isinstance(first, Item) else None
        return {"start": part.start, "end": part.end, "title": title, "day": _day_name(node)}
    return {"label": part.label, "date": part.date, "heading": part.heading} if isinstance(part, Day) else {}


def _named(prefix: str, node: Node) -> dict[str, Value]:
    return {f"{prefix}_{name}": value for name, value in _name(node).items()}


def _where(prefix: str, node: Node) -> dict[str, Value]:
    """Say where a part stands: the day, the time of its block, and the item above it."""
    start = _block(node).start if isinstance(node.part, Item) else None
    above = node.above.part if node.above is not None else None
    under = (above.label or above.title) if isinstance(above, Item) else None
    return {f"{prefix}_day": _day_name(node), f"{prefix}_start": start, f"{prefix}_under": under}


def _up_to(node: Node, kind: type[Part]) -> Node:
    while not isinstance(node.part, kind) and node.above is not None:
        node = node.above
    return node


def _day(node: Node) -> Node:
    return _up_to(node, Day)


def _block(node: Node) -> Block:
    part = _up_to(node, Block).part
    assert isinstance(part, Block)  # noqa: S101 - an item stands in one
    return part


def _day_name(node: Node) -> str | None:
    day = _day(node).part
    return (day.label or day.date or day.heading) if isinstance(day, Day) else None


def _longest_in_order(places: Sequence[tuple[int, str]]) -> set[str]:
    """Return the keys of a longest run of rising places, the parts that need not move."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (place, _) in enumerate(places):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [at]
    kept, at = set[str](), last[-1] if last else -1
    while at >= 0:
        kept.add(places[at][1])
        at = before[at]
    return kept


class _Rebuilding:
    """Gives the steps from one tree to the other: parents before what stands under them, removals at the end."""

    def __init__(self, old: Tree, new: Tree) -> None:
        self.old, self.new = old, new
        self.under = {node.key: node.above.key for node in old.root.walk() if node.above is not None}

    def all(self) -> Iterator[Primitive]:
        for node in self.new.root.walk():
            if node.key in self.old:
                yield from self._fields(self.old.node(node.key), node)
            yield from self._children(node)
        for node in self.old.root.walk():
            if node.key not in self.new and (node.above is None or node.above.key in self.new):
                yield Remove(node.key)

    def _children(self, node: Node) -> Iterator[Primitive]:
        before = self.old.node(node.key).under if node.key in self.old else []
        places = {one.key: at for at, one in enumerate(before)}
        stay = _longest_in_order([(places[one.key], one.key) for one in node.under if one.key in places])
        after: str | None = None
        for one in node.under:
            place = Place(node.key, after)
            after = one.key
            if one.key not in self.old:
                assert not isinstance(one.part, Agenda)  # noqa: S101 - only the root is one
                yield Add(place, one.part)
            elif one.key not in stay:
                yield Move(one.key, place)

    @staticmethod
    def _fields(was: Node, node: Node) -> Iterator[Set]:
        for name in FIELDS[type(node.part)]:
            old, new = plain(getattr(was.part, name)), plain(getattr(node.part, name))
            if old != new:
                yield Set(node.key, name, new, old)
