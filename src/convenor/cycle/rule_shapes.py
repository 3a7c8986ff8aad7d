"""Checks of shape that every part of a rule set shares, each fault a sentence; pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")  # as Django writes it: en, fr, zh-hans
_CHOICE = frozenset({"code", "names"})


def keys(where: str, value: object, wanted: frozenset[str], may: frozenset[str] = frozenset()) -> Iterator[str]:
    """Find keys that are missing or that no rule knows."""
    if not isinstance(value, Mapping):
        yield f"{where} is no object with named parts."
        return
    found = {str(key) for key in value}
    for key in sorted(wanted - found):
        yield f"{where} lacks “{key}”."
    for key in sorted(found - wanted - may):
        yield f"{where} has “{key}”, which no rule knows: remove it, or mend its spelling."


def choices(
    kind: str,
    values: object,
    more: frozenset[str] = frozenset(),
    *,
    may: frozenset[str] = frozenset(),
    may_be_empty: bool,
) -> Iterator[str]:
    """Find what is wrong with a list of coded choices.

    `more` are the keys of its entries beside code and names, `may` those that an entry can leave out.
    """
    if not isinstance(values, list):
        yield f"“{kind}” is no list."
        return
    if not values and not may_be_empty:
        yield f"“{kind}” is empty: name at least one."
    for place, value in enumerate(values, 1):
        where = f"Entry {place} of “{kind}”"
        wrong = list(keys(where, value, _CHOICE | more, may | {"shorts"}))
        yield from wrong or _choice(where, value)
    codes = [value.get("code") for value in values if isinstance(value, Mapping)]
    yield from (f"“{kind}” has the code “{code}” {n} times." for code, n in doubles(codes))


def sound(values: object, wanted: frozenset[str]) -> list[tuple[str, Mapping[str, Any]]]:
    """Give the entries of a list that have the wanted keys, each with how a sentence calls it."""
    rows = values if isinstance(values, list) else []
    return [(str(n), row) for n, row in enumerate(rows, 1) if isinstance(row, Mapping) and wanted <= set(row)]


def words(where: str, value: object) -> Iterator[str]:
    """Find what is no text by language."""
    if not isinstance(value, Mapping) or not all(isinstance(word, str) for word in value.values()):
        yield f"{where} is to be text by language."
        return
    yield from _languages(where, value)


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Give a text in a language ("fr-ch"), else in its wider one ("fr"), else in English, else nothing."""
    parts = language.lower().split("-")
    tags = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return next((texts[tag] for tag in [*tags, "en"] if texts.get(tag)), "")


def is_code(value: object) -> bool:
    """Say whether something can stand as a code."""
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


def is_whole(value: object, least: int, most: int) -> bool:
    """Say whether something is a whole number within limits; true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def doubles(values: Iterable[Any]) -> list[tuple[Any, int]]:
    """Give what stands more than once, with how often."""
    hashable = [value for value in values if isinstance(value, str | int | tuple)]
    return [(value, n) for value, n in Counter(hashable).items() if n > 1]


def _choice(where: str, value: Mapping[str, Any]) -> Iterator[str]:
    if not is_code(value["code"]):
        yield f"{where} has the code “{value['code']}”: use up to 40 small Latin letters, digits and hyphens."
    for key in ("names", "shorts"):
        named = value.get(key, {"en": "-"})
        is_words = isinstance(named, Mapping) and all(isinstance(word, str) and word.strip() for word in named.values())
        if not is_words or (key == "names" and "en" not in named):
            yield f"{where} needs “{key}” as words by language, English among the names."
        else:
            yield from _languages(where, named)


def _languages(where: str, texts: Mapping[Any, Any]) -> Iterator[str]:
    """Find languages that no reader could ever ask for, so that their words would be left out silently."""
    for tag in texts:
        if not (isinstance(tag, str) and _LANGUAGE.fullmatch(tag)):
            yield f"{where} has words in the language “{tag}”: write it like en, fr or zh-hans."
