"""Operations and parts of an agenda as JSON knows them; what comes in is checked strictly."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from convenor.meetings.agenda.edits.fields import FIELDS, FORMS, KINDS, PARTS, Part, Value, check, form_of, plain
from convenor.meetings.agenda.edits.operations import OPERATIONS, ROOT, UNDER, Operation, Place, Set, Style
from convenor.meetings.agenda.model import Agenda, Block, Day, Item

MOST_KEY = 40
_NAMES = {kind: name for name, kind in OPERATIONS.items()}
_APART = ("op", "value", "was")  # read when the field is known


def to_dict(operation: Operation) -> dict[str, Any]:
    """Return an operation as JSON knows it."""
    given = {one.name: getattr(operation, one.name) for one in fields(operation)}
    return {"op": _NAMES[type(operation)], **{name: _out(value) for name, value in given.items()}}


def _out(value: Any) -> Any:
    if isinstance(value, Place):
        return {"parent": value.parent, "after": value.after}
    if isinstance(value, Day | Block | Item):
        return part_to_dict(value)
    if isinstance(value, Style):
        return str(value)
    return [_out(one) for one in value] if isinstance(value, tuple) else value


def part_to_dict(part: Part) -> dict[str, Any]:
    """Return a part with everything under it, all fields but spans."""
    held = {name: _out(plain(getattr(part, name))) for name in FIELDS[type(part)]}
    inner = UNDER[type(part)]
    key = {} if isinstance(part, Agenda) else {"key": part.key}
    return {"part": KINDS[type(part)], **key, **held, inner: [part_to_dict(one) for one in getattr(part, inner)]}


def from_dict(value: object) -> Operation:
    """Build an operation from its JSON form.

    Raises:
        ValueError: it is none; the message begins with the name of the field that is missing, unknown or wrong.
    """
    given = _object(value, "operation")
    kind = OPERATIONS.get(given["op"]) if isinstance(given.get("op"), str) else None
    if kind is None:
        raise ValueError(f"op: {given.get('op')!r} is no operation")
    _only(given, {"op", *(one.name for one in fields(kind))})
    made: dict[str, Any] = {name: _READ[name](name, item) for name, item in given.items() if name not in _APART}
    if kind is Set:
        made |= {name: check(made["field"], given[name], name) for name in ("value", "was")}
    operation: Operation = kind(**made)
    return operation


def part_from_dict(value: object) -> Part:
    """Build a part from its JSON form; fields that are not given are empty.

    Raises:
        ValueError: it is no part; the message begins with the name of the field.
    """
    given = _object(value, "part")
    kind = PARTS.get(given["part"]) if isinstance(given.get("part"), str) else None
    if kind is None:
        raise ValueError(f"part: {given.get('part')!r} is no part of an agenda")
    inner = UNDER[kind]
    _only(given, {"part", "key", inner, *FIELDS[kind]}, optional={"key", inner, *FIELDS[kind]})
    made: dict[str, Any] = dict.fromkeys(_REQUIRED[kind])
    for name in FIELDS[kind]:
        if name in given:
            made[name] = form_of(kind, name).held(check(name, given[name]))
    if kind is Item and not form_of(Item, "title").fits(made["title"]):
        raise ValueError("title: an item has a title")
    if "key" in given and kind is not Agenda:
        made["key"] = _key("key", given["key"])
    parts = given.get(inner, [])
    if not isinstance(parts, list):
        raise ValueError(f"{inner}: it is not a list")  # noqa: TRY004 - a value of the form, not a type of ours
    made[inner] = tuple(part_from_dict(one) for one in parts)
    if not all(isinstance(one, PARTS[_INNER[kind]]) for one in made[inner]):
        raise ValueError(f"{inner}: only a part of the kind {_INNER[kind]} can stand there")
    return kind(**made)


_REQUIRED: Mapping[type[Part], tuple[str, ...]] = {
    Agenda: ("title",), Day: ("date",), Block: ("start", "end"), Item: ("label", "title"),
}  # fmt: skip
_INNER: Mapping[type[Part], str] = {Agenda: "day", Day: "block", Block: "item", Item: "item"}


def _object(value: object, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{name}: it is not an object")  # noqa: TRY004 - as above
    return value


def _only(given: Mapping[str, object], known: set[str], *, optional: set[str] | None = None) -> None:
    for name in sorted(map(str, given.keys() - known)):
        raise ValueError(f"{name}: there is no such field here")
    for name in sorted(known - given.keys() - (optional or set())):
        raise ValueError(f"{name}: it is missing")


def _key(name: str, value: object) -> str:
    if not isinstance(value, str) or len(value) > MOST_KEY or (name != "key" and not value) or "\x00" in value:
        raise ValueError(f"{name}: {value!r} is no key")
    return value


def _place(name: str, value: object) -> Place:
    given = _object(value, name)
    _only(given, {"parent", "after"})
    after = given["after"]
    parent = given["parent"] if given["parent"] == ROOT else _key("parent", given["parent"])
    return Place(parent, None if after is None else _key("after", after))


def _field(name: str, value: object) -> str:
    if not isinstance(value, str) or value not in FORMS:
        raise ValueError(f"{name}: there is no field {value!r}")
    return value


def _part(name: str, value: object) -> Part:
    part = part_from_dict(value)
    if isinstance(part, Agenda):
        raise ValueError(f"{name}: an agenda cannot stand in an agenda")  # noqa: TRY004 - as above
    return part


def _number(name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{name}: {value!r} is no place in a title")
    return value


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{name}: it is not text")  # noqa: TRY004 - as above
    return value


def _styles(name: str, value: object) -> tuple[Style, ...]:
    if not isinstance(value, list) or not value or any(one not in [str(style) for style in Style] for one in value):
        raise ValueError(f"{name}: {value!r} is no list of styles")
    return tuple(Style(one) for one in value)


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{name}: it is not true or false")  # noqa: TRY004 - as above
    return value


def _time(_name: str, value: object) -> Value:
    return check("start", value, "time")


_READ: Mapping[str, Callable[[str, object], Any]] = {
    "key": _key, "field": _field, "place": _place, "part": _part, "at": _number, "title": _text, "new": _key,
    "before": _key, "time": _time, "other": _key, "styles": _styles, "restart": _flag,
}  # fmt: skip
