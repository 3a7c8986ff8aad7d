"""The possible answers to each doubt: what is done to the agenda when a person gives one.

Every doubt can be answered "as printed", which settles it and changes nothing.
"""

import calendar
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from convenor.meetings.agenda import Block, Day, Item, Kind
from convenor.meetings.agenda.edits import (
    Add,
    Join,
    Operation,
    Place,
    Remove,
    Renumber,
    Set,
    Style,
    Tree,
)
from convenor.meetings.agenda.edits.fields import Value
from convenor.meetings.agenda.edits.tree import Node
from convenor.meetings.corrections.log import LINK, Mark
from convenor.meetings.reader import Doubt
from convenor.meetings.reader.dates import dates_in, weekday_at
from convenor.meetings.reader.warnings import Code

AS_PRINTED = "as_printed"
NOON, DAY = 12 * 60, 24 * 60
WEEK = 7


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a doubt: its code, the values of its sentence, what it does, and the link it makes, if any."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)
    operations: tuple[Operation, ...] = ()
    marks: tuple[Mark, ...] = ()


def answers(tree: Tree, key: str, doubt: Doubt) -> tuple[Answer, ...]:
    """Return what may be answered to a doubt about a part, the likeliest first; nothing where there is no question."""
    if doubt.code is Code.NOTHING_FOUND:
        return ()
    node = tree.node(key)
    find = _FINDERS.get(doubt.code)
    found = tuple(find(node, doubt)) if find else ()
    last = doubt.code in _PRINTED_FIRST
    printed = (Answer(AS_PRINTED, dict(doubt.values)),)
    return (*printed, *found) if last else (*found, *printed)


def _lost_label(node: Node, doubt: Doubt) -> Iterator[Answer]:
    yield _label(node, str(doubt.values["missing"]))


def _label(node: Node, label: str) -> Answer:
    assert isinstance(node.part, Item)  # noqa: S101 - only items have numbers
    return Answer("number", {"label": label}, (Set(node.key, "label", label, node.part.label),))


def _number_day(node: Node) -> Iterator[Answer]:
    """Offer to number the whole day, where a top item of it is doubtful."""
    above = node.above
    if above is not None and isinstance(above.part, Block) and above.above is not None:
        yield Answer("number_day", {}, (Renumber(above.above.key, (Style.NUMBER,)),))


def _label_repeated(node: Node, doubt: Doubt) -> Iterator[Answer]:
    label = str(doubt.values["label"])
    if label.isdecimal():
        yield _label(node, str(int(label) + 1))
        yield from _number_day(node)
    elif len(label) == 1 and label.isascii() and label.islower() and label != "z":
        yield _label(node, chr(ord(label) + 1))


def _label_skipped(node: Node, doubt: Doubt) -> Iterator[Answer]:
    before = str(doubt.values.get("before", "0"))
    if before.isdecimal():
        yield _label(node, str(int(before) + 1))
    yield from _number_day(node)


def _continued(node: Node, _doubt: Doubt) -> Iterator[Answer]:
    yield Answer("no_mark", {}, (Set(node.key, "continued", value=False, was=True),))


def _continued_other_item(node: Node, doubt: Doubt) -> Iterator[Answer]:
    """Offer to take the item up below: it is added before what stands there, and linked."""
    items = [one for one in node.under if isinstance(one.part, Item)]
    below = _block_below(node)
    if items and below is not None and isinstance(below.part, Block):
        item = items[-1]
        assert isinstance(item.part, Item)  # noqa: S101 - see above
        new = f"again-{item.key}"
        operation = Add(Place(below.key), Item(item.part.label, item.part.title, key=new))
        values: dict[str, Value] = {"title": item.part.title, "start": below.part.start}
        yield Answer("continue_below", values, (operation,), (Mark(LINK, new, values={"source": item.key}),))
    yield from _continued(node, doubt)


def _block_below(node: Node) -> Node | None:
    assert node.above is not None  # noqa: S101 - a block stands under a day
    siblings = node.above.under
    for other in siblings[siblings.index(node) + 1 :]:
        if isinstance(other.part, Block) and other.part.kind is Kind.ITEMS and other.under:
            return other
    return None


def _dangling_word(node: Node, doubt: Doubt) -> Iterator[Answer]:
    assert isinstance(node.part, Item)  # noqa: S101 - only items have titles that dangle
    title, word = node.part.title, str(doubt.values["word"])
    if title.endswith(word) and (bare := title[: -len(word)].rstrip(" ,;:–—-")):
        yield Answer("without_word", {"word": word}, (Set(node.key, "title", bare, title),))
    following = _beside(node, 1)
    if following is not None and isinstance(following.part, Item):
        yield Answer("join_next", {"title": following.part.title}, (Join(node.key, following.key),))


def _beside(node: Node, way: int) -> Node | None:
    assert node.above is not None  # noqa: S101 - the agenda itself is never doubtful here
    at = node.above.under.index(node) + way
    return node.above.under[at] if 0 <= at < len(node.above.under) else None


