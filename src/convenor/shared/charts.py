"""Charts as plain figures for a template to draw: x in percent, y in pixels, text at its real size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

FULL = 100.0
STEPS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)  # between the grid lines of a scale
MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One class: its share of a part (the bar) beside its share of all (the mark), both in percent."""

    name: str
    count: int
    share: float
    mark: float
    width: float  # the same, scaled to the widest of the chart
    mark_at: float


@dataclass(frozen=True, slots=True)
class Balance:
    """A chart of bars; where it compares, each bar has the mark of all beside it."""

    title: str
    bars: tuple[Bar, ...]
    compares: bool


def balance(
    title: str,
    names: Sequence[tuple[str, str]],
    part: Mapping[str, int],
    whole: Mapping[str, int] | None = None,
) -> Balance:
    """Show how a part divides into classes, beside the whole where one is given.

    Shares are of everything counted: what has no named class is shown as not stated, never left out.

    Args:
        title: what the classes are.
        names: code and name of each class, in order.
        part: how many of the part are in each class.
        whole: how many of all are in each class.
    """
    everything = part if whole is None else whole
    named = {code for code, _name in names}
    strange = [code for code in {**everything, **part} if code not in named]
    counts = [(name, part.get(code, 0), everything.get(code, 0)) for code, name in names]
    if sum(everything.get(code, 0) + part.get(code, 0) for code in strange):
        of_part, of_all = (sum(counted.get(code, 0) for code in strange) for counted in (part, everything))
        counts.append((_("Not stated"), of_part, of_all))
    of_part, of_whole = sum(part.values()) or 1, sum(everything.values()) or 1
    shares = [(name, one, FULL * one / of_part, FULL * all_ / of_whole) for name, one, all_ in counts]
    widest = max((max(share, mark) for _name, _one, share, mark in shares), default=0) or 1
    bars = [
        Bar(name, one, share, mark, round(FULL * share / widest, 2), round(FULL * mark / widest, 2))
        for name, one, share, mark in shares
    ]
    return Balance(title, tuple(bars), compares=whole is not None)


@dataclass(frozen=True, slots=True)
class Scale:
    """Values as positions in percent, from the lowest shown to the highest."""

    low: float
    high: float

    def at(self, value: float) -> float:
        """Give the position of a value."""
        return FULL * (value - self.low) / ((self.high - self.low) or 1)

    @property
    def lines(self) -> list[float]:
        """Round values for grid lines, six at most."""
        span = self.high - self.low
        step = next((step for step in STEPS if span / step <= MOST_LINES), span or 1)
        first, last = ceil(self.low / step), floor(self.high / step)
        return [round(number * step, 2) for number in range(first, last + 1)]


def from_start(percent: float) -> float:
    """Give x where reading starts at the left or, in Arabic, at the right."""
    return round(FULL - percent if get_language_bidi() else percent, 2)
