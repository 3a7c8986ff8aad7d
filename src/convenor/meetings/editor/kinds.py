"""Kinds of meeting to begin with, as data: the days of a committee, a call of two hours. The words are translated."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as marked

from convenor.meetings.agenda import Agenda, Audience, Block, Day, Item, Kind


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of time with the titles of its items; a break stays where it is."""

    start: str
    end: str
    titles: tuple[str, ...]
    kind: Kind = Kind.ITEMS


@dataclass(frozen=True, slots=True)
class KindOfDay:
    """A day: its heading, who takes part, its stretches."""

    heading: str
    audience: Audience
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class KindOfMeeting:
    """A kind of meeting: what it is called, and its days."""

    name: "str | Promise"
    days: tuple[KindOfDay, ...]

    def agenda(self, title: str) -> Agenda:
        """Make the agenda in the language that is active, numbered day by day."""
        return Agenda(title, days=tuple(_day(day, number) for number, day in enumerate(self.days, start=1)))


def _day(day: KindOfDay, number: int) -> Day:
    label = _("Day %(number)s") % {"number": number}
    return Day(None, label, _(day.heading) if day.heading else None, None, day.audience, tuple(_blocks(day)))


def _blocks(day: KindOfDay) -> list[Block]:
    blocks, number = list[Block](), 0
    for slot in day.slots:
        is_pause = slot.kind is not Kind.ITEMS
        items = []
        for title in slot.titles:
            number += not is_pause
            items.append(Item(None if is_pause else str(number), _(title)))
        blocks.append(
            Block(slot.start, slot.end, slot.kind, items=tuple(items), pinned_start=is_pause, pinned_end=is_pause)
        )
    return blocks


OPENING = (marked("Opening by the chair"), marked("Adoption of the agenda"))
LUNCH = Slot("13:00", "15:00", (marked("Lunch"),), Kind.BREAK)
CLOSING = (marked("Next steps"), marked("Any other business"))
KINDS: Mapping[str, KindOfMeeting] = {
    "committee": KindOfMeeting(
        gettext_lazy("Committee meeting, three days"),
        (
            KindOfDay(
                marked("Open consultations"),
                Audience.OPEN,
                (
                    Slot("10:00", "10:30", OPENING),
                    Slot("10:30", "13:00", (marked("State of preparations"), marked("Updates from the activities"))),
                    LUNCH,
                    Slot("15:00", "17:00", (marked("Briefings from other organisations"),)),
                    Slot("17:00", "18:00", (marked("Open discussion"),)),
                ),
            ),
            KindOfDay(
                marked("Committee meeting"),
                Audience.MEMBERS_OBSERVERS,
                (
                    Slot("10:00", "10:30", OPENING),
                    Slot("10:30", "13:00", (marked("Results of the evaluation"),)),
                    LUNCH,
                    Slot("15:00", "18:00", (marked("Selection of proposals"),)),
                ),
            ),
            KindOfDay(
                marked("Committee meeting"),
                Audience.MEMBERS_OBSERVERS,
                (
                    Slot("10:00", "13:00", (marked("Selection of proposals, continued"), marked("Main sessions"))),
                    LUNCH,
                    Slot("15:00", "17:00", (marked("Follow-up of the open consultations"),)),
                    Slot("17:00", "18:00", CLOSING),
                ),
            ),
        ),
    ),
    "call": KindOfMeeting(
        gettext_lazy("Online call, two hours"),
        (
            KindOfDay(
                "",
                Audience.MEMBERS_OBSERVERS,
                (
                    Slot("13:00", "13:15", OPENING),
                    Slot("13:15", "13:45", (marked("Updates"),)),
                    Slot("13:45", "14:45", (marked("Items for decision"),)),
                    Slot("14:45", "15:00", CLOSING),
                ),
            ),
        ),
    ),
}
