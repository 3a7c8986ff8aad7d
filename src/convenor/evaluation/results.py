"""The results as a page shows them: rows with their intervals drawn, the chart near the line, who is above it."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.evaluation.models import Ranking, Result
from convenor.proposals.finding import Filters
from convenor.proposals.models import Contributor, Part, Proposal, State
from convenor.shared.charts import FULL, Balance, balance

AROUND = 4  # rows shown on either side of the noise band
CHART_HEIGHT, CHART_TOP = 200, 20
# Words that people use for the two genders that statistics name; all other words count as self-described.
WOMEN, MEN = {"woman", "female", "f", "femme"}, {"man", "male", "m", "homme"}


@dataclass(frozen=True, slots=True)
class Scale:
    """Scores as positions in percent, from the lowest interval shown to the highest."""

    low: float
    high: float

    def at(self, score: float) -> float:
        """Give the position of a score."""
        return FULL * (score - self.low) / ((self.high - self.low) or 1)


@dataclass(frozen=True, slots=True)
class Row:
    """A result with its drawing; x in percent of the cell."""

    result: Result
    is_above: bool
    in_band: bool
    is_last_above: bool
    low_at: float
    point_at: float
    high_at: float


class Results:
    """Everything the results page reads, asked for once."""

    def __init__(self, cycle: Cycle, ranking: Ranking, filters: Filters, *, show_all: bool) -> None:
        self.cycle, self.ranking, self.filters = cycle, ranking, filters
        self.show_all = show_all or filters.is_on

    @cached_property
    def everything(self) -> list[Result]:
        """All results, best calibrated score first; proposals without a grade last."""
        return list(self.ranking.results.select_related("proposal__organisation"))

    @cached_property
    def scale(self) -> Scale:
        """The scale that all intervals fit in."""
        known = [(one.calibrated, one.half_width or 0.0) for one in self.everything if one.calibrated is not None]
        return Scale(min((at - half for at, half in known), default=0), max((at + half for at, half in known), default=1))

    @cached_property
    def band(self) -> tuple[int, int]:
        """First and last rank that the grades cannot tell from the line."""
        band = self.ranking.figures["band"]
        return band["first_rank"] or self.ranking.line, band["last_rank"] or self.ranking.line

    @cached_property
    def line_at(self) -> float | None:
        """Where the line stands on the scale."""
        line = self.ranking.figures["band"]["line"]
        return None if line is None else self.scale.at(line)

    @cached_property
    def band_at(self) -> tuple[float, float]:
        """Where the noise band begins on the scale, and how wide it is."""
        band = self.ranking.figures["band"]
        if band["lowest"] is None:
            return 0.0, 0.0
        start = self.scale.at(band["lowest"])
        return start, self.scale.at(band["highest"]) - start

    @cached_property
    def rows(self) -> list[Row]:
        """The rows to show: those around the line, or all that fit the filters."""
        kept: set[int] | None = None
        if self.filters.is_on:
            found = self.filters.apply(Proposal.objects.filter(cycle=self.cycle))
            kept = set(found.values_list("pk", flat=True))
        numbered = [
            (place, one) for place, one in enumerate(self.everything, start=1) if kept is None or one.proposal_id in kept
        ]
        if not self.show_all:
            first, last = self.band[0] - AROUND, self.band[1] + AROUND
            numbered = [(place, one) for place, one in numbered if first <= place <= last]
        return [self.row(place, one) for place, one in numbered]

    @property
    def above_hidden(self) -> int:
        """How many rows above the shown ones are folded away."""
        return 0 if self.show_all else max(0, self.band[0] - AROUND - 1)

    @property
    def below_hidden(self) -> int:
        """How many rows below the shown ones are folded away."""
        return 0 if self.show_all else max(0, len(self.everything) - self.band[1] - AROUND)

    def row(self, place: int, one: Result) -> Row:
        """Draw one result."""
        score, half = one.calibrated, one.half_width or 0.0
        low, point, high = (0.0, 0.0, 0.0) if score is None else (
            self.scale.at(score - half), self.scale.at(score), self.scale.at(score + half))
        return Row(
            one, is_above=place <= self.ranking.line, in_band=self.band[0] <= place <= self.band[1],
            is_last_above=place == self.ranking.line and not self.filters.is_on, low_at=low, point_at=point, high_at=high,
        )

    @cached_property
    def near(self) -> list[dict[str, float | int | bool]]:
        """The intervals near the line, drawn upright: x in percent by place, y in pixels by score."""
        first, last = max(1, self.band[0] - AROUND), min(len(self.everything), self.band[1] + AROUND)
        shown = [(place, one) for place, one in enumerate(self.everything, start=1) if first <= place <= last and one.n]
        if not shown:
            return []
        low = min((one.calibrated or 0) - (one.half_width or 0) for _place, one in shown)
        high = max((one.calibrated or 0) + (one.half_width or 0) for _place, one in shown)
        scale = Scale(low, high)

        def y(score: float) -> float:
            return CHART_TOP + CHART_HEIGHT * (1 - scale.at(score) / FULL)

        return [
            {
                "x": FULL * (index + 0.5) / len(shown), "top": y((one.calibrated or 0) + (one.half_width or 0)),
                "bottom": y((one.calibrated or 0) - (one.half_width or 0)), "y": y(one.calibrated or 0), "place": place,
                "above": place <= self.ranking.line, "line": place == self.ranking.line,
                "line_x": FULL * (index + 1) / len(shown), "labelled": place in (first, self.ranking.line, last),
                "score": one.calibrated or 0, "half": one.half_width or 0,
            }
            for index, (place, one) in enumerate(shown)
        ]

    def balances(self, language: str) -> list[Balance]:
        """Who is above the line, by region and group of the proposer and by gender of the speakers."""
        rules = self.cycle.rules
        above = [one.proposal for one in self.everything[: self.ranking.line]]
        everyone = [one.proposal for one in self.everything]
        charts = [
            balance(title, [(choice.code, choice.name(language)) for choice in choices],
                    Counter(getattr(one.organisation, of) for one in above),
                    Counter(getattr(one.organisation, of) for one in everyone))
            for title, choices, of in (
                (_("Region of the proposer"), rules.regions, "region"), (_("Stakeholder group"), rules.groups, "group"))
        ]
        return [*charts, self.genders({one.pk for one in above})]

    def genders(self, above: set[int]) -> Balance:
        """Who speaks above the line, in their own words counted in four classes."""
        part, whole = Counter[str](), Counter[str]()
        speakers = Contributor.objects.filter(
            part=Part.SPEAKER, proposal__cycle=self.cycle, proposal__state=State.SUBMITTED
        ).values_list("proposal", "person__gender")
        for proposal, words in speakers:
            code = gender_class(words)
            whole[code] += 1
            part[code] += proposal in above
        names = [("women", _("Women")), ("men", _("Men")), ("own", _("Self-described")), ("none", _("Not stated"))]
        return balance(_("Gender of speakers"), names, part, whole)


def gender_class(words: str) -> str:
    """Put somebody's own words into a class of the statistics."""
    word = words.strip().casefold()
    return "none" if not word else "women" if word in WOMEN else "men" if word in MEN else "own"

