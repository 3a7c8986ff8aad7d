"""The first meeting of the example year, held from opening to close: its log, minutes that are locked, action items."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from importlib.resources import files
from typing import Any

from convenor.cycle.models import Cycle
from convenor.meetings.actions import hand_in, make_meeting
from convenor.meetings.floor import Channel, Wish, days, items, turns
from convenor.meetings.floor.minuting import Sort
from convenor.meetings.floor.state import Outcome
from convenor.meetings.floor_actions import close_day, enter_request, open_day, steer
from convenor.meetings.floor_decision_actions import adopt, begin_count, decide
from convenor.meetings.floor_log import state_of
from convenor.meetings.floor_minuting_actions import Told, minute
from convenor.meetings.followup.actions import settle
from convenor.meetings.followup.models import State
from convenor.meetings.models import Item, Meeting
from convenor.meetings.record import stages
from convenor.people.models import Person

TITLE, FILE = "1st Open Consultations and MAG Meeting", "first_agenda.txt"
HANDED_IN_AT = datetime(2017, 3, 1, 10, 0, tzinfo=UTC)
OPENED_AT = datetime(2017, 3, 2, 9, 6, tzinfo=UTC)  # 10:06 in Geneva
CIRCULATED_AT = datetime(2017, 3, 9, 15, 0, tzinfo=UTC)
CORRECTED_UNTIL = datetime(2017, 3, 24, 22, 59, tzinfo=UTC)
ADOPTED_AT, REPORTED_AT = datetime(2017, 3, 27, 8, 0, tzinfo=UTC), datetime(2017, 4, 10, 14, 0, tzinfo=UTC)


def hold_first_meeting(cycle: Cycle, *, chair: Person, secretary: Person, members: Sequence[Person]) -> Meeting:
    """Make the meeting of March and hold its day, adopt its minutes, report one action item done.

    `members` are at least three. Every moment is before June; the year must not stand at a later one yet, or the
    minutes could no longer be circulated.
    """
    text = files("convenor.example").joinpath(f"data/{FILE}").read_text("utf-8")
    draft = hand_in(text, by=secretary, at=HANDED_IN_AT, file_name=FILE)
    meeting = make_meeting(
        draft, into=cycle, title=TITLE, zone=cycle.zone, by=secretary, at=HANDED_IN_AT, slug="march"
    )  # fmt: skip
    _Day(meeting, chair, secretary, members).hold()
    stages.circulate(meeting, until=CORRECTED_UNTIL, by_silence=True, by=secretary, at=CIRCULATED_AT)
    stages.adopt_by_silence(meeting, by=secretary, at=ADOPTED_AT)
    stages.lock(meeting, by=chair, at=ADOPTED_AT)
    form = meeting.action_items.get(number=1)
    settle(form, State.DONE, "The form is open since 1 March, in six languages.", by=secretary, at=REPORTED_AT)
    return meeting


class _Day:
    """The hands of the chair and the secretariat, with a clock of their own."""

    def __init__(self, meeting: Meeting, chair: Person, secretary: Person, members: Sequence[Person]) -> None:
        self.meeting, self.chair, self.secretary, self.members = meeting, chair, secretary, members
        self.now = OPENED_AT

    @property
    def moving(self) -> dict[str, Any]:
        """What an action that moves the meeting on is told."""
        return {"by": self.chair, "at": self.now, "expected": state_of(self.meeting).mark}

    def go(self, step: Callable[..., Any], **words: object) -> None:
        """Move the meeting on."""
        steer(self.meeting, partial(step, **words), **self.moving)

    def after(self, minutes: int) -> None:
        """Let time pass."""
        self.now += timedelta(minutes=minutes)

    def speak(self, speaker: Person, minutes: int, seat: Channel = Channel.ROOM) -> None:
        """Let somebody ask, be called, and speak."""
        enter_request(self.meeting, speaker, by=self.secretary, at=self.now, wish=Wish.INTERVENTION, seat=seat)
        self.go(turns.call_next)
        self.after(minutes)
        self.go(turns.end_turn)

    def minute(self, sort: Sort, words: str, **told: Any) -> None:
        """Minute something about the item under way."""
        minute(self.meeting, sort, Told(words, **told), by=self.secretary, at=self.now)

    def hold(self) -> None:
        """Hold the day."""
        (day,) = self.meeting.days.all()
        found = Item.objects.filter(block__day=day, block__kind="items").order_by("block__order", "order")
        opening, stock, call, theme, other = (f"i{item.pk}" for item in found)
        open_day(self.meeting, day, **self.moving)
        self.go(items.take_up, item=opening)
        self.after(2)
        begin_count(self.meeting, words="The agenda is adopted.", **self.moving)
        self.after(1)
        adopt(self.meeting, **self.moving)
        self.after(14)
        self.take_stock(stock)
        self.call_for_proposals(call)
        self.go(days.start_block, block=f"b{day.blocks.get(kind='break').pk}")
        self.after(64)
        self.go(days.end_block)
        self.choose_theme(theme)
        self.go(items.take_up, item=other)
        self.minute(Sort.NOTE, "The Chair thanked the host country and the interpreters.")
        self.after(12)
        self.go(items.close_item)
        close_day(self.meeting, **self.moving)

    def take_stock(self, item: str) -> None:
        """Look back."""
        self.go(items.take_up, item=item)
        self.speak(self.members[0], 4)
        self.speak(self.members[1], 5, Channel.ONLINE)
        self.minute(Sort.ANNOUNCEMENT, "The report of the annual meeting of 2016 is public.")
        self.after(48)

    def call_for_proposals(self, item: str) -> None:
        """Agree on the call, and on who prepares it."""
        self.go(items.take_up, item=item)
        self.speak(self.members[2], 6)
        decide(
            self.meeting, Outcome.AGREED, words="Proposals are called for from 1 March until 3 May 2017, 23:59 UTC−11.",
            **self.moving,
        )  # fmt: skip
        self.minute(
            Sort.ACTION, "Open the form for workshop proposals.", owner=self.secretary, due=date(2017, 3, 6)
        )  # fmt: skip
        self.minute(
            Sort.ACTION, "Write a page of advice for first-time proposers.", owner=self.members[0], due=date(2017, 4, 3)
        )  # fmt: skip
        self.after(84)

    def choose_theme(self, item: str) -> None:
        """Agree on the theme on a condition, and ask for a text."""
        self.go(items.take_up, item=item)
        self.speak(self.members[1], 3, Channel.ONLINE)
        self.speak(self.members[0], 4)
        decide(
            self.meeting, Outcome.AGREED_ON_CONDITION, words="The main theme is “Shape Your Digital Future!”.",
            condition="The host country confirms it by 17 March.", **self.moving,
        )  # fmt: skip
        self.minute(
            Sort.ACTION, "Describe the main theme for newcomers in two paragraphs.", owner=self.members[2],
            due=date(2018, 1, 15),
        )  # fmt: skip
        self.after(70)
