"""What can be done at the floor: the chair steers and arranges, everybody asks, objects and answers.

Each hands a step of `meetings.floor` to the log. Those that move the meeting on say which mark they saw (`expected`):
of two who click at once, one is entered and the other is told. A message with a `token` counts once, however often it
comes.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from convenor.meetings.floor import Barred, Channel, Rule, Step, Wish, days, lists
from convenor.meetings.floor_log import append
from convenor.meetings.floor_models import FloorEntry, FloorGuest
from convenor.meetings.floor_words import refusal
from convenor.meetings.models import Audience, Block, Day, Item, Meeting
from convenor.meetings.wording import day_name
from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.journal import record, typed

# The order of speakers of a day, where the chair sets no other: who the day is for comes first, then room and online.
ORDERS: Mapping[str, tuple[Rule, ...]] = {
    Audience.OPEN: (Rule.COMMUNITY_FIRST, Rule.ALTERNATE),
    Audience.MEMBERS_OBSERVERS: (Rule.MEMBERS_FIRST, Rule.ALTERNATE),
    Audience.MEMBERS: (Rule.MEMBERS_FIRST, Rule.ALTERNATE),
}
USUAL = (Rule.ALTERNATE,)
# Told of every new entry in its transaction; upper parts add theirs in `apps.ready()`.
FOLLOWERS: list[Callable[[Meeting, FloorEntry, Person, datetime], None]] = []
_KEY = re.compile(r"([dbi])(\d+)")


class Said(TypedDict, total=False):
    """How something comes in."""

    channel: Channel
    token: str


def steer(meeting: Meeting, step: Step, *, by: Person, at: datetime, expected: int, **said: Unpack[Said]) -> FloorEntry:
    """Move the meeting on: days, blocks, items, turns and their time.

    Raises:
        Refused: it cannot be done now, or the meeting has moved on since the person looked.
    """
    return enter(meeting, step, by=by, at=at, expected=expected, **said)[0]


def arrange(meeting: Meeting, step: Step, *, by: Person, at: datetime, **said: Unpack[Said]) -> FloorEntry:
    """Arrange the list of speakers and the running order: place, set aside, let in, close, order, limit, move.

    Raises:
        Refused: it cannot be done now.
    """
    return enter(meeting, step, by=by, at=at, **said)[0]


def open_day(
    meeting: Meeting,
    day: Day,
    *,
    by: Person,
    at: datetime,
    expected: int,
    rules: Sequence[Rule] = (),
    **said: Unpack[Said],
) -> FloorEntry:
    """Open a day; without rules people speak in the order that fits whom the day is for.

    Raises:
        Refused: a day is open, or this one is not on the agenda.
    """
    step = partial(days.open_day, day=f"d{day.pk}", rules=tuple(rules) or ORDERS.get(day.audience, USUAL))
    return steer(meeting, step, by=by, at=at, expected=expected, **said)


@transaction.atomic
def close_day(meeting: Meeting, *, by: Person, at: datetime, expected: int, **said: Unpack[Said]) -> FloorEntry:
    """Close the day; the journal keeps the digest of the log, so that nobody can change it unseen afterwards.

    Raises:
        Refused: no day is open, or a count or check runs.
    """
    entry, is_new = enter(meeting, days.close_day, by=by, at=at, expected=expected, **said)
    if not is_new:
        return entry
    record(
        scope=meeting.cycle.scope,
        verb="floor.day-closed",
        at=at,
        actor=by,
        subject=meeting,
        template=gettext_noop("A day of “%(meeting)s” was closed with entry %(number)s of its log: %(digest)s."),
        values={"number": entry.sequence, "digest": entry.digest},
        private={"meeting": typed(meeting.title)},
    )
    return entry


def ask_for_floor(
    meeting: Meeting, *, by: Person, at: datetime, wish: Wish, seat: Channel, item: str = "", token: str = ""
) -> FloorEntry:
    """Ask for the floor for oneself.

    Raises:
        Refused: no day is open, the list is closed, or the person waits already.
    """
    step = partial(lists.ask, person=str(by.key), wish=wish, seat=seat, item=item)
    return enter(meeting, step, by=by, at=at, channel=seat, token=token)[0]


def enter_request(
    meeting: Meeting,
    speaker: Person | FloorGuest,
    *,
    by: Person,
    at: datetime,
    wish: Wish,
    seat: Channel,
    item: str = "",
    raised_at: datetime | None = None,
    token: str = "",
) -> FloorEntry:
    """Enter the request of somebody else: a raised hand, a line of the chat, a remote hub, a guest.

    It has the place of the moment at which it was raised, where that was noted without a connection.

    Raises:
        Refused: no day is open, the list is closed, or the person waits already.
    """
    if isinstance(speaker, FloorGuest) and speaker.meeting_id != meeting.pk:
        raise ValueError("a guest belongs to one meeting")
    step = partial(lists.ask, person=str(speaker.key), wish=wish, seat=seat, item=item, raised_at=raised_at)
    return enter(meeting, step, by=by, at=at, channel=Channel.SECRETARIAT, token=token)[0]


def change_request(
    meeting: Meeting, request: int, *, by: Person, at: datetime, wish: Wish, seat: Channel, token: str = ""
) -> FloorEntry:
    """Change what one's own request is for, or from where one speaks; it keeps its place.

    Raises:
        Refused: it no longer waits, is somebody else's, or one of that kind waits already.
    """
    step = partial(lists.change, request=request, person=str(by.key), wish=wish, seat=seat)
    return enter(meeting, step, by=by, at=at, channel=seat, token=token)[0]


def withdraw_request(
    meeting: Meeting, request: int, *, by: Person, at: datetime, is_keeper: bool = False, token: str = ""
) -> FloorEntry:
    """Take one's own request back; a keeper of the list takes back anybody's.

    Raises:
        Refused: it no longer waits, or is somebody else's.
    """
    step = partial(lists.withdraw, request=request, person=None if is_keeper else str(by.key))
    channel = Channel.SECRETARIAT if is_keeper else Channel.ONLINE
    return enter(meeting, step, by=by, at=at, channel=channel, token=token)[0]


def welcome_guest(
    meeting: Meeting, *, name: str, organisation: str = "", country: str = "", group: str = "", gender: str = ""
) -> FloorGuest:
    """Note somebody without an account by name, or give back who was noted by the same name and organisation.

    Raises:
        Refused: there is no name, or it is too long.
    """
    name, organisation = " ".join(name.split()), " ".join(organisation.split())
    if not name:
        raise Refused(_("Nobody was entered: the name is missing. Give the name by which the chair calls the person."))
    longest = 200
    if max(len(name), len(organisation)) > longest:
        raise Refused(
            _("Nobody was entered: a name has at most %(limit)s characters. Shorten it.") % {"limit": longest}
        )
    known = FloorGuest.objects.filter(meeting=meeting, name__iexact=name, organisation__iexact=organisation).first()
    return known or FloorGuest.objects.create(
        meeting=meeting, name=name, organisation=organisation, country=country, group=group, gender=gender[:60]
    )


def enter(
    meeting: Meeting,
    step: Step,
    *,
    by: Person,
    at: datetime,
    expected: int | None = None,
    channel: Channel = Channel.ROOM,
    token: str = "",
    words: Mapping[str, str] | None = None,
) -> tuple[FloorEntry, bool]:
    """Add the entry of a step, and say in a sentence why it cannot be; give it, and whether it is new.

    Raises:
        Refused: it cannot be done now.
    """
    key = str(by.key)
    try:
        with transaction.atomic():
            row, is_new = append(
                meeting, step, by=key, at=at, channel=channel, expected=expected, token=token, words=words
            )
            for follow in FOLLOWERS if is_new else ():
                follow(meeting, row, by, at)
            return row, is_new
    except Barred as reason:
        raise Refused(refusal(reason, named(meeting, reason))) from reason


def named(meeting: Meeting, error: Barred) -> dict[str, str]:
    """Name the parts of the agenda that a refusal is about."""
    found: dict[str, str] = {}
    for value in error.values.values():
        match = _KEY.fullmatch(value) if isinstance(value, str) else None
        if match and isinstance(value, str):
            found[value] = _name(meeting, match[1], int(match[2]))
    return found


def _name(meeting: Meeting, letter: str, pk: int) -> str:
    if letter == "d":
        day = Day.objects.filter(meeting=meeting, pk=pk).first()
        return day_name(day) if day else ""
    if letter == "b":
        return str(Block.objects.filter(day__meeting=meeting, pk=pk).select_related("day").first() or "")
    return str(Item.objects.filter(block__day__meeting=meeting, pk=pk).first() or "")
