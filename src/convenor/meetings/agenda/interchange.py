"""The interchange form of an agenda: plain dictionaries and lists, ready for JSON.

All fields are always present; absent values are None, absent lists are empty. Purpose, audience, zone, presenters,
documents and spans are not part of the form.
"""

from collections.abc import Callable
from typing import TypeVar

from convenor.meetings.agenda.model import Agenda, Block, Day, Item, Kind

Part = TypeVar("Part")
Fields = dict[str, object]


def to_interchange(agenda: Agenda) -> Fields:
    """Return the agenda as nested dictionaries: title, days, blocks, items, children."""
    return {"title": agenda.title, "days": [_day_fields(day) for day in agenda.days]}


def _day_fields(day: Day) -> Fields:
    return {
        "date": day.date,
        "label": day.label,
        "heading": day.heading,
        "place": day.place,
        "blocks": [_block_fields(block) for block in day.blocks],
    }


def _block_fields(block: Block) -> Fields:
    return {
        "start": block.start,
        "end": block.end,
        "kind": block.kind.value,
        "room": block.room,
        "continued": block.continued,
        "items": [_item_fields(item) for item in block.items],
    }


def _item_fields(item: Item) -> Fields:
    return {
        "label": item.label,
        "title": item.title,
        "minutes": item.minutes,
        "children": [_item_fields(child) for child in item.children],
    }


def from_interchange(value: object) -> Agenda:
    """Build an agenda from its interchange form.

    Raises:
        ValueError: a field is missing or has the wrong type; the message names it.
    """
    fields = _fields(value, "agenda")
    return Agenda(title=_text(fields, "title"), days=_parts(fields, "days", _day))


def _day(value: object) -> Day:
    fields = _fields(value, "day")
    return Day(
        date=_text(fields, "date"),
        label=_text(fields, "label"),
        heading=_text(fields, "heading"),
        place=_text(fields, "place"),
        blocks=_parts(fields, "blocks", _block),
    )


def _block(value: object) -> Block:
    fields = _fields(value, "block")
    continued = _field(fields, "continued")
    if not isinstance(continued, bool):
        raise ValueError("continued is not true or false")  # noqa: TRY004  # a value of the form, not a type of ours
    return Block(
        start=_text(fields, "start"),
        end=_text(fields, "end"),
        kind=Kind(_text(fields, "kind") or ""),
        room=_text(fields, "room"),
        continued=continued,
        items=_parts(fields, "items", _item),
    )


def _item(value: object) -> Item:
    fields = _fields(value, "item")
    title, minutes = _text(fields, "title"), _field(fields, "minutes")
    if title is None:
        raise ValueError("an item has no title")
    if minutes is not None and (not isinstance(minutes, int) or isinstance(minutes, bool)):
        raise ValueError("minutes is not a whole number")
    return Item(_text(fields, "label"), title, minutes, _parts(fields, "children", _item))


def _fields(value: object, name: str) -> Fields:
    if not isinstance(value, dict):
        raise ValueError(f"the {name} is not an object")  # noqa: TRY004  # as above
    return value


def _field(fields: Fields, name: str) -> object:
    if name not in fields:
        raise ValueError(f"{name} is missing")
    return fields[name]


def _text(fields: Fields, name: str) -> str | None:
    value = _field(fields, name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} is not text")
    return value


def _parts(fields: Fields, name: str, build: Callable[[object], Part]) -> tuple[Part, ...]:
    values = _field(fields, name)
    if not isinstance(values, list):
        raise ValueError(f"{name} is not a list")  # noqa: TRY004  # as above
    return tuple(build(value) for value in values)
