"""What the page of a handed-in agenda shows: the marked source beside the agenda as understood, and the open points."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from convenor.meetings import agenda as plain
from convenor.meetings.marks import marked
from convenor.meetings.reader import Doubt, Link, Reading
from convenor.meetings.sentences import doubt
from convenor.meetings.storing import AUDIENCES, Path, words_of
from convenor.meetings.wording import label_as_printed

DEEPEST = 4  # levels of items shown one inside the other; what is deeper stands at the last of them


@dataclass(frozen=True, slots=True)
class Point:
    """A doubt: its number, its sentence, and the anchors of its place in both columns, empty where there is none."""

    number: int
    sentence: str
    source: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ReadItem:
    """An item as understood."""

    anchor: str
    label: str
    title: str
    points: Sequence[Point]
    continues: str
    earlier: str
    children: Sequence["ReadItem"]


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """A block as understood."""

    anchor: str
    times: str
    room: str
    is_pause: bool
    points: Sequence[Point]
    items: Sequence[ReadItem]


@dataclass(frozen=True, slots=True)
class ReadDay:
    """A day as understood."""

    anchor: str
    name: str
    date: date | None
    place: str
    audience: str
    points: Sequence[Point]
    blocks: Sequence[ReadBlock]


@dataclass(frozen=True, slots=True)
class DraftPage:
    """Everything the page shows of a reading."""

    title: str
    purpose: str
    source: SafeString
    finding: str
    points: Sequence[Point]
    days: Sequence[ReadDay]
    has_items: bool


def draft_page(reading: Reading) -> DraftPage:
    """Gather the page."""
    agenda = reading.agenda
    points = [_point(number, warning, reading) for number, warning in enumerate(reading.warnings, start=1)]
    by_path: defaultdict[Path, list[Point]] = defaultdict(list)
    for warning, point in zip(reading.warnings, points, strict=True):
        by_path[warning.path].append(point)
    view = _View(by_path, {link.target: link for link in reading.links}, agenda.days)
    return DraftPage(
        title=agenda.title or "",
        purpose=agenda.purpose or "",
        source=marked(reading),
        finding=_finding(agenda),
        points=points,
        days=[view.day(i, day) for i, day in enumerate(agenda.days)],
        has_items=any(block.items for day in agenda.days for block in day.blocks),
    )


@dataclass(frozen=True, slots=True)
class _View:
    """Turns the parts of an agenda into what the page shows, with what is known of each path."""

    points: Mapping[Path, Sequence[Point]]
    links: Mapping[Path, Link]
    days: Sequence[plain.Day]

    def day(self, i: int, day: plain.Day) -> ReadDay:
        parts = [part for part in (day.label, day.heading) if part]
        return ReadDay(
            anchor=_anchor((i,)),
            name=": ".join(parts) or _("Day %(number)s") % {"number": i + 1},
            date=date.fromisoformat(day.date) if day.date else None,
            place=day.place or "",
            audience=str(AUDIENCES[day.audience].label) if day.audience else "",
            points=self.points.get((i,), ()),
            blocks=[self.block((i, j), block) for j, block in enumerate(day.blocks)],
        )

    def block(self, path: Path, block: plain.Block) -> ReadBlock:
        return ReadBlock(
            anchor=_anchor(path),
            times="–".join(part for part in (block.start, block.end) if part),
            room=block.room or "",
            is_pause=block.kind is not plain.Kind.ITEMS,
            points=self.points.get(path, ()),
            items=[self.item((*path, k), item, 1) for k, item in enumerate(block.items)],
        )

    def item(self, path: Path, item: plain.Item, depth: int) -> ReadItem:
        link = self.links.get(path)
        return ReadItem(
            anchor=_anchor(path),
            label=label_as_printed(item.label or ""),
            title=item.title,
            points=self.points.get(path, ()),
            continues=self.name(link.source) if link else "",
            earlier=_anchor(link.source) if link else "",
            children=[self.item(child, self.at(child), depth + 1) for child in _children(path, item, depth)],
        )

    def at(self, path: Path) -> plain.Item:
        item = self.days[path[0]].blocks[path[1]].items[path[2]]
        for k in path[3:]:
            item = item.children[k]
        return item

    def name(self, path: Path) -> str:
        item, day = self.at(path), self.days[path[0]]
        values = {"label": item.label, "title": item.title[:60], "day": day.label or day.date or path[0] + 1}
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


def _point(number: int, warning: Doubt, reading: Reading) -> Point:
    words = next(iter(words_of(reading, warning.spans)), "")
    return Point(
        number,
        doubt(warning.code.value, warning.values, words=words),
        f"s{number}" if warning.spans else "",
        _anchor(warning.path) if warning.path else "",
    )


def _anchor(path: Path) -> str:
    return "at-" + "-".join(map(str, path))


def _finding(agenda: plain.Agenda) -> str:
    """Say how much was recognised."""
    blocks = [block for day in agenda.days for block in day.blocks]
    items = sum(len(list(item.walk())) for block in blocks if block.kind is plain.Kind.ITEMS for item in block.items)
    pauses = sum(block.kind is not plain.Kind.ITEMS for block in blocks)
    counts = (
        ngettext("%(count)s day", "%(count)s days", len(agenda.days)) % {"count": len(agenda.days)},
        ngettext("%(count)s item", "%(count)s items", items) % {"count": items},
        ngettext("%(count)s break", "%(count)s breaks", pauses) % {"count": pauses},
    )
    return _("Recognised: %(counts)s.") % {"counts": ", ".join(counts)}
