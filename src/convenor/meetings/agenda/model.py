"""The parts of an agenda: days, blocks of time, and items with sub-items.

Every part remembers in `spans` where each of its fields stands in the text it was read from, and has a `key` by which
it stays known while it changes ("" where nobody gave it one). Two parts are equal when they say the same, wherever it
stands and whatever key it has.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the source text: characters `start` to `end`, the end not included."""

    start: int
    end: int


Spans = Mapping[str, tuple[Span, ...]]


def _no_spans() -> Spans:
    return MappingProxyType({})


class Kind(StrEnum):
    """What a block of time is for."""

    ITEMS = "items"
    BREAK = "break"
    SOCIAL = "social"


class Audience(StrEnum):
    """Who takes part in a day."""

    OPEN = "open"
    MEMBERS_OBSERVERS = "members_observers"
    MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item: the printed label and title, minutes where printed, sub-items, who presents it, its papers.

    `presenters` are names as printed, `documents` titles or addresses as printed; a name glued to the title stands in
    the title too. `arrivals` says when guests can be there (see `agenda.windows`), `links` what the item is about: an
    address with words, a proposal as "#45", or plain words.
    """

    label: str | None
    title: str
    minutes: int | None = None
    children: tuple["Item", ...] = ()
    presenters: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    arrivals: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    spans: Spans = field(default_factory=_no_spans, compare=False)
    key: str = field(default="", compare=False)

    def walk(self) -> Iterator["Item"]:
        """Yield the item and everything under it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Block:
    """A printed time ("HH:MM", or None where none is printed) with what stands under it; `zone` as printed ("UTC").

    A pinned start or end stays where it is when the times around it move.
    """

    start: str | None
    end: str | None
    kind: Kind = Kind.ITEMS
    room: str | None = None
    continued: bool = False
    items: tuple[Item, ...] = ()
    pinned_start: bool = False
    pinned_end: bool = False
    zone: str | None = None
    spans: Spans = field(default_factory=_no_spans, compare=False)
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the meeting; `date` is "YYYY-MM-DD", or None where it is not certain.

    `webcast` and `call` are addresses, the call for those who take part only; `languages` are those of interpretation.
    """

    date: str | None
    label: str | None = None
    heading: str | None = None
    place: str | None = None
    audience: Audience | None = None
    blocks: tuple[Block, ...] = ()
    webcast: str | None = None
    call: str | None = None
    languages: tuple[str, ...] = ()
    spans: Spans = field(default_factory=_no_spans, compare=False)
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Agenda:
    """The agenda of a meeting of one day or more."""

    title: str | None
    purpose: str | None = None
    days: tuple[Day, ...] = ()
    spans: Spans = field(default_factory=_no_spans, compare=False)

    def without_calls(self) -> "Agenda":
        """Return the agenda without the links of its calls, for readers who do not take part."""
        return replace(self, days=tuple(replace(day, call=None) for day in self.days))
