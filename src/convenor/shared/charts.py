"""Charts as plain figures for a template to draw: x in percent, y in pixels, text at its real size, a table behind each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ROW = 42  # height of a bar with its words, pixels
FULL = 100.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One class: its share of a part (the bar) beside its share of all (the mark), both in percent."""

    name: str
    count: int
    share: float
    mark: float
    width: float  # the same, scaled to the widest of the chart
    mark_at: float
    top: int

    @property
    def text_at(self) -> int:
        """Baseline of the words."""
        return self.top + 14

    @property
    def bar_at(self) -> int:
        """Upper edge of the bar."""
        return self.top + 23

    @property
    def tick_at(self) -> int:
        """Upper edge of the mark."""
        return self.top + 20


@dataclass(frozen=True, slots=True)
class Balance:
    """A chart of bars that compares a part with all."""

    title: str
    bars: tuple[Bar, ...]

    @property
    def height(self) -> int:
        """Height of the drawing, pixels."""
        return ROW * len(self.bars)


def balance(title: str, names: Sequence[tuple[str, str]], part: Mapping[str, int], whole: Mapping[str, int]) -> Balance:
    """Compare how a part and the whole divide into classes.

    Args:
        title: what the classes are.
        names: code and name of each class, in order; codes that are counted but not named are left out.
        part: how many of the part are in each class.
        whole: how many of all are in each class.
    """
    of_part, of_whole = sum(part.values()) or 1, sum(whole.values()) or 1
    shares = [(name, part.get(code, 0), FULL * part.get(code, 0) / of_part, FULL * whole.get(code, 0) / of_whole)
              for code, name in names]
    widest = max((max(share, mark) for _name, _count, share, mark in shares), default=0) or 1
    return Balance(
        title,
        tuple(
            Bar(name, count, share, mark, FULL * share / widest, FULL * mark / widest, ROW * row)
            for row, (name, count, share, mark) in enumerate(shares)
        ),
    )
