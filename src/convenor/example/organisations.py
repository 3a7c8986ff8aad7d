"""Organisations that do not exist, spread over regions and stakeholder groups as in 2017."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from convenor.example.phrasing import Deck
from convenor.example.records import Organisation
from convenor.example.words import countries, languages, sections
from convenor.people.regions import region_of

GROUPS: Mapping[str, float] = {"civ": 0.48, "tec": 0.20, "prv": 0.14, "gov": 0.10, "igo": 0.08}
REGIONS: Mapping[str, float] = {"weo": 0.31, "ap": 0.24, "af": 0.19, "lac": 0.17, "ee": 0.09}
LOCAL_SHARE = 0.5
SECRETARIAT = Organisation("Secretariat of the Example Forum", "CH", "igo")


def shared_out(count: int, shares: Mapping[str, float]) -> list[str]:
    """Share `count` places out by largest remainder; each key comes as often as it won places."""
    exact = {key: count * share for key, share in shares.items()}
    won = {key: int(value) for key, value in exact.items()}
    by_remainder = sorted(shares, key=lambda key: (won[key] - exact[key], key))
    for key in by_remainder[: count - sum(won.values())]:
        won[key] += 1
    return [key for key in shares for _ in range(won[key])]


def make_organisations(rng: Random, count: int) -> tuple[Organisation, ...]:
    """Invent `count` organisations with distinct names; the first is the secretariat's own."""
    groups = shared_out(count - 1, GROUPS)
    regions = shared_out(count - 1, REGIONS)
    rng.shuffle(groups)
    rng.shuffle(regions)
    places = {region: Deck(rng, codes) for region, codes in by_region().items()}
    found = {SECRETARIAT.name: SECRETARIAT}
    for group, region in zip(groups, regions, strict=True):
        country = places[region].draw()
        name = unused_name(rng, group, country, found)
        found[name] = Organisation(name, country, group)
    return tuple(found.values())


def by_region() -> Mapping[str, Sequence[str]]:
    """List the country codes of each region."""
    return {region: [code for code in countries() if region_of(code) == region] for region in REGIONS}


def unused_name(rng: Random, group: str, country: str, taken: Mapping[str, Organisation]) -> str:
    """Invent a name that nobody has; one that stays taken becomes a numbered branch."""
    for _ in range(30):
        name = invented_name(rng, group, country)
        if name not in taken:
            return name
    number = 2
    while f"{name} {number}" in taken:
        number += 1
    return f"{name} {number}"


def invented_name(rng: Random, group: str, country: str) -> str:
    """Invent one name, with a local word for "example", sometimes wholly in the local language."""
    language = languages()[rng.choice(countries()[country])]
    patterns = sections("organisations.txt")
    local = f"{group}-{language.code}"
    if local in patterns and rng.random() < LOCAL_SHARE:
        pattern, field = rng.choice(patterns[local]), rng.choice(patterns[f"fields-{language.code}"])
    else:
        pattern, field = rng.choice(patterns[group]), rng.choice(patterns["fields"])
    _, example = rng.choice(language.examples)
    return pattern.format(x=example, f=field)
