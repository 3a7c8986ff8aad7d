"""What the pages of a meeting's floor show: the state of its log with names, words and times for people.

`floor_of` gathers it once for everybody who may see the same. Nothing here is about one reader: a page knows its reader
by a mark, and finds it beside the names that are theirs. The number of queries does not grow with the list.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.meetings.captions.models import CaptionFeed
from convenor.meetings.floor import Channel, Rule, Setting, State, Wish, orders
from convenor.meetings.floor.orders import CLASSES, Reason
from convenor.meetings.floor.state import ItemState, Request, Stage, Turn
from convenor.meetings.floor_log import setting_of, state_of
from convenor.meetings.floor_models import FloorEntry
from convenor.meetings.floor_people import names_of, speakers
from convenor.meetings.floor_words import RULES, WISHES, reason
from convenor.meetings.floorpages.deciding import Checked, Counted, Result, check_of, count_of, result_of
from convenor.meetings.models import Audience, Block, Day, Item, Meeting
from convenor.meetings.wording import day_name, label_as_printed, top_items
from convenor.people.regions import GROUPS

FIELDS = frozenset({"group", "region", "gender"})  # of the table of visibility, that a floor shows or compares
USUAL_SECONDS = 120  # of a turn, where nobody has spoken and no limit is set
MOST_COUNTED = 10  # turns whose length tells how long the next ones take
UNSAID = Audience.MEMBERS_OBSERVERS  # whom a day is for that does not say so: see floor_access
Level = frozenset[str]


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody as pages name them; group and region are codes, "" where they are unknown or not shown."""

    name: str
    group: str = ""
    region: str = ""
    mark: str = ""  # by which a page finds its own reader


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list, or a request that is set aside: whose, what for, from where, and why it stands there."""

    request: int
    number: int
    who: Who
    wish: Wish
    wish_words: str
    seat: str
    is_online: bool
    asked_at: datetime
    is_entered: bool  # by the secretariat
    reasons: Sequence[str] = ()
    about: datetime | None = None  # when they can expect the floor

    @property
    def is_order(self) -> bool:
        """Whether it is a point of order."""
        return self.wish is Wish.POINT_OF_ORDER


@dataclass(frozen=True, slots=True)
class Speaking:
    """Who has the floor. A clock reckons from `ends_at`, else from `runs_from`; while it rests, from neither."""

    turn: Turn
    who: Who
    wish_words: str
    seat: str
    is_online: bool
    seconds: int | None  # allowed, with what was added
    spoken: int
    left: int | None

    @property
    def is_paused(self) -> bool:
        """Whether the time rests."""
        return self.turn.paused_at is not None

    @property
    def ends_at(self) -> datetime | None:
        """When the time is over."""
        runs_from = self.runs_from
        return runs_from + timedelta(seconds=self.seconds) if runs_from and self.seconds else None

    @property
    def runs_from(self) -> datetime | None:
        """The moment from which the time counts, what rested left out."""
        return None if self.is_paused else self.turn.began_at + self.turn.paused

    @property
    def minutes(self) -> str:
        """The time allowed: "3:00"."""
        return clock(self.seconds or 0)

    @property
    def clock(self) -> str:
        """The time left, or used where there is no limit."""
        return clock(self.spoken if self.left is None else self.left)


@dataclass(frozen=True)
class Floor:
    """Everything a page of the floor shows to those of a level.

    Args:
        item: the agenda item under way, with `label` as it is printed.
        block: the block or break that runs, with the name of its items or of itself.
        places: the list, first the next one; `aside` those whom the chair has declined for now.
        is_hidden: the day is for members, and the reader is none: then only day and break are told.
    """

    meeting: Meeting
    level: Level
    now: datetime
    state: State
    setting: Setting
    day: Day | None = None
    block: Block | None = None
    item: Item | None = None
    is_hidden: bool = False
    speaking: Speaking | None = None
    interrupted: Speaking | None = None
    places: Sequence[Place] = ()
    aside: Sequence[Place] = ()
    count: Counted | None = None
    check: Checked | None = None
    result: Result | None = None
    has_captions: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a day is open."""
        return bool(self.state.day)

    @property
    def is_break(self) -> bool:
        """Whether it is a break."""
        return self.state.is_break

    @property
    def day_name(self) -> str:
        """The day that is open."""
        return day_name(self.day) if self.day else ""

    @property
    def break_name(self) -> str:
        """What the break that runs is called on the agenda."""
        return (top_items(self.block.items.all()) if self.block else "") or _("Break")

    @property
    def label(self) -> str:
        """The label of the item under way, as agendas print it."""
        return label_as_printed(self.item.label) if self.item else ""

    @property
    def takes_part(self) -> bool:
        """Whether the readers may ask for the floor, object and answer on this day."""
        return self.is_open and audience_of(self.day) in self.level

    @property
    def list_is_open(self) -> bool:
        """Whether others can still join the list of the item under way."""
        state = self.state
        return bool(state.item) and state.matter not in state.closed_lists and not self.is_item_closed

    @property
    def is_item_closed(self) -> bool:
        """Whether the item under way is closed."""
        return self.state.items.get(self.state.item) is ItemState.CLOSED

    @property
    def audience_words(self) -> str:
        """Say whom the day is for."""
        return str(Audience(audience_of(self.day)).label)

    @property
    def more_than_three(self) -> int:
        """How many wait behind the three that the projector shows."""
        return max(0, len(self.places) - 3)

    @property
    def key(self) -> str:
        """What decides which buttons a participant has; when it changes, a page asks for its reader's own anew."""
        state = self.state
        check = state.check.id if state.check else 0
        return f"{state.day}.{state.item}.{int(self.list_is_open)}.{int(state.is_break)}.{check}"

    @cached_property
    def rules(self) -> list[str]:
        """The order of the day in words, the weightiest rule first."""
        return [str(RULES[rule]) for rule in self.state.rules]


