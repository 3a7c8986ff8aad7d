"""An agenda into the rows of a meeting: each part keeps its row while it has the row's key."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any, TypeVar

from django.db.models import F, Model

from convenor.meetings import agenda as plain
from convenor.meetings.cancelling import cancel, events_in
from convenor.meetings.matters import Matter, matter_of
from convenor.meetings.models import Audience, Block, Continuation, Day, Item, Meeting

Path = tuple[int, ...]
Row = TypeVar("Row", Day, Block, Item)
AUDIENCES: Mapping[plain.Audience, Audience] = {
    plain.Audience.OPEN: Audience.OPEN,
    plain.Audience.MEMBERS_OBSERVERS: Audience.MEMBERS_OBSERVERS,
    plain.Audience.MEMBERS: Audience.MEMBERS,
}
LETTERS: Mapping[type[Model], str] = {Day: "d", Block: "b", Item: "i"}
LONGEST_NUMBER = 18  # digits that a key of the database holds
_ROOM = 10_000  # more than any agenda has days, or a day blocks


def number_of(key: str, model: type[Model]) -> int:
    """Give the number of the row that a key names; 0 where it names none of this kind."""
    digits = key[1:] if key[:1] == LETTERS[model] else ""
    return int(digits) if digits.isdecimal() and len(digits) <= LONGEST_NUMBER else 0


@dataclass(slots=True)
class Rows:
    """The rows of one agenda by their path in it: (day), (day, block), (day, block, item, child …)."""

    days: dict[Path, Day] = field(default_factory=dict)
    blocks: dict[Path, Block] = field(default_factory=dict)
    items: dict[Path, Item] = field(default_factory=dict)

    @property
    def keys(self) -> dict[Path, str]:
        """The key of every row by its path."""
        return {path: key_of(row) for rows in (self.days, self.blocks, self.items) for path, row in rows.items()}


def key_of(row: Day | Block | Item) -> str:
    """Name a row as a part of an agenda: "d1", "b1", "i1"."""
    return f"{LETTERS[type(row)]}{row.pk}"


def sync(meeting: Meeting, agenda: plain.Agenda) -> Rows:
    """Make the rows of a meeting say what the agenda says.

    A part that has the key of a row (see `key_of`) keeps it, with everything that points to it; other parts get new
    rows, and rows whose key no part has go. Four queries to look, and one for each kind of row and depth to write.
    Call it in a transaction.
    """
    known = _Known(meeting)
    before = events_in(meeting, known.days, known.blocks, known.items.values())
    rows = Rows()
    known.make_room(agenda)
    _sync_days(meeting, agenda, rows, known)
    _sync_blocks(agenda, rows, known)
    _sync_items(meeting, agenda, rows, known)
    known.remove_others(rows)
    if before:
        days = {key_of(day): day for day in rows.days.values()}
        blocks = {key_of(block): block for block in rows.blocks.values()}
        cancel(before, events_in(meeting, days, blocks, ()).keys())
    return rows


class _Known:
    """The rows a meeting has, by key."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.days = {key_of(row): row for row in Day.objects.filter(meeting=meeting)}
        blocks = Block.objects.filter(day__meeting=meeting).order_by("day__order", "order")
        items = Item.objects.filter(block__day__meeting=meeting)
        self.blocks = {key_of(row): row for row in (blocks if self.days else ())}
        self.items = {key_of(row): row for row in (items if self.days else ())}
        self.moved = False

    def again(self, model: type[Row], key: str) -> Row:
        """Make a row; a part that was taken out and comes back gets the row it had, if nobody has it."""
        number = number_of(key, model)
        if number and not model._default_manager.filter(pk=number).exists():
            return model(pk=number)
        return model()

    def make_room(self, agenda: plain.Agenda) -> None:
        """Move days and blocks out of the way where their order changes, so that no place is taken twice meanwhile."""
        blocks = [block.key for day in agenda.days for block in day.blocks]
        same_days = [day.key for day in agenda.days] == list(self.days)
        if self.days and not (same_days and blocks == list(self.blocks)):
            Day.objects.filter(meeting=self.meeting).update(order=F("order") + _ROOM)
            Block.objects.filter(day__meeting=self.meeting).update(order=F("order") + _ROOM)
            self.moved = True

    def remove_others(self, rows: Rows) -> None:
        """Delete what the agenda no longer has; what is kept no longer stands under it."""
        _delete(Item, self.items.values(), rows.items.values())
        _delete(Block, self.blocks.values(), rows.blocks.values())
        _delete(Day, self.days.values(), rows.days.values())


