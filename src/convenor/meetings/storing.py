"""An agenda as rows: what the reader understood goes in, the same agenda comes out again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time

from convenor.meetings import agenda as plain
from convenor.meetings.corrections.corrected import Corrected
from convenor.meetings.matters import Matter
from convenor.meetings.models import Block, Continuation, Day, Doubt, Item, Meeting
from convenor.meetings.reader import Link, Reading
from convenor.meetings.syncing import AUDIENCES, Path, Rows, as_stored, cut, key_of, sync
from convenor.people.models import Person

__all__ = ["AUDIENCES", "Path", "Rows", "agenda_of", "as_stored", "children_of", "key_of", "store", "sync", "words_of"]


def store(meeting: Meeting, state: Corrected, *, by: Person, at: datetime) -> Rows:
    """Write what was read and corrected: days, blocks, items, links and doubts, with what a person said of them."""
    rows = sync(meeting, state.reading.agenda)
    store_links(state.reading.links, state, rows, by=by, at=at)
    Doubt.objects.bulk_create(doubt_rows(meeting, state, rows, by=by, at=at))
    return rows


def store_links(links: Iterable[Link], state: Corrected, rows: Rows, *, by: Person, at: datetime) -> None:
    """Write links between items; those that a person undid are undone."""
    made: dict[tuple[Path, Path], Continuation] = {}
    for link in links:
        earlier, later = rows.items[link.source], rows.items[link.target]
        words = cut(" … ".join(words_of(state.reading, link.spans)), 300)
        undone = {"undone_at": at, "undone_by": by} if link.target in state.unlinked else {}
        made[link.source, link.target] = Continuation(earlier=earlier, later=later, words=words, **undone)
        if later.matter == Matter.OTHER and not undone:
            later.matter = earlier.matter
    Continuation.objects.bulk_create(made.values())
    Item.objects.bulk_update([link.later for link in made.values()], ["matter"])


def doubt_rows(meeting: Meeting, state: Corrected, rows: Rows, *, by: Person, at: datetime) -> list[Doubt]:
    """Make the rows of what is doubtful, settled where a person left it as printed; nothing is written."""
    return [
        Doubt(
            meeting=meeting,
            code=doubt.code.value,
            values=dict(doubt.values),
            day=rows.days.get(doubt.path[:1]),
            block=rows.blocks.get(doubt.path[:2]),
            item=rows.items.get(doubt.path),
            start=doubt.spans[0].start if doubt.spans else 0,
            end=doubt.spans[0].end if doubt.spans else 0,
            **({"settled_at": at, "settled_by": by} if doubt in state.settled else {}),
        )
        for doubt in state.reading.warnings
    ]


def words_of(reading: Reading, spans: Iterable[plain.Span]) -> list[str]:
    """Give the printed words of spans, white space collapsed."""
    return [" ".join(reading.source[span.start : span.end].split()) for span in spans]


def agenda_of(meeting: Meeting, days: Sequence[Day]) -> plain.Agenda:
    """Rebuild the agenda from its rows, with their keys; `days` come with their blocks and all items of each block."""
    return plain.Agenda(title=meeting.title, purpose=meeting.purpose or None, days=tuple(map(_plain_day, days)))


def _plain_day(day: Day) -> plain.Day:
    blocks = tuple(
        plain.Block(
            start=_clock(block.starts),
            end=_clock(block.ends),
            kind=plain.Kind(block.kind),
            room=block.room or None,
            zone=block.zone or None,
            continued=block.is_marked_continued,
            items=_plain_items(block),
            pinned_start=block.pinned_start,
            pinned_end=block.pinned_end,
            key=key_of(block),
        )
        for block in day.blocks.all()
    )
    return plain.Day(
        date=day.date.isoformat() if day.date else None,
        label=day.label or None,
        heading=day.heading or None,
        place=day.place or None,
        audience=_AUDIENCES_BACK.get(day.audience),
        webcast=day.webcast or None,
        call=day.call or None,
        languages=tuple(day.languages),
        blocks=blocks,
        key=key_of(day),
    )


def _plain_items(block: Block) -> tuple[plain.Item, ...]:
    under = children_of(block)

    def build(parent: int | None) -> tuple[plain.Item, ...]:
        return tuple(
            plain.Item(
                item.label or None,
                item.title,
                item.minutes,
                build(item.pk),
                presenters=tuple(item.presenters),
                documents=tuple(item.documents),
                arrivals=tuple(item.arrivals),
                links=tuple(item.links),
                key=key_of(item),
            )
            for item in under.get(parent, ())
        )

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
