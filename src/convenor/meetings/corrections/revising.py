"""Puts a new version of a document into an agenda that people have worked on since the old version was read.

Three agendas take part: the old version as it was read, the agenda as it stands, and the new version. What the document
changed from the old version to the new is done to the agenda; what people changed there stays. Where both changed the
same thing the agenda stays as it is, and the difference is told, to be decided.
"""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace

from convenor.meetings.agenda import Agenda
from convenor.meetings.agenda.edits import (
    Add,
    Change,
    Impossible,
    Move,
    Operation,
    Place,
    Remove,
    Set,
    Tree,
    adopt,
    differences,
    keyed,
    keys_in,
    operations_between,
    rekeyed,
)
from convenor.meetings.agenda.edits.editing import perform
from convenor.meetings.agenda.edits.operations import Primitive
from convenor.meetings.agenda.edits.rebasing import Footprint, footprint


@dataclass(frozen=True, slots=True)
class Clash:
    """A change of the document that the agenda does not take by itself: why, what it would change, and how.

    Without an operation it cannot be taken at all; `name` says which part it is about.
    """

    code: str
    name: str
    changes: tuple[Change, ...]
    operation: Operation | None


@dataclass(frozen=True, slots=True)
class Revision:
    """The agenda with the new version put in, what changes in it, and what is to be decided.

    `old` and `printed` are the two versions of the document with the keys of the agenda.
    """

    agenda: Agenda
    changes: tuple[Change, ...]
    clashes: tuple[Clash, ...]
    old: Agenda
    printed: Agenda


def revise(old: Agenda, standing: Agenda, new: Agenda, *, taking: Collection[int] = ()) -> Revision:
    """Return the agenda after the new version; clashes whose place in their list is in `taking` are taken.

    `standing` has the keys that count. `old` has them too where its rows are known; without any key its parts are found
    again by their words, as those of `new` are.
    """
    known = old if any(keys_in(old)) else adopt(standing, old)
    base = keyed(known, apart_from=keys_in(standing))
    printed = _known(base, standing, new)
    before, tree, told = Tree(base), Tree(standing), Tree(printed)
    mine = footprint(one for step in operations_between(base, standing) for one in perform(before, step))
    waiting = list[tuple[Primitive, Impossible]]()
    for step in operations_between(base, printed):
        placed = _placed(step, tree, told)
        try:
            _refuse(placed, tree, mine)
            perform(tree, placed)
        except Impossible as reason:
            if reason.code not in _SETTLED:
                waiting.append((placed, reason))
    agenda = tree.agenda()
    clashes = [_clash(agenda, step, reason, told) for step, reason in waiting]
    for at, clash in enumerate(clashes):
        if at in taking and (operation := clash.operation):
            with suppress(Impossible):  # one that was taken before leaves no room for it
                perform(tree, operation)
    after = tree.agenda()
    left = tuple(clash for at, clash in enumerate(clashes) if at not in taking)
    return Revision(after, differences(standing, after), left, base, printed)


_SETTLED = frozenset({"gone", "key_taken"})  # people took it out, or put it in, themselves


def _known(base: Agenda, standing: Agenda, new: Agenda) -> Agenda:
    """Give the new version the keys of the old one; what people added and the document prints by now, theirs."""
    printed, added = keys_in(adopt(base, new)), keys_in(adopt(standing, new))
    taken = {*keys_in(base), *printed}
    keys = [key or ("" if other in taken else other) for key, other in zip(printed, added, strict=True)]
    return keyed(rekeyed(new, keys), apart_from=[*keys_in(base), *keys_in(standing)])


def _placed(step: Primitive, tree: Tree, told: Tree) -> Primitive:
    """Put what a step adds or moves behind the nearest neighbour, in print, that stands in the agenda."""
    if not isinstance(step, Add | Move):
        return step
    node = told.node(step.part.key if isinstance(step, Add) else step.key)
    above = node.above
    assert above is not None  # noqa: S101 - the agenda itself is neither added nor moved
    alike = [one for one in told.root.walk() if type(one.part) is type(above.part)]
    near = next((one for one in reversed(alike[: alike.index(above) + 1]) if one.key in tree), None)
    if near is None:
        return step
    parent = tree.node(near.key)
    beside = (
        [one.key for one in near.under]
        if near is not above
        else [one.key for one in above.under[: above.under.index(node)]]
    )
    there = {one.key for one in parent.under}
    after = next((key for key in reversed(beside) if key in there), None)
    return replace(step, place=Place(parent.key, after))


def _refuse(step: Primitive, tree: Tree, mine: Footprint) -> None:
    """Refuse to remove or move what people changed."""
    match step:
        case Remove(key=key):
            changed = {one for one, _ in mine.fields} | mine.moved | mine.entered
            if inside := sorted({node.key for node in tree.node(key).walk()} & changed):
                raise Impossible("changed_inside", key=inside[0])
        case Move(key=key) if key in tree and key in mine.moved:
            raise Impossible("moved_since", key=key)


def _clash(agenda: Agenda, step: Primitive, reason: Impossible, told: Tree) -> Clash:
    if isinstance(step, Set):
        step = replace(step, was=reason.values["now"])
    tree = Tree(agenda)
    key = step.part.key if isinstance(step, Add) else step.key
    part = (told if key in told else tree).node(key).part
    name = str(getattr(part, "title", None) or getattr(part, "start", None) or getattr(part, "label", None) or "")
    try:
        perform(tree, step)
    except Impossible:
        return Clash(reason.code, name, (), None)
    return Clash(reason.code, name, differences(agenda, tree.agenda()), step)