def _delete(model: type[Row], known: Iterable[Row], kept: Iterable[Row]) -> None:
    gone = {row.pk for row in known} - {row.pk for row in kept}
    if gone:
        model._default_manager.filter(pk__in=gone).delete()


def _sync_days(meeting: Meeting, agenda: plain.Agenda, rows: Rows, known: _Known) -> None:
    for i, day in enumerate(agenda.days):
        rows.days[i,] = known.days.get(day.key) or known.again(Day, day.key)
    values: dict[Path, dict[str, Any]] = {
        (i,): {"meeting_id": meeting.pk, "order": i, **_day_values(day)} for i, day in enumerate(agenda.days)
    }
    _save(Day, rows.days, values, all_of_them=known.moved)


def _sync_blocks(agenda: plain.Agenda, rows: Rows, known: _Known) -> None:
    values: dict[Path, dict[str, Any]] = {}
    for i, day in enumerate(agenda.days):
        for j, block in enumerate(day.blocks):
            rows.blocks[i, j] = known.blocks.get(block.key) or known.again(Block, block.key)
            values[i, j] = {"day_id": rows.days[i,].pk, "order": j, **_block_values(block)}
    _save(Block, rows.blocks, values, all_of_them=known.moved)


def _sync_items(meeting: Meeting, agenda: plain.Agenda, rows: Rows, known: _Known) -> None:
    """Write one depth after the other, so that children know the keys of their parents."""
    matters = _matters(meeting, agenda, known)
    layer: list[tuple[Path, Sequence[plain.Item]]] = [
        ((i, j), block.items) for i, day in enumerate(agenda.days) for j, block in enumerate(day.blocks)
    ]
    while layer:
        values: dict[Path, dict[str, Any]] = {}
        for path, items in layer:
            for k, item in enumerate(items):
                rows.items[*path, k] = known.items.get(item.key) or known.again(Item, item.key)
                parent = rows.items.get(path)
                place = {"block_id": rows.blocks[path[:2]].pk, "parent_id": parent.pk if parent else None, "order": k}
                values[*path, k] = {**place, "matter": matters[*path, k], **_item_values(item)}
        _save(Item, {path: rows.items[path] for path in values}, values)
        layer = [((*path, k), item.children) for path, items in layer for k, item in enumerate(items) if item.children]


def _save(
    model: type[Row], rows: Mapping[Path, Row], values: Mapping[Path, Mapping[str, Any]], *, all_of_them: bool = False
) -> None:
    """Give rows their values; write the new ones and those that changed."""
    new, changed = list[Row](), list[Row]()
    for path, row in rows.items():
        differs = all_of_them or any(getattr(row, name) != value for name, value in values[path].items())
        for name, value in values[path].items():
            setattr(row, name, value)
        if row._state.adding:
            new.append(row)
        elif differs:
            changed.append(row)
    model._default_manager.bulk_create(new)
    if changed:
        model._default_manager.bulk_update(changed, list(next(iter(values.values()))), batch_size=200)


# ---- what each part is about


