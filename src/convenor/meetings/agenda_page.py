"""What the agenda page shows: days, blocks and items with where each is done and what continues what.

The number of queries depends on the kinds of matter in the agenda, not on its length.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from convenor.meetings.matters import Matter
from convenor.meetings.models import Block, BlockKind, Continuation, Day, Doubt, Item, Meeting
from convenor.meetings.places import Guide, Where
from convenor.meetings.sentences import doubt as doubt_in_words
from convenor.meetings.storing import children_of
from convenor.meetings.wording import day_name, item_name, label_as_printed, times_in_words

DEEPEST = 4  # levels of items shown one inside the other; what is deeper stands at the last of them


@dataclass(frozen=True, slots=True)
class Tie:
    """One end of a continuation: what it says, and the anchor of the other end."""

    link: Continuation
    sentence: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item as the page shows it."""

    row: Item
    label: str
    where: Where | None
    continues: Sequence[Tie]
    continued: Sequence[Tie]
    children: Sequence["ShownItem"]


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block as the page shows it."""

    row: Block
    times: str
    items: Sequence[ShownItem]

    @property
    def is_pause(self) -> bool:
        """Whether nothing is debated in it."""
        return self.row.kind != BlockKind.ITEMS


@dataclass(frozen=True, slots=True)
class ShownDay:
    """A day as the page shows it."""

    row: Day
    name: str
    anchor: str
    ends: str
    is_today: bool
    blocks: Sequence[ShownBlock]


@dataclass(frozen=True, slots=True)
class ShownDoubt:
    """A doubt as the page shows it."""

    row: Doubt
    sentence: str
    anchor: str


@dataclass(slots=True)
class AgendaPage:
    """Everything the page of one meeting shows."""

    meeting: Meeting
    guide: Guide
    days: list[ShownDay] = field(default_factory=list)
    doubts: list[ShownDoubt] = field(default_factory=list)

    @property
    def places(self) -> list[tuple[str, list[str]]]:
        """The places with the names of their days, in order."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for day in self.days:
            if day.row.place:
                found[day.row.place].append(day.name)
        return list(found.items())

    @property
    def open_doubts(self) -> int:
        """How many doubts nobody has settled."""
        return sum(doubt.row.settled_at is None for doubt in self.doubts)


def agenda_page(meeting: Meeting, guide: Guide, *, now: datetime) -> AgendaPage:
    """Gather the page; `now` decides which day is today."""
    today = now.astimezone(ZoneInfo(meeting.zone)).date()
    ties = _ties(meeting)
    page = AgendaPage(meeting, guide)
    page.days = [_day(day, guide, ties, today) for day in days_of(meeting)]
    page.doubts = [_doubt(doubt, meeting.source) for doubt in meeting.doubts.select_related("day")]
    return page


def days_of(meeting: Meeting) -> list[Day]:
    """Load the days with their blocks and items, in three queries."""
    return list(meeting.days.prefetch_related("blocks__items"))


@dataclass(frozen=True, slots=True)
class _Ties:
    continues: Mapping[int, Sequence[Tie]]
    continued: Mapping[int, Sequence[Tie]]


def _ties(meeting: Meeting) -> _Ties:
    continues: defaultdict[int, list[Tie]] = defaultdict(list)
    continued: defaultdict[int, list[Tie]] = defaultdict(list)
    links = Continuation.objects.filter(later__block__day__meeting=meeting)
    for link in links.select_related("earlier__block__day", "later__block__day"):
        earlier, later = link.earlier, link.later
        continues[later.pk].append(Tie(link, _continues(earlier, later), f"item-{earlier.pk}"))
        if link.undone_at is None:
            continued[earlier.pk].append(Tie(link, _continued(earlier, later), f"item-{later.pk}"))
    return _Ties(continues, continued)


def _continues(earlier: Item, later: Item) -> str:
    values = {"item": item_name(earlier), "day": day_name(earlier.block.day)}
    if earlier.block.day_id == later.block.day_id:
        return _("continues %(item)s") % values
    return _("continues %(item)s of %(day)s") % values


def _continued(earlier: Item, later: Item) -> str:
    values = {"item": item_name(later), "day": day_name(later.block.day), "time": times_in_words(later.block)[:5]}
    if earlier.block.day_id != later.block.day_id:
        return _("continued on %(day)s") % values
    return _("continued at %(time)s") % values if values["time"] else _("continued in %(item)s") % values


def _day(day: Day, guide: Guide, ties: _Ties, today: date) -> ShownDay:
    blocks = [_block(block, day, guide, ties) for block in day.blocks.all()]
    ends = [block.row.ends for block in blocks if block.row.ends]
    return ShownDay(
        day, day_name(day), f"day-{day.order + 1}", f"{ends[-1]:%H:%M}" if ends else "", day.date == today, blocks
    )


def _block(block: Block, day: Day, guide: Guide, ties: _Ties) -> ShownBlock:
    under = children_of(block)

    def show(item: Item, depth: int, above: Where | None) -> ShownItem:
        """Show an item; the room is said once, by the item above."""
        where = guide.where(Matter(item.matter or Matter.OTHER), on=day.date, at=block.starts)
        children = _children(item, under, depth)
        return ShownItem(
            item,
            label_as_printed(item.label),
            None if where and where.is_room and where == above else where,
            ties.continues.get(item.pk, ()),
            ties.continued.get(item.pk, ()),
            [show(child, depth + 1, where) for child in children],
        )

    return ShownBlock(block, times_in_words(block), [show(item, 0, None) for item in under.get(None, [])])


def _children(item: Item, under: Mapping[int | None, Sequence[Item]], depth: int) -> Sequence[Item]:
    if depth < DEEPEST - 1:
        return under.get(item.pk, ())
    return _below(item, under) if depth == DEEPEST - 1 else ()


def _below(item: Item, under: Mapping[int | None, Sequence[Item]]) -> list[Item]:
    """Give everything under an item in reading order, without the depth."""
    found: list[Item] = []
    waiting = list(reversed(under.get(item.pk, ())))
    while waiting:
        found.append(waiting.pop())
        waiting.extend(reversed(under.get(found[-1].pk, ())))
    return found


def _doubt(doubt: Doubt, source: str) -> ShownDoubt:
    words = " ".join(source[doubt.start : doubt.end].split())
    if doubt.item_id:
        anchor = f"item-{doubt.item_id}"
    elif doubt.block_id:
        anchor = f"block-{doubt.block_id}"
    else:
        anchor = f"day-{doubt.day.order + 1}" if doubt.day else ""
    return ShownDoubt(doubt, doubt_in_words(doubt.code, doubt.values, words=words), anchor)