def clock(seconds: int) -> str:
    """Write seconds as a clock does: 1:44; what is over its time with a plus."""
    size = abs(seconds)
    return f"{'+' if seconds < 0 else ''}{size // 60}:{size % 60:02}"


def audience_of(day: Day | None) -> str:
    """Say whom a day is for."""
    return str(day.audience if day and day.audience else UNSAID)


def may_see(day: Day | None, level: Level) -> bool:
    """Say whether readers may see what is said on a day: one for members is theirs alone, any other is public."""
    return audience_of(day) != Audience.MEMBERS or Audience.MEMBERS in level


def mark_of(meeting: Meeting, key: str) -> str:
    """Give the mark by which the pages of a meeting know somebody; it leads to no account."""
    return salted_hmac("meetings.floor", f"{meeting.pk}:{key}", algorithm="sha256").hexdigest()[:16]


def floor_of(meeting: Meeting, level: Level, *, now: datetime) -> Floor:
    """Gather what a page shows to those of a level (see `channel.level_of`)."""
    state = state_of(meeting)
    day = Day.objects.filter(meeting=meeting, pk=_number(state.day)).first()
    blocks = Block.objects.filter(day__meeting=meeting, pk=_number(state.block))
    block = blocks.select_related("day").prefetch_related("items").first()
    if not may_see(day, level):
        return Floor(meeting, level, now, state, Setting(), day, block, is_hidden=True)
    setting = setting_of(meeting, state, at=now)
    people = _People(meeting, state, level, meeting.cycle.day_of(now))
    items = Item.objects.filter(block__day__meeting=meeting, pk=_number(state.item))
    item = items.select_related("block__day").first()
    return Floor(
        meeting,
        level,
        now,
        state,
        setting,
        day,
        block,
        item,
        speaking=_speaking(state.turn, people, now),
        interrupted=_speaking(state.interrupted, people, now),
        places=_places(state, setting, people, now),
        aside=[people.place(one) for one in state.requests.values() if _is_aside(one, state)],
        count=count_of(meeting, state, now=now),
        check=check_of(meeting, state),
        result=result_of(meeting, state),
        has_captions=CaptionFeed.objects.filter(meeting=meeting).exists(),
    )


def _number(key: str) -> int:
    """Give the row of a key of the agenda; 0, which no row has, where there is none."""
    return int(key[1:] or 0)