def _matters(meeting: Meeting, agenda: plain.Agenda, known: _Known) -> dict[Path, Matter]:
    """Say what each item is about; one whose words say nothing is about what it continues."""
    found: dict[Path, Matter] = {}
    paths: dict[str, Path] = {}
    for i, day in enumerate(agenda.days):
        for j, block in enumerate(day.blocks):
            waiting: list[tuple[Path, plain.Item]] = [((i, j, k), item) for k, item in enumerate(block.items)]
            while waiting:
                path, item = waiting.pop()
                paths[item.key] = path
                found[path] = _matter(item, day.heading or "", block.kind, found.get(path[:-1]))
                waiting += [((*path, k), child) for k, child in enumerate(item.children)]
    links = Continuation.objects.filter(later__block__day__meeting=meeting, undone_at=None) if known.items else ()
    for link in links:
        earlier, later = paths.get(f"i{link.earlier_id}"), paths.get(f"i{link.later_id}")
        if earlier and later and found[later] is Matter.OTHER:
            found[later] = found[earlier]
    return found


def _matter(item: plain.Item, heading: str, kind: plain.Kind, above: Matter | None) -> Matter:
    if kind is not plain.Kind.ITEMS:
        return Matter.BREAK
    matter = matter_of(item.title, heading)
    return above if matter is Matter.OTHER and above else matter


# ---- one part as columns


def _day_values(day: plain.Day) -> dict[str, Any]:
    return {
        "date": date.fromisoformat(day.date) if day.date else None,
        "label": cut(day.label, 60),
        "heading": cut(day.heading, 300),
        "place": cut(day.place, 300),
        "audience": AUDIENCES[day.audience] if day.audience else "",
        "webcast": day.webcast or "",
        "call": day.call or "",
        "languages": list(day.languages),
    }


def _block_values(block: plain.Block) -> dict[str, Any]:
    return {
        "starts": _time(block.start),
        "ends": _time(block.end),
        "kind": block.kind.value,
        "room": cut(block.room, 300),
        "zone": cut(block.zone, 60),
        "is_marked_continued": block.continued,
        "pinned_start": block.pinned_start,
        "pinned_end": block.pinned_end,
    }


def _item_values(item: plain.Item) -> dict[str, Any]:
    return {
        "label": cut(item.label, 20),
        "title": item.title,
        "minutes": item.minutes,
        "presenters": list(item.presenters),
        "documents": list(item.documents),
        "arrivals": list(item.arrivals),
        "links": list(item.links),
    }


def _time(value: str | None) -> time | None:
    """Parse a printed time; midnight at the end of a day is 00:00, as clocks show it."""
    return time.fromisoformat("00:00" if value == "24:00" else value) if value else None


def cut(value: str | None, limit: int) -> str:
    """Keep a printed word within its column; the source keeps it whole."""
    value = value or ""
    return value if len(value) <= limit else f"{value[: limit - 1]}…"


def as_stored(agenda: plain.Agenda) -> plain.Agenda:
    """Return the agenda as it comes back from its rows: long words cut, midnight as 00:00."""
    return plain.Agenda(agenda.title, agenda.purpose, tuple(map(_day_as_stored, agenda.days)), agenda.spans)


def _day_as_stored(day: plain.Day) -> plain.Day:
    label, heading, place = cut(day.label, 60), cut(day.heading, 300), cut(day.place, 300)
    blocks = tuple(map(_block_as_stored, day.blocks))
    return replace(day, label=label or None, heading=heading or None, place=place or None, blocks=blocks)


def _block_as_stored(block: plain.Block) -> plain.Block:
    start, end = ("00:00" if time == "24:00" else time for time in (block.start, block.end))
    items = tuple(map(_item_as_stored, block.items))
    room, zone = cut(block.room, 300) or None, cut(block.zone, 60) or None
    return replace(block, start=start, end=end, room=room, zone=zone, items=items)


def _item_as_stored(item: plain.Item) -> plain.Item:
    children = tuple(map(_item_as_stored, item.children))
    return replace(item, label=cut(item.label, 20) or None, children=children)
