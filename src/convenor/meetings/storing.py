"""An agenda as rows: what the reader understood goes in, the same agenda comes out again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from convenor.meetings import agenda as plain
from convenor.meetings.matters import Matter, matter_of
from convenor.meetings.models import Audience, Block, Continuation, Day, Doubt, Item, Meeting
from convenor.meetings.reader import Reading

Path = tuple[int, ...]
AUDIENCES: Mapping[plain.Audience, Audience] = {
    plain.Audience.OPEN: Audience.OPEN,
    plain.Audience.MEMBERS_OBSERVERS: Audience.MEMBERS_OBSERVERS,
    plain.Audience.MEMBERS: Audience.MEMBERS,
}


@dataclass(slots=True)
class Rows:
    """The rows of one agenda by their path in it: (day), (day, block), (day, block, item, child …)."""

    days: dict[Path, Day] = field(default_factory=dict)
    blocks: dict[Path, Block] = field(default_factory=dict)
    items: dict[Path, Item] = field(default_factory=dict)


def store(meeting: Meeting, reading: Reading) -> Rows:
    """Write the days, blocks, items, links and doubts of a reading; four queries and one per depth of items."""
    rows = Rows()
    _store_days(meeting, reading.agenda, rows)
    _store_items(reading.agenda, rows)
    _store_links(reading, rows)
    _store_doubts(meeting, reading, rows)
    return rows


def _store_days(meeting: Meeting, agenda: plain.Agenda, rows: Rows) -> None:
    for i, day in enumerate(agenda.days):
        rows.days[i,] = Day(
            meeting=meeting,
            order=i,
            date=date.fromisoformat(day.date) if day.date else None,
            label=_cut(day.label, 60),
            heading=_cut(day.heading, 300),
            place=_cut(day.place, 300),
            audience=AUDIENCES[day.audience] if day.audience else "",
        )
        for j, block in enumerate(day.blocks):
            rows.blocks[i, j] = Block(
                day=rows.days[i,],
                order=j,
                starts=_time(block.start),
                ends=_time(block.end),
                kind=block.kind.value,
                room=_cut(block.room, 300),
                is_marked_continued=block.continued,
            )
    Day.objects.bulk_create(rows.days.values())
    Block.objects.bulk_create(rows.blocks.values())


def _store_items(agenda: plain.Agenda, rows: Rows) -> None:
    """Write one depth after the other, so that children know the keys of their parents."""
    layer: list[tuple[Path, tuple[plain.Item, ...]]] = [
        ((i, j), block.items) for i, day in enumerate(agenda.days) for j, block in enumerate(day.blocks)
    ]
    while layer:
        made: dict[Path, Item] = {}
        following: list[tuple[Path, tuple[plain.Item, ...]]] = []
        for path, items in layer:
            day, block = agenda.days[path[0]], rows.blocks[path[:2]]
            parent = rows.items.get(path)
            for k, item in enumerate(items):
                made[*path, k] = Item(
                    block=block,
                    parent=parent,
                    order=k,
                    label=_cut(item.label, 20),
                    title=item.title,
                    minutes=item.minutes,
                    matter=_matter(item, day.heading or "", block, parent),
                )
                following.append(((*path, k), item.children))
        Item.objects.bulk_create(made.values())
        rows.items.update(made)
        layer = [(path, items) for path, items in following if items]


def _matter(item: plain.Item, heading: str, block: Block, parent: Item | None) -> Matter:
    if block.kind != plain.Kind.ITEMS:
        return Matter.BREAK
    matter = matter_of(item.title, heading)
    return Matter(parent.matter) if matter is Matter.OTHER and parent else matter


def _store_links(reading: Reading, rows: Rows) -> None:
    links: dict[tuple[Path, Path], Continuation] = {}
    for link in reading.links:
        earlier, later = rows.items[link.source], rows.items[link.target]
        words = _cut(" … ".join(words_of(reading, link.spans)), 300)
        links[link.source, link.target] = Continuation(earlier=earlier, later=later, words=words)
        if later.matter == Matter.OTHER:
            later.matter = earlier.matter
    Continuation.objects.bulk_create(links.values())
    Item.objects.bulk_update([link.later for link in links.values()], ["matter"])


def _store_doubts(meeting: Meeting, reading: Reading, rows: Rows) -> None:
    Doubt.objects.bulk_create(
        Doubt(
            meeting=meeting,
            code=warning.code.value,
            values=dict(warning.values),
            day=rows.days.get(warning.path[:1]),
            block=rows.blocks.get(warning.path[:2]),
            item=rows.items.get(warning.path),
            start=warning.spans[0].start if warning.spans else 0,
            end=warning.spans[0].end if warning.spans else 0,
        )
        for warning in reading.warnings
    )


def words_of(reading: Reading, spans: Iterable[plain.Span]) -> list[str]:
    """Give the printed words of spans, white space collapsed."""
    return [" ".join(reading.source[span.start : span.end].split()) for span in spans]


def agenda_of(meeting: Meeting, days: Sequence[Day]) -> plain.Agenda:
    """Rebuild the agenda from its rows; `days` come with their blocks and all items of each block."""
    return plain.Agenda(title=meeting.title, purpose=meeting.purpose or None, days=tuple(map(_plain_day, days)))


def _plain_day(day: Day) -> plain.Day:
    blocks = tuple(
        plain.Block(
            start=_clock(block.starts),
            end=_clock(block.ends),
            kind=plain.Kind(block.kind),
            room=block.room or None,
            continued=block.is_marked_continued,
            items=_plain_items(block),
        )
        for block in day.blocks.all()
    )
    return plain.Day(
        date=day.date.isoformat() if day.date else None,
        label=day.label or None,
        heading=day.heading or None,
        place=day.place or None,
        audience=_AUDIENCES_BACK.get(day.audience),
        blocks=blocks,
    )


def _plain_items(block: Block) -> tuple[plain.Item, ...]:
    under = children_of(block)

    def build(parent: int | None) -> tuple[plain.Item, ...]:
        return tuple(plain.Item(i.label or None, i.title, i.minutes, build(i.pk)) for i in under.get(parent, ()))

    return build(None)


def children_of(block: Block) -> dict[int | None, list[Item]]:
    """Group a block's items by the key of their parent, None for those at the top."""
    under: defaultdict[int | None, list[Item]] = defaultdict(list)
    for item in block.items.all():
        under[item.parent_id].append(item)
    return dict(under)


_AUDIENCES_BACK: Mapping[str, plain.Audience] = {str(row): audience for audience, row in AUDIENCES.items()}


def _clock(value: time | None) -> str | None:
    return f"{value:%H:%M}" if value else None


def _time(value: str | None) -> time | None:
    """Parse a printed time; midnight at the end of a day is 00:00, as clocks show it."""
    return time.fromisoformat("00:00" if value == "24:00" else value) if value else None


def _cut(value: str | None, limit: int) -> str:
    """Keep a printed word within its column; the source keeps it whole."""
    value = value or ""
    return value if len(value) <= limit else f"{value[: limit - 1]}…"
