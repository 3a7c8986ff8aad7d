"""The corrections made to a reading, in order: what was done, what was undone, and what no longer fits.

The log is all that is stored. The corrected agenda is always the reading with the log done again, so that nothing of
the document is ever lost and every correction can be taken back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from convenor.meetings.agenda import Agenda
from convenor.meetings.agenda.edits import (
    Add,
    Change,
    Code,
    Impossible,
    Move,
    Operation,
    Set,
    Tree,
    apply,
    differences,
    from_dict,
    rebase,
    to_dict,
)
from convenor.meetings.agenda.edits.editing import Done, perform
from convenor.meetings.agenda.edits.fields import plain

MOST_ENTRIES = 2_000
MOST_CHANGES = 5  # told of one correction; how many more there are is counted
LINK, NO_LINK = "link", "no_link"  # marks that judge what continues what; every other mark answers a doubt


@dataclass(frozen=True, slots=True)
class Mark:
    """What a person said of a doubtful place: the doubt's code, the part it concerns, and the answer given."""

    code: str
    key: str
    answer: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> tuple[str, str]:
        """By which the doubt is known."""
        return self.code, self.key


@dataclass(frozen=True, slots=True)
class Entry:
    """One correction: its number, what it does, what it answers, and what it changed, to be told.

    `by` is the key of the person's row where several people work on one agenda; 0 where only its owner does.
    """

    number: int
    operations: tuple[Operation, ...] = ()
    marks: tuple[Mark, ...] = ()
    changes: tuple[Change, ...] = ()
    more: int = 0
    by: int = 0


@dataclass(frozen=True, slots=True)
class Left:
    """A correction that no longer fits, and why: the code and values of `Impossible`."""

    entry: Entry
    code: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Log:
    """All corrections of one draft. `version` grows with everything that happens to it."""

    version: int = 0
    done: tuple[Entry, ...] = ()
    undone: tuple[Entry, ...] = ()
    left: tuple[Left, ...] = ()

    @property
    def marks(self) -> dict[tuple[str, str], tuple[Entry, Mark]]:
        """The last mark of every place, with its entry."""
        return {mark.place: (entry, mark) for entry in self.done for mark in entry.marks}


def standing(base: Agenda, log: Log) -> tuple[Agenda, Log]:
    """Return the corrected agenda, and the log with what no longer fits set apart."""
    tree, done, left = Tree(base), list[Entry](), list(log.left)
    for entry in log.done:
        steps = list[Done]()
        try:
            for operation in entry.operations:
                steps += perform(tree, operation)
        except Impossible as reason:
            for one in reversed(steps):
                tree.do(one.back)
            left.append(Left(entry, reason.code, reason.values))
        else:
            done.append(entry)
    return tree.agenda(), replace(log, done=tuple(done), left=tuple(left))


def record(
    base: Agenda,
    log: Log,
    operations: Sequence[Operation],
    marks: Sequence[Mark] = (),
    *,
    seen: int | None = None,
    by: int = 0,
) -> Log:
    """Return the log with one more correction, made by somebody who saw version `seen` of it (None: this one).

    What they had undone can no longer be redone; what others had undone can.

    Raises:
        Impossible: it cannot be done, or what was changed since `seen` is changed by it too.
    """
    agenda, log = standing(base, log)
    if len(log.done) >= MOST_ENTRIES:
        raise Impossible("too_many", limit=MOST_ENTRIES)
    since = [entry for entry in log.done if seen is not None and entry.number > seen]
    if since:
        before, _ = standing(base, replace(log, done=log.done[: -len(since)]))
        after = rebase(before, [one for entry in since for one in entry.operations], *operations)
    else:
        after = apply(agenda, *operations)
    entry = replace(entry_of(agenda, after, log.version + 1, operations, marks), by=by)
    if not entry.changes and not marks:
        return log
    undone = tuple(one for one in log.undone if one.by != by)
    return replace(log, version=log.version + 1, done=(*log.done, entry), undone=undone)


def entry_of(
    before: Agenda, after: Agenda, number: int, operations: Sequence[Operation], marks: Sequence[Mark]
) -> Entry:
    """Return a correction with what it changed."""
    changes = differences(before, after, moved=[one.key for one in operations if isinstance(one, Move)])
    return Entry(number, tuple(operations), tuple(marks), changes[:MOST_CHANGES], max(0, len(changes) - MOST_CHANGES))


def undo(log: Log) -> Log:
    """Return the log without its last correction, which can be redone."""
    if not log.done:
        return log
    return replace(log, version=log.version + 1, done=log.done[:-1], undone=(*log.undone, log.done[-1]))


