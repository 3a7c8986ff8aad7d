"""What the reader doubts: codes, places and values, never prose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from convenor.meetings.agenda import Span

Path = tuple[int, ...]


class Code(StrEnum):
    """Every doubt the reader can raise."""

    LOST_LABEL = "lost_label"
    """An item has no label, and the next in its series is not the first: values `missing`, `next`."""
    CONTINUED_NOWHERE = "continued_nowhere"
    """The block says that it goes on, and nothing after it takes its items up again."""
    CONTINUED_OTHER_DAY = "continued_other_day"
    """The block says that it goes on below; only a later day takes it up: values `day`, `date`."""
    CONTINUED_OTHER_ITEM = "continued_other_item"
    """The block says that it goes on below; what stands below on its day is another item: values `label`, `title`."""
    DANGLING_WORD = "dangling_word"
    """A title ends in a word that announces more: values `word`."""
    LABEL_REPEATED = "label_repeated"
    """Two items of one series have the same label: values `label`."""
    LABEL_SKIPPED = "label_skipped"
    """A series leaves numbers out: values `before` (where there is one), `after`."""
    TIMES_OVERLAP = "times_overlap"
    """A block starts before the one above it has ended: values `start`, `end`."""
    TIME_BACKWARDS = "time_backwards"
    """A block ends before it starts: values `start`, `end`."""
    CLOCK_OF_TWELVE = "clock_of_twelve"
    """A time is printed without am or pm and was read as afternoon: values `start`, `end`."""
    TIME_EMPTY = "time_empty"
    """A time has nothing under it."""
    DATE_IMPOSSIBLE = "date_impossible"
    """A printed date does not exist, or its weekday is another one: values `printed`, `date`."""
    NOTHING_FOUND = "nothing_found"
    """The text holds no agenda item."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt: its code, where the words stand, which part it concerns, and the values for its sentence.

    `path` is (day), (day, block) or (day, block, item, child ...), each an index from 0.
    """

    code: Code
    path: Path
    spans: tuple[Span, ...] = ()
    values: Mapping[str, str | int] = field(default_factory=dict)
