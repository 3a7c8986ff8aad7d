"""What the chair does with a button: a deed, and behind it what it is done to ("give 12", "take i5", "place 12 7").

Each leads to one action of the floor. What is unknown or out of range is refused by the floor itself, in a sentence.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from convenor.cycle import processes
from convenor.meetings.floor import Channel, Rule, Step, Wish, days, decisions, items, lists, turns
from convenor.meetings.floor.decisions import COUNTS, ITEM, SECONDS_PER_COUNT
from convenor.meetings.floor.state import About, ItemState, Outcome
from convenor.meetings.floor_actions import arrange, close_day, enter_request, open_day, steer
from convenor.meetings.floor_decision_actions import adopt, begin_check, begin_count, close_check, decide
from convenor.meetings.floor_log import TOKEN
from convenor.meetings.floor_models import FloorEntry
from convenor.meetings.floorpages.hands import the_one
from convenor.meetings.models import Day, Meeting
from convenor.people.models import Person
from convenor.shared import references
from convenor.shared.errors import Refused

MOST_RULES = 3
_MINUTES = re.compile(r"(\d{1,3})(?::([0-5]\d))?")


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed.

    Args:
        seen: the mark of the state that the person saw.
        what: what it is done to, as the button says behind its deed.
        given: what stood in the form.
    """

    meeting: Meeting
    by: Person
    at: datetime
    seen: int
    deed: str
    what: tuple[str, ...]
    token: str
    given: QueryDict

    @classmethod
    def of(cls, meeting: Meeting, given: QueryDict, *, by: Person, at: datetime) -> "Press":
        """Read it from a form."""
        deed, *what = given.get("do", "").split(" ")
        token = given.get("token", "")
        return cls(
            meeting, by, at, number(given.get("expected", "")), deed, tuple(what),
            token if TOKEN.fullmatch(token) else "", given,
        )  # fmt: skip

    @property
    def key(self) -> str:
        """The part of the agenda it is done to, from the button or from a choice of the form."""
        return self.what[0] if self.what else self.text("key")

    @property
    def number(self) -> int:
        """The request it is done to."""
        return self.number_at(0)

    def number_at(self, place: int) -> int:
        """A number behind the deed; 0 where there is none."""
        return number(self.what[place]) if len(self.what) > place else 0

    def text(self, name: str) -> str:
        """What stood in a field, without what no text holds."""
        return self.given.get(name, "").replace("\0", "").strip()

    @property
    def moving(self) -> dict[str, Any]:
        """What every action that moves the meeting on is told."""
        return {**self.said, "expected": self.seen}

    @property
    def said(self) -> dict[str, Any]:
        """What every action is told."""
        return {"by": self.by, "at": self.at, "token": self.token}


Deed = Callable[[Press], FloorEntry]


def number(words: str) -> int:
    """Read a number that a form gave; 0 where it is none."""
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 10 else 0  # noqa: PLR2004 - no log is longer


def do(press: Press) -> FloorEntry:
    """Do what the button says.

    Raises:
        Refused: it cannot be done now, or is nothing that can be done here.
    """
    if step := STEERED.get(press.deed):
        return steer(press.meeting, step(press), **press.moving)
    if step := ARRANGED.get(press.deed):
        return arrange(press.meeting, step(press), **press.said)
    if act := ACTS.get(press.deed):
        return act(press)
    raise Refused(_("Nothing was done: this page is not known any more. Refresh it, and try again."))


def _taken(press: Press) -> Step:
    leaving = ItemState.PAUSED if press.text("leaving") == ItemState.PAUSED else ItemState.CLOSED
    return partial(items.take_up, item=press.key, leaving=leaving)


def _continued(press: Press) -> Step:
    leaving = ItemState.PAUSED if press.text("leaving") == ItemState.PAUSED else ItemState.CLOSED
    return partial(items.continue_item, item=press.key, leaving=leaving)


STEERED: Mapping[str, Callable[[Press], Step]] = {
    "next": lambda press: partial(turns.call_next, head=press.number),
    "give": lambda press: partial(turns.give_floor, request=press.number),
    "end": lambda _press: turns.end_turn,
    "undo": lambda _press: turns.undo_end,
    "rest": lambda _press: turns.pause_time,
    "run": lambda _press: turns.resume_time,
    "more": lambda press: partial(turns.extend_time, seconds=press.number),
    "take": _taken,
    "continue": _continued,
    "pause-item": lambda _press: items.pause_item,
    "close-item": lambda press: partial(items.close_item, item=press.key),
    "put-off": lambda press: partial(items.postpone_item, item=press.key, to=press.text("to")),
    "block": lambda press: partial(days.start_block, block=press.key),
    "end-block": lambda _press: days.end_block,
    "stop-count": lambda _press: decisions.stop_count,
}


