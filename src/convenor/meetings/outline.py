"""A reading as plain lines for a terminal."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from convenor.meetings.agenda import Block, Day, Item, Kind
from convenor.meetings.reader import Reading
from convenor.meetings.sentences import doubt

INDENT = "  "
Path = tuple[int, ...]


def outline(reading: Reading) -> Iterator[str]:
    """Give the agenda as indented lines, inferred links in brackets."""
    agenda = reading.agenda
    if agenda.title:
        yield shown(agenda.title)
    if agenda.purpose:
        yield shown(agenda.purpose)
    links = {link.target: link.source for link in reading.links}
    for i, day in enumerate(agenda.days):
        yield ""
        yield shown(
            " · ".join(part for part in (day.label, day.date, day.heading, day.place) if part) or _("Undated day")
        )
        for j, block in enumerate(day.blocks):
            yield INDENT + _times(block)
            for k, item in enumerate(block.items):
                yield from _item_lines(item, (i, j, k), agenda.days, links, depth=2)


def doubts(reading: Reading) -> Iterator[str]:
    """Give each doubt as a sentence with the number of its line in the source."""
    for warning in reading.warnings:
        spans = warning.spans
        words = " ".join(reading.source[spans[0].start : spans[0].end].split()) if spans else ""
        sentence = shown(doubt(warning.code.value, warning.values, words=words))
        line = reading.source.count("\n", 0, spans[0].start) + 1 if spans else 0
        yield _("Line %(line)s: %(sentence)s") % {"line": line, "sentence": sentence} if line else sentence


def shown(text: str) -> str:
    """Take out what could command a terminal."""
    return "".join(c for c in text if c.isprintable())


def _item_lines(
    item: Item, path: Path, days: tuple[Day, ...], links: Mapping[Path, Path], *, depth: int
) -> Iterator[str]:
    label = f"{item.label}  " if item.label else ""
    mark = ""
    if path in links:
        earlier, day = _at(days, links[path]), days[links[path][0]]
        name = " ".join(part for part in (day.label or day.date, earlier.label) if part)
        mark = "  [" + _("continues %(name)s") % {"name": name or earlier.title} + "]"
    yield INDENT * depth + shown(f"{label}{item.title}{mark}")
    for k, child in enumerate(item.children):
        yield from _item_lines(child, (*path, k), days, links, depth=depth + 1)


def _at(days: tuple[Day, ...], path: Path) -> Item:
    item = days[path[0]].blocks[path[1]].items[path[2]]
    for k in path[3:]:
        item = item.children[k]
    return item


def _times(block: Block) -> str:
    times = "–".join(part for part in (block.start, block.end) if part) or _("No time printed")
    kind = {Kind.BREAK: _("break"), Kind.SOCIAL: _("social event")}.get(block.kind, "")
    return shown(", ".join(part for part in (times, block.room, kind) if part))
