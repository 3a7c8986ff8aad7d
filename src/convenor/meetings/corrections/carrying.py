"""Carries corrections over to a new version of the document they were made on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from convenor.meetings.agenda import Agenda, Item
from convenor.meetings.agenda.edits import Add, Impossible, adopt, apply, renamed
from convenor.meetings.corrections.corrected import corrected, parts, with_keys
from convenor.meetings.corrections.log import LINK, NO_LINK, Entry, Left, Log, Mark, entry_of
from convenor.meetings.reader import Reading

GONE = "gone-"  # before a key whose part the new version no longer has


@dataclass(frozen=True, slots=True)
class Carried:
    """The log on the new version; how many corrections were kept, and how many the new version already holds."""

    log: Log
    kept: int
    fulfilled: int


def carry(old: Reading, new: Reading, log: Log) -> Carried:
    """Do the corrections of one version again on the next.

    Each part is looked for in the new version; a correction whose parts are found, and that finds there what it was
    made for, is kept. One that the new version has made itself is dropped; any other is set apart with the reason.
    Nothing that was undone can be redone afterwards.
    """
    base = with_keys(new).agenda
    keys = _new_keys(with_keys(old).agenda, base)
    added = _added(keys, base)
    agenda, done, left, fulfilled = base, list[Entry](), list[Left](), 0
    number = log.version
    for entry in log.done:
        moved = _renamed(entry, keys)
        if printed := _printed_by_now(moved, added):
            keys |= printed
            fulfilled += 1
            continue
        try:
            after = apply(agenda, *moved.operations)
        except Impossible as reason:
            left.append(Left(moved, reason.code, reason.values))
            continue
        if moved.operations and after == agenda and not _adds(moved):
            fulfilled += 1
            continue
        told = entry_of(agenda, after, moved.number, moved.operations, moved.marks)
        done.append(told if told.changes else moved)
        agenda = after
    before = tuple(replace(one, entry=_renamed(one.entry, keys)) for one in log.left)
    carried = Log(number + 1, tuple(done), (), (*before, *left))
    carried = _without_empty_marks(new, carried)
    return Carried(carried, len(carried.done), fulfilled)


def _new_keys(old: Agenda, new: Agenda) -> dict[str, str]:
    """Say by which key each part of the old version is known in the new one."""
    known = {key: f"{GONE}{key}" for _, key, _ in parts(old) if key}
    for (_, adopted, _), (_, key, _) in zip(parts(adopt(old, new)), parts(new), strict=True):
        if adopted:
            known[adopted] = key
    return known


def _added(keys: Mapping[str, str], new: Agenda) -> dict[str, str]:
    """Give the items that the new version has added, by their words."""
    known = set(keys.values())
    return {part.title.casefold(): key for _, key, part in parts(new) if isinstance(part, Item) and key not in known}


def _printed_by_now(entry: Entry, added: Mapping[str, str]) -> dict[str, str]:
    """Say under which key the item that a correction adds stands in the new version, if it stands there."""
    match entry.operations:
        case (Add(part=Item() as item),) if not item.children and (key := added.get(item.title.casefold())):
            return {item.key: key}
    return {}


def _renamed(entry: Entry, keys: Mapping[str, str]) -> Entry:
    return replace(
        entry,
        operations=tuple(renamed(one, keys) for one in entry.operations),
        marks=tuple(_renamed_mark(mark, keys) for mark in entry.marks),
    )


def _renamed_mark(mark: Mark, keys: Mapping[str, str]) -> Mark:
    values = dict(mark.values)
    if mark.code in (LINK, NO_LINK) and "source" in values:
        values["source"] = keys.get(values["source"], values["source"])
    return replace(mark, key=keys.get(mark.key, mark.key), values=values)


def _adds(entry: Entry) -> bool:
    return any(mark.code in (LINK, NO_LINK) for mark in entry.marks)


def _without_empty_marks(new: Reading, log: Log) -> Log:
    """Leave out answers that change nothing and whose doubt the new version does not raise."""
    state = corrected(new, log)
    raised = {(doubt.code.value, state.key_of(doubt.path)) for doubt in state.reading.warnings}
    known = {key for _, key, _ in parts(state.reading.agenda)}

    def counts(entry: Entry) -> bool:
        judged = any(mark.code in (LINK, NO_LINK) and mark.key in known for mark in entry.marks)
        return bool(entry.operations) or judged or any(mark.place in raised for mark in entry.marks)

    return replace(log, done=tuple(filter(counts, log.done)))
