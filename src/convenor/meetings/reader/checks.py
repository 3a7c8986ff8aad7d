"""Fifth stage: what is doubtful in an agenda that was read."""

import re
from collections.abc import Iterator, Sequence

from convenor.meetings.agenda import Agenda, Block, Day, Item, Kind, Span
from convenor.meetings.reader.dates import dates_in, weekday_at
from convenor.meetings.reader.days import weekday_number
from convenor.meetings.reader.labels import LOWER, NUMBER, sense
from convenor.meetings.reader.links import Link
from convenor.meetings.reader.runs import Run, said
from convenor.meetings.reader.warnings import Code, Doubt, Path

SERIES = 2
_DANGLING = re.compile(
    r"\b(and|or|the|of|for|with|et|ou|und|oder|y|de|du|des|del|della|para|von|der|die|das|zu|con|per|mit)\s*$"
)
_BELOW = re.compile(r"below|to be|ci-dessous|à suivre|abajo|abaixo|unten|sotto", re.I)


def check(agenda: Agenda, links: Sequence[Link], source: str, *, afternoon: Sequence[Path] = ()) -> tuple[Doubt, ...]:
    """Return every doubt about the agenda, in reading order of what it concerns.

    `afternoon` names the blocks (day, block) whose times were read on a 12-hour clock.
    """
    found = list(_numbers(agenda))
    for path in afternoon:
        block = agenda.days[path[0]].blocks[path[1]]
        values = {"start": block.start or "", "end": block.end or ""}
        found.append(Doubt(Code.CLOCK_OF_TWELVE, path, block.spans.get("start", ()), values))
    for at, day in enumerate(agenda.days):
        found += _date(day, at, source)
        found += _times(day, at)
        found += _marks(agenda, at, links, source)
        for path, item in _items(day, at):
            found += _title(item, path, source)
            found += _series(item.children, path)
    if not any(block.items for day in agenda.days for block in day.blocks):
        found.append(Doubt(Code.NOTHING_FOUND, ()))
    return tuple(sorted(found, key=lambda one: (one.path, one.code)))


def _items(day: Day, at: int) -> Iterator[tuple[Path, Item]]:
    for block, time in enumerate(day.blocks):
        waiting: list[tuple[Path, Item]] = [
            ((at, block, place), item) for place, item in reversed(list(enumerate(time.items)))
        ]
        while waiting:
            path, item = waiting.pop()
            yield path, item
            waiting += [((*path, place), child) for place, child in reversed(list(enumerate(item.children)))]


def _title(item: Item, path: Path, source: str) -> Iterator[Doubt]:
    spans = item.spans.get("title", ())
    run = Run("".join(source[span.start : span.end] for span in spans), spans)
    if match := _DANGLING.search(run.text):
        yield Doubt(Code.DANGLING_WORD, path, run.cut(*match.span(1)).spans, {"word": match[1]})


# ---- labels


def _order(label: str | None) -> int | None:
    kind, order = sense(label) if label and label.isalnum() else ("", ())
    return order[0] if kind == NUMBER and len(order) == 1 else None


def _numbers(agenda: Agenda) -> Iterator[Doubt]:
    """Follow the numbers of the top items day by day; a day goes on counting or starts anew."""
    last_of_day = 0
    labels = [item.label for day in agenda.days for block in day.blocks for item in block.items if item.label]
    if len(labels) > SERIES and set(labels) == {"1"}:
        return
    for at, day in enumerate(agenda.days):
        last, waiting = 0, list[tuple[Path, Item]]()
        for path, item in _top_items(day, at):
            number = _order(item.label)
            if number is None:
                waiting += [(path, item)] if item.label is None else []
                continue
            if not last and number == last_of_day + 1 > 1:
                last = last_of_day
            yield from _gap(last, number, path, item, waiting)
            last, waiting = number, []
        last_of_day = last


def _top_items(day: Day, at: int) -> Iterator[tuple[Path, Item]]:
    for block, time in enumerate(day.blocks):
        if time.kind is Kind.ITEMS:
            yield from (((at, block, place), item) for place, item in enumerate(time.items))


