"""Applies operations and takes them back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from convenor.meetings.agenda.edits.fields import FIELDS, FORMS, LISTS
from convenor.meetings.agenda.edits.numbering import numbered
from convenor.meetings.agenda.edits.operations import (
    UNDER,
    Add,
    Join,
    Move,
    Operation,
    Place,
    Primitive,
    Remove,
    Renumber,
    Set,
    SplitBlock,
    SplitItem,
)
from convenor.meetings.agenda.edits.tree import Impossible, Node, Tree
from convenor.meetings.agenda.model import Agenda, Block, Day, Item


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was done, and the step that takes it back."""

    step: Primitive
    back: Primitive


def apply(agenda: Agenda, *operations: Operation) -> Agenda:
    """Return the agenda after the operations, one after the other.

    Raises:
        Impossible: one of them cannot be done; its code and values say why.
    """
    tree = Tree(agenda)
    for operation in operations:
        perform(tree, operation)
    return tree.agenda()


def invert(agenda: Agenda, *operations: Operation) -> tuple[Primitive, ...]:
    """Return what takes the operations back after they have been applied to `agenda`, and nothing else that came since.

    Raises:
        Impossible: one of them cannot be done.
    """
    tree = Tree(agenda)
    done = list(chain.from_iterable(perform(tree, operation) for operation in operations))
    return tuple(one.back for one in reversed(done))


def perform(tree: Tree, operation: Operation) -> list[Done]:
    """Do an operation on a tree; return its steps.

    Raises:
        Impossible: it cannot be done; the tree is as it was.
    """
    done: list[Done] = []
    try:
        for step in steps(tree, operation):
            back = tree.do(step)
            done += [Done(step, back)] if back else []
    except Impossible:
        for one in reversed(done):
            tree.do(one.back)
        raise
    return done


def steps(tree: Tree, operation: Operation) -> Iterable[Primitive]:
    """Return the steps an operation consists of, on this tree.

    Raises:
        Impossible: it cannot be done.
    """
    match operation:
        case SplitItem():
            return list(_split_item(tree, operation))
        case SplitBlock():
            return list(_split_block(tree, operation))
        case Join(key=key, other=other):
            return list(_join(tree.node(key), tree.node(other)))
        case Renumber():
            return list(numbered(tree, operation))
        case Set() | Add() | Remove() | Move():
            return [operation]


def _split_item(tree: Tree, operation: SplitItem) -> Iterator[Primitive]:
    node = tree.node(operation.key)
    if not isinstance(node.part, Item):
        raise Impossible("wrong_place", key=operation.key)
    title = node.part.title
    if title != operation.title:
        raise Impossible("changed_since", key=operation.key, field="title", was=operation.title, now=title)
    head, tail = title[: operation.at].rstrip(), title[operation.at :].lstrip()
    if not head or not tail:
        raise Impossible("nothing_to_split", key=operation.key)
    yield Set(operation.key, "title", head, title)
    new = Item(None, tail, spans={"title": node.part.spans.get("title", ())}, key=operation.new)
    yield Add(Place(node.place.parent, operation.key), new)
    yield from _put_under(node.under, operation.new)


def _split_block(tree: Tree, operation: SplitBlock) -> Iterator[Primitive]:
    node, first = tree.node(operation.key), tree.node(operation.before)
    if not isinstance(node.part, Block) or first.above is not node:
        raise Impossible("wrong_place", key=operation.before)
    at = node.under.index(first)
    if not at:
        raise Impossible("nothing_to_split", key=operation.key)
    block = node.part
    yield from _set(node, end=operation.time, continued=False, pinned_end=False)
    new = replace(block, start=operation.time, pinned_start=False, key=operation.new)
    yield Add(Place(node.place.parent, node.key), new)
    yield from _put_under(node.under[at:], operation.new)


def _join(node: Node, other: Node) -> Iterator[Primitive]:
    one, two = node.part, other.part
    beside = node.above is not None and node.above is other.above
    if not beside or other.place.after != node.key or isinstance(one, Day) or isinstance(two, Day):
        raise Impossible("not_next", key=node.key, other=other.key)
    if isinstance(one, Item) and isinstance(two, Item):
        yield from _set(node, title=f"{one.title} {two.title}", **_gathered(one, two))
    elif isinstance(one, Block) and isinstance(two, Block):
        yield from _set(
            node,
            start=one.start or two.start,
            end=two.end or one.end,
            room=one.room or two.room,
            continued=one.continued or two.continued,
            pinned_end=two.pinned_end,
        )
    yield from _put_under(other.under, node.key, after=node.under[-1].key if node.under else None)
    yield Remove(other.key)


def _gathered(one: Item, two: Item) -> dict[str, Any]:
    """Return what two items have together: their minutes, the label of the first that has one, everybody named."""
    minutes = [item.minutes for item in (one, two) if item.minutes is not None]
    lists = {name: (*getattr(one, name), *getattr(two, name)) for name in FIELDS[Item] if FORMS[name] in LISTS}
    return {"label": one.label or two.label, "minutes": sum(minutes) if minutes else None, **lists}


def _set(node: Node, **values: Any) -> Iterator[Set]:
    for name, value in values.items():
        if (was := getattr(node.part, name)) != value:
            yield Set(node.key, name, value, was)


def _put_under(nodes: Iterable[Node], key: str, *, after: str | None = None) -> Iterator[Move]:
    for node in list(nodes):
        yield Move(node.key, Place(key, after))
        after = node.key


def fresh(operation: Operation, prefix: str) -> Operation:
    """Return the operation with a key for every new part that has none; `prefix` makes them unlike all others."""
    match operation:
        case Add(place=place, part=part):
            count = 0

            def name(one: Any) -> Any:
                nonlocal count
                count += not one.key
                key = one.key or f"{prefix}.{count}"
                return replace(one, key=key, **{UNDER[type(one)]: tuple(map(name, getattr(one, UNDER[type(one)])))})

            return Add(place, name(part))
        case SplitItem(new="") | SplitBlock(new=""):
            return replace(operation, new=f"{prefix}.1")
        case _:
            return operation
