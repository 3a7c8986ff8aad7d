"""What the buttons and keys beside a part do, as operations."""

from collections.abc import Callable, Mapping, Sequence

from convenor.meetings.agenda import Agenda, Block, Day, Item
from convenor.meetings.agenda.edits import (
    ROOT,
    Impossible,
    Join,
    Move,
    Operation,
    Place,
    Remove,
    SplitBlock,
    Tree,
    apply,
    down,
    fresh,
    indent,
    outdent,
    up,
)
from convenor.meetings.agenda.edits.fields import Part
from convenor.meetings.agenda.edits.tree import Node
from convenor.meetings.agenda.ends import following


def _join_next(agenda: Agenda, key: str) -> Operation:
    return Join(key, _beside(agenda, key, 1).key)


def _join_previous(agenda: Agenda, key: str) -> Operation:
    return Join(_beside(agenda, key, -1).key, key)


def _beside(agenda: Agenda, key: str, way: int) -> Node:
    node = Tree(agenda).node(key)
    siblings = node.above.under if node.above else []
    at = siblings.index(node) + way if siblings else -1
    if not 0 <= at < len(siblings):
        raise Impossible("not_next", key=key)
    return siblings[at]


def _new_block(agenda: Agenda, key: str) -> Operation:
    above = Tree(agenda).node(key).above
    return SplitBlock(above.key if above else ROOT, key, None, "")


def _follow(agenda: Agenda, key: str) -> Sequence[Operation]:
    day = next((day for day in agenda.days if any(block.key == key for block in day.blocks)), None)
    follows = list(following(day, key)) if day else []
    if not follows:
        raise Impossible("no_further", key=key)
    return follows


STEPS: Mapping[str, Callable[[Agenda, str], Sequence[Operation]]] = {
    "up": lambda agenda, key: [up(agenda, key)],
    "down": lambda agenda, key: [down(agenda, key)],
    "in": lambda agenda, key: [indent(agenda, key)],
    "out": lambda agenda, key: [outdent(agenda, key)],
    "remove": lambda _agenda, key: [Remove(key)],
    "join-next": lambda agenda, key: [_join_next(agenda, key)],
    "join-previous": lambda agenda, key: [_join_previous(agenda, key)],
    "new-block": lambda agenda, key: [_new_block(agenda, key)],
    "follow": _follow,
}
EMPTY: Mapping[str, Day | Block | Item] = {
    "day": Day(None),
    "block": Block(None, None),
    "item": Item(None, ""),
    "child": Item(None, ""),
}


def possible_steps(agenda: Agenda, key: str) -> frozenset[str]:
    """Name the steps that are possible for a part now."""

    def fits(name: str) -> bool:
        try:
            apply(agenda, *(fresh(one, "new") for one in STEPS[name](agenda, key)))
        except Impossible:
            return False
        return True

    return frozenset(filter(fits, STEPS))


def place_for(agenda: Agenda, key: str, what: str) -> Place:
    """Say where a new part goes: beside one of its kind, or at the end of what holds it.

    Raises:
        Impossible: no such part can stand there.
    """
    node = Tree(agenda).node(key)
    kind: type[Part] = type(EMPTY[what])
    if what != "child" and type(node.part) is kind and node.above is not None:
        return Place(node.above.key, key)
    holders: Mapping[str, type[Part]] = {"day": Agenda, "block": Day, "item": Block, "child": Item}
    if type(node.part) is holders[what]:
        return Place(key, node.under[-1].key if node.under else None)
    raise Impossible("wrong_place", key=key)


def dropped(agenda: Agenda, key: str, to: str, side: str) -> Move:
    """Return the move of a part that is dropped at another: "before" it, "after" it, or "in" it, at the end.

    A part that cannot stand beside the other, such as an item beside a time, comes first in it.

    Raises:
        Impossible: it cannot stand there.
    """
    tree = Tree(agenda)
    node, target = tree.node(key), tree.node(to)
    if side == "in":
        inside = [one.key for one in target.under if one is not node]
        return Move(key, Place(to, inside[-1] if inside else None))
    if target.above is None or not _beside_each_other(node.part, target.part):
        return Move(key, Place(to))
    siblings = [one.key for one in target.above.under if one is not node]
    if target is node:
        return Move(key, node.place)
    at = siblings.index(to) + (side == "after")
    return Move(key, Place(target.above.key, siblings[at - 1] if at else None))


def _beside_each_other(one: Part, other: Part) -> bool:
    return type(one) is type(other)


def can_add(part: Part) -> list[str]:
    """Name what can be added beside or under a part."""
    if isinstance(part, Item):
        return ["item", "child"]
    if isinstance(part, Block):
        return ["item", "block"]
    return ["block", "day"] if isinstance(part, Day) else ["day"]


def neighbour(agenda: Agenda, key: str) -> str:
    """Give the key of what stands where a part stood, once it is gone: the next, the one before, or what held it."""
    node = Tree(agenda).node(key)
    if node.above is None:
        return ROOT
    at = node.above.under.index(node)
    beside = [*node.above.under[at + 1 :], *reversed(node.above.under[:at])]
    return beside[0].key if beside else node.above.key