def _gap(last: int, number: int, path: Path, item: Item, waiting: list[tuple[Path, Item]]) -> Iterator[Doubt]:
    lost = number - last - 1
    if lost > 0 and len(waiting) == lost:
        for shift, (place, unlabelled) in enumerate(waiting, start=1):
            values = {"missing": str(last + shift), "next": str(number)}
            yield Doubt(Code.LOST_LABEL, place, unlabelled.spans.get("title", ()), values)
    elif lost > 0:
        values = {"before": str(last), "after": str(number)} if last else {"after": str(number)}
        yield Doubt(Code.LABEL_SKIPPED, path, item.spans.get("label", ()), values)
    elif number == last:
        yield Doubt(Code.LABEL_REPEATED, path, item.spans.get("label", ()), {"label": item.label or ""})


def _series(items: Sequence[Item], path: Path) -> Iterator[Doubt]:
    """Find a label printed twice in a row among sub-items; a list whose every number is "1." is none."""
    labels = [item.label for item in items]
    if len(labels) > 1 and set(labels) == {"1"}:
        return
    for place in range(1, len(items)):
        label = labels[place]
        if label and label == labels[place - 1] and label.isalnum() and sense(label)[0] in (NUMBER, LOWER):
            spans = items[place].spans.get("label", ())
            yield Doubt(Code.LABEL_REPEATED, (*path, place), spans, {"label": label})


# ---- dates and times


def _date(day: Day, at: int, source: str) -> Iterator[Doubt]:
    """Doubt a date that does not exist, or that falls on another weekday than the one printed with it."""
    spans = day.spans.get("date", ())
    printed = said(source, spans)
    dates = dates_in(printed)
    if day.date is None and dates and dates[0].year:
        yield Doubt(Code.DATE_IMPOSSIBLE, (at,), spans, {"printed": printed, "date": ""})
    elif day.date and (weekday := weekday_at(printed, 0)) and weekday[0] != weekday_number(day.date):
        yield Doubt(Code.DATE_IMPOSSIBLE, (at,), spans, {"printed": printed, "date": day.date})


def _times(day: Day, at: int) -> Iterator[Doubt]:
    before: Block | None = None
    for place, block in enumerate(day.blocks):
        path = (at, place)
        if block.start and not block.items:
            yield Doubt(Code.TIME_EMPTY, path, block.spans.get("start", ()))
        if block.start and block.end and block.end < block.start:
            spans = (*block.spans.get("start", ()), *block.spans.get("end", ()))
            yield Doubt(Code.TIME_BACKWARDS, path, spans, {"start": block.start, "end": block.end})
        if before and _overlaps(before, block):
            values = {"start": block.start or "", "end": before.end or ""}
            yield Doubt(Code.TIMES_OVERLAP, path, block.spans.get("start", ()), values)
        before = block if block.end else before


def _overlaps(before: Block, block: Block) -> bool:
    """Say whether two blocks that have no rooms of their own overlap."""
    return bool(before.end and block.start and block.start < before.end and not (before.room and block.room))


# ---- continued


def _marks(agenda: Agenda, at: int, links: Sequence[Link], source: str) -> Iterator[Doubt]:
    """Hold every "continued below" against what stands below."""
    for place, block in enumerate(agenda.days[at].blocks):
        spans = block.spans.get("continued", ())
        if not spans or not _BELOW.search(said(source, spans)):
            continue
        goes_to = [link.target for link in links if link.source[:2] == (at, place)]
        if not any(target[0] == at for target in goes_to):
            yield _contradicted(agenda, (at, place), goes_to, spans)


def _contradicted(agenda: Agenda, path: Path, goes_to: list[Path], spans: tuple[Span, ...]) -> Doubt:
    at, place = path
    if goes_to:
        day = agenda.days[goes_to[0][0]]
        values = {"day": day.label or day.date or str(goes_to[0][0] + 1), "date": day.date or ""}
        return Doubt(Code.CONTINUED_OTHER_DAY, path, spans, values)
    below = (block for block in agenda.days[at].blocks[place + 1 :] if block.kind is Kind.ITEMS and block.items)
    following = next(below, None)
    if following is None:
        return Doubt(Code.CONTINUED_NOWHERE, path, spans)
    item = following.items[0]
    return Doubt(Code.CONTINUED_OTHER_ITEM, path, spans, {"label": item.label or "", "title": item.title})
