"""The third day of the meeting of June, rehearsed: what the chair and the secretariat enter, from opening to close.

Selection finalised, main sessions, lunch, follow-up of the consultations, next steps, any other business. No page is
opened here: the entries come from the actions that the consoles use, each at the time it would have been.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from convenor.meetings.captions.actions import read_transcript
from convenor.meetings.floor import Channel, Wish, days, items, turns
from convenor.meetings.floor.minuting import Fate, Sort
from convenor.meetings.floor.state import Outcome
from convenor.meetings.floor_actions import arrange, close_day, enter_request, open_day, steer
from convenor.meetings.floor_decision_actions import adopt, begin_count, decide, object_to
from convenor.meetings.floor_log import state_of
from convenor.meetings.floor_minuting_actions import Told, minute, settle
from convenor.meetings.models import Item, Meeting
from convenor.people.models import Person

BEGINS = datetime(2017, 6, 14, 8, 4, tzinfo=UTC)  # 10:04 in Geneva, four minutes late
SIX = "Six main sessions are held, each of three hours; opening and closing stand outside of them."
TRANSCRIPT = """10:06 CHAIR: Good morning. We continue with the selection of workshops.
10:09 We have gone through the borderline cases overnight, and the list is balanced by region.
10:12 There are still two mergers to be confirmed.
12:02 CHAIR: I see no objection. It is so decided.
"""


class Rehearsal:
    """The hand of chair and secretariat, with a clock of its own."""

    def __init__(self, meeting: Meeting, chair: Person, speakers: Sequence[Person]) -> None:
        self.meeting, self.chair, self.speakers, self.now = meeting, chair, list(speakers), BEGINS

    def after(self, minutes: int) -> None:
        """Let time pass."""
        self.now += timedelta(minutes=minutes)

    @property
    def hand(self) -> dict[str, Any]:
        """Who enters, when, and where the meeting stood."""
        return {"by": self.chair, "at": self.now, "expected": state_of(self.meeting).mark}

    def go(self, step: Callable[..., Any], **words: object) -> None:
        """Move the meeting on."""
        steer(self.meeting, partial(step, **words), **self.hand)

    def speak(self, speaker: Person, minutes: int, *, seat: Channel = Channel.ROOM) -> None:
        """Let somebody ask, be called, and speak."""
        who = {"by": self.chair, "at": self.now}
        enter_request(self.meeting, speaker, wish=Wish.INTERVENTION, seat=seat, **who)
        self.go(turns.call_next)
        self.after(minutes)
        self.go(turns.end_turn)

    def minute(self, sort: Sort, words: str, **told: Any) -> int:
        """Minute something about the item under way; give its number."""
        return minute(self.meeting, sort, Told(words, **told), by=self.chair, at=self.now).sequence

    def adopt(self, words: str) -> None:
        """Adopt a proposal by silence."""
        begin_count(self.meeting, words=words, **self.hand)
        self.after(1)
        adopt(self.meeting, **self.hand)


def rehearse(meeting: Meeting, chair: Person, speakers: Sequence[Person]) -> Rehearsal:
    """Hold the third day; `speakers` are at least four people who take part."""
    hand = Rehearsal(meeting, chair, speakers)
    day = meeting.days.all()[2]
    tops = Item.objects.filter(block__day=day, block__kind="items", parent=None).order_by("block__order", "order")
    selection, sessions, follow_up, steps, other = (f"i{item.pk}" for item in tops)
    open_day(meeting, day, **hand.hand)
    hand.go(items.take_up, item=selection)
    _selection(hand)
    hand.go(items.take_up, item=sessions)
    _main_sessions(hand)
    lunch = day.blocks.filter(kind="break").get()
    hand.go(days.start_block, block=f"b{lunch.pk}")
    hand.after(118)
    hand.go(days.end_block)
    hand.go(items.take_up, item=follow_up)
    _follow_up(hand)
    hand.go(items.take_up, item=steps)
    _next_steps(hand)
    hand.go(items.take_up, item=other)
    _other_business(hand)
    close_day(meeting, **hand.hand)
    return hand


def _selection(hand: Rehearsal) -> None:
    one, two, three, *_rest = hand.speakers
    arrange(hand.meeting, partial(days.set_limit, seconds=180), by=hand.chair, at=hand.now)
    hand.after(3)
    hand.speak(one, 4)
    hand.speak(two, 3, seat=Channel.ONLINE)
    begin_count(hand.meeting, words="The selection is adopted as it stands.", **hand.hand)
    hand.after(1)
    count = state_of(hand.meeting).count
    assert count is not None
    object_to(hand.meeting, count.id, by=three, at=hand.now)
    hand.speak(three, 5)
    decide(
        hand.meeting, Outcome.AGREED_ON_CONDITION, words="The list of 80 workshops is final.",
        condition="Proposers of merged workshops confirm by 23 June.", **hand.hand,
    )  # fmt: skip
    hand.minute(Sort.ANNOUNCEMENT, "Proposers are told on 16 June.")
    hand.after(62)


def _main_sessions(hand: Rehearsal) -> None:
    one, _two, _three, four, *_rest = hand.speakers
    hand.speak(four, 6)
    hand.adopt(SIX)
    hand.minute(
        Sort.ACTION, "Send the draft descriptions of the six main sessions.", owner=one, due=date(2017, 6, 30)
    )  # fmt: skip
    hand.after(48)


def _follow_up(hand: Rehearsal) -> None:
    _one, two, three, *_rest = hand.speakers
    hand.speak(two, 5, seat=Channel.ONLINE)
    first = hand.minute(Sort.PROPOSAL, "Governments are invited in a letter of the host.", owner=two)
    second = hand.minute(Sort.PROPOSAL, "The private sector gets a day of its own.", owner=three)
    who = {"by": hand.chair, "at": hand.now}
    action = hand.minute(
        Sort.ACTION, "Draft the letter to governments.", owner_words="Secretariat", due=date(2017, 7, 7)
    )
    settle(hand.meeting, first, Fate.ACTION, by_entry=action, **who)
    settle(hand.meeting, second, Fate.DECLINED, words="There is no room on the grid.", **who)
    hand.after(100)


def _next_steps(hand: Rehearsal) -> None:
    one, *_rest, last = hand.speakers
    hand.speak(one, 4)
    decide(hand.meeting, Outcome.NOTED, words="The calendar until December is noted.", **hand.hand)
    hand.minute(Sort.ACTION, "Publish the grid of the annual meeting.", owner=last, due=date(2017, 8, 15))
    hand.after(30)


def _other_business(hand: Rehearsal) -> None:
    hand.speak(hand.speakers[3], 2)
    hand.minute(Sort.NOTE, "The chair thanked the interpreters.")
    hand.after(9)


def with_transcript(meeting: Meeting, by: Person) -> None:
    """Read a transcript in, as the captioner sends it."""
    zone = ZoneInfo(meeting.zone)
    read_transcript(
        meeting, TRANSCRIPT, day=meeting.days.all()[2], begins_at=BEGINS.astimezone(zone), language="en", label="",
        by=by, at=BEGINS + timedelta(hours=9),
    )  # fmt: skip
