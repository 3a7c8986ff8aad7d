"""Turns what the clock proposes into edits of the agenda, so that they can be undone and every version shows them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256

from convenor.meetings.agenda import Agenda, Item
from convenor.meetings.agenda.edits import Add, Move, Operation, Place, Remove, Set
from convenor.meetings.clock import Deed, Plan, PlannedBlock, PlannedItem, Proposal, Way

MINUTE = timedelta(minutes=1)
PART = "+"  # behind the key of an item: its part on another day, as the clock names it


@dataclass(frozen=True, slots=True)
class Edits:
    """The operations of a proposal, and the items that are parted: each goes on in the item added for it, in order."""

    operations: tuple[Operation, ...]
    parted: tuple[str, ...] = ()


def mark_of(proposal: Proposal) -> str:
    """Name what a proposal does, not by how many minutes: who takes it takes what they saw, a minute later too."""
    deeds = [f"{change.item} {change.deed} {change.to}" for change in proposal.changes]
    return sha256(" ".join([proposal.way, *deeds]).encode()).hexdigest()[:12]


def edits_of(proposal: Proposal, agenda: Agenda, plan: Plan) -> Edits:
    """Return what makes the agenda that of the proposal; `plan` is the one that the proposal changes."""
    home = {item.key: block.key for block in _blocks(plan) for item in block.items}
    items = {one.key: one for day in agenda.days for block in day.blocks for item in block.items for one in item.walk()}
    operations, parted, touched = list[Operation](), list[str](), set[str]()
    standing = {block.key: {item.key for item in block.items} for day in agenda.days for block in day.blocks}
    for change in proposal.changes:
        touched |= {change.item, f"{change.item}{PART}"}
        match change.deed:
            case Deed.PLACED:
                operations.append(Move(change.item, Place(home[change.to], change.to)))
            case Deed.DROPPED:
                operations.append(Remove(change.item))
            case Deed.TO_DAY if (place := _place(proposal.plan, f"{change.item}{PART}", standing)) is not None:
                operations.append(Add(place, _part(items[change.item], change.after)))
                parted.append(change.item)
            case Deed.TO_DAY if (place := _place(proposal.plan, change.item, standing)) is not None:
                operations.append(Move(change.item, place))
    if proposal.way is not Way.REORDER:
        blocks = {home[one] for one in touched if one in home}
        for block in _blocks(proposal.plan):
            if block.key in blocks or any(item.key in touched for item in block.items):
                operations += [one for item in block.items for one in _minutes(item, items)]
    return Edits(tuple(operations), tuple(parted))


def _blocks(plan: Plan) -> Iterator[PlannedBlock]:
    return (block for day in plan.days for block in day.blocks)


def _place(plan: Plan, key: str, standing: Mapping[str, set[str]]) -> Place | None:
    """Return where an item is to stand in a plan, behind one that stands there by now; None where it does not."""
    for block in _blocks(plan):
        keys = [item.key for item in block.items]
        if key in keys:
            there = standing[block.key]
            place = Place(block.key, next((one for one in reversed(keys[: keys.index(key)]) if one in there), None))
            there.add(key)
            return place
    return None


def _part(item: Item, length: timedelta) -> Item:
    """Return the part of an item that goes to another day: the same, without what stands under it."""
    return replace(item, minutes=round(length / MINUTE), children=(), key=f"{item.key}{PART}")


def _minutes(item: PlannedItem, items: Mapping[str, Item]) -> Iterator[Operation]:
    """Yield what gives an item, and each sub-item that has minutes of its own, those of the plan."""
    known = items.get(item.key)
    if known is None:
        return
    minutes = None if item.length is None else round(item.length / MINUTE)
    if minutes != known.minutes:
        yield Set(item.key, "minutes", minutes, known.minutes)
    yield from _of_parts(item.parts, items)


def _of_parts(parts: Sequence[PlannedItem], items: Mapping[str, Item]) -> Iterator[Operation]:
    for part in parts:
        if part.length is not None:
            yield from _minutes(part, items)
        else:
            yield from _of_parts(part.parts, items)
