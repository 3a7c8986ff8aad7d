"""The record of a meeting: what its log says, item by item, without a sentence of prose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from convenor.meetings.clock.projection import Reason, Span
from convenor.meetings.floor import Channel, Wish
from convenor.meetings.floor.minuting import Fate, Sort
from convenor.meetings.floor.state import CountEnd, ItemState, Numbers, Outcome
from convenor.meetings.minutes.sources import Person, Present


@dataclass(frozen=True, slots=True)
class Speech:
    """A turn at the floor: whose, what for, from where, from when to when; `seconds` without what rested.

    `entry` is the number of the entry that gave the floor. `is_deviation` says that the chair called somebody else
    than the order of the day proposed.
    """

    entry: int
    person: str
    wish: Wish
    channel: Channel
    day: str
    item: str
    span: Span
    seconds: int
    limit_seconds: int | None = None
    is_deviation: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch in which an item was treated; `entry` began it. Without an end it is still treated."""

    entry: int
    day: str
    span: Span
    is_continued: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """A slow count: what was counted, how it ended, and who objected."""

    entry: int
    item: str
    about: str
    words: str
    at: datetime
    end: CountEnd | None
    objector: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A check of the sense of the room with its numbers by group; None where it was never closed.

    `answers` are those of a named check by person. An anonymous one holds no answers and names nobody.
    """

    entry: int
    item: str
    about: str
    words: str
    at: datetime
    is_anonymous: bool
    numbers: Numbers | None
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def totals(self) -> Mapping[str, int]:
        """How many gave each answer, all groups together."""
        found: dict[str, int] = {}
        for answers in (self.numbers or {}).values():
            for answer, number in answers.items():
                found[answer] = found.get(answer, 0) + number
        return found


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision: its words and its condition, and the count or check that it rests on.

    `overcame` are earlier counts on the same words that an objection stopped: it was not maintained.
    """

    entry: int
    day: str
    item: str
    outcome: Outcome
    about: str
    words: str
    condition: str
    at: datetime
    count: Count | None = None
    check: Check | None = None
    overcame: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Minuted:
    """What was minuted while it was spoken, and what became of it.

    `owner` is the key of a person; `owner_words` are words for an organisation, a group, or somebody without a key.
    `due` is "YYYY-MM-DD". `number` counts those of the same sort from 1 and never changes. `fate_words` say what
    became of it in words; `settled_by` is the entry of the decision or action that it names. What was corrected has its
    new words in `words`, and those before in `earlier`.
    """

    entry: int
    sort: Sort
    number: int
    day: str
    item: str
    words: str
    at: datetime
    owner: str = ""
    owner_words: str = ""
    due: str = ""
    fate: Fate | None = None
    fate_words: str = ""
    fate_at: datetime | None = None
    settled_by: int = 0
    earlier: tuple[str, ...] = ()
    entries: tuple[int, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether it was not taken back."""
        return self.fate is not Fate.WITHDRAWN


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """An item or sub-item: in the official wording, with what happened while it was treated.

    `depth` counts from 0 for items of the agenda itself. `planned` is None where no time is printed or reckoned;
    `printed` is what the agenda prints, another moment where the meeting was held on other dates. `delayed` says why
    its first stretch began late.
    """

    key: str
    label: str
    title: str
    depth: int
    parent: str
    day: str
    planned: Span | None
    printed: Span | None
    stretches: tuple[Stretch, ...] = ()
    state: ItemState | None = None
    put_off_to: str = ""
    continues: str = ""
    delayed: tuple[Reason, ...] = ()
    presenters: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    speeches: tuple[Speech, ...] = ()


@dataclass(frozen=True, slots=True)
class BreakRecord:
    """A break, with its planned, its printed and its actual time."""

    key: str
    title: str
    planned: Span | None
    printed: Span | None
    actual: Span | None


@dataclass(frozen=True, slots=True)
class DayRecord:
    """A day: when it was to be, and when it was opened and closed."""

    key: str
    date: str
    label: str
    heading: str
    place: str
    planned: Span | None
    printed: Span | None
    actual: Span | None
    breaks: tuple[BreakRecord, ...] = ()
    opened: int = 0
    closed: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """How long those of a class spoke, in how many turns, and how many people they were."""

    code: str
    seconds: int
    turns: int
    people: int


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that the log of a meeting says. Items stand in the order of the agenda, the rest in that of the log.

    `until` is the moment of the last entry; None of an empty log. `blocks` are the planned times of every block.
    """

    title: str
    forum: str
    body: str
    zone: str
    language: str
    until: datetime | None
    chairs: tuple[str, ...] = ()
    days: tuple[DayRecord, ...] = ()
    blocks: Mapping[str, Span] = field(default_factory=dict)
    items: tuple[ItemRecord, ...] = ()
    speeches: tuple[Speech, ...] = ()
    counts: tuple[Count, ...] = ()
    checks: tuple[Check, ...] = ()
    decisions: tuple[Decision, ...] = ()
    announcements: tuple[Minuted, ...] = ()
    actions: tuple[Minuted, ...] = ()
    proposals: tuple[Minuted, ...] = ()
    notes: tuple[Minuted, ...] = ()
    attendance: tuple[Present, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    by_group: tuple[Share, ...] = ()
    by_region: tuple[Share, ...] = ()
    by_channel: tuple[Share, ...] = ()

    def item(self, key: str) -> ItemRecord | None:
        """Give an item by its key."""
        return next((one for one in self.items if one.key == key), None)

    def minuted(self) -> Iterator[Minuted]:
        """Yield everything that was minuted while it was spoken."""
        yield from (*self.announcements, *self.actions, *self.proposals, *self.notes)
