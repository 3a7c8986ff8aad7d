"""Two editors, or two devices of one, wrote in the same proposal: field by field, what counts now. Pure.

A form does not send back the text it was opened with, only a short digest of it. With that, three versions can be
told apart: what the form was opened with, what it says now, and what is stored by then.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

Value = str | int | bool | list[str] | None
DIGEST_LETTERS = 16


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that was changed on both sides since the form was opened."""

    field: str
    mine: Value
    theirs: Value


@dataclass(frozen=True, slots=True)
class Merged:
    """What comes of a save: what is to be stored, what others changed meanwhile, what needs a decision."""

    values: Mapping[str, Value]  # changed by this save alone
    news: Mapping[str, Value]  # changed by others alone: the form shows something older
    clashes: tuple[Clash, ...]


def digest(value: Value) -> str:
    """Compute what a form keeps of a value instead of the value; an empty one of any sort is the same emptiness."""
    if value is None or value in ("", []):
        return ""
    said = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST_LETTERS]


def digests(values: Mapping[str, Value]) -> dict[str, str]:
    """Compute the digest of every value."""
    return {field: digest(value) for field, value in values.items()}


def merge(was: Mapping[str, Any], mine: Mapping[str, Value], theirs: Mapping[str, Value]) -> Merged:
    """Merge what a form says into what is stored.

    Args:
        was: the digests the form was opened with; a field without one counts as opened empty.
        mine: what the form says now; fields it does not name stay.
        theirs: what is stored now.

    Promises: every value of `mine` that differs from the stored one is in `values` or in `clashes`, unless it is what
    the form was opened with; nothing stored is replaced that the form was not opened with.
    """
    values: dict[str, Value] = {}
    news: dict[str, Value] = {}
    clashes: list[Clash] = []
    for field, value in mine.items():
        stored = theirs.get(field)
        opened, now, said = was.get(field, ""), digest(stored), digest(value)
        if said == now:
            continue
        if said == opened:
            news[field] = stored
        elif now == opened:
            values[field] = value
        else:
            clashes.append(Clash(field, value, stored))
    return Merged(values, news, tuple(clashes))


def both(theirs: Value, mine: Value) -> Value:
    """Give both texts, the stored one first; of lists every entry once; of anything else mine."""
    if isinstance(theirs, str) and isinstance(mine, str):
        return "\n\n".join(text for text in (theirs.rstrip(), mine) if text)
    if isinstance(theirs, list) and isinstance(mine, list):
        return list(dict.fromkeys([*theirs, *mine]))
    return mine
