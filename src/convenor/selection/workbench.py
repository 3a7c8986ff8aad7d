"""A scenario as the workbench shows it: the list with its line, one proposal's reason, the balance."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.selection.models import Choice, Scenario
from convenor.selection.sentences import KINDS, Words
from convenor.shared.charts import Balance, balance

AROUND = 12  # rows shown on either side of the line


@dataclass(frozen=True, slots=True)
class Row:
    """A choice with its reason in words."""

    choice: Choice
    place: int
    sentence: str
    is_last_in: bool


@dataclass(frozen=True, slots=True)
class Merger:
    """Two proposals worth merging."""

    one: Choice
    other: Choice
    percent: int | None
    asked: int


class Workbench:
    """Everything the page of a scenario reads, asked for once."""

    def __init__(self, cycle: Cycle, scenario: Scenario, language: str, *, picked: int | None, show_all: bool) -> None:
        self.cycle, self.scenario, self.picked, self.show_all = cycle, scenario, picked, show_all
        self.rules = cycle.rules
        self.language = language
        self.words = Words(self.rules, language)

    @cached_property
    def choices(self) -> list[Choice]:
        """All choices, best score first."""
        return list(self.scenario.choices.select_related("proposal__organisation"))

    @cached_property
    def by_number(self) -> dict[int, Choice]:
        """The choices by the number of their proposal."""
        return {choice.proposal.number: choice for choice in self.choices}

    @cached_property
    def line_place(self) -> int:
        """Where, by score, the last chosen stands that no quota holds in."""
        places = [place for place, one in enumerate(self.choices, start=1) if one.is_in and one.reason != "in_for_quota"]
        return places[-1] if places else 0

    @property
    def rows(self) -> list[Row]:
        """The rows near the line, or all."""
        first, last = (1, len(self.choices)) if self.show_all else (self.line_place - AROUND, self.line_place + AROUND)
        return [
            Row(one, place, self.sentence(one), is_last_in=place == self.line_place)
            for place, one in enumerate(self.choices, start=1)
            if first <= place <= last or one.proposal.number == self.picked
        ]

    def sentence(self, choice: Choice) -> str:
        """Say why a proposal is in or out."""
        return self.words.reason(choice.reason, choice.score, choice.values)

    @property
    def choice(self) -> Choice | None:
        """The proposal looked at: the one picked, else the first that is out."""
        if self.picked is not None:
            return self.by_number.get(self.picked)
        return next((choice for choice in self.choices if not choice.is_in), None)

    @property
    def why(self) -> str:
        """Why the proposal looked at is in or out."""
        return self.sentence(self.choice) if self.choice else ""

    @property
    def changes(self) -> list[str] | None:
        """What would bring it in; None until somebody asks."""
        if self.choice is None or self.choice.changes is None:
            return None
        return [self.words.change(change) for change in self.choice.changes]

    @property
    def clash(self) -> list[str]:
        """The rules that cannot hold together, in words."""
        return self.words.clash(self.scenario.conflict) if self.scenario.conflict else []

    @property
    def held_by_quota(self) -> list[Choice]:
        """Who is in because a quota wants it."""
        return [choice for choice in self.choices if choice.reason == "in_for_quota"]

    @property
    def mergers(self) -> list[Merger]:
        """Pairs worth merging, where both were evaluated."""
        return [
            Merger(self.by_number[pair["one"]], self.by_number[pair["other"]],
                   None if pair["likeness"] is None else round(100 * pair["likeness"]), pair["asked"])
            for pair in self.scenario.mergers
            if pair["one"] in self.by_number and pair["other"] in self.by_number
        ]

    def balances(self) -> list[Balance]:
        """How the selection divides by region, group, theme and format, beside all proposals."""
        charts = []
        for dimension, title in (("region", _("Region")), ("group", _("Stakeholder group")), ("theme", _("Theme")),
                                 ("format", _("Format"))):
            names = [(choice.code, choice.short(self.language)) for choice in getattr(self.rules, KINDS[dimension])]
            part = Counter(class_of(one, dimension) for one in self.choices if one.is_in)
            charts.append(balance(title, names, part, Counter(class_of(one, dimension) for one in self.choices)))
        return charts


def class_of(choice: Choice, dimension: str) -> str:
    """Give the class of a proposal in a dimension of quotas."""
    proposal = choice.proposal
    return str(getattr(proposal if dimension in ("theme", "format") else proposal.organisation, dimension))
