"""Where a meeting stands: made from its log alone, and never changed but made anew."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from convenor.meetings.floor.entries import Channel, Kind

LONG_AGO = datetime.min.replace(tzinfo=UTC)
ZERO = timedelta()


class Rule(StrEnum):
    """One rule of the order in which people speak; a day has several, the weightiest first."""

    FIRST_COME = "first_come"
    ALTERNATE = "alternate"
    COMMUNITY_FIRST = "community_first"
    MEMBERS_FIRST = "members_first"
    GROUP = "group"
    REGION = "region"
    GENDER = "gender"
    FEWEST_TURNS = "fewest_turns"
    LEAST_TIME = "least_time"


class ItemState(StrEnum):
    """What became of an agenda item; one without a state is to come."""

    UNDER_WAY = "under_way"
    PAUSED = "paused"
    CLOSED = "closed"
    POSTPONED = "postponed"


class Wish(StrEnum):
    """What somebody asks the floor for."""

    INTERVENTION = "intervention"
    QUESTION = "question"
    REPLY = "reply"
    RIGHT_OF_REPLY = "right_of_reply"
    POINT_OF_ORDER = "point_of_order"


class Stage(StrEnum):
    """What became of a request."""

    WAITING = "waiting"
    SET_ASIDE = "set_aside"
    SPEAKING = "speaking"
    SPOKEN = "spoken"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Request:
    """A request of the floor. `matter` is the item in whose list it stands; a point of order stands in none ("")."""

    id: int
    person: str
    wish: Wish
    matter: str
    seat: Channel
    asked_at: datetime
    stage: Stage = Stage.WAITING


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody's time at the floor. It holds moments only: how much is left is reckoned from them and a clock.

    `proposed` is the request that the day's order put first; another one was the chair's choice.
    """

    id: int
    request: int
    proposed: int
    person: str
    wish: Wish
    seat: Channel
    day: str
    item: str
    began_at: datetime
    limit_seconds: int | None = None
    extra_seconds: int = 0
    paused_at: datetime | None = None
    paused: timedelta = ZERO
    ended_at: datetime | None = None
    ended_by: int = 0

    @property
    def is_deviation(self) -> bool:
        """Whether the chair called somebody else than the order proposed."""
        return self.request != self.proposed

    def spoken(self, now: datetime) -> timedelta:
        """How long it has lasted, without what was paused."""
        until = self.paused_at or self.ended_at or now
        return max(ZERO, until - self.began_at - self.paused)

    def left(self, now: datetime) -> timedelta | None:
        """How much of the limit is left, less than nothing when it is over; None without a limit."""
        if self.limit_seconds is None:
            return None
        return timedelta(seconds=self.limit_seconds + self.extra_seconds) - self.spoken(now)


class CountEnd(StrEnum):
    """How a count ended."""

    ADOPTED = "adopted"
    OBJECTED = "objected"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Count:
    """A slow count: without an objection the proposal is adopted. Every screen reckons it from `began_at`."""

    id: int
    item: str
    about: "About"
    began_at: datetime
    counts: int
    seconds: int  # per count
    end: CountEnd | None = None
    objector: str = ""

    @property
    def ends_at(self) -> datetime:
        """The moment at which it has been counted to the end."""
        return self.began_at + timedelta(seconds=self.counts * self.seconds)

    def counted(self, now: datetime) -> int:
        """How far it has been counted."""
        return max(0, min(self.counts, int((now - self.began_at).total_seconds() // self.seconds)))


class Answer(StrEnum):
    """An answer in a check of the sense of the room."""

    SUPPORT = "support"
    LIVE_WITH = "live_with"
    OBJECT = "object"


Numbers = Mapping[str, Mapping[str, int]]  # by stakeholder group, by answer


@dataclass(frozen=True, slots=True)
class Check:
    """A check of the sense of the room. An anonymous one has no answers here, only numbers when it is closed."""

    id: int
    item: str
    about: "About"
    is_anonymous: bool
    answers: Mapping[str, Answer] = field(default_factory=dict)
    numbers: Numbers | None = None


class Outcome(StrEnum):
    """What was decided."""

    ADOPTED = "adopted"
    AGREED = "agreed"
    AGREED_ON_CONDITION = "agreed_on_condition"
    NOTED = "noted"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class About:
    """What a decision is about, as `shared.references` points at it; without a kind, the item under way."""

    kind: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision; `basis` is the count or the check that it rests on, 0 for the chair's word."""

    id: int
    outcome: Outcome
    item: str
    about: About
    at: datetime
    basis: int = 0


@dataclass(frozen=True, slots=True)
class Minuted:
    """Something minuted while it was spoken: its `minuting.Sort`, whose it is, until when, what became of it.

    `fate` is a `minuting.Fate`, "" while nothing became of it; `settled_by` is the entry that said so, `by_entry` the
    decision or the action item that it names. `corrected_by` is the last correction.
    """

    id: int
    sort: str
    item: str
    at: datetime
    person: str = ""
    due: str = ""
    fate: str = ""
    settled_by: int = 0
    by_entry: int = 0
    corrected_by: int = 0


@dataclass(frozen=True, slots=True)
class Placement:
    """The chair's word on where a request stands: right behind those of `ahead` that still wait."""

    request: int
    ahead: frozenset[int]


@dataclass(frozen=True, slots=True)
class State:
    """Where a meeting stands after an entry.

    Args:
        sequence: the number of the last entry.
        mark: the number of the last entry that moved the meeting on; who moves it further says which they saw.
        matter: the item whose list of speakers is open before the room; that which `item` continues, or itself.
        interrupted: the turn that a point of order cut into; it goes on after it.
    """

    sequence: int = 0
    mark: int = 0
    mark_kind: Kind | None = None
    at: datetime = LONG_AGO
    day: str = ""
    block: str = ""
    is_break: bool = False
    rules: tuple[Rule, ...] = (Rule.FIRST_COME,)
    limit_seconds: int | None = None
    item: str = ""
    matter: str = ""
    items: Mapping[str, ItemState] = field(default_factory=dict)
    moves: tuple[tuple[str, str], ...] = ()
    closed_lists: frozenset[str] = frozenset()
    requests: Mapping[int, Request] = field(default_factory=dict)
    placements: tuple[Placement, ...] = ()
    turn: Turn | None = None
    interrupted: Turn | None = None
    turns: tuple[Turn, ...] = ()
    count: Count | None = None
    counts: tuple[Count, ...] = ()
    check: Check | None = None
    checks: tuple[Check, ...] = ()
    decisions: tuple[Decision, ...] = ()
    minuted: Mapping[int, Minuted] = field(default_factory=dict)

    def waiting(self, matter: str) -> Iterator[Request]:
        """Yield who waits in the list of an item, in the order of asking; points of order are in every list."""
        found = (one for one in self.requests.values() if one.stage is Stage.WAITING and one.matter in ("", matter))
        yield from sorted(found, key=lambda one: (one.asked_at, one.id))

    def staged(self, request: int, stage: Stage) -> "State":
        """Return the state in which this has become of a request."""
        return replace(self, requests={**self.requests, request: replace(self.requests[request], stage=stage)})
