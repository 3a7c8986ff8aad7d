"""What the agenda page shows: days, blocks and items with where each is done and what continues what.

The number of queries depends on the kinds of matter in the agenda, not on its length.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from convenor.meetings.agenda_times import Again, AgendaTimes, BlockSaid, DaySaid, ItemSaid
from convenor.meetings.editor.history import History, history_of
from convenor.meetings.linking import Shown, shown_links
from convenor.meetings.matters import Matter
from convenor.meetings.models import Block, BlockKind, Continuation, Day, Doubt, Item, Meeting
from convenor.meetings.places import Guide, Where
from convenor.meetings.sentences import doubt as doubt_in_words
from convenor.meetings.storing import children_of, key_of
from convenor.meetings.timing import timing_of
from convenor.meetings.wording import day_name, item_name, label_as_printed, times_in_words
from convenor.shared.languages.days import date_format

DEEPEST = 4  # levels of items shown one inside the other; what is deeper stands at the last of them


@dataclass(frozen=True, slots=True)
class Tie:
    """One end of a continuation: what it says, and the anchor of the other end."""

    link: Continuation
    sentence: str
    anchor: str


ADOPTS = frozenset({Matter.PROPOSALS, Matter.EVALUATION, Matter.SELECTION, Matter.ADOPTION, Matter.MAIN_SESSIONS})


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item as the page shows it."""

    row: Item
    said: ItemSaid
    label: str
    came: str
    links: Sequence[Shown]
    where: Where | None
    continues: Sequence[Tie]
    continued: Sequence[Tie]
    children: Sequence["ShownItem"]

    @property
    def key(self) -> str:
        """By which the editor knows it."""
        return key_of(self.row)

    @property
    def may_adopt(self) -> bool:
        """Whether rules or a selection are likely to be adopted under it."""
        return self.row.matter in ADOPTS


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block as the page shows it."""

    row: Block
    times: str
    said: BlockSaid
    items: Sequence[ShownItem]
    behind: Sequence["ShownAgain"]

    @property
    def is_pause(self) -> bool:
        """Whether nothing is debated in it."""
        return self.row.kind != BlockKind.ITEMS


@dataclass(frozen=True, slots=True)
class ShownAgain:
    """An item that comes again where nobody planned it."""

    row: Item
    label: str
    said: BlockSaid
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class ShownDay:
    """A day as the page shows it; `first` is what comes before its blocks."""

    row: Day
    said: DaySaid
    first: Sequence[ShownAgain]
    name: str
    anchor: str
    ends: str
    is_today: bool
    blocks: Sequence[ShownBlock]

    @property
    def key(self) -> str:
        """By which the log knows it."""
        return key_of(self.row)


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
    history: History
    times: AgendaTimes | None = None
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
    def has_versions(self) -> bool:
        """Whether everybody may see a version."""
        return bool(self.history.seen_by(keeps=False))

    @property
    def status(self) -> str:
        """Say how far the agenda has come, by the last version that everybody may see."""
        seen = self.history.seen_by(keeps=False)
        if not seen:
            return _("Draft, as read from the document.") if self.meeting.source else _("Draft.")
        last = seen[-1]
        values = {"state": last.get_state_display(), "number": last.number, "date": _date(last.made_at)}
        return _("%(state)s on %(date)s as version %(number)s.") % values

    @property
    def open_doubts(self) -> int:
        """How many doubts nobody has settled."""
        return sum(doubt.row.settled_at is None for doubt in self.doubts)


def agenda_page(meeting: Meeting, guide: Guide, *, now: datetime) -> AgendaPage:
    """Gather the page; `now` decides which day is today, where the year does not stand still as an example does."""
    today = meeting.cycle.moment(now).astimezone(ZoneInfo(meeting.zone)).date()
    days, history = days_of(meeting), history_of(meeting)
    lines = [line for day in days for block in day.blocks.all() for item in block.items.all() for line in item.links]
    links = _links(meeting, days)
    pairs = [(key_of(one.earlier), key_of(one.later)) for one in links if one.undone_at is None]
    timing = timing_of(meeting, days, links=pairs, now=now)
    times = AgendaTimes.of_days(timing, days) if timing else None
    known = _Known(guide, _ties(links), history, shown_links(lines, meeting.cycle), times, *_places(days))
    page = AgendaPage(meeting, guide, history, times)
    page.days = [_day(day, known, today) for day in days]
    page.doubts = [_doubt(doubt, meeting.source) for doubt in meeting.doubts.select_related("day")]
    return page


def days_of(meeting: Meeting) -> list[Day]:
    """Load the days with their blocks and items, in three queries."""
    return list(meeting.days.prefetch_related("blocks__items"))


@dataclass(frozen=True, slots=True)
class _Ties:
    continues: Mapping[int, Sequence[Tie]]
    continued: Mapping[int, Sequence[Tie]]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of all items."""

    guide: Guide
    ties: _Ties
    history: History
    links: Mapping[str, Shown]
    times: AgendaTimes | None
    items: Mapping[str, Item]
    under: Mapping[int | None, Sequence[Item]]

    def tops(self, block: Block) -> list[Item]:
        """Give the items of a block in the order in which they are to be taken."""
        own = [item for item in block.items.all() if item.parent_id is None]
        if self.times is None or not self.times.timing.moved or block.kind != BlockKind.ITEMS:
            return own
        return [self.items[key] for key in self.times.timing.order.get(key_of(block), map(key_of, own))]


