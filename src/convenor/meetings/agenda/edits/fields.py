"""The fields of an agenda that can be set: what each may hold, and how long it may be.

A field that is added to a part of the agenda gets one row here; a test finds one that was forgotten.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from convenor.meetings.agenda.model import Agenda, Audience, Block, Day, Item, Kind
from convenor.meetings.agenda.windows import window_of

Value = str | int | bool | tuple[str, ...] | None
Part = Agenda | Day | Block | Item
MOST_MINUTES = 9_999
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*")
_UNKEPT = re.compile("[\x00\ud800-\udfff]")  # no database keeps them


@dataclass(frozen=True, slots=True)
class Form:
    """What a field may hold, as words that go on "minutes ...", and how the agenda holds it."""

    must: str
    fits: Callable[[Any], bool]
    held: Callable[[Any], Any] = lambda value: value


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not _UNKEPT.search(value)


def _is_time(value: object) -> bool:
    return isinstance(value, str) and bool(_TIME.fullmatch(value))


def _is_date(value: object) -> bool:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_length(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_MINUTES


def _is_names(value: object) -> bool:
    return isinstance(value, tuple) and all(_is_text(name) and name.strip() for name in value)


def _is_windows(value: object) -> bool:
    return _is_names(value) and isinstance(value, tuple) and all(window_of(line) for line in value)


def _is_address(value: object) -> bool:
    return _is_text(value) and isinstance(value, str) and bool(_ADDRESS.fullmatch(value))


TITLE = Form("is text, and not empty", lambda value: _is_text(value) and bool(value.strip()))
TEXT = Form("is text or nothing", lambda value: value is None or _is_text(value))
TIME = Form('is a time such as "09:30" or nothing', lambda value: value is None or _is_time(value))
DATE = Form('is a date such as "2017-06-12" or nothing', lambda value: value is None or _is_date(value))
LENGTH = Form(f"is a whole number up to {MOST_MINUTES} or nothing", lambda value: value is None or _is_length(value))
FLAG = Form("is true or false", lambda value: isinstance(value, bool))
KIND = Form("is a kind of block", lambda value: isinstance(value, str) and value in set(Kind), Kind)
AUDIENCE = Form(
    "is an audience or nothing",
    lambda value: value is None or (isinstance(value, str) and value in set(Audience)),
    lambda value: None if value is None else Audience(value),
)
NAMES = Form("is a list of names", _is_names)
WINDOWS = Form('is a list of windows such as "10:40–11:30 Name"', _is_windows)
ADDRESS = Form("is an address that begins with https:// or nothing", lambda value: value is None or _is_address(value))
LISTS = (NAMES, WINDOWS)

# By name: a field means the same in whatever part it stands. `title` may be absent only in the agenda itself.
FORMS: Mapping[str, Form] = {
    "title": TEXT, "purpose": TEXT, "date": DATE, "label": TEXT, "heading": TEXT, "place": TEXT, "audience": AUDIENCE,
    "start": TIME, "end": TIME, "zone": TEXT, "kind": KIND, "room": TEXT, "continued": FLAG,
    "pinned_start": FLAG, "pinned_end": FLAG, "minutes": LENGTH, "presenters": NAMES, "documents": NAMES,
    "arrivals": WINDOWS, "links": NAMES, "webcast": ADDRESS, "call": ADDRESS, "languages": NAMES,
}  # fmt: skip
# How many characters may be typed: what a stored meeting keeps. What a document prints may be longer.
LIMITS: Mapping[tuple[type[Part], str], int] = {
    (Agenda, "title"): 300,
    (Day, "label"): 60,
    (Day, "heading"): 300,
    (Day, "place"): 300,
    (Day, "webcast"): 500,
    (Day, "call"): 500,
    (Block, "room"): 300,
    (Item, "label"): 20,
    (Item, "title"): 10_000,
}
SECRET = frozenset({"call"})  # no sentence says what it holds
PARTS: Mapping[str, type[Part]] = {"agenda": Agenda, "day": Day, "block": Block, "item": Item}
KINDS: Mapping[type[Part], str] = {kind: name for name, kind in PARTS.items()}
FIELDS: Mapping[type[Part], tuple[str, ...]] = {
    part: tuple(field.name for field in fields(part) if field.name in FORMS) for part in PARTS.values()
}


def form_of(part: type[Part], name: str) -> Form:
    """Return what a field of a part may hold."""
    return TITLE if (part, name) == (Item, "title") else FORMS[name]


def plain(value: Any) -> Value:
    """Return a field's value as JSON knows it, but lists as tuples."""
    return str(value) if isinstance(value, Kind | Audience) else value


def check(name: str, value: object, said: str = "") -> Value:
    """Return a value that fits the field of this name in one part or other.

    Raises:
        ValueError: it cannot hold the value; the message begins with what the value is called, `said` or the field.
    """
    value = tuple(value) if isinstance(value, list) else value
    if not FORMS[name].fits(value):
        raise ValueError(f"{said or name}: {value!r} is not what {name} can hold; it {FORMS[name].must}")
    return plain(value)
