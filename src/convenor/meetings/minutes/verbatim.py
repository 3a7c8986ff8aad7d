"""The verbatim record as plain values: who said what, when, under which item."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from convenor.meetings.minutes.report import Direction


class Voice(StrEnum):
    """Who speaks, where no turn of the log says it."""

    SPEAKER = "speaker"
    """Somebody who had the floor."""
    CHAIR = "chair"
    """Nobody had the floor: the chair leads."""
    NAMED = "named"
    """The captions give a name."""
    UNKNOWN = "unknown"
    """No day was open, or it was a break."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody said without another in between.

    `key` is "turn:<entry>" ("turn:<entry>:2" where they went on after an interruption) or "said:<moment>". `name` is
    how the record calls them. A turn of which no words are known has no paragraphs.
    """

    key: str
    voice: Voice
    person: str
    name: str
    began_at: datetime
    ended_at: datetime
    paragraphs: tuple[str, ...]
    item: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """What was said on a day under an item, without another item in between; `item` is "" for none.

    `date` is the day as sentences write it, `label` the item's as it is printed.
    """

    day: str
    date: str
    item: str
    label: str
    heading: str
    utterances: tuple[Utterance, ...] = ()


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A verbatim record; `silence` is said of a turn whose words nobody wrote down."""

    title: str
    language: str
    zone: str
    at: datetime | None
    forum: str = ""
    lines: tuple[str, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    direction: Direction = "ltr"
    silence: str = ""

    def utterances(self) -> Iterator[Utterance]:
        """Yield everything that was said, in order."""
        return (one for sitting in self.sittings for one in sitting.utterances)
