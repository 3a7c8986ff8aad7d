"""The results as a page shows them: rows with their intervals drawn, and the chart near the line."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from convenor.cycle.models import Cycle
from convenor.evaluation.models import Ranking, Result
from convenor.proposals.finding import LONG_TEXTS, Filters
from convenor.proposals.models import Proposal
from convenor.shared.charts import FULL, Scale, from_start

AROUND = 4  # rows shown on either side of the noise band
MOST_AROUND = 20  # rows shown on either side of the line, however wide the band is
PER_PAGE = 250
EXACT = 1e-9  # the same rounding that ties are found with
CHART_HEIGHT, CHART_TOP = 200, 24
CHART_START, CHART_WIDTH = 8, 90  # percent; the scale's figures stand before the first interval

BEST, LEAST = float("-inf"), float("inf")
# Sorted by this key; the calibrated score is the order in which the line is drawn.
SORTS: dict[str, Callable[[Result], tuple[float, int]]] = {
    "calibrated": lambda one: (one.calibrated_rank, one.proposal_id),
    "mean": lambda one: (one.rank, one.proposal_id),
    "sd": lambda one: (BEST if one.sd is None else -one.sd, one.proposal_id),
    "n": lambda one: (one.n, one.proposal_id),
    "number": lambda one: (one.proposal.given_number, 0),
}


@dataclass(frozen=True, slots=True)
class Look:
    """What of the ranking somebody looks at, and in which order; it lives in the address."""

    filters: Filters
    sort: str = "calibrated"
    shows_all: bool = False
    page: str = "1"

    @classmethod
    def of(cls, query: QueryDict, hidden: frozenset[str] = frozenset()) -> "Look":
        """Read it from an address; an unknown order is that of the calibrated score."""
        sort = query.get("sort", "")
        return cls(
            Filters.of(query, hidden),
            sort if sort in SORTS else "calibrated",
            query.get("show") == "all",
            query.get("page", "1"),
        )

    @property
    def is_near(self) -> bool:
        """Whether only the rows near the line are asked for."""
        return not (self.shows_all or self.filters.is_on or self.sort != "calibrated")

    @property
    def has_line(self) -> bool:
        """Whether the rows stand in an order in which a line can be drawn."""
        return self.sort == "calibrated" and not self.filters.is_on


@dataclass(frozen=True, slots=True)
class Row:
    """A result with its drawing; x in percent of the cell."""

    result: Result
    is_tied: bool
    in_band: bool
    is_last_above: bool
    low_at: float
    point_at: float
    high_at: float


@dataclass(frozen=True, slots=True)
class Interval:
    """A result near the line, drawn upright: x in percent, y in pixels."""

    result: Result
    x: float
    top: float
    y: float
    bottom: float
    is_above: bool
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """The intervals near the line with the noise band, the line, and a scale."""

    intervals: list[Interval]
    lines: list[tuple[float, float]]  # value, y
    band: tuple[float, float]  # y, height
    line_x: float


class Results:
    """Everything the results page reads, asked for once."""

    def __init__(self, cycle: Cycle, ranking: Ranking, look: Look) -> None:
        self.cycle, self.ranking, self.look = cycle, ranking, look
        self.band = ranking.figures["band"]

    @cached_property
    def everything(self) -> list[Result]:
        """All results, best calibrated score first; proposals without a grade last."""
        hidden = (f"proposal__{name}" for name in LONG_TEXTS)
        return list(self.ranking.results.select_related("proposal__organisation", "proposal__owner").defer(*hidden))

    @cached_property
    def last_above(self) -> int:
        """How many stand above the line: all that share the score of its last place, for a tie is never cut."""
        return sum(one.n > 0 and one.calibrated_rank <= self.ranking.line for one in self.everything)

    @property
    def above(self) -> list[Result]:
        """Those above the line."""
        return self.everything[: self.last_above]

    @cached_property
    def sharing(self) -> Counter[int]:
        """How many share each rank by calibrated score."""
        return Counter(one.calibrated_rank for one in self.everything if one.n)

    @cached_property
    def scale(self) -> Scale:
        """The scale that all intervals of the page fit in."""
        ends = [end for one in self.page for end in ends_of(one)]
        return Scale(min(ends, default=0), max(ends, default=1))

    @cached_property
    def line_at(self) -> float | None:
        """Where the line stands on the scale; nothing where the page does not reach it."""
        line = self.band["line"]
        inside = line is not None and self.scale.low <= line <= self.scale.high
        return round(self.scale.at(line), 2) if inside else None

    @cached_property
    def band_at(self) -> tuple[float, float]:
        """Where the noise band begins on the scale, and how wide it is."""
        if self.band["lowest"] is None:
            return 0.0, 0.0
        low, high = (min(max(self.scale.at(self.band[end]), 0.0), FULL) for end in ("lowest", "highest"))
        return round(low, 2), round(high - low, 2)

    @cached_property
    def near(self) -> tuple[int, int]:
        """First and last place of the rows near the line."""
        line = self.last_above
        first = min(self.band["first_rank"] or line, line) - AROUND
        last = max(self.band["last_rank"] or line, line) + AROUND
        return max(first, line - MOST_AROUND + 1, 1), min(last, line + MOST_AROUND, len(self.everything))

    @cached_property
    def page(self) -> Page[Result]:
        """The rows asked for: those near the line on one page, else all that fit, in their order."""
        if self.look.is_near:
            first, last = self.near
            return Paginator(self.everything[first - 1 : last], MOST_AROUND * 2 + AROUND).page(1)
        found = self.everything
        if self.look.filters.is_on:
            fits = self.look.filters.apply(Proposal.objects.filter(cycle=self.cycle))
            kept = set(fits.values_list("pk", flat=True))
            found = [one for one in found if one.proposal_id in kept]
        return Paginator(sorted(found, key=SORTS[self.look.sort]), PER_PAGE).get_page(self.look.page)

    @property
    def rows(self) -> list[Row]:
        """The rows of the page, drawn."""
        last = self.everything[self.last_above - 1].pk if self.last_above and self.look.has_line else None
        return [self.row(one, is_last_above=one.pk == last) for one in self.page]

    @property
    def above_hidden(self) -> int:
        """How many rows above the shown ones are folded away."""
        return self.near[0] - 1 if self.look.is_near else 0

    @property
    def below_hidden(self) -> int:
        """How many rows below the shown ones are folded away."""
        return len(self.everything) - self.near[1] if self.look.is_near else 0

    def is_undecided(self, one: Result) -> bool:
        """Say whether the interval holds the line."""
        line: float | None = self.band["line"]
        if one.calibrated is None or line is None:
            return False
        return abs(one.calibrated - line) <= (one.half_width or 0.0) + EXACT

    def row(self, one: Result, *, is_last_above: bool) -> Row:
        """Draw one result."""
        low, high = (self.scale.at(end) for end in ends_of(one) or (self.scale.low, self.scale.low))
        return Row(
            one,
            is_tied=one.n > 0 and self.sharing[one.calibrated_rank] > 1,
            in_band=self.is_undecided(one),
            is_last_above=is_last_above,
            low_at=round(low, 2),
            point_at=round((low + high) / 2, 2),
            high_at=round(high, 2),
        )

    @cached_property
    def chart(self) -> Chart | None:
        """The intervals near the line, drawn upright; nothing where no line is."""
        first, last = self.near
        shown = [one for one in self.everything[first - 1 : last] if one.n]
        if not shown or self.band["line"] is None:
            return None
        ends = [end for one in shown for end in ends_of(one)]
        scale = Scale(min(ends), max(ends))
        step, labelled = CHART_WIDTH / len(shown), {0, self.last_above - first, len(shown) - 1}
        high, low = (
            min(max(self.band[end] or self.band["line"], scale.low), scale.high) for end in ("highest", "lowest")
        )
        return Chart(
            [
                _interval(
                    one,
                    scale,
                    CHART_START + step * (place + 0.5),
                    is_above=place <= self.last_above - first,
                    is_labelled=place in labelled,
                )
                for place, one in enumerate(shown)
            ],
            [(value, _y(scale, value)) for value in scale.lines],
            (_y(scale, high), round(_y(scale, low) - _y(scale, high), 1)),
            from_start(CHART_START + step * (self.last_above - first + 1)),
        )


def _interval(one: Result, scale: Scale, x: float, *, is_above: bool, is_labelled: bool) -> Interval:
    bottom, top = (_y(scale, end) for end in ends_of(one))
    return Interval(one, from_start(x), top, _y(scale, one.calibrated or 0.0), bottom, is_above, is_labelled)


def ends_of(one: Result) -> tuple[float, ...]:
    """Give both ends of a result's interval; nothing where nobody graded."""
    if one.calibrated is None:
        return ()
    return one.calibrated - (one.half_width or 0.0), one.calibrated + (one.half_width or 0.0)


def _y(scale: Scale, score: float) -> float:
    return round(CHART_TOP + CHART_HEIGHT * (1 - scale.at(score) / FULL), 1)
