"""Finds what is wrong with the JSON of a rule set, and says it in sentences; pure.

Every fault is reported, not the first one, so that a hand-made file is mended in one go.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from math import isfinite
from typing import Any

from convenor.cycle.rule_life import KEYS as LIFE
from convenor.cycle.rule_life import life_faults
from convenor.cycle.rule_shapes import choices, doubles, is_whole, keys, sound

# Limits and the least and greatest value each may have.
LIMITS: Mapping[str, tuple[int, int]] = {
    "evaluations_per_proposal": (1, 100),
    "proposals_per_person": (1, 100),
    "proposals_per_organisation": (1, 1_000),
    "sessions_per_speaker": (1, 100),
    "least_speakers": (0, 50),
    "most_speakers": (1, 200),
    "description_words": (20, 5_000),
    "grace_minutes": (0, 1_440),
}
# Limits that older rule sets do not have, with what counts then; None: as many as a person.
LATER_LIMITS: Mapping[str, int | None] = {"proposals_per_organisation": None, "most_speakers": 200, "grace_minutes": 0}
HEAVIEST = 100  # weight of a criterion
SOURCE_LENGTH = 500
DIMENSIONS: Mapping[str, str] = {"theme": "themes", "region": "regions", "group": "groups"}
_KINDS = ("themes", "regions", "groups", "formats", "criteria", "reasons")
_MAY_BE_EMPTY = ("reasons", "regions")
_KEYS = frozenset((*_KINDS, "budget", "quotas", "limits"))
_MORE: Mapping[str, frozenset[str]] = {
    "formats": frozenset({"minutes"}),
    "criteria": frozenset({"low", "high", "weight"}),
}


def faults(data: object) -> tuple[str, ...]:
    """Give a sentence for every fault in the data of a rule set; empty when it can be used."""
    found = shape_faults(data)
    return found or tuple(sum_faults(data))  # type: ignore[arg-type]  # without faults of shape it is an object


def shape_faults(data: object) -> tuple[str, ...]:
    """Give the faults for which the data cannot even be read."""
    wrong = tuple(keys("The rule set", data, _KEYS, LIFE | {"source"}))
    if wrong or not isinstance(data, Mapping):
        return wrong
    found = tuple(
        chain(
            *(choices(kind, data[kind], _more(kind), may_be_empty=kind in _MAY_BE_EMPTY) for kind in _KINDS),
            _formats(data["formats"]),
            _criteria(data["criteria"]),
            _budget(data["budget"]),
            _limits(data["limits"]),
            _source(data.get("source", "")),
            life_faults(data),
        )
    )
    return found or tuple(_quotas(data))


def sum_faults(data: Mapping[str, Any]) -> Iterator[str]:
    """Find quotas that can be read but never be kept together."""
    places = data["budget"]["grid"] - sum(data["budget"]["taken"].values())
    for dimension in DIMENSIONS:
        yield from _sums(dimension, [one for one in data["quotas"] if one["dimension"] == dimension], data, places)


def _more(kind: str) -> frozenset[str]:
    return _MORE.get(kind, frozenset())


def _formats(values: object) -> Iterator[str]:
    for place, row in sound(values, _MORE["formats"]):
        yield from _minutes(f"Entry {place} of “formats”", row["minutes"])


def _criteria(values: object) -> Iterator[str]:
    for place, row in sound(values, _MORE["criteria"]):
        yield from _scale(f"Entry {place} of “criteria”", row)


def _minutes(where: str, lengths: object) -> Iterator[str]:
    if not isinstance(lengths, list) or not lengths:
        yield f"{where} allows no length: give a list of minutes."
        return
    for length in lengths:
        if not is_whole(length, 5, 600):
            yield f"{where} allows {length} minutes: a session lasts from 5 to 600."
    yield from (f"{where} allows {length} minutes {n} times." for length, n in doubles(lengths))


def _scale(where: str, value: Mapping[str, Any]) -> Iterator[str]:
    low, high, weight = value["low"], value["high"], value["weight"]
    if not (is_whole(low, 0, 100) and is_whole(high, 0, 100) and low < high):
        yield f"{where} is graded from {low} to {high}: give two whole numbers from 0 to 100, the lower first."
    is_number = isinstance(weight, int | float) and not isinstance(weight, bool)
    if not (is_number and isfinite(weight) and 0 < weight <= HEAVIEST):
        yield f"{where} weighs {weight}: give a number above 0, at most 100."


def _budget(budget: object) -> Iterator[str]:
    wrong = list(keys("“budget”", budget, frozenset({"grid", "taken", "by_score_percent"})))
    yield from wrong
    if wrong or not isinstance(budget, Mapping):
        return
    grid, taken, percent = budget["grid"], budget["taken"], budget["by_score_percent"]
    if not is_whole(percent, 0, 100):
        yield f"“by_score_percent” is {percent}: give a whole number from 0 to 100."
    if not isinstance(taken, Mapping) or not all(is_whole(number, 0, 10_000) for number in taken.values()):
        yield "“taken” needs whole numbers of sessions by kind."
    elif not is_whole(grid, 1, 10_000):
        yield f"“grid” is {grid}: give the sessions that fit on the grid, from 1 to 10000."
    elif grid <= sum(taken.values()):
        yield f"The grid holds {grid} sessions and {sum(taken.values())} are taken: no place is left for proposals."


def _limits(limits: object) -> Iterator[str]:
    later = frozenset(LATER_LIMITS)
    wrong = list(keys("“limits”", limits, frozenset(LIMITS) - later, later))
    yield from wrong
    if wrong or not isinstance(limits, Mapping):
        return
    for name, (least, most) in LIMITS.items():
        if name in limits and not is_whole(limits[name], least, most):
            yield f"“{name}” is {limits[name]}: give a whole number from {least} to {most}."


def _source(source: object) -> Iterator[str]:
    if not isinstance(source, str) or len(source) > SOURCE_LENGTH:
        yield "“source” is to be text of at most 500 characters."


def _quotas(data: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(data["quotas"], list):
        yield "“quotas” is no list."
        return
    right = []
    for place, quota in enumerate(data["quotas"], 1):
        where = f"Quota {place}"
        wrong = list(keys(where, quota, frozenset({"dimension", "value"}), frozenset({"least", "most"})))
        wrong = wrong or list(_quota(where, quota, data))
        yield from wrong
        right += [] if wrong else [quota]
    pairs = [(quota["dimension"], quota["value"]) for quota in right]
    yield from (f"The {name} “{code}” has {n} quotas: keep one." for (name, code), n in doubles(pairs))


def _quota(where: str, quota: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[str]:
    dimension, value, least, most = quota["dimension"], quota["value"], quota.get("least"), quota.get("most")
    if dimension not in DIMENSIONS:
        yield f"{where} is about “{dimension}”: choose one of {', '.join(DIMENSIONS)}."
    elif value not in {choice["code"] for choice in data[DIMENSIONS[dimension]]}:
        yield f"{where} names the {dimension} “{value}”, which “{DIMENSIONS[dimension]}” does not have."
    if least is None and most is None:
        yield f"{where} says neither “least” nor “most”."
    elif not all(number is None or is_whole(number, 0, 10_000) for number in (least, most)):
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
