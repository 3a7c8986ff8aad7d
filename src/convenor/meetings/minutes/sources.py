"""Everything the record of a meeting is made from, as plain values: nothing else is asked for, and no clock is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from convenor.meetings.agenda import Agenda
from convenor.meetings.clock import Plan
from convenor.meetings.floor import Entry


class Capacity(StrEnum):
    """In which capacity somebody takes part, in the order in which lists print them."""

    MEMBER = "member"
    SECRETARIAT = "secretariat"
    OBSERVER = "observer"
    GUEST = "guest"


class Mode(StrEnum):
    """From where somebody takes part."""

    ROOM = "room"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the log, the attendance or a caption knows by a key; a field is "" where it may not be shown.

    Args:
        name: as they are called; "" for somebody who was erased, or is not to be named.
        organisation: what they speak for.
        country: its name in the language of the record.
        group: the code of the stakeholder group; region: the code of the region; gender: one of its classes.
        is_listed: whether the list of participants names them.
    """

    key: str
    name: str = ""
    organisation: str = ""
    country: str = ""
    group: str = ""
    region: str = ""
    gender: str = ""
    capacity: Capacity | None = None
    mode: Mode | None = None
    is_listed: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Present:
    """Somebody was there on a day."""

    day: str
    person: str
    mode: Mode


@dataclass(frozen=True, slots=True)
class Caption:
    """A line of what was said; `by` is the name that the captions give, "" where they give none."""

    at: datetime
    text: str
    by: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """All that is known of a meeting.

    Args:
        title: of the meeting, as its agenda prints it.
        forum: who holds it, with the year.
        body: who meets, as sentences begin with it: "The Committee"; "" for the usual word.
        chairs: the names of those who chair.
        agenda: days, blocks and items in the official wording, each with its key.
        plan: the times of that agenda; of a meeting held on other dates than the printed ones, taken along to them.
        printed: the times as they are printed, where that is something else.
        zone: the zone in which times are said; language: in which the record is written.
        entries: the log of the floor.
        words: what was typed with an entry, by its number and the name of the field.
        continues: later items, each with the earlier one that is the same matter.
        subjects: what decisions are about, by kind and number, as they are called.
        people: by key, whoever the log knows or who was there.
        groups, regions: the names of codes.
    """

    title: str
    forum: str = ""
    body: str = ""
    chairs: tuple[str, ...] = ()
    agenda: Agenda = field(default_factory=lambda: Agenda(None))
    plan: Plan = field(default_factory=Plan)
    printed: Plan | None = None
    zone: str = "UTC"
    language: str = "en"
    entries: tuple[Entry, ...] = ()
    words: Mapping[tuple[int, str], str] = field(default_factory=dict)
    continues: Mapping[str, str] = field(default_factory=dict)
    subjects: Mapping[tuple[str, int], str] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    attendance: tuple[Present, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)

    def said(self, entry: int, name: str) -> str:
        """What was typed in a field of an entry; "" where nothing was."""
        return self.words.get((entry, name), "")
