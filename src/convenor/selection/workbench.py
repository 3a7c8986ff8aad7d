"""A scenario as the workbench shows it: the list with its line, one proposal's reason, the balance."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator

from convenor.cycle.models import Cycle
from convenor.proposals.finding import LONG_TEXTS
from convenor.proposals.statistics import DIMENSIONS, charts, class_of
from convenor.selection.models import Choice, Scenario
from convenor.selection.sentences import Words
from convenor.shared.charts import Balance

AROUND = 12  # rows shown on either side of the line
PER_PAGE = 250
BY_SCORE = frozenset({"in_by_score", "in_by_lot"})
# What a row says beside "in" or "out", by reason.
QUOTA = frozenset({"in_for_quota", "out_for_quota", "out_quota_full", "out_no_open_place"})
LOT = frozenset({"in_by_lot", "out_by_lot"})


@dataclass(frozen=True, slots=True)
class Row:
    """A choice in the list; `skipped` rows before it are folded away."""

    choice: Choice
    rank: int
    is_tied: bool
    skipped: int
    is_last_in: bool
    note: str  # "quota", "lot" or nothing


@dataclass(frozen=True, slots=True)
class Merger:
    """Two proposals worth merging."""

    one: Choice
    other: Choice
    percent: int | None
    asked: int


class Workbench:
    """Everything the page of a scenario reads, asked for once."""

    def __init__(
        self,
        cycle: Cycle,
        scenario: Scenario,
        language: str,
        *,
        picked: int | None,
        shows_all: bool,
        hidden: Collection[str] = (),
        page: str = "1",
    ) -> None:
        self.cycle, self.scenario, self.picked = cycle, scenario, picked
        self.shows_all, self.page_number, self.hidden = shows_all, page, hidden
        self.language, self.words = language, Words(cycle.rules, language, hidden)

    @cached_property
    def choices(self) -> list[Choice]:
        """All choices, best score first."""
        hidden = (f"proposal__{name}" for name in LONG_TEXTS)
        return list(self.scenario.choices.select_related("proposal__organisation").defer(*hidden))

    @cached_property
    def by_number(self) -> dict[int, Choice]:
        """The choices by the number of their proposal."""
        return {choice.proposal.given_number: choice for choice in self.choices}

    @cached_property
    def line_place(self) -> int:
        """Where, by score, the last stands that is in by its score alone."""
        places = (place for place, one in enumerate(self.choices, start=1) if one.is_in and one.reason in BY_SCORE)
        return max(places, default=0)

    @cached_property
    def page(self) -> Page[Row]:
        """The rows near the line with the one picked, or a page of all."""
        rows = list(self._rows())
        return Paginator(rows, PER_PAGE if self.shows_all else max(len(rows), 1)).get_page(self.page_number)

    def _rows(self) -> Iterator[Row]:
        sharing = Counter(one.score for one in self.choices)
        rank = shown = 0
        for place, one in enumerate(self.choices, start=1):
            if place == 1 or one.score != self.choices[place - 2].score:
                rank = place
            if self._is_shown(place, one):
                is_last_in = place == self.line_place
                yield Row(one, rank, sharing[one.score] > 1, place - shown - 1, is_last_in, _note(one.reason))
                shown = place

    def _is_shown(self, place: int, one: Choice) -> bool:
        return self.shows_all or abs(place - self.line_place) <= AROUND or one.proposal.number == self.picked

    @property
    def skipped_below(self) -> int:
        """How many rows below the shown ones are folded away."""
        shown = [place for place, one in enumerate(self.choices, start=1) if self._is_shown(place, one)]
        return len(self.choices) - max(shown, default=0)

    @property
    def undecided(self) -> int:
        """How many proposals the grades cannot tell from the line: their interval holds its score."""
        line = self.choices[self.line_place - 1].score if self.line_place else None
        return 0 if line is None else sum(abs(one.score - line) <= (half_width(one) or 0) for one in self.choices)

    @cached_property
    def choice(self) -> Choice | None:
        """The proposal looked at: the one picked, else the best that is out."""
        if self.picked is not None:
            return self.by_number.get(self.picked)
        return next((choice for choice in self.choices if not choice.is_in), None)

    @property
    def why(self) -> str:
        """Why the proposal looked at is in or out."""
        one = self.choice
        return self.words.reason(one.reason, one.score, one.values) if one else ""

    @property
    def mentioned(self) -> list[Choice]:
        """The other proposals that the reason names."""
        other = self.choice.values["other"] if self.choice else None
        return self._numbered({other})

    @cached_property
    def changes(self) -> list[str] | None:
        """What would bring it in; None until somebody asks."""
        if self.choice is None or self.choice.changes is None:
            return None
        return [self.words.change(change) for change in self.choice.changes]

    @property
    def moved(self) -> list[Choice]:
        """The other proposals that the changes name."""
        changes: list[Mapping[str, Any]] = (self.choice.changes if self.choice else None) or []
        return self._numbered(sorted({number for one in changes for number in (*one["enters"], *one["leaves"])}))

    def _numbered(self, numbers: Collection[int | None]) -> list[Choice]:
        return [self.by_number[number] for number in numbers if number in self.by_number]

    @property
    def held_by_quota(self) -> int:
        """How many are in because a quota wants them."""
        return sum(choice.reason == "in_for_quota" for choice in self.choices)

    @property
    def mergers(self) -> list[Merger]:
        """Pairs worth merging, where both were graded."""
        return [
            Merger(
                self.by_number[pair["one"]],
                self.by_number[pair["other"]],
                None if pair["likeness"] is None else round(100 * pair["likeness"]),
                pair["asked"],
            )
            for pair in self.scenario.mergers
            if pair["one"] in self.by_number and pair["other"] in self.by_number
        ]

    def balances(self) -> list[Balance]:
        """How the selection divides by theme, region, group and format, beside all that were graded."""
        part, whole = (
            {dimension: Counter(class_of(one.proposal, dimension) for one in some) for dimension in DIMENSIONS}
            for some in ([one for one in self.choices if one.is_in], self.choices)
        )
        return charts(self.cycle.rules, self.language, part, whole, hidden=self.hidden)


def half_width(choice: Choice) -> float | None:
    """Give half the interval that a score had when the scenario was computed."""
    width: float | None = choice.values.get("half_width")
    return width


def _note(reason: str) -> str:
    return "quota" if reason in QUOTA else "lot" if reason in LOT else ""
