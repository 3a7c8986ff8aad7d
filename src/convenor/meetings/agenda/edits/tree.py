"""An agenda that can be changed in place: every part found by its key at once, every change with its reverse."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from convenor.meetings.agenda.edits.fields import FIELDS, KINDS, Part, form_of, plain
from convenor.meetings.agenda.edits.operations import (
    ROOT,
    UNDER,
    Add,
    Move,
    Place,
    Primitive,
    Remove,
    Set,
    keys_in,
)
from convenor.meetings.agenda.model import Agenda, Block, Day, Item

AnyPart = TypeVar("AnyPart", bound=Part)
MOST_LEVELS = 50  # of items, one under the other
_FITS: Mapping[type[Part], tuple[type[Part], ...]] = {Agenda: (), Day: (Agenda,), Block: (Day,), Item: (Block, Item)}


class Impossible(Exception):  # noqa: N818 - it is the answer to a person, not a fault of the program
    """An operation cannot be done on this agenda; `code` and `values` get a sentence where it is shown."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(f"{code} {values}")
        self.code, self.values = code, values


@dataclass(slots=True, eq=False)
class Node:
    """A part with its place: `part` without what stands under it, which is in `under`."""

    part: Part
    above: "Node | None"
    under: list["Node"] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The part's key; that of the agenda itself is ROOT."""
        return ROOT if isinstance(self.part, Agenda) else self.part.key

    @property
    def place(self) -> Place:
        """Where the part stands now."""
        assert self.above is not None  # noqa: S101 - only the agenda itself has nothing above it
        at = self.above.under.index(self)
        return Place(self.above.key, self.above.under[at - 1].key if at else None)

    def walk(self) -> Iterator["Node"]:
        """Yield this node and everything under it, in reading order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.under))


class Tree:
    """The parts of an agenda by key.

    Raises:
        ValueError: a part has no key, or two have the same.
    """

    def __init__(self, agenda: Agenda) -> None:
        self._nodes: dict[str, Node] = {}
        self.root = self._grow(agenda, None)

    def agenda(self) -> Agenda:
        """Return the agenda as it stands."""
        built = _built(self.root)
        assert isinstance(built, Agenda)  # noqa: S101 - the root is one
        return built

    def node(self, key: str) -> Node:
        """Return the node of a key.

        Raises:
            Impossible: `gone`.
        """
        node = self._nodes.get(key)
        if node is None:
            raise Impossible("gone", key=key)
        return node

    def __contains__(self, key: str) -> bool:
        return key in self._nodes

    def do(self, step: Primitive) -> Primitive | None:
        """Do one step; return the step that takes it back, None where nothing changed.

        Raises:
            Impossible: it cannot be done; the agenda is as it was.
        """
        match step:
            case Set():
                return self._set(step)
            case Add(place=place, part=part):
                return self._add(place, part)
            case Remove(key=key):
                return self._remove(key)
            case Move(key=key, place=place):
                return self._move(key, place)

    def _grow(self, part: Part, above: Node | None) -> Node:
        top = Node(_bare(part), above)
        waiting = [(top, part)]
        while waiting:
            node, whole = waiting.pop()
            if (node.key == ROOT) != (node.above is None) or node.key in self._nodes:
                raise ValueError(f"key: {node.key!r} is empty or taken")
            self._nodes[node.key] = node
            for one in getattr(whole, UNDER[type(whole)]):
                node.under.append(Node(_bare(one), node))
                waiting.append((node.under[-1], one))
        return top

    def _set(self, step: Set) -> Set | None:
        node = self.node(step.key)
        if step.field not in FIELDS[type(node.part)]:
            raise Impossible("no_such_field", key=step.key, field=step.field, part=KINDS[type(node.part)])
        form, now = form_of(type(node.part), step.field), plain(getattr(node.part, step.field))
        if not form.fits(step.value):
            raise Impossible("wrong_value", key=step.key, field=step.field, value=step.value)
        if now == step.value:
            return None
        if now != step.was:
            raise Impossible("changed_since", key=step.key, field=step.field, was=step.was, now=now, value=step.value)
        spans = {name: held for name, held in node.part.spans.items() if name != step.field}  # it stands there no more
        node.part = replace(node.part, spans=spans, **{step.field: form.held(step.value)})
        return Set(step.key, step.field, now, step.value)

    def _add(self, place: Place, part: Day | Block | Item) -> Remove:
        above, at = self._slot(place, type(part))
        keys = keys_in(part)
        if ROOT in keys or len(set(keys)) < len(keys):
            raise ValueError("key: a part to add has none, or two have the same")
        if taken := [key for key in keys if key in self._nodes]:
            raise Impossible("key_taken", key=taken[0])
        self._check_levels(above, _levels(part))
        above.under.insert(at, self._grow(part, above))
        return Remove(part.key)

    def _remove(self, key: str) -> Add:
        node = self._movable(key)
        assert node.above is not None  # noqa: S101 - movable
        place, part = node.place, _built(node)
        assert not isinstance(part, Agenda)  # noqa: S101 - movable
        node.above.under.remove(node)
        for one in node.walk():
            del self._nodes[one.key]
        return Add(place, part)

    def _move(self, key: str, place: Place) -> Move | None:
        node = self._movable(key)
        was = node.place
        if place == was:
            return None
        if place.after == key:
            raise Impossible("beside_itself", key=key)
        above, at = self._slot(place, type(node.part))
        up: Node | None = above
        while up is not None:
            if up is node:
                raise Impossible("inside_itself", key=key, parent=place.parent)
            up = up.above
        self._check_levels(above, _levels(_built(node)))
        assert node.above is not None  # noqa: S101 - movable
        from_at = node.above.under.index(node)
        del node.above.under[from_at]
        at -= node.above is above and from_at < at
        above.under.insert(at, node)
        node.above = above
        return Move(key, was)

    def _movable(self, key: str) -> Node:
        if key == ROOT:
            raise Impossible("not_the_whole")
        return self.node(key)

    def _slot(self, place: Place, kind: type[Part]) -> tuple[Node, int]:
        above = self.node(place.parent)
        if type(above.part) not in _FITS[kind]:
            raise Impossible("wrong_place", part=KINDS[kind], parent=KINDS[type(above.part)], key=place.parent)
        if place.after is None:
            return above, 0
        before = self.node(place.after)
        if before.above is not above:
            raise Impossible("neighbour_moved", key=place.after)
        return above, above.under.index(before) + 1

    @staticmethod
    def _check_levels(above: Node, levels: int) -> None:
        up: Node | None = above
        while up is not None and isinstance(up.part, Item):
            levels, up = levels + 1, up.above
        if levels > MOST_LEVELS:
            raise Impossible("too_deep", levels=levels, limit=MOST_LEVELS)


def keyed(agenda: Agenda, *, apart_from: Collection[str] = ()) -> Agenda:
    """Return the agenda with a key for every part that has none: its place, such as "1", "1.2", "1.2.3".

    Keys of `apart_from` are not given again.
    """
    taken = {*keys_in(agenda), *apart_from}

    def name(part: Any, path: str) -> Any:
        inner = UNDER[type(part)]
        under = tuple(name(one, f"{path}.{at}" if path else str(at)) for at, one in enumerate(getattr(part, inner), 1))
        key = {} if isinstance(part, Agenda) or part.key else {"key": _free(path, taken)}
        return replace(part, **{inner: under}, **key)

    named: Agenda = name(agenda, ROOT)
    return named


def rekeyed(part: AnyPart, keys: Sequence[str]) -> AnyPart:
    """Return an agenda, or a part of one, with these keys for its parts, in reading order."""
    left = iter(keys)

    def name(part: Any) -> Any:
        key = {} if isinstance(part, Agenda) else {"key": next(left)}
        inner = UNDER[type(part)]
        return replace(part, **key, **{inner: tuple(name(one) for one in getattr(part, inner))})

    named: AnyPart = name(part)
    return named


def unkeyed(agenda: Agenda) -> Agenda:
    """Return the agenda without keys."""
    return rekeyed(agenda, [""] * len(keys_in(agenda)))


def _free(key: str, taken: set[str]) -> str:
    while key in taken:
        key += "'"
    taken.add(key)
    return key


def _bare(part: Part) -> Part:
    return replace(part, **{UNDER[type(part)]: ()})  # type: ignore[arg-type]  # the name is that of its parts


def _built(node: Node) -> Part:
    under = tuple(map(_built, node.under))
    return replace(node.part, **{UNDER[type(node.part)]: under})  # type: ignore[arg-type]  # as above


def _levels(part: Part) -> int:
    """Count the levels of items in a part."""
    deepest = max((_levels(one) for one in getattr(part, UNDER[type(part)])), default=0)
    return deepest + isinstance(part, Item)
