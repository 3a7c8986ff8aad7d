"""What the log of a meeting is made of: entries that are added and never changed, and why one may not be added."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

Value = str | int | bool | None | list[str] | list[int] | Mapping[str, Mapping[str, int]]
Values = Mapping[str, Value]


class Channel(StrEnum):
    """How something came in, and where somebody takes part."""

    ROOM = "room"
    ONLINE = "online"
    CHAT = "chat"
    HUB = "hub"
    SECRETARIAT = "secretariat"


class Kind(StrEnum):
    """What an entry says. The log keeps these words, so none is ever renamed."""

    DAY_OPENED = "day_opened"
    DAY_CLOSED = "day_closed"
    BLOCK_STARTED = "block_started"
    BLOCK_ENDED = "block_ended"
    ORDER_SET = "order_set"
    LIMIT_SET = "limit_set"
    TAKEN_UP = "taken_up"
    PAUSED = "paused"
    CONTINUED = "continued"
    CLOSED = "closed"
    POSTPONED = "postponed"
    MOVED = "moved"
    ASKED = "asked"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    SET_ASIDE = "set_aside"
    READMITTED = "readmitted"
    PLACED = "placed"
    LIST_CLOSED = "list_closed"
    LIST_REOPENED = "list_reopened"
    FLOOR_GIVEN = "floor_given"
    FLOOR_ENDED = "floor_ended"
    END_UNDONE = "end_undone"
    TIME_PAUSED = "time_paused"
    TIME_RESUMED = "time_resumed"
    TIME_EXTENDED = "time_extended"
    COUNT_BEGUN = "count_begun"
    OBJECTED = "objected"
    COUNT_STOPPED = "count_stopped"
    ADOPTED = "adopted"
    CHECK_BEGUN = "check_begun"
    ANSWERED = "answered"
    CHECK_CLOSED = "check_closed"
    DECIDED = "decided"
    MINUTED = "minuted"
    MINUTED_SETTLED = "minuted_settled"


# What moves the meeting on. All others name what they are about, so that done twice they are refused or change nothing.
STEERING = frozenset(Kind) - {
    Kind.ASKED, Kind.CHANGED, Kind.WITHDRAWN, Kind.SET_ASIDE, Kind.READMITTED, Kind.PLACED, Kind.LIST_CLOSED,
    Kind.LIST_REOPENED, Kind.ORDER_SET, Kind.LIMIT_SET, Kind.MOVED, Kind.ANSWERED,
    Kind.MINUTED, Kind.MINUTED_SETTLED,
}  # fmt: skip
# Done by somebody who saw where the meeting stood, and says so. An objection names its count and waits for nothing.
GUARDED = STEERING - {Kind.OBJECTED}


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be entered: its kind and its values, which are keys, numbers and codes and name nobody."""

    kind: Kind
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log.

    Args:
        sequence: its number, from 1 without gaps; what it makes (a request, a turn, a check) is known by it.
        kind: what it says.
        by: the key of the person who entered it.
        at: when; never before the entry before it.
        channel: how it came in.
        values: keys of persons and of parts of the agenda, numbers of entries, and codes.
    """

    sequence: int
    kind: Kind
    by: str
    at: datetime
    channel: Channel
    values: Values = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Read a key or a code; "" where there is none."""
        return str(self.values.get(name) or "")

    def number(self, name: str) -> int:
        """Read a number; 0 where there is none."""
        value = self.values.get(name)
        return value if isinstance(value, int) else 0

    def numbers(self, name: str) -> tuple[int, ...]:
        """Read a list of numbers."""
        value = self.values.get(name)
        return tuple(one for one in value if isinstance(one, int)) if isinstance(value, list) else ()

    def texts(self, name: str) -> tuple[str, ...]:
        """Read a list of keys or codes."""
        value = self.values.get(name)
        return tuple(str(one) for one in value) if isinstance(value, list) else ()


class Code(StrEnum):
    """Why something was refused; `floor_words` has the sentence of each."""

    MOVED_ON = "moved_on"
    ANOTHER_IS_NEXT = "another_is_next"
    ALREADY_OPEN = "already_open"
    NOT_OPEN = "not_open"
    UNKNOWN_PART = "unknown_part"
    ALREADY_STARTED = "already_started"
    NOT_STARTED = "not_started"
    ALREADY_UNDER_WAY = "already_under_way"
    NOT_UNDER_WAY = "not_under_way"
    NOT_RESTING = "not_resting"
    ALREADY_CLOSED = "already_closed"
    NOT_TO_COME = "not_to_come"
    NOT_MOVED = "not_moved"
    NO_ITEM = "no_item"
    LIST_CLOSED = "list_closed"
    LIST_CLOSED_BEFORE = "list_closed_before"
    LIST_OPEN = "list_open"
    ALREADY_WAITING = "already_waiting"
    NOT_WAITING = "not_waiting"
    NOT_SET_ASIDE = "not_set_aside"
    NOT_YOURS = "not_yours"
    NOT_IN_LIST = "not_in_list"
    IS_BREAK = "is_break"
    NOBODY_WAITS = "nobody_waits"
    NOBODY_SPEAKS = "nobody_speaks"
    NOTHING_TO_UNDO = "nothing_to_undo"
    TIME_STANDS = "time_stands"
    TIME_RUNS = "time_runs"
    NO_LIMIT = "no_limit"
    BAD_NUMBER = "bad_number"
    COUNT_RUNS = "count_runs"
    NO_COUNT = "no_count"
    STILL_COUNTING = "still_counting"
    CHECK_RUNS = "check_runs"
    NO_CHECK = "no_check"
    ALREADY_ANSWERED = "already_answered"
    IS_ANONYMOUS = "is_anonymous"
    NOT_MINUTED = "not_minuted"
    ALREADY_SETTLED = "already_settled"


class Barred(Exception):  # noqa: N818 - it is an answer to a person, not a fault of the program
    """Something cannot be done now; nothing was entered. `code` and `values` say why, `floor_words` in a sentence."""

    def __init__(self, code: Code, **values: Value) -> None:
        super().__init__(code, values)
        self.code, self.values = code, values
