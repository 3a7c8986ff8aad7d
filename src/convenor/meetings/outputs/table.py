"""The agenda as a table, one row per item, for spreadsheets and for programs that read CSV."""

from collections.abc import Iterator

from convenor.meetings.agenda import Agenda, Block, Day, Item
from convenor.shared.spreadsheets import as_csv

COLUMNS = (
    "day", "date", "start", "end", "zone", "room", "kind", "label", "depth", "title", "minutes", "presenters",
    "documents",
)  # fmt: skip
BETWEEN = "; "


def agenda_csv(agenda: Agenda, *, zone: str) -> str:
    """Write the table; a block without items has a row of its own, so that no time is lost.

    The names of the columns are the same in every language. `zone` is the meeting's; a block that prints another has
    that. `depth` is 0 at the top.
    """
    return as_csv(COLUMNS, _rows(agenda, zone))


def _rows(agenda: Agenda, zone: str) -> Iterator[tuple[str, ...]]:
    for number, day in enumerate(agenda.days, start=1):
        for block in day.blocks:
            times = _times(day, number, block, zone)
            items = list(_under(block.items, 0))
            if not items:
                yield (*times, "", "", "", "", "", "")
            for item, depth in items:
                yield (*times, *_item(item, depth))


def _times(day: Day, number: int, block: Block, zone: str) -> tuple[str, ...]:
    name = ": ".join(part for part in (day.label or str(number), day.heading) if part)
    room = block.room or day.place or ""
    return name, day.date or "", block.start or "", block.end or "", block.zone or zone, room, block.kind.value


def _under(items: tuple[Item, ...], depth: int) -> Iterator[tuple[Item, int]]:
    for item in items:
        yield item, depth
        yield from _under(item.children, depth + 1)


def _item(item: Item, depth: int) -> tuple[str, ...]:
    minutes = "" if item.minutes is None else str(item.minutes)
    people, papers = (BETWEEN.join(words) for words in (item.presenters, item.documents))
    return item.label or "", str(depth), item.title, minutes, people, papers
