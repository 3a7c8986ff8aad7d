"""The rule set of a cycle as checked dataclasses: rules are data, nothing here is a constant of the product.

Shape of the JSON: see docs/reference/rule-set.md and the presets beside this module.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from convenor.cycle.rule_data import LIMITS, faults


@dataclass(frozen=True, slots=True)
class Choice:
    """A coded class with its name per language; the English name stands in where a language is missing."""

    code: str
    names: Mapping[str, str]
    shorts: Mapping[str, str]

    def name(self, language: str) -> str:
        """Give the name in a language, else in English, else the code."""
        return self.names.get(language.split("-", maxsplit=1)[0]) or self.names.get("en") or self.code

    def short(self, language: str) -> str:
        """Give the short name, as tables print it, else the full one."""
        return self.shorts.get(language.split("-", maxsplit=1)[0]) or self.shorts.get("en") or self.name(language)


@dataclass(frozen=True, slots=True)
class Format(Choice):
    """A session format and the lengths it allows, in minutes."""

    minutes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Criterion(Choice):
    """What is graded, from `low` to `high`, and how much it counts."""

    low: int
    high: int
    weight: float


@dataclass(frozen=True, slots=True)
class Quota:
    """How many places a class of a dimension (theme, region, group) gets at least and at most."""

    dimension: str
    value: str
    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Budget:
    """The slot budget: places on the grid less what is taken by other kinds of session."""

    grid: int
    taken: Mapping[str, int]
    by_score_percent: int

    @property
    def places(self) -> int:
        """Places left for proposals."""
        return self.grid - sum(self.taken.values())

    @property
    def by_score(self) -> int:
        """Places filled by score; the rest is discussed."""
        return self.places * self.by_score_percent // 100


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything a cycle's rule set says."""

    themes: tuple[Choice, ...]
    regions: tuple[Choice, ...]
    groups: tuple[Choice, ...]
    formats: tuple[Format, ...]
    criteria: tuple[Criterion, ...]
    reasons: tuple[Choice, ...]
    budget: Budget
    quotas: tuple[Quota, ...]
    evaluations_per_proposal: int
    proposals_per_person: int
    sessions_per_speaker: int
    least_speakers: int
    description_words: int
    source: str = ""

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Rules":
        """Read the JSON of a rule set.

        Raises:
            ValueError: a key is missing or unknown, or a value cannot be; the message says each fault in a sentence.
        """
        if found := faults(data):
            raise ValueError(" ".join(found))
        budget = data["budget"]
        return cls(
            themes=_choices(data["themes"]),
            regions=_choices(data["regions"]),
            groups=_choices(data["groups"]),
            formats=tuple(Format(*_words(one), tuple(one["minutes"])) for one in data["formats"]),
            criteria=tuple(
                Criterion(*_words(one), one["low"], one["high"], float(one["weight"])) for one in data["criteria"]
            ),
            reasons=_choices(data["reasons"]),
            budget=Budget(budget["grid"], dict(budget["taken"]), budget["by_score_percent"]),
            quotas=tuple(
                Quota(one["dimension"], one["value"], one.get("least"), one.get("most")) for one in data["quotas"]
            ),
            source=data.get("source", ""),
            **{name: data["limits"][name] for name in LIMITS},
        )

    def named(self, kind: str, code: str, language: str) -> str:
        """Give the name of a code among themes, regions, groups, formats, criteria or reasons."""
        found = self.find(kind, code)
        return found.name(language) if found else code

    def short(self, kind: str, code: str, language: str) -> str:
        """Give the short name of a code, as tables print it."""
        found = self.find(kind, code)
        return found.short(language) if found else code

    def find(self, kind: str, code: str) -> Choice | None:
        """Find a code among the choices of a kind."""
        choices: tuple[Choice, ...] = getattr(self, kind)
        return next((choice for choice in choices if choice.code == code), None)


def _words(value: Mapping[str, Any]) -> tuple[str, Mapping[str, str], Mapping[str, str]]:
    return value["code"], value["names"], value.get("shorts", {})


def _choices(values: Any) -> tuple[Choice, ...]:
    return tuple(Choice(*_words(value)) for value in values)