class _People:
    """Names and words of those whom a state is about, in a few queries."""

    def __init__(self, meeting: Meeting, state: State, level: Level, on: date) -> None:
        stages = (Stage.WAITING, Stage.SET_ASIDE, Stage.SPEAKING)
        requests = [one for one in state.requests.values() if one.stage in stages]
        keys = {one.person for one in requests}
        self.meeting, self.level, self.cycle = meeting, level, meeting.cycle
        self.names = names_of(meeting, keys)
        self.known = speakers(meeting, keys, on=on)
        entered = FloorEntry.objects.filter(
            meeting=meeting, sequence__in=[one.id for one in requests], channel=Channel.SECRETARIAT.value
        )
        self.entered = frozenset(entered.values_list("sequence", flat=True)) if requests else frozenset()

    def who(self, key: str) -> Who:
        """Name somebody, as far as the readers may see."""
        known = self.known.get(key)
        return Who(
            self.names.get(key) or _("(erased)"),
            known.group if known and "group" in self.level else "",
            known.region if known and "region" in self.level else "",
            mark_of(self.meeting, key),
        )

    def place(
        self, one: Request, number: int = 0, reasons: Iterable[Reason] = (), about: datetime | None = None
    ) -> Place:
        """Say a request in words."""
        return Place(
            one.id,
            number,
            self.who(one.person),
            one.wish,
            str(WISHES[one.wish]),
            seat_words(one.seat),
            one.seat is not Channel.ROOM,
            one.asked_at,
            one.id in self.entered,
            [self.reason(found) for found in reasons],
            about,
        )

    def reason(self, found: Reason) -> str:
        """Say why somebody stands where they stand; a rule that compares what is not shown is only named."""
        if found.code in CLASSES and CLASSES[Rule(found.code)] not in self.level:
            return _("By the order of the day: %(rule)s.") % {"rule": RULES[Rule(found.code)]}
        return reason(found, region_names(self.cycle))


def region_names(cycle: Cycle) -> Mapping[str, str]:
    """Give the names of regions in the reader's language."""
    language = get_language() or "en"
    return {code: cycle.rules.named("regions", code, language) for code in GROUPS}


def seat_words(seat: Channel) -> str:
    """Say from where somebody takes part."""
    match seat:
        case Channel.ROOM:
            return pgettext("where somebody speaks from", "room")
        case Channel.HUB:
            return pgettext("where somebody speaks from", "remote hub")
        case Channel.CHAT:
            return pgettext("where somebody speaks from", "chat")
        case _:
            return pgettext("where somebody speaks from", "online")


def _is_aside(one: Request, state: State) -> bool:
    return one.stage is Stage.SET_ASIDE and one.matter in ("", state.matter)


def _speaking(turn: Turn | None, people: _People, now: datetime) -> Speaking | None:
    if turn is None:
        return None
    allowed = None if turn.limit_seconds is None else turn.limit_seconds + turn.extra_seconds
    left = turn.left(now)
    return Speaking(
        turn,
        people.who(turn.person),
        str(WISHES[turn.wish]),
        seat_words(turn.seat),
        turn.seat is not Channel.ROOM,
        allowed,
        int(turn.spoken(now).total_seconds()),
        None if left is None else int(left.total_seconds()),
    )


def _places(state: State, setting: Setting, people: _People, now: datetime) -> list[Place]:
    found = orders.order(state, setting)
    moments: Sequence[datetime | None] = expected(state, len(found), now=now) or [None] * len(found)
    return [
        people.place(state.requests[place.request], number, place.reasons, about)
        for number, (place, about) in enumerate(zip(found, moments, strict=True), start=1)
    ]


def expected(state: State, number: int, *, now: datetime) -> list[datetime]:
    """Reckon when so many next speakers get the floor; nothing while no item is under way.

    Each takes as long as the last turns of the day took, at most their limit; whoever speaks first uses what is left.
    """
    if not state.item or state.is_break:
        return []
    ended = [one for one in state.turns if one.day == state.day and one.wish in orders.COUNTED and one.ended_at]
    spoken = [one.spoken(one.ended_at or now).total_seconds() for one in ended[-MOST_COUNTED:]]
    each = sum(spoken) / len(spoken) if spoken else float(state.limit_seconds or USUAL_SECONDS)
    each = min(each, state.limit_seconds) if state.limit_seconds else each
    first = now
    for turn in filter(None, (state.turn, state.interrupted)):
        left = turn.left(now)
        rest = left.total_seconds() if left is not None else each - turn.spoken(now).total_seconds()
        first += timedelta(seconds=max(0.0, rest))
    return [first + timedelta(seconds=each * place) for place in range(number)]
