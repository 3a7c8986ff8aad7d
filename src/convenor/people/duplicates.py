"""Rows that may be one person. Pure: compares what is written, asks no database.

Pairs come from blocks: people whose address is the same in another spelling, whose normalised name and organisation or
country are the same, and, inside one organisation or country, whose names stand near each other when sorted and are
nearly the same (sorted neighbourhood; Hernández and Stolfo, "The merge/purge problem", 1995). So the work grows with
the number of people, not with its square.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache, partial
from itertools import combinations

NEAR = 0.88  # share of letters in common from which two names count as nearly the same
WINDOW = 6  # how many neighbours of the sorted names each is compared with
LARGEST = 40  # a block of one normalised name larger than this is compared in the same narrow window
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "sir",
        "dame",
        "hon",
        "he",
        "amb",
        "ambassador",
        "eng",
        "professor",
        "doctor",
        "mme",
        "m",
        "sra",
        "sr",
        "herr",
        "frau",
    ]
)
_DOTLESS = frozenset({"gmail.com"})
_SAME_HOST = {"googlemail.com": "gmail.com"}
# Letters that no decomposition brings to a plain one.
_PLAIN = str.maketrans({"ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


class Why(StrEnum):
    """What makes two rows look like one person, the surest first."""

    ADDRESS = "address"
    NAME_ORGANISATION = "name-organisation"
    NAME_COUNTRY = "name-country"
    NEAR_ORGANISATION = "near-organisation"
    NEAR_COUNTRY = "near-country"


@dataclass(frozen=True, slots=True)
class Row:
    """What is compared of a person."""

    key: int
    name: str
    email: str
    country: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two keys, the lower first, and the surest reason."""

    first: int
    second: int
    why: Why


def address_key(email: str) -> str:
    """Give what the spellings of one address have in common: no case, no `+tag`, no dots where they do not count."""
    local, _at, host = email.strip().casefold().rpartition("@")
    host = _SAME_HOST.get(host, host)
    local = local.partition("+")[0]
    return f"{local.replace('.', '') if host in _DOTLESS else local}@{host}" if local else ""


@lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """Give a name without accents, case, titles, punctuation and order of its parts."""
    bare = unicodedata.normalize("NFKD", name.casefold()).translate(_PLAIN)
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    parts = [part for part in re.split(r"[\W_]+", letters) if part and part not in _TITLES]
    return " ".join(sorted(parts))


def pairs(rows: Iterable[Row]) -> list[Pair]:
    """Give the pairs that look alike, the surest reason first, then by key; deterministic."""
    people = list(rows)
    found: dict[tuple[int, int], Why] = {}
    for why, one, other in _candidates(people):
        found.setdefault((min(one.key, other.key), max(one.key, other.key)), why)
    order = list(Why)
    ranked = sorted(found.items(), key=lambda item: (order.index(item[1]), item[0]))
    return [Pair(first, second, why) for (first, second), why in ranked]


def _candidates(people: Sequence[Row]) -> Iterator[tuple[Why, Row, Row]]:
    for block in _blocks(people, lambda row: address_key(row.email)):
        yield from ((Why.ADDRESS, one, other) for one, other in _near(block))
    places = {"organisation": Why.NAME_ORGANISATION, "country": Why.NAME_COUNTRY}
    for place, why in places.items():
        for block in _blocks(people, partial(_name_in, place=place)):
            yield from ((why, one, other) for one, other in _near(block))
    nearly = {"organisation": Why.NEAR_ORGANISATION, "country": Why.NEAR_COUNTRY}
    for place, why in nearly.items():
        for block in _blocks(people, partial(_place_key, place=place)):
            block.sort(key=lambda row: (name_key(row.name), row.key))
            yield from ((why, one, other) for one, other in _window(block) if _alike(one.name, other.name))


def _blocks(people: Iterable[Row], key: Callable[[Row], str]) -> Iterator[list[Row]]:
    by: defaultdict[str, list[Row]] = defaultdict(list)
    for row in people:
        if value := key(row):
            by[value].append(row)
    yield from (block for block in by.values() if len(block) > 1)


def _place_key(row: Row, place: str) -> str:
    return name_key(row.organisation if place == "organisation" else row.country)


def _name_in(row: Row, place: str) -> str:
    name, where = name_key(row.name), _place_key(row, place)
    return f"{name} @ {where}" if name and where else ""


def _near(block: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    return iter(_window(block)) if len(block) > LARGEST else combinations(block, 2)


def _window(block: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    for index, row in enumerate(block):
        for other in block[index + 1 : index + 1 + WINDOW]:
            yield row, other


def _alike(one: str, other: str) -> bool:
    first, second = name_key(one), name_key(other)
    if not first or not second or min(len(first), len(second)) < len("abc def"):
        return False
    compared = SequenceMatcher(None, first, second, autojunk=False)
    return compared.real_quick_ratio() >= NEAR and compared.quick_ratio() >= NEAR and compared.ratio() >= NEAR
