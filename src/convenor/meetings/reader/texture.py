"""What a document as a whole is like: the facts no single line can tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from convenor.meetings.reader.classify import Classified, Sort

_SPACED = frozenset({Sort.DAY, Sort.TIME, Sort.LABEL, Sort.PLAIN, Sort.PERSON, Sort.PROSE, Sort.HEADING})


HEADS = 3
NARROWEST, WIDEST, RAGGED, FULL_LINES = 50, 90, 12, 5


@dataclass(frozen=True, slots=True)
class Texture:
    """Facts of layout: see the fields of `texture_of`."""

    is_sparse: bool
    is_numbered_alike: bool
    wrap: int
    has_left_out_column: bool
    has_labels: bool
    has_times: bool
    has_bullets: bool

    @property
    def is_plain(self) -> bool:
        """Whether nothing marks the items: no label, no time, no bullet."""
        return not (self.has_labels or self.has_times or self.has_bullets)


def texture_of(rows: Sequence[Classified]) -> Texture:
    """Measure the document.

    `is_sparse`: most paragraphs have an empty line before them. `is_numbered_alike`: every number is "1.", as
    Markdown allows. `wrap`: the column at which lines were broken, 0 where they were not.
    """
    spaced = [one for one in rows if one.sort in _SPACED]
    return Texture(
        is_sparse=sum(1 for one in spaced if one.row.line.gap) * 2 > len(spaced),
        is_numbered_alike=_alike(rows),
        wrap=_wrap(rows),
        has_left_out_column=_has_left_out_column(rows),
        has_labels=sum(1 for one in rows if one.sort is Sort.LABEL) > 1,
        has_times=any(one.timed for one in rows),
        has_bullets=any(one.sort is Sort.BULLET for one in rows),
    )


def _alike(rows: Sequence[Classified]) -> bool:
    labels = [one.labelled.label.text for one in rows if one.sort is Sort.LABEL and one.labelled]
    same = sum(1 for before, after in pairwise(labels) if before == after == "1")
    return same > 1 and same * 3 >= len(labels)


def _wrap(rows: Sequence[Classified]) -> int:
    """Return the widest line where lines look broken by hand: none is wide, and many are nearly as wide."""
    lines = [one.row.line for one in rows if not one.row.table]
    widths = sorted(line.indent + line.end - line.start for line in lines)
    if len(widths) < RAGGED or not NARROWEST <= widths[-1] <= WIDEST:
        return 0
    return widths[-1] if sum(1 for width in widths if width > widths[-1] - RAGGED) >= FULL_LINES else 0


def _has_left_out_column(rows: Sequence[Classified]) -> bool:
    """Say whether table headings stand on lines of their own, with more than a time and a title column."""
    heads, longest = 0, 0
    for one in rows:
        heads = heads + 1 if one.sort is Sort.HEAD and one.row.columns == 1 else 0
        longest = max(longest, heads)
    return longest >= HEADS
