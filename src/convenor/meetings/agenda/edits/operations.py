"""What can be done to an agenda, one operation each.

An operation names parts by their keys, so that it still means the same after others have worked. Where it replaces
something it holds what it found (`was`), so that nobody's work is overwritten unseen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from convenor.meetings.agenda.edits.fields import Part, Value
from convenor.meetings.agenda.model import Agenda, Block, Day, Item

ROOT = ""  # the key of the agenda itself
UNDER: Mapping[type[Part], str] = {Agenda: "days", Day: "blocks", Block: "items", Item: "children"}


class Style(StrEnum):
    """How the items of one level are numbered."""

    NUMBER = "1"
    DOTTED = "1.1"
    LETTER = "a)"
    ROMAN = "i)"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands: under which part, and after which of its neighbours (None: as the first)."""

    parent: str
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Set:
    """Set a field that held `was`."""

    key: str
    field: str
    value: Value
    was: Value


@dataclass(frozen=True, slots=True)
class Add:
    """Add a part, with everything under it."""

    place: Place
    part: Day | Block | Item


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a part out, with everything under it."""

    key: str


@dataclass(frozen=True, slots=True)
class Move:
    """Put a part at another place, with everything under it."""

    key: str
    place: Place


@dataclass(frozen=True, slots=True)
class SplitItem:
    """Make two items of the one titled `title`: at so many characters. What stands under it goes with the second."""

    key: str
    at: int
    title: str
    new: str


@dataclass(frozen=True, slots=True)
class SplitBlock:
    """Make two blocks of one: its items from `before` on go into a new block that starts at `time`."""

    key: str
    before: str
    time: str | None
    new: str


@dataclass(frozen=True, slots=True)
class Join:
    """Make one item, or one block, of two that stand next to each other."""

    key: str
    other: str


@dataclass(frozen=True, slots=True)
class Renumber:
    """Number the items under a day, or of the whole meeting (ROOT), each level in its style.

    Levels without a style keep their labels, breaks have none. With `restart` every day begins with 1.
    """

    key: str
    styles: tuple[Style, ...]
    restart: bool = True


Primitive = Set | Add | Remove | Move
Operation = Primitive | SplitItem | SplitBlock | Join | Renumber
OPERATIONS: Mapping[str, type[Any]] = {
    "set": Set, "add": Add, "remove": Remove, "move": Move,
    "split-item": SplitItem, "split-block": SplitBlock, "join": Join, "renumber": Renumber,
}  # fmt: skip


def touches(operation: Operation) -> frozenset[str]:
    """Return the keys an operation names: two that share none are not in conflict."""
    match operation:
        case Set(key=key) | Remove(key=key) | Renumber(key=key):
            return frozenset({key})
        case SplitItem(key=key, new=new):
            return frozenset({key, new})
        case SplitBlock(key=key, before=before, new=new):
            return frozenset({key, before, new})
        case Join(key=key, other=other):
            return frozenset({key, other})
        case Add(place=place, part=part):
            return frozenset({place.parent, *_named(place), *keys_in(part)})
        case Move(key=key, place=place):
            return frozenset({key, place.parent, *_named(place)})


def _named(place: Place) -> tuple[str, ...]:
    return () if place.after is None else (place.after,)


def renamed(operation: Operation, keys: Mapping[str, str]) -> Operation:
    """Return the operation on the parts that are now known by other keys; keys that are not listed stay."""

    def name(value: Any) -> Any:
        if isinstance(value, Place):
            return Place(name(value.parent), name(value.after))
        return keys.get(value, value)

    named = [one.name for one in fields(operation) if one.name in ("key", "before", "other", "new", "place")]
    changed: Operation = replace(operation, **{field: name(getattr(operation, field)) for field in named})
    return changed


def keys_in(part: Part) -> list[str]:
    """Return the keys of a part and of everything under it, in reading order."""
    found, waiting = list[str](), [part]
    while waiting:
        one = waiting.pop()
        found += [] if isinstance(one, Agenda) else [one.key]
        waiting += reversed(getattr(one, UNDER[type(one)]))
    return found
