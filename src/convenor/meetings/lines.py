"""An agenda as the lines of a page on which it is read, corrected or edited."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from convenor.meetings import agenda as plain
from convenor.meetings.agenda.edits.fields import SECRET
from convenor.meetings.agenda.ends import Over, ending, taken
from convenor.meetings.corrections.sentences import FIELD_NAMES, day_in_words
from convenor.meetings.reader import Link
from convenor.meetings.storing import AUDIENCES, Path
from convenor.meetings.wording import label_as_printed
from convenor.shared.languages.lists import listed

DEEPEST = 4  # levels of items shown one inside the other; what is deeper stands at the last of them


@dataclass(frozen=True, slots=True)
class Point:
    """An open doubt: its number, its sentence, the anchors of its place in both columns, and how it can be answered."""

    number: int
    sentence: str
    source: str
    anchor: str
    code: str
    key: str
    answers: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ReadItem:
    """An item as it stands."""

    key: str
    label: str
    title: str
    minutes: int | None
    facts: Sequence[str]
    points: Sequence[Point]
    continues: str
    earlier: str
    unlinked: int
    children: Sequence["ReadItem"]


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """A block as it stands: what of it is `fixed`, and by how much its items are `over` its time."""

    key: str
    times: str
    room: str
    is_pause: bool
    is_continued: bool
    fixed: str
    over: str
    points: Sequence[Point]
    items: Sequence[ReadItem]


@dataclass(frozen=True, slots=True)
class ReadDay:
    """A day as it stands: `ends` as printed, `counted` by its minutes where that is another time."""

    key: str
    name: str
    date: date | None
    place: str
    audience: str
    ends: str
    counted: str
    facts: Sequence[str]
    points: Sequence[Point]
    blocks: Sequence[ReadBlock]


@dataclass(frozen=True, slots=True)
class Lines:
    """Turns the parts of an agenda into what the page shows, with what is known of each path.

    `undone` holds the corrections that undid a link, by the key of the item that no longer continues another.
    """

    days: Sequence[plain.Day]
    points: Mapping[Path, Sequence[Point]] = field(default_factory=dict)
    links: Mapping[Path, Link] = field(default_factory=dict)
    undone: Mapping[str, int] = field(default_factory=dict)

    def all(self) -> list[ReadDay]:
        """Give every day."""
        return [self.day(i, day) for i, day in enumerate(self.days)]

    def day(self, i: int, day: plain.Day) -> ReadDay:
        """Give a day."""
        ends = ending(day)
        over = {one.key: one for one in ends.over}
        parts = [part for part in (day.label, day.heading) if part]
        return ReadDay(
            key=day.key,
            name=": ".join(parts) or _("Day %(number)s") % {"number": i + 1},
            date=date.fromisoformat(day.date) if day.date else None,
            place=day.place or "",
            audience=str(AUDIENCES[day.audience].label) if day.audience else "",
            points=self.points.get((i,), ()),
            ends=ends.printed or ends.counted or "",
            counted=ends.counted if ends.printed and ends.counted and ends.counted != ends.printed else "",
            facts=day_facts(day),
            blocks=[self.block((i, j), block, over.get(block.key)) for j, block in enumerate(day.blocks)],
        )

    def block(self, path: Path, block: plain.Block, over: Over | None = None) -> ReadBlock:
        """Give a block."""
        return ReadBlock(
            key=block.key,
            times="–".join(part for part in (block.start, block.end) if part),
            room=block.room or "",
            is_pause=block.kind is not plain.Kind.ITEMS,
            is_continued=block.continued,
            fixed=fixed(block),
            over=over_in_words(over) if over else "",
            points=self.points.get(path, ()),
            items=[self.item((*path, k), item, 1) for k, item in enumerate(block.items)],
        )

    def item(self, path: Path, item: plain.Item, depth: int) -> ReadItem:
        """Give an item with those under it."""
        link = self.links.get(path)
        return ReadItem(
            key=item.key,
            label=label_as_printed(item.label or ""),
            title=item.title,
            minutes=item.minutes,
            facts=item_facts(item),
            points=self.points.get(path, ()),
            continues=self.name(link.source) if link else "",
            earlier=self.at(link.source).key if link else "",
            unlinked=self.undone.get(item.key, 0) if link else 0,
            children=[self.item(child, self.at(child), depth + 1) for child in _children(path, item, depth)],
        )

    def at(self, path: Path) -> plain.Item:
        """Give the item at a path."""
        item = self.days[path[0]].blocks[path[1]].items[path[2]]
        for k in path[3:]:
            item = item.children[k]
        return item

    def name(self, path: Path) -> str:
        """Say that an item continues the one at a path."""
        item, day = self.at(path), self.days[path[0]]
        values = {
            "label": item.label,
            "title": item.title[:60],
            "day": day_in_words(day.label or day.date or path[0] + 1),
        }
        if item.label:
            return _("continues item %(label)s (%(day)s)") % values
        return _("continues “%(title)s” (%(day)s)") % values


def _children(path: Path, item: plain.Item, depth: int) -> list[Path]:
    if depth < DEEPEST:
        return [(*path, k) for k in range(len(item.children))]
    return list(_below(path, item)) if depth == DEEPEST else []


def _below(path: Path, item: plain.Item) -> Iterator[Path]:
    """Give the paths of everything under an item, in reading order."""
    waiting = [((*path, k), child) for k, child in reversed(list(enumerate(item.children)))]
    while waiting:
        at, child = waiting.pop()
        yield at
        waiting.extend(((*at, k), one) for k, one in reversed(list(enumerate(child.children))))


def day_facts(day: plain.Day) -> list[str]:
    """Say what else a day has; of a call link only that there is one."""
    said = {"webcast": day.webcast or "", "call": day.call or "", "languages": listed(day.languages)}
    return [
        _("%(field)s: %(value)s") % {"field": FIELD_NAMES[name], "value": _("yes") if name in SECRET else value}
        for name, value in said.items()
        if value
    ]


def item_facts(item: plain.Item) -> list[str]:
    """Say who presents an item, when guests can be there, what it is about, and how long its line-up takes."""
    facts = [listed(name for name in item.presenters if name not in item.title), *item.arrivals]
    facts += [*item.links, *item.documents]
    if item.children and (minutes := taken(item.children)) is not None:
        whole = {"takes": minutes, "has": item.minutes}
        facts.append(
            _("%(takes)s min together") % whole if item.minutes is None else _("%(takes)s of %(has)s min") % whole
        )
    return [fact for fact in facts if fact]


def fixed(block: plain.Block) -> str:
    """Say what of a block does not move."""
    if block.pinned_start and block.pinned_end:
        return _("fixed")
    if block.pinned_start:
        return _("fixed start")
    return _("fixed end") if block.pinned_end else ""


def over_in_words(over: Over) -> str:
    """Say by how much the items of a block take longer than it is."""
    return _("its items take %(takes)s of %(has)s min") % {"takes": over.takes, "has": over.has}
