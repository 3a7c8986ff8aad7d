"""The rule set of a cycle as checked dataclasses: rules are data, nothing here is a constant of the product.

Shape of the JSON: see docs/reference/rule-set.md and the presets beside this module.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from convenor.cycle import rule_call
from convenor.cycle.rule_call import COMMITTEE, PUBLIC
from convenor.cycle.rule_data import LATER_LIMITS, LIMITS, faults, shape_faults
from convenor.cycle.rule_life import DEFAULTS, EVERY_FORMAT, VISIBLE
from convenor.cycle.rule_shapes import in_language
from convenor.people import roles


@dataclass(frozen=True, slots=True)
class Choice:
    """A coded class with its name per language; the English name stands in where a language is missing."""

    code: str
    names: Mapping[str, str]
    shorts: Mapping[str, str]

    def name(self, language: str) -> str:
        """Give the name in a language, else in English, else the code."""
        return in_language(self.names, language) or self.code

    def short(self, language: str) -> str:
        """Give the short name, as tables print it, else the full one."""
        return in_language(self.shorts, language) or self.name(language)


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
class Status(Choice):
    """What can become of a proposal, and whether it takes a place: in, open, out."""

    outcome: str


@dataclass(frozen=True, slots=True)
class Screening(Choice):
    """What a proposal is screened for, and how that is found: computed by a check, or asked."""

    check: str


@dataclass(frozen=True, slots=True)
class Kind(Choice):
    """A kind of proposal: who may propose it, in which formats, what it asks, and how many one may hand in.

    Empty `formats` and `groups` mean all of them, empty `minutes` those of the format, `offered` None every field, a
    cap None those of the rule set alone.
    """

    formats: tuple[str, ...]
    minutes: tuple[int, ...]
    required: tuple[str, ...]
    offered: tuple[str, ...] | None
    who: str
    groups: tuple[str, ...]
    per_person: int | None
    per_organisation: int | None
    takes_place: bool  # whether it takes a place of the slot budget
    is_graded: bool  # whether the committee grades it and selects from it
    words: Mapping[str, str]  # what one proposes, by language, such as “issue”; empty: a proposal

    def allows(self, format_code: str) -> bool:
        """Say whether it may be held in a format."""
        return not self.formats or format_code in self.formats

    def lengths(self, one: Format) -> tuple[int, ...]:
        """Give the lengths that it may have in a format: its own where it has some."""
        return self.minutes or one.minutes


@dataclass(frozen=True, slots=True)
class Field(Choice):
    """A custom field: what is asked, of whom it is asked, who sees the answer, and until when it may change."""

    helps: Mapping[str, str]
    type: str
    most_words: int | None
    options: tuple[Choice, ...]
    kinds: tuple[str, ...]
    formats: tuple[str, ...]
    is_required: bool
    visible: str
    changes_until: date | None  # None: until the deadline

    def asks(self, kind: str, format_code: str) -> bool:
        """Say whether it is asked of a kind in a format."""
        return (not self.kinds or kind in self.kinds) and (not self.formats or format_code in self.formats)

    def help(self, language: str) -> str:
        """Give the help in a language, else in English, else nothing."""
        return in_language(self.helps, language)


@dataclass(frozen=True, slots=True)
class Grading:
    """Up to which grade a reason is asked for (None: never), and whether members may ask for a merger."""

    reason_at_most: int | None
    may_ask_merger: bool


@dataclass(frozen=True, slots=True)
class Reports:
    """How many days after its session a report is due, and what it is written from, by language."""

    days: int
    template: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Adoption:
    """What does not open before a meeting has adopted the rules in force."""

    before_results: bool
    before_selection: bool


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
    statuses: tuple[Status, ...]
    screening: tuple[Screening, ...]
    required: Mapping[str, tuple[str, ...]]
    grading: Grading
    reports: Reports
    visibility: Mapping[str, str]
    kinds: tuple[Kind, ...]
    fields: tuple[Field, ...]
    consents: Mapping[str, Mapping[str, str]]  # by code and language; what is missing is asked in the usual words
    adoption: Adoption
    evaluations_per_proposal: int
    proposals_per_person: int
    proposals_per_organisation: int
    sessions_per_speaker: int
    least_speakers: int
    most_speakers: int
    description_words: int
    grace_minutes: int
    source: str = ""

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Rules":
        """Read the JSON of a rule set.

        Raises:
            ValueError: a key is missing or unknown, or a value cannot be; the message says each fault in a sentence.
        """
        if found := faults(data):
            raise ValueError(" ".join(found))
        return cls.draft(data)

    @classmethod
    def draft(cls, data: Mapping[str, Any]) -> "Rules":
        """Read rules that are still being written: quotas may ask for more places than there are.

        Raises:
            ValueError: the data cannot be read; the message says each fault in a sentence.
        """
        if found := shape_faults(data):
            raise ValueError(" ".join(found))
        budget, told = data["budget"], {**DEFAULTS, **data}
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
            statuses=tuple(Status(*_words(one), one["outcome"]) for one in told["statuses"]),
            screening=tuple(Screening(*_words(one), one["check"]) for one in told["screening"]),
            required={code: tuple(fields) for code, fields in told["required"].items()},
            grading=Grading(**told["grading"]),
            reports=Reports(told["reports"]["days"], dict(told["reports"]["template"])),
            visibility={**VISIBLE, **told["visibility"]},
            kinds=tuple(_kind({**rule_call.KIND, **one}) for one in told["kinds"]),
            fields=tuple(_field({**rule_call.FIELD, **one}) for one in told["fields"]),
            consents={code: dict(texts) for code, texts in told["consents"].items()},
            adoption=Adoption(**told["adoption"]),
            source=data.get("source", ""),
            **limits_of(data["limits"]),
        )

    def visible(self, field: str, held: Collection[str]) -> bool:
        """Say whether somebody with these roles may see a field of a proposal or of its people.

        What the public sees, everybody sees; what the committee sees, the secretariat sees.

        Raises:
            KeyError: no table of visibility has such a field.
        """
        return sees(self.visibility[field], held)

    def kind(self, code: str) -> Kind | None:
        """Find a kind of proposal; no code means the first one, as proposals have it that are older than kinds."""
        return next((one for one in self.kinds if one.code == code), None) if code else self.kinds[0]

    @property
    def ungraded(self) -> list[str]:
        """The codes under which proposals stand that the committee does not grade, no code where that is the first."""
        codes = [one.code for one in self.kinds if not one.is_graded]
        return codes if self.kinds[0].is_graded else ["", *codes]

    def consent(self, code: str, language: str) -> str:
        """Give the words in which contributors are asked to allow something; empty where the usual ones count."""
        return in_language(self.consents.get(code, {}), language)

    def required_fields(self, format_code: str) -> tuple[str, ...]:
        """Give what a proposal of a format must have beside title, theme and format."""
        both = (*self.required.get(EVERY_FORMAT, ()), *self.required.get(format_code, ()))
        return tuple(dict.fromkeys(both))

    def named(self, kind: str, code: str, language: str) -> str:
        """Give the name of a code among themes, regions, groups, formats, criteria, reasons, statuses or screening."""
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


def sees(seer: str, held: Collection[str]) -> bool:
    """Say whether somebody with these roles may see what is for the public, the committee or the secretariat."""
    if seer == PUBLIC:
        return True
    may = roles.COMMITTEE if seer == COMMITTEE else (roles.Role.SECRETARIAT,)
    return not frozenset(may).isdisjoint(held)


def _kind(one: Mapping[str, Any]) -> Kind:
    return Kind(
        *_words(one),
        formats=tuple(one["formats"]),
        minutes=tuple(sorted(one["minutes"])),
        required=tuple(one["required"]),
        offered=None if one["offered"] is None else tuple(one["offered"]),
        who=one["who"],
        groups=tuple(one["groups"]),
        per_person=one["per_person"],
        per_organisation=one["per_organisation"],
        takes_place=one["takes_place"],
        is_graded=one["graded"],
        words=dict(one["word"]),
    )


def _field(one: Mapping[str, Any]) -> Field:
    return Field(
        *_words(one),
        helps=dict(one["helps"]),
        type=one["type"],
        most_words=one["most_words"],
        options=_choices(one["options"]),
        kinds=tuple(one["kinds"]),
        formats=tuple(one["formats"]),
        is_required=one["required"],
        visible=one["visible"],
        changes_until=date.fromisoformat(one["changes_until"]) if one["changes_until"] else None,
    )


def _words(value: Mapping[str, Any]) -> tuple[str, Mapping[str, str], Mapping[str, str]]:
    return value["code"], value["names"], value.get("shorts", {})


def _choices(values: Any) -> tuple[Choice, ...]:
    return tuple(Choice(*_words(value)) for value in values)


def limits_of(limits: Mapping[str, int]) -> dict[str, int]:
    """Give every limit, those that an older rule set lacks with what counts then."""
    later = {name: limits["proposals_per_person"] if value is None else value for name, value in LATER_LIMITS.items()}
    return {name: limits.get(name, later.get(name, 0)) for name in LIMITS}
