"""What keeps a proposal from being handed in, and what it will be screened for, each with its figures. Pure.

Sentences are said by `words`; here are codes and values.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from convenor.cycle import rule_call
from convenor.proposals.call_rules import PEOPLE, Asked
from convenor.proposals.drafting.counting import count_words
from convenor.proposals.drafting.merging import Value


class Lack(StrEnum):
    """What is wrong with a field."""

    MISSING = "missing"
    TOO_LONG = "too-long"
    NOT_OFFERED = "not-offered"
    TOO_FEW = "too-few"
    TOO_MANY = "too-many"
    SPEAKER_CAP = "speaker-cap"
    ON_SITE = "on-site"


@dataclass(frozen=True, slots=True)
class Somebody:
    """A contributor, as far as rules ask: in which part, where, and in how many other proposals they speak."""

    part: str
    is_on_site: bool = True
    others: int = 0
    key: int = 0


@dataclass(frozen=True, slots=True)
class Missed:
    """One rule that is not kept: of which field, which rule, with its figures. What does not stop is only told."""

    code: str
    lack: Lack
    values: Mapping[str, Any] = field(default_factory=dict)
    stops: bool = True


@dataclass(frozen=True, slots=True)
class Meter:
    """How far a proposal is: how many of the fields that must be there are whole, and every rule that is not kept."""

    done: int
    needed: int
    missed: tuple[Missed, ...]

    @property
    def stopping(self) -> tuple[Missed, ...]:
        """Give what it cannot be handed in with."""
        return tuple(one for one in self.missed if one.stops)


def measure(
    asked: Sequence[Asked],
    content: Mapping[str, Value],
    people: Sequence[Somebody],
    *,
    checks: frozenset[str] = frozenset(),
    speaker_cap: int,
) -> Meter:
    """Hold a proposal against every rule that can be computed.

    Args:
        asked: the fields of its kind and format.
        content: what is written, by field.
        people: its contributors.
        checks: what the rule set screens for.
        speaker_cap: in how many sessions one speaker may be.
    """
    missed = [one for field_ in asked for one in _of_field(field_, content, people)]
    needed = [one.code for one in asked if one.is_required]
    lacking = {one.code for one in missed if one.stops}
    asks_people = any(one.type == PEOPLE for one in asked)
    told = [*_caps(people, speaker_cap), *(_on_site(people) if asks_people and "on-site" in checks else ())]
    return Meter(len([code for code in needed if code not in lacking]), len(needed), (*missed, *told))


def _of_field(one: Asked, content: Mapping[str, Value], people: Sequence[Somebody]) -> Iterator[Missed]:
    if one.type == PEOPLE:
        yield from _of_part(one, sum(somebody.part == one.part for somebody in people))
        return
    value = content.get(one.code)
    if value is None or value in ("", []):
        if one.is_required:
            yield Missed(one.code, Lack.MISSING)
        return
    if one.most_words is not None and isinstance(value, str) and (n := count_words(value)) > one.most_words:
        yield Missed(one.code, Lack.TOO_LONG, {"n": n, "most": one.most_words})
    if not _is_offered(one, value):
        yield Missed(one.code, Lack.NOT_OFFERED)


def _of_part(one: Asked, n: int) -> Iterator[Missed]:
    least = max(one.least or 0, 1 if one.is_required else 0)
    if n < least:
        yield Missed(one.code, Lack.TOO_FEW if least > 1 else Lack.MISSING, {"n": n, "least": least})
    if one.most is not None and n > one.most:
        yield Missed(one.code, Lack.TOO_MANY, {"n": n, "most": one.most})


def _is_offered(one: Asked, value: Value) -> bool:
    if one.minutes:
        return value in one.minutes
    if one.type not in (rule_call.CHOICE, rule_call.CHOICES) or not one.options:
        return True
    chosen = value if isinstance(value, list) else [value]
    return {option.code for option in one.options}.issuperset(chosen)


def _caps(people: Sequence[Somebody], cap: int) -> Iterator[Missed]:
    for one in people:
        if one.part == "speaker" and one.others + 1 > cap:
            yield Missed("speakers", Lack.SPEAKER_CAP, {"key": one.key, "n": one.others + 1, "cap": cap}, stops=False)


def _on_site(people: Sequence[Somebody]) -> Iterator[Missed]:
    there = [one.part for one in people if one.is_on_site]
    speakers, moderators = there.count("speaker"), there.count("moderator")
    if speakers < 2 or not moderators:  # noqa: PLR2004 - what the check says in words
        yield Missed("speakers", Lack.ON_SITE, {"speakers": speakers, "moderators": moderators}, stops=False)