def _places(days: Sequence[Day]) -> tuple[Mapping[str, Item], Mapping[int | None, Sequence[Item]]]:
    """Give all items by key, and those under each."""
    under: dict[int | None, Sequence[Item]] = {}
    for block in (block for day in days for block in day.blocks.all()):
        under.update(children_of(block))
    return {key_of(item): item for day in days for block in day.blocks.all() for item in block.items.all()}, under


def _links(meeting: Meeting, days: Sequence[Day]) -> list[Continuation]:
    """Load what continues what; their items are those of the days, which are there already."""
    items = {item.pk: item for day in days for block in day.blocks.all() for item in block.items.all()}
    links = list(Continuation.objects.filter(later__block__day__meeting=meeting))
    for link in links:
        link.earlier, link.later = items[link.earlier_id], items[link.later_id]
    return links


def _ties(links: Sequence[Continuation]) -> _Ties:
    continues: defaultdict[int, list[Tie]] = defaultdict(list)
    continued: defaultdict[int, list[Tie]] = defaultdict(list)
    for link in links:
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


def _date(at: datetime) -> str:
    return date_format(localtime(at).date(), _("j F Y"))


def _day(day: Day, known: _Known, today: date) -> ShownDay:
    said = DaySaid()
    times: Mapping[str, BlockSaid] = {}
    again: Mapping[str, Sequence[Again]] = {}
    rows = list(day.blocks.all())
    if known.times is not None:
        said = known.times.day(key_of(day), day.date)
        times, again = known.times.blocks(key_of(day), rows)
    blocks = [
        _block(row, known, times.get(key_of(row), BlockSaid()), _again(again.get(key_of(row), ()), known))
        for row in rows
    ]
    ends = [row.ends for row in rows if row.ends]
    return ShownDay(
        day,
        said,
        _again(again.get("", ()), known),
        day_name(day),
        f"day-{day.order + 1}",
        f"{ends[-1]:%H:%M}" if ends else "",
        day.date == today,
        blocks,
    )


def _again(found: Iterable[Again], known: _Known) -> list[ShownAgain]:
    rows = ((known.items.get(one.key), one) for one in found)
    return [ShownAgain(row, label_as_printed(row.label), one.times, one.notes) for row, one in rows if row]


def _block(block: Block, known: _Known, said: BlockSaid, behind: Sequence[ShownAgain]) -> ShownBlock:
    times = known.times

    def show(item: Item, depth: int, above: Where | None, said: ItemSaid) -> ShownItem:
        """Show an item; a page is named once, by the item above."""
        where = known.guide.where(Matter(item.matter or Matter.OTHER))
        inside = [
            show(child, depth + 1, where or above, times.part(child, said) if times else ItemSaid())
            for child in _children(item, known.under, depth)
        ]
        return ShownItem(
            item,
            said,
            label_as_printed(item.label),
            str(known.history.came_as(item.since)),
            [known.links[line] for line in item.links],
            None if where == above else where,
            known.ties.continues.get(item.pk, ()),
            known.ties.continued.get(item.pk, ()),
            inside,
        )

    items = [show(item, 0, None, times.item(item) if times else ItemSaid()) for item in known.tops(block)]
    return ShownBlock(block, times_in_words(block), said, items, behind)


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