def _limited(press: Press) -> Step:
    words = press.text("minutes")
    if not words:
        return partial(days.set_limit, seconds=None)
    if not (found := _MINUTES.fullmatch(words)):
        raise Refused(
            _("The limit was not set: “%(words)s” is no time. Give minutes, such as 3 or 2:30; empty is no limit.")
            % {"words": words[:20]}
        )
    return partial(days.set_limit, seconds=int(found[1]) * 60 + int(found[2] or 0))


def _ordered(press: Press) -> Step:
    given = [one for one in press.given.getlist("rules") if one][:MOST_RULES]
    if not set(given) <= {rule.value for rule in Rule}:
        raise Refused(_("The order was not set: one of its rules is not known here. Choose it again."))
    return partial(days.set_order, rules=tuple(map(Rule, dict.fromkeys(given))) or (Rule.FIRST_COME,))


def _moved(press: Press) -> Step:
    behind = press.what[1] if len(press.what) > 1 else press.text("behind")
    return partial(items.move, item=press.key, behind=behind)


ARRANGED: Mapping[str, Callable[[Press], Step]] = {
    "aside": lambda press: partial(lists.set_aside, request=press.number),
    "readmit": lambda press: partial(lists.readmit, request=press.number),
    "place": lambda press: partial(lists.place, request=press.number, behind=press.number_at(1)),
    "close-list": lambda _press: lists.close_list,
    "open-list": lambda _press: lists.reopen_list,
    "limit": _limited,
    "order": _ordered,
    "move": _moved,
    "drop": lambda press: partial(lists.withdraw, request=press.number),
}


def about_of(press: Press) -> About:
    """Read what a decision is about: the item under way, another item, the rules, or something known by a number.

    Raises:
        Refused: nothing has this number.
    """
    kind, _sign, id = press.text("about").partition(" ")
    if kind == "meetings.item" or kind in processes.SOURCES:
        return About(kind, number(id))
    if not kind:
        return ITEM
    wanted = number(press.text("number"))
    found = references.id_of(kind, press.meeting.cycle.scope, wanted) if wanted else None
    if found is None:
        raise Refused(
            _("Nothing was entered: nothing here has the number “%(number)s”. Look it up, and give it again.")
            % {"number": press.text("number")[:20]}
        )
    return About(kind, found)


def _opened(press: Press) -> FloorEntry:
    day = Day.objects.filter(meeting=press.meeting, pk=number(press.key[1:])).first()
    if day is None:
        raise Refused(_("The day was not opened: it is not on the agenda any more. See the days that are."))
    return open_day(press.meeting, day, **press.moving)


def _counted(press: Press) -> FloorEntry:
    return begin_count(
        press.meeting, about=about_of(press), words=press.text("words"), counts=COUNTS, seconds=SECONDS_PER_COUNT,
        **press.moving,
    )  # fmt: skip


def _checked(press: Press) -> FloorEntry:
    is_anonymous = press.what == ("anonymous",)
    return begin_check(
        press.meeting, is_anonymous=is_anonymous, about=about_of(press), words=press.text("words"), **press.moving
    )


def _decided(press: Press) -> FloorEntry:
    outcome = press.text("outcome")
    if outcome not in {one.value for one in Outcome} - {Outcome.ADOPTED.value}:
        raise Refused(_("Nothing was decided: say whether it is agreed, agreed on a condition, noted or deferred."))
    return decide(
        press.meeting, Outcome(outcome), about=about_of(press), words=press.text("words"),
        condition=press.text("condition") if outcome == Outcome.AGREED_ON_CONDITION else "",
        basis=number(press.text("basis")), **press.moving,
    )  # fmt: skip


@transaction.atomic
def _order_raised(press: Press) -> FloorEntry:
    """Enter a point of order that somebody in the room has raised, and give them the floor for it."""
    speaker = the_one(press.meeting, press.text("name"), at=press.at)
    entry = enter_request(press.meeting, speaker, by=press.by, at=press.at, wish=Wish.POINT_OF_ORDER, seat=Channel.ROOM)
    return steer(press.meeting, partial(turns.give_floor, request=entry.sequence), **press.moving)


ACTS: Mapping[str, Deed] = {
    "open-day": _opened,
    "close-day": lambda press: close_day(press.meeting, **press.moving),
    "count": _counted,
    "adopt": lambda press: adopt(press.meeting, **press.moving),
    "check": _checked,
    "close-check": lambda press: close_check(press.meeting, **press.moving),
    "decide": _decided,
    "order-raised": _order_raised,
}