def undo_own(base: Agenda, log: Log, *, by: int) -> Log:
    """Return the log without the last correction of one of several people, who can redo it.

    Raises:
        Impossible: `built_upon`, somebody built on it since.
    """
    last = last_of(log.done, by)
    if last is None:
        return log
    return replace(withdraw(base, log, last.number), undone=(*log.undone, last))


def redo(base: Agenda, log: Log, *, by: int = 0) -> Log:
    """Return the log with the last correction that somebody undid.

    Raises:
        Impossible: it does not fit any more.
    """
    again = last_of(log.undone, by)
    if again is None:
        return log
    redone = record(base, replace(log, undone=()), again.operations, again.marks, by=by)
    return replace(redone, undone=tuple(one for one in log.undone if one is not again))


def last_of(entries: Sequence[Entry], by: int) -> Entry | None:
    """Return the last of somebody's corrections."""
    return next((one for one in reversed(entries) if one.by == by), None)


def withdraw(base: Agenda, log: Log, number: int) -> Log:
    """Return the log without one correction, wherever it stands; others that were built on it must go first.

    Raises:
        Impossible: `built_upon`, with the `number` of the first that was.
    """
    rest = tuple(entry for entry in log.done if entry.number != number)
    _, without = standing(base, replace(log, done=rest))
    if len(without.left) > len(log.left):
        raise Impossible("built_upon", number=without.left[len(log.left)].entry.number)
    return without if len(rest) == len(log.done) else replace(without, version=log.version + 1)


def drop_left(log: Log, number: int) -> Log:
    """Return the log without one of the corrections that no longer fit."""
    left = tuple(one for one in log.left if one.entry.number != number)
    return replace(log, version=log.version + (len(left) < len(log.left)), left=left)


def insist(base: Agenda, log: Log, number: int) -> Log:
    """Return the log with a correction that no longer fitted done over what stands there now.

    Raises:
        Impossible: its place is gone.
    """
    agenda, log = standing(base, log)
    for one in log.left:
        if one.entry.number == number:
            operations, tree = list[Operation](), Tree(agenda)
            for operation in one.entry.operations:
                operations.append(_over(tree, operation))
                perform(tree, operations[-1])
            return drop_left(record(base, log, operations, one.entry.marks), number)
    return log


def _over(tree: Tree, operation: Operation) -> Operation:
    """Let an operation find what stands there now."""
    if isinstance(operation, Set):
        return replace(operation, was=plain(getattr(tree.node(operation.key).part, operation.field)))
    if isinstance(operation, Add | Move) and operation.place.parent in tree:
        under = [one.key for one in tree.node(operation.place.parent).under]
        if operation.place.after not in (None, *under):
            return replace(operation, place=replace(operation.place, after=under[-1] if under else None))
    return operation


# ---- as it is stored


def log_of(value: object) -> Log:
    """Read a stored log; nothing stored is an empty log.

    Raises:
        ValueError: it is no log.
    """
    if not value:
        return Log()
    if not isinstance(value, dict):
        raise ValueError("the log is not an object")  # noqa: TRY004 - a stored value, not a type of ours
    return Log(
        version=int(value["version"]),
        done=_entries(value["done"]),
        undone=_entries(value["undone"]),
        left=tuple(Left(_entry(one["entry"]), one["code"], one["values"]) for one in value["left"]),
    )


def as_stored(log: Log) -> dict[str, Any]:
    """Return a log as JSON knows it."""
    return {
        "version": log.version,
        "done": [_stored(entry) for entry in log.done],
        "undone": [_stored(entry) for entry in log.undone],
        "left": [{"entry": _stored(one.entry), "code": one.code, "values": dict(one.values)} for one in log.left],
    }


def _entries(values: Iterable[Any]) -> tuple[Entry, ...]:
    return tuple(map(_entry, values))


def _entry(value: Mapping[str, Any]) -> Entry:
    return Entry(
        number=value["number"],
        operations=tuple(map(from_dict, value["operations"])),
        marks=tuple(Mark(**mark) for mark in value["marks"]),
        changes=tuple(Change(Code(one["code"]), one["part"], one["key"], one["values"]) for one in value["changes"]),
        more=value["more"],
        by=value.get("by", 0),
    )


def _stored(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "operations": [to_dict(operation) for operation in entry.operations],
        "marks": [asdict(mark) for mark in entry.marks],
        "changes": [asdict(change) for change in entry.changes],
        "more": entry.more,
        **({"by": entry.by} if entry.by else {}),
    }
