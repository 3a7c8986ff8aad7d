"""Finds what is wrong with the JSON of a rule set, and says it in sentences; pure.

Every fault is reported, not the first one, so that a hand-made file is mended in one go.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from math import isfinite
from typing import Any

# Limits and the least and greatest value each may have.
LIMITS: Mapping[str, tuple[int, int]] = {
    "evaluations_per_proposal": (1, 100),
    "proposals_per_person": (1, 100),
    "sessions_per_speaker": (1, 100),
    "least_speakers": (0, 50),
    "description_words": (20, 5_000),
}
HEAVIEST = 100  # weight of a criterion
SOURCE_LENGTH = 500
DIMENSIONS: Mapping[str, str] = {"theme": "themes", "region": "regions", "group": "groups"}
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_KINDS = ("themes", "regions", "groups", "formats", "criteria", "reasons")
_KEYS = frozenset((*_KINDS, "budget", "quotas", "limits"))
_CHOICE = frozenset({"code", "names"})
_MORE: Mapping[str, frozenset[str]] = {
    "formats": frozenset({"minutes"}),
    "criteria": frozenset({"low", "high", "weight"}),
}


def faults(data: object) -> tuple[str, ...]:
    """Give a sentence for every fault in the data of a rule set; empty when it can be used."""
    wrong = tuple(_keys("The rule set", data, _KEYS, frozenset({"source"})))
    if wrong or not isinstance(data, Mapping):
        return wrong
    found = tuple(
        chain(
            *(_choices(kind, data[kind]) for kind in _KINDS),
            _budget(data["budget"]),
            _limits(data["limits"]),
            _source(data.get("source", "")),
        )
    )
    return found or tuple(_quotas(data))


def _keys(where: str, value: object, wanted: frozenset[str], may: frozenset[str] = frozenset()) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield f"{where} is no object with named parts."
        return
    keys = {str(key) for key in value}
    for key in sorted(wanted - keys):
        yield f"{where} lacks “{key}”."
    for key in sorted(keys - wanted - may):
        yield f"{where} has “{key}”, which no rule knows: remove it, or mend its spelling."


def _choices(kind: str, values: object) -> Iterator[str]:
    if not isinstance(values, list):
        yield f"“{kind}” is no list."
        return
    if not values and kind not in ("reasons", "regions"):
        yield f"“{kind}” is empty: name at least one."
    for place, value in enumerate(values, 1):
        where = f"Entry {place} of “{kind}”"
        wrong = list(_keys(where, value, _CHOICE | _MORE.get(kind, frozenset()), frozenset({"shorts"})))
        yield from wrong or _choice(where, kind, value)
    codes = [value.get("code") for value in values if isinstance(value, Mapping)]
    yield from (f"“{kind}” has the code “{code}” {n} times." for code, n in _doubles(codes))


def _choice(where: str, kind: str, value: Mapping[str, Any]) -> Iterator[str]:
    code = value["code"]
    if not (isinstance(code, str) and _CODE.fullmatch(code)):
        yield f"{where} has the code “{code}”: use up to 40 small Latin letters, digits and hyphens."
    for key in ("names", "shorts"):
        words = value.get(key, {"en": "-"})
        is_words = isinstance(words, Mapping) and all(isinstance(word, str) and word.strip() for word in words.values())
        if not is_words or (key == "names" and "en" not in words):
            yield f"{where} needs “{key}” as words by language, English among the names."
    if kind == "formats":
        yield from _minutes(where, value["minutes"])
    if kind == "criteria":
        yield from _scale(where, value)


def _minutes(where: str, lengths: object) -> Iterator[str]:
    if not isinstance(lengths, list) or not lengths:
        yield f"{where} allows no length: give a list of minutes."
        return
    for length in lengths:
        if not _is_whole(length, 5, 600):
            yield f"{where} allows {length} minutes: a session lasts from 5 to 600."
    yield from (f"{where} allows {length} minutes {n} times." for length, n in _doubles(lengths))


def _scale(where: str, value: Mapping[str, Any]) -> Iterator[str]:
    low, high, weight = value["low"], value["high"], value["weight"]
    if not (_is_whole(low, 0, 100) and _is_whole(high, 0, 100) and low < high):
        yield f"{where} is graded from {low} to {high}: give two whole numbers from 0 to 100, the lower first."
    is_number = isinstance(weight, int | float) and not isinstance(weight, bool)
    if not (is_number and isfinite(weight) and 0 < weight <= HEAVIEST):
        yield f"{where} weighs {weight}: give a number above 0, at most 100."


def _budget(budget: object) -> Iterator[str]:
    wrong = list(_keys("“budget”", budget, frozenset({"grid", "taken", "by_score_percent"})))
    yield from wrong
    if wrong or not isinstance(budget, Mapping):
        return
    grid, taken, percent = budget["grid"], budget["taken"], budget["by_score_percent"]
    if not _is_whole(percent, 0, 100):
        yield f"“by_score_percent” is {percent}: give a whole number from 0 to 100."
    if not isinstance(taken, Mapping) or not all(_is_whole(number, 0, 10_000) for number in taken.values()):
        yield "“taken” needs whole numbers of sessions by kind."
    elif not _is_whole(grid, 1, 10_000):
        yield f"“grid” is {grid}: give the sessions that fit on the grid, from 1 to 10000."
    elif grid <= sum(taken.values()):
        yield f"The grid holds {grid} sessions and {sum(taken.values())} are taken: no place is left for proposals."


def _limits(limits: object) -> Iterator[str]:
    wrong = list(_keys("“limits”", limits, frozenset(LIMITS)))
    yield from wrong
    if wrong or not isinstance(limits, Mapping):
        return
    for name, (least, most) in LIMITS.items():
        if not _is_whole(limits[name], least, most):
            yield f"“{name}” is {limits[name]}: give a whole number from {least} to {most}."


def _source(source: object) -> Iterator[str]:
    if not isinstance(source, str) or len(source) > SOURCE_LENGTH:
        yield "“source” is to be text of at most 500 characters."


def _quotas(data: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(data["quotas"], list):
        yield "“quotas” is no list."
        return
    sound = []
    for place, quota in enumerate(data["quotas"], 1):
        where = f"Quota {place}"
        wrong = list(_keys(where, quota, frozenset({"dimension", "value"}), frozenset({"least", "most"})))
        wrong = wrong or list(_quota(where, quota, data))
        yield from wrong
        sound += [] if wrong else [quota]
    pairs = [(quota["dimension"], quota["value"]) for quota in sound]
    yield from (f"The {name} “{code}” has {n} quotas: keep one." for (name, code), n in _doubles(pairs))
    places = data["budget"]["grid"] - sum(data["budget"]["taken"].values())
    for dimension in DIMENSIONS:
        yield from _sums(dimension, [quota for quota in sound if quota["dimension"] == dimension], data, places)


def _quota(where: str, quota: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[str]:
    dimension, value, least, most = quota["dimension"], quota["value"], quota.get("least"), quota.get("most")
    if dimension not in DIMENSIONS:
        yield f"{where} is about “{dimension}”: choose one of {', '.join(DIMENSIONS)}."
    elif value not in {choice["code"] for choice in data[DIMENSIONS[dimension]]}:
        yield f"{where} names the {dimension} “{value}”, which “{DIMENSIONS[dimension]}” does not have."
    if least is None and most is None:
        yield f"{where} says neither “least” nor “most”."
    elif not all(number is None or _is_whole(number, 0, 10_000) for number in (least, most)):
        yield f"{where} asks for {least} to {most} places: give whole numbers."
    elif least is not None and most is not None and least > most:
        yield f"{where} asks for at least {least} and at most {most} places."


def _sums(dimension: str, quotas: list[Mapping[str, Any]], data: Mapping[str, Any], places: int) -> Iterator[str]:
    least = sum(quota.get("least") or 0 for quota in quotas)
    if least > places:
        yield f"The least numbers by {dimension} add up to {least}, but there are {places} places."
    caps = [quota["most"] for quota in quotas if quota.get("most") is not None]
    if len(caps) == len(data[DIMENSIONS[dimension]]) > 0 and sum(caps) < places:
        yield f"The greatest numbers by {dimension} add up to {sum(caps)}, which can never fill {places} places."


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _doubles(values: list[Any]) -> list[tuple[Any, int]]:
    hashable = [value for value in values if isinstance(value, str | int | tuple)]
    return [(value, n) for value, n in Counter(hashable).items() if n > 1]
