"""Charts as plain figures for a template to draw (x in percent, y in pixels, text at its real size), and as drawings.

A drawing is SVG with words and the table behind it: `draw_balance`, `draw_intervals` and `draw_phases` give the same
figure for a page and for a document.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from math import ceil, floor
from unicodedata import east_asian_width

from django.template.defaultfilters import floatformat
from django.utils.html import escape
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from convenor.shared.documents import Alignment, Figure, Table
from convenor.shared.languages.days import date_format
from convenor.shared.languages.lists import listed

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


# Drawings: the same figures as SVG that a page and a document can show. Sizes are in pixels of a drawing WIDTH wide.
WIDTH, NAMES, EDGE, ROW, LETTERS = 640, 200, 12, 24, 11
BAR, BAR_TOP, TEXT_UP = 12, 6, 16
MOST_LETTERS = 30  # of a name beside a bar; the table has the whole
FONTS = {"ar": "Noto Sans Arabic, Noto Sans, sans-serif", "zh": "Noto Sans, Noto Sans CJK SC, sans-serif"}
INK, ACCENT, BACK = 'fill="currentColor"', 'class="acc" fill="#2f6fab"', 'class="bg" fill="#9aa4ae" fill-opacity="0.3"'
LINE, ACCENT_LINE = 'stroke="currentColor"', 'class="la" stroke="#b3261e"'


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value that is known between two ends."""

    name: str
    low: float
    value: float
    high: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from the first to the last, both included."""

    name: str
    first: date
    last: date


def draw_balance(chart: Balance) -> Figure:
    """Draw how a part divides: a bar per class, with a mark for the share of all where the chart compares."""
    span = WIDTH - NAMES - 2 * EDGE - 50
    parts = []
    for row, bar in enumerate(chart.bars):
        top = row * ROW
        parts += [
            _text(NAMES - EDGE, top + TEXT_UP, bar.name, "end"),
            _rect(NAMES, top + BAR_TOP, span, BAR, BACK),
            _rect(NAMES, top + BAR_TOP, span * bar.width / FULL, BAR, ACCENT),
            _text(WIDTH - EDGE, top + TEXT_UP, _percent(bar.share), "end"),
        ]
        if chart.compares:
            parts.append(_rect(NAMES + span * bar.mark_at / FULL, top + 2, 2, ROW - 4, INK))
    words = _("%(title)s: %(shares)s.") % {
        "title": chart.title,
        "shares": listed(f"{bar.name} {_percent(bar.share)}" for bar in chart.bars) or _("nothing is counted"),
    }
    header = (_("Class"), _("Number"), _("Share"), _("Share of all"))[: 4 if chart.compares else 3]
    rows = [(bar.name, str(bar.count), _percent(bar.share), _percent(bar.mark))[: len(header)] for bar in chart.bars]
    return Figure(_svg(parts, len(chart.bars) * ROW, words), words, _table(chart.title, header, rows))


def draw_intervals(title: str, estimates: Sequence[Estimate], line: float | None = None) -> Figure:
    """Draw values with what they may be, one below the other, and a line they are held against."""
    ends = [end for one in estimates for end in (one.low, one.high)] + ([] if line is None else [line])
    scale, span = Scale(min(ends, default=0.0), max(ends, default=1.0)), WIDTH - NAMES - 2 * EDGE
    height = len(estimates) * ROW

    def x(value: float) -> float:
        return NAMES + span * scale.at(value) / FULL

    parts = [
        part
        for value in scale.lines
        for part in (
            _line(x(value), 0, x(value), height, f'{LINE} stroke-opacity="0.2"'),
            _text(x(value), height + TEXT_UP, floatformat(value, -2), "middle"),
        )
    ]
    for row, one in enumerate(estimates):
        middle = row * ROW + ROW / 2
        parts += [
            _text(NAMES - EDGE, middle + 4, one.name, "end"),
            _line(x(one.low), middle, x(one.high), middle, f'{LINE} stroke-width="2"'),
            f'<circle cx="{_x(x(one.value))}" cy="{middle}" r="4" {INK}/>',
        ]
    if line is not None:
        parts.append(_line(x(line), 0, x(line), height, f'{ACCENT_LINE} stroke-width="2"'))
    words = ngettext(
        "%(title)s: %(count)s value with its interval.",
        "%(title)s: %(count)s values with their intervals.",
        len(estimates),
    ) % {"title": title, "count": len(estimates)}
    rows = [(one.name, *(floatformat(value, 2) for value in (one.low, one.value, one.high))) for one in estimates]
    header = (_("Name"), _("Lowest"), _("Value"), _("Highest"))
    return Figure(_svg(parts, height + ROW, words), words, _table(title, header, rows))


def draw_phases(title: str, stretches: Sequence[Stretch], today: date | None = None) -> Figure:
    """Draw stretches of days along one line of time, and the day it is."""
    days = [day for one in stretches for day in (one.first, one.last)] + ([] if today is None else [today])
    start, end = (min(days), max(days)) if days else (date.min, date.min)
    span, height = WIDTH - NAMES - 2 * EDGE, len(stretches) * ROW
    per_day = span / ((end - start).days + 1)
    parts = []
    for row, one in enumerate(stretches):
        left, length = (one.first - start).days * per_day, ((one.last - one.first).days + 1) * per_day
        parts += [
            _text(NAMES - EDGE, row * ROW + TEXT_UP, one.name, "end"),
            _rect(NAMES, row * ROW + BAR_TOP, span, BAR, BACK),
            _rect(NAMES + left, row * ROW + BAR_TOP, max(length, 2), BAR, ACCENT),
        ]
    if today is not None:
        x = NAMES + ((today - start).days + 0.5) * per_day
        parts.append(_line(x, 0, x, height, f'{ACCENT_LINE} stroke-width="2"'))
    rows = [
        (one.name, date_format(one.first, "DATE_FORMAT"), date_format(one.last, "DATE_FORMAT")) for one in stretches
    ]
    words = _("%(title)s: %(parts)s.") % {
        "title": title,
        "parts": "; ".join(f"{name}, {first} – {last}" for name, first, last in rows) or _("no day is set"),
    }
    header = (_("Phase"), _("First day"), _("Last day"))
    return Figure(_svg(parts, height, words), words, _table(title, header, rows))


def _svg(parts: Sequence[str], height: float, words: str) -> str:
    """Put a drawing together; its direction is fixed, since every place in it is mirrored already."""
    fonts = FONTS.get((get_language() or "en").partition("-")[0], "Noto Sans, sans-serif")
    size = f'viewBox="0 0 {WIDTH} {max(height, 1):g}" font-family="{fonts}" font-size="{LETTERS}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(words)}" direction="ltr" {size}>'
    return f"{head}{''.join(parts)}</svg>"


def _x(x: float) -> str:
    return f"{WIDTH - x if get_language_bidi() else x:.1f}"


def _rect(x: float, y: float, width: float, height: float, look: str) -> str:
    start = x + width if get_language_bidi() else x
    return f'<rect x="{_x(start)}" y="{y:g}" width="{width:.1f}" height="{height:g}" rx="1" {look}/>'


def _line(x1: float, y1: float, x2: float, y2: float, look: str) -> str:
    return f'<line x1="{_x(x1)}" y1="{y1:g}" x2="{_x(x2)}" y2="{y2:g}" {look}/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    if get_language_bidi() and anchor != "middle":
        anchor = "start" if anchor == "end" else "end"
    short = shortened(words)
    return f'<text x="{_x(x)}" y="{y:g}" text-anchor="{anchor}" {INK}>{escape(short)}</text>'


def shortened(words: str) -> str:
    """Cut words that have no room; a Chinese character takes the place of two letters."""
    if sum(map(_letters, words)) <= MOST_LETTERS:
        return words
    room = accumulate(map(_letters, words))
    return "".join(sign for sign, taken in zip(words, room, strict=True) if taken < MOST_LETTERS) + "…"


def _letters(sign: str) -> int:
    return 2 if east_asian_width(sign) in "WF" else 1


def _percent(share: float) -> str:
    return f"{floatformat(share, 0)} %"


def _table(caption: str, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    sides: tuple[Alignment, ...] = tuple("end" if place else "start" for place in range(len(header)))
    return Table(header, tuple(rows), caption, sides)