def _times_overlap(node: Node, doubt: Doubt) -> Iterator[Answer]:
    block, end = node.part, str(doubt.values["end"])
    assert isinstance(block, Block)  # noqa: S101 - only blocks have times
    before = _beside(node, -1)
    while before is not None and isinstance(before.part, Block) and before.part.end is None:
        before = _beside(before, -1)
    if before is not None and isinstance(before.part, Block) and block.start and before.part.end == end:
        if before.part.start is None or before.part.start < block.start:
            yield Answer("above_ends", {"start": block.start}, (Set(before.key, "end", block.start, end),))
        if block.end is None or end < block.end:
            yield Answer("starts_later", {"end": end}, (Set(node.key, "start", end, block.start),))


def _time_backwards(node: Node, _doubt: Doubt) -> Iterator[Answer]:
    block = node.part
    assert isinstance(block, Block)  # noqa: S101 - only blocks have times
    start, end = block.start or "", block.end or ""
    later = _shifted(end, NOON)
    if later and later > start:
        yield Answer("ends_afternoon", {"end": later}, (Set(node.key, "end", later, end),))
    yield Answer(
        "swap", {"start": end, "end": start}, (Set(node.key, "start", end, start), Set(node.key, "end", start, end))
    )
    yield Answer("no_end", {"start": start}, (Set(node.key, "end", None, end),))


def _clock_of_twelve(node: Node, _doubt: Doubt) -> Iterator[Answer]:
    block = node.part
    assert isinstance(block, Block)  # noqa: S101 - only blocks have times
    earlier = {name: _shifted(value, -NOON) for name, value in (("start", block.start), ("end", block.end)) if value}
    moved = {name: time for name, time in earlier.items() if time}
    if moved:
        operations = tuple(Set(node.key, name, time, getattr(block, name)) for name, time in moved.items())
        yield Answer("morning", {"start": moved.get("start", block.start)}, operations)


def _shifted(time: str, minutes: int) -> str | None:
    """Move a time of the clock by so many minutes; None where it leaves the day."""
    if not time:
        return None
    at = int(time[:2]) * 60 + int(time[3:]) + minutes
    return f"{at // 60:02d}:{at % 60:02d}" if 0 <= at <= DAY else None


def _time_empty(node: Node, _doubt: Doubt) -> Iterator[Answer]:
    block, above = node.part, _beside(node, -1)
    assert isinstance(block, Block)  # noqa: S101 - only blocks have times
    if above is not None and isinstance(above.part, Block) and above.part.end is None and block.start:
        end = Set(above.key, "end", block.start, None)
        yield Answer("above_ends", {"start": block.start}, (end, Remove(node.key)))
    yield Answer("remove_time", {"start": block.start}, (Remove(node.key),))


def _date_impossible(node: Node, doubt: Doubt) -> Iterator[Answer]:
    """Offer the nearest day of the printed weekday, or the last day of the printed month."""
    assert isinstance(node.part, Day)  # noqa: S101 - only days have dates
    printed, was = str(doubt.values["printed"]), node.part.date
    weekday = weekday_at(printed, 0)
    if was and weekday:
        away = (weekday[0] - date.fromisoformat(was).weekday() + 3) % WEEK - 3
        yield _date(node, (date.fromisoformat(was) + timedelta(days=away)).isoformat(), was)
    elif not was and (dates := dates_in(printed)) and dates[0].year:
        year, month = dates[0].year, dates[0].month
        yield _date(node, date(year, month, calendar.monthrange(year, month)[1]).isoformat(), was)


def _date(node: Node, value: str, was: str | None) -> Answer:
    return Answer("date", {"date": value}, (Set(node.key, "date", value, was),))


_FINDERS: Mapping[Code, Callable[[Node, Doubt], Iterator[Answer]]] = {
    Code.LOST_LABEL: _lost_label,
    Code.LABEL_REPEATED: _label_repeated,
    Code.LABEL_SKIPPED: _label_skipped,
    Code.CONTINUED_NOWHERE: _continued,
    Code.CONTINUED_OTHER_DAY: _continued,
    Code.CONTINUED_OTHER_ITEM: _continued_other_item,
    Code.DANGLING_WORD: _dangling_word,
    Code.TIMES_OVERLAP: _times_overlap,
    Code.TIME_BACKWARDS: _time_backwards,
    Code.CLOCK_OF_TWELVE: _clock_of_twelve,
    Code.TIME_EMPTY: _time_empty,
    Code.DATE_IMPOSSIBLE: _date_impossible,
}
_PRINTED_FIRST = frozenset({Code.CONTINUED_OTHER_DAY, Code.CLOCK_OF_TWELVE, Code.CONTINUED_NOWHERE})


def fresh_marks(answer: Answer, number: int) -> Answer:
    """Return the answer with keys of its own for what it adds, so that it can be given, undone and given again."""
    names = {one.part.key: f"n{number}.{at}" for at, one in enumerate(answer.operations) if isinstance(one, Add)}
    operations = tuple(
        replace(one, part=replace(one.part, key=names[one.part.key])) if isinstance(one, Add) else one
        for one in answer.operations
    )
    return replace(
        answer, operations=operations, marks=tuple(replace(m, key=names.get(m.key, m.key)) for m in answer.marks)
    )
