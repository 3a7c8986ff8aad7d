"""Moves told by their way: up, down, in and out, as keys on a keyboard tell them."""

from convenor.meetings.agenda.edits.operations import Move, Place
from convenor.meetings.agenda.edits.tree import Impossible, Node, Tree
from convenor.meetings.agenda.model import Agenda, Block, Day, Item


def up(agenda: Agenda, key: str) -> Move:
    """Return the move of a part before its neighbour, or to the end of what stands above its parent.

    Raises:
        Impossible: `no_further`.
    """
    tree = Tree(agenda)
    node = tree.node(key)
    if place := _before(node):
        return Move(key, place)
    above = _neighbour(tree, node, -1)
    return Move(key, Place(above.key, above.under[-1].key if above.under else None))


def down(agenda: Agenda, key: str) -> Move:
    """Return the move of a part behind its neighbour, or to the beginning of what stands below its parent.

    Raises:
        Impossible: `no_further`.
    """
    tree = Tree(agenda)
    node = tree.node(key)
    if node.above is None:
        raise Impossible("no_further", key=key)
    siblings = node.above.under
    at = siblings.index(node)
    if at + 1 < len(siblings):
        return Move(key, Place(node.above.key, siblings[at + 1].key))
    return Move(key, Place(_neighbour(tree, node, 1).key))


def indent(agenda: Agenda, key: str) -> Move:
    """Return the move of an item to the end of the item above it.

    Raises:
        Impossible: `no_further`.
    """
    node = Tree(agenda).node(key)
    before = _sibling_before(node)
    if not isinstance(node.part, Item) or before is None:
        raise Impossible("no_further", key=key)
    return Move(key, Place(before.key, before.under[-1].key if before.under else None))


def outdent(agenda: Agenda, key: str) -> Move:
    """Return the move of an item behind the item it stands under.

    Raises:
        Impossible: `no_further`.
    """
    node = Tree(agenda).node(key)
    above = node.above
    if above is None or above.above is None or not isinstance(above.part, Item):
        raise Impossible("no_further", key=key)
    return Move(key, Place(above.above.key, above.key))


def _before(node: Node) -> Place | None:
    before = _sibling_before(node)
    return before.place if before else None


def _sibling_before(node: Node) -> Node | None:
    if node.above is None:
        return None
    at = node.above.under.index(node)
    return node.above.under[at - 1] if at else None


def _neighbour(tree: Tree, node: Node, way: int) -> Node:
    """Return the next part of the kind of the parent, in reading order; for a sub-item, within its own level only."""
    above = node.above
    if above is not None and isinstance(above.part, Day | Block):
        alike = [one for one in tree.root.walk() if type(one.part) is type(above.part)]
        at = alike.index(above) + way
        if 0 <= at < len(alike):
            return alike[at]
    raise Impossible("no_further", key=node.key)
