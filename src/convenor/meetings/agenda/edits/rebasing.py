"""Puts together what two people did to one agenda at the same time, or tells where they did the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from convenor.meetings.agenda.edits.editing import Done, perform
from convenor.meetings.agenda.edits.operations import Add, Move, Operation, Set, keys_in
from convenor.meetings.agenda.edits.tree import Impossible, Tree
from convenor.meetings.agenda.model import Agenda


def rebase(agenda: Agenda, since: Sequence[Operation], *operations: Operation) -> Agenda:
    """Return the agenda after `since` and then `operations`, both made where `agenda` stood.

    Raises:
        Impossible: what one changed the other changes too; the code says what: `gone`, `changed_since`,
            `changed_inside`, `moved_since`, or that an operation no longer fits. Nothing is lost: none was applied.
    """
    tree, before = Tree(agenda), Tree(agenda)
    theirs = footprint(chain.from_iterable(perform(tree, one) for one in since))
    for operation in operations:
        refuse_clash(operation, footprint(perform(before, operation)), theirs)
        perform(tree, operation)
    return tree.agenda()


@dataclass(frozen=True, slots=True)
class Footprint:
    """What steps leave behind: fields set, parts put elsewhere, parts gone, parts that got something under them."""

    fields: frozenset[tuple[str, str]]
    moved: frozenset[str]
    gone: frozenset[str]
    entered: frozenset[str]


def footprint(done: Iterable[Done]) -> Footprint:
    """Gather what steps left behind."""
    fields, moved, gone, entered = set[tuple[str, str]](), set[str](), set[str](), set[str]()
    for one in done:
        match one:
            case Done(step=Set(key=key, field=field)):
                fields.add((key, field))
            case Done(step=Move(key=key, place=place)):
                moved.add(key)
                entered.add(place.parent)
            case Done(step=Add(place=place)):
                entered.add(place.parent)
            case Done(back=Add(part=part)):
                gone.update(keys_in(part))
    return Footprint(frozenset(fields), frozenset(moved), frozenset(gone), frozenset(entered))


def refuse_clash(operation: Operation, mine: Footprint, theirs: Footprint) -> None:
    """Refuse an operation that changes what others changed.

    Raises:
        Impossible: it does.
    """
    changed = {key for key, _ in theirs.fields} | theirs.moved | theirs.entered
    if inside := sorted(mine.gone & changed):
        raise Impossible("changed_inside", key=inside[0])
    if again := sorted(mine.moved & theirs.moved):
        raise Impossible("moved_since", key=again[0])
    # A field set by hand is held against what it held when it is applied; several at once only here.
    if not isinstance(operation, Set) and (twice := sorted(mine.fields & theirs.fields)):
        raise Impossible("changed_since", key=twice[0][0], field=twice[0][1])
