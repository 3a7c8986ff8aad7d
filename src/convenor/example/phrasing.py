"""A small grammar: decks that repeat nothing before they must, and phrases with slots and choices."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Generic, TypeVar

from convenor.example.words import sections

T = TypeVar("T")

CHOICE = re.compile(r"<([^<>]*\|[^<>]*)>")
SLOT = re.compile(r"\{(\w+)\}")
COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "eleven", "twelve", "fourteen")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "September", "October", "November")
SHARES = (
    "a third", "a quarter", "two thirds", "one in nine", "four in ten", "three in five", "nearly half",
    "more than half", "most", "one in six", "two fifths", "an eighth",
)  # fmt: skip
QUALITIES = (
    "landlocked", "coastal", "mountainous", "low-lying", "northern", "southern", "border", "island", "mining",
    "wine-growing", "fishing", "desert", "flood-prone", "bilingual", "trilingual", "post-industrial", "pastoral",
    "lakeside", "fast-growing", "shrinking", "half-empty", "tax-poor", "sparsely settled", "rain-soaked", "highland",
    "tea-growing", "copper-producing", "tourist", "forested", "earthquake-prone", "river", "newly independent",
)  # fmt: skip
PLACES = (
    ("district", "districts"), ("province", "provinces"), ("republic", "republics"), ("canton", "cantons"),
    ("county", "counties"), ("archipelago", "archipelagos"), ("peninsula", "peninsulas"), ("port", "ports"),
    ("valley", "valleys"), ("municipality", "municipalities"), ("capital", "capitals"), ("town", "towns"),
    ("federation", "federations"), ("kingdom", "kingdoms"), ("governorate", "governorates"), ("region", "regions"),
    ("economy", "economies"), ("territory", "territories"), ("parish", "parishes"), ("delta", "deltas"),
)  # fmt: skip
CURRENCIES = ("francs", "dollars", "euros", "pounds", "pesos", "shillings", "rupees", "crowns")


class Deck(Generic[T]):
    """Cards dealt in random order, all of them before any comes again."""

    def __init__(self, rng: Random, cards: Sequence[T]) -> None:
        self.rng = rng
        self.cards = list(cards)
        self.left: list[T] = []

    def draw(self) -> T:
        """Deal the next card."""
        if not self.left:
            self.left = self.rng.sample(self.cards, len(self.cards))
        return self.left.pop()


class Phrasebook:
    """The shared phrases of the world, dealt from one deck per section."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.decks = {name: Deck(rng, phrases) for name, phrases in sections("phrases.txt").items()}

    def say(self, section: str, words: Mapping[str, str]) -> str:
        """Deal a phrase of `section` and fill it."""
        return fill(self.rng, self.decks[section].draw(), words)


def fill(rng: Random, phrase: str, words: Mapping[str, str]) -> str:
    """Fill a phrase and begin it with a capital.

    `<a|b>` takes one of its choices; `{slot}` takes `words[slot]`, or else an invention that the
    phrase does not hold yet, slots inside it filled too; `{Slot}` does so with a capital.

    Raises:
        ValueError: the phrase names a slot that nobody knows.
    """
    chosen = CHOICE.sub(lambda match: rng.choice(match[1].split("|")), phrase)
    used: set[str] = set()

    def put(match: re.Match[str]) -> str:
        name = match[1]
        value = words.get(name.lower()) or invent(rng, name.lower())
        while value in used:
            value = invent(rng, name.lower())
        used.update(() if name.lower() in words else (value,))
        return capital(value) if name[0].isupper() else value

    while SLOT.search(chosen):
        chosen = SLOT.sub(put, chosen)
    return capital(chosen)


def capital(text: str) -> str:
    """Begin a text with a capital letter."""
    return text[:1].upper() + text[1:]


def invent(rng: Random, slot: str) -> str:
    """Invent a figure, a time or a place, or take a word of the vocabulary.

    Raises:
        ValueError: nobody knows the slot.
    """
    if slot in INVENTORS:
        return INVENTORS[slot](rng)
    vocabulary = sections("vocabulary.txt")
    if slot not in vocabulary:
        raise ValueError(f"no slot is called {slot!r}")
    return rng.choice(vocabulary[slot])


def place(rng: Random, *, plural: bool) -> str:
    """Invent a place that cannot be found on a map, so that nothing is claimed of a real one."""
    quality = rng.choice(QUALITIES)
    one, many = rng.choice(PLACES)
    if plural:
        return f"{rng.choice(COUNTS)} {quality} {many}"
    return f"{'an' if quality[0] in 'aeiou' else 'a'} {quality} {one}"


INVENTORS: Mapping[str, Callable[[Random], str]] = {
    "count": lambda rng: rng.choice(COUNTS),
    "number": lambda rng: str(rng.randint(13, 97)),
    "share": lambda rng: rng.choice(SHARES),
    "span": lambda rng: f"{rng.choice(COUNTS)} {rng.choice(('weeks', 'months', 'years', 'days'))}",
    "sum": lambda rng: f"{rng.randint(2, 90)}.{rng.randint(1, 9)} million {rng.choice(CURRENCIES)}",
    "year": lambda rng: str(rng.randint(2008, 2016)),
    "year2": lambda rng: str(rng.randint(2018, 2019)),
    "month": lambda rng: rng.choice(MONTHS),
    "goal": lambda rng: str(rng.randint(1, 17)),
    "place": lambda rng: place(rng, plural=False),
    "places": lambda rng: place(rng, plural=True),
}
