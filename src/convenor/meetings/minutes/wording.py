"""How the record is said: sentences, dates and lengths of one language, handed in from outside."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from unicodedata import bidirectional
from zoneinfo import ZoneInfo

from convenor.meetings.clock.projection import Reason, Span
from convenor.meetings.floor.state import Answer
from convenor.meetings.minutes.report import Direction
from convenor.meetings.minutes.sources import Capacity

MARKS: Mapping[Direction, str] = {"ltr": "\u200e", "rtl": "\u200f"}
STRONG = frozenset({"L", "R", "AL"})
OTHER: Mapping[Direction, frozenset[str]] = {"ltr": frozenset({"R", "AL"}), "rtl": frozenset({"L"})}


class Say(StrEnum):
    """What is said. `minutes_words` has the sentence of each, with the values that it names."""

    # Names and headings
    BODY = "body"
    SOMEBODY = "somebody"
    ONLINE = "online"
    PERSON = "person"
    ITEM = "item"
    QUOTED = "quoted"
    NAMED = "named"
    STOP = "stop"
    TITLE = "title"
    VERBATIM_TITLE = "verbatim_title"
    CHAIRED = "chaired"
    ZONE = "zone"
    OPENING = "opening"
    OTHER = "other"
    ANNOUNCEMENTS = "announcements"
    DECISIONS = "decisions"
    NEXT_STEPS = "next_steps"
    # The meeting and its days
    DAY_HELD = "day_held"
    DAY_OPEN = "day_open"
    DAY_PLANNED = "day_planned"
    TOOK_PART = "took_part"
    # Items
    TAKEN_UP = "taken_up"
    TAKEN_UP_BARE = "taken_up_bare"
    GOES_ON_WITH = "goes_on_with"
    LATE = "late"
    LATE_BECAUSE = "late_because"
    COULD_COME = "could_come"
    RESUMED = "resumed"
    INTRODUCED = "introduced"
    BEFORE_IT = "before_it"
    SUSPENDED = "suspended"
    PUT_OFF = "put_off"
    PUT_OFF_TO = "put_off_to"
    NOT_TAKEN_UP = "not_taken_up"
    # Who spoke
    STATEMENTS = "statements"
    QUESTIONS = "questions"
    REPLIES = "replies"
    RIGHT_OF_REPLY = "right_of_reply"
    POINT_OF_ORDER = "point_of_order"
    # Decisions
    ADOPTED = "adopted"
    AGREED = "agreed"
    AGREED_ON_CONDITION = "agreed_on_condition"
    NOTED = "noted"
    DEFERRED = "deferred"
    ON_CONDITION = "on_condition"
    THIS_MATTER = "this_matter"
    OVERCAME = "overcame"
    RESTED_ON = "rested_on"
    PUT = "put"
    OBJECTED = "objected"
    STOPPED = "stopped"
    CHECKED = "checked"
    FIGURE = "figure"
    FIGURES = "figures"
    BY_GROUPS = "by_groups"
    FIGURES_OF = "figures_of"
    OTHER_GROUPS = "other_groups"
    NOT_STATED = "not_stated"
    ANONYMOUS = "anonymous"
    TOO_FEW = "too_few"
    # What was minuted
    ANNOUNCED = "announced"
    ACTION = "action"
    OWNER = "owner"
    DUE = "due"
    PROPOSED = "proposed"
    PROPOSED_BY = "proposed_by"
    WAS_AGREED = "was_agreed"
    WAS_ACTION = "was_action"
    WAS_ACTION_NUMBER = "was_action_number"
    WAS_DECLINED = "was_declined"
    NONE_ANNOUNCED = "none_announced"
    NONE_DECIDED = "none_decided"
    NONE_TO_DO = "none_to_do"
    # Annexes
    ANNEX = "annex"
    TIMETABLE = "timetable"
    PARTICIPANTS = "participants"
    USE_OF_TIME = "use_of_time"
    PART = "part"
    PLANNED = "planned"
    HELD = "held"
    BREAK = "break"
    NAME = "name"
    ORGANISATION = "organisation"
    COUNTRY = "country"
    CAPACITY = "capacity"
    DAYS = "days"
    NOT_NAMED = "not_named"
    SPOKE_AS = "spoke_as"
    TURNS = "turns"
    PEOPLE = "people"
    TIME = "time"
    SHARE = "share"
    BY_GROUP = "by_group"
    BY_REGION = "by_region"
    BY_CHANNEL = "by_channel"
    # The verbatim record
    THE_CHAIR = "the_chair"
    UNIDENTIFIED = "unidentified"
    NO_WORDS = "no_words"


@dataclass(frozen=True, slots=True, repr=False)
class Wording:
    """The words of one language.

    Args:
        sentences: each with its values in the form `%(name)s`.
        on_day: writes a day as sentences do; period: the first and the last day; listed: joins names; length: writes
            seconds.
        took_part: says how many took part; not_named: how many of them the list does not name.
        cause: says why something began late, from a reason, the names of keys and the zone.
        label: writes the label of an item as agendas print it.
        gap: what stands between two sentences; comma: between two notes on somebody.
        direction: "ltr" or "rtl".
    """

    language: str
    sentences: Mapping[Say, str]
    capacities: Mapping[Capacity, str]
    answers: Mapping[Answer, str]
    channels: Mapping[str, str]
    on_day: Callable[[date], str]
    period: Callable[[date, date], str]
    listed: Callable[[Sequence[str]], str]
    length: Callable[[int], str]
    took_part: Callable[[int], str]
    not_named: Callable[[int], str]
    cause: Callable[[Reason, Mapping[str, str], str], str]
    label: Callable[[str], str]
    gap: str = " "
    comma: str = ", "
    direction: Direction = "ltr"

    def say(self, what: Say, /, **values: object) -> str:
        """Say something with its values; one that ends in letters of the other direction is closed off by a mark."""
        return self.sentences[what] % {name: self._marked(value) for name, value in values.items()}

    def _marked(self, value: object) -> object:
        return self.closed(value) if isinstance(value, str) else value

    def closed(self, value: str) -> str:
        """Close words off, so that brackets and commas behind them stand where the sentence has them."""
        strong = next((kind for sign in reversed(value) if (kind := bidirectional(sign)) in STRONG), "")
        return value + MARKS[self.direction] if strong in OTHER[self.direction] else value

    def joined(self, *sentences: str) -> str:
        """Return sentences behind one another; empty ones are left out."""
        return self.gap.join(one for one in sentences if one)

    def stopped(self, words: str) -> str:
        """Return words with a full stop, where they do not end a sentence already."""
        words = words.rstrip()
        bare = words.rstrip("”’»\"')）」")
        return words if not bare or bare[-1] in ".!?…。！？؟" else f"{words}{self.sentences[Say.STOP]}"

    def clock(self, moment: datetime, zone: str) -> str:
        """Write a moment as clocks of the zone show it."""
        return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"

    def day_of(self, moment: datetime, zone: str) -> str:
        """Write the day of a moment in the zone."""
        return self.on_day(moment.astimezone(ZoneInfo(zone)).date())

    def span(self, span: Span | None, zone: str) -> str:
        """Write from when to when; "" where it is not known."""
        if span is None:
            return ""
        start = self.clock(span.start, zone)
        return f"{start}–{self.clock(span.end, zone)}" if span.end else f"{start}–"
