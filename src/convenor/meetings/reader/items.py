"""One row → one item or several: labels and bullets inside a line cut it."""

import re

from convenor.meetings.reader.classify import Classified, Sort
from convenor.meetings.reader.drafts import DraftItem
from convenor.meetings.reader.durations import minutes_alone, take
from convenor.meetings.reader.labels import WORD, Labelled, bullet_of, label_of, parts
from convenor.meetings.reader.presenters import people_in
from convenor.meetings.reader.runs import EMPTY, Run
from convenor.meetings.reader.timed import take_mark

_CLOSING_RULE = re.compile(r"\s+[-–—|]+\s*$|\s*\|\s*$")


def entries(one: Classified) -> list[DraftItem]:
    """Return the items of a row in order; the first carries the row's own label, bullet and length."""
    indent = one.row.line.indent if one.row.edge is None else max(one.row.edge, one.row.line.indent)
    text = one.text
    if one.labelled and (inner := bullet_of(text)) and one.sort is Sort.LABEL:
        first, *others = parts(inner[1], one.labelled)
        found = [_labelled(one.labelled, first, indent, inner[0])]
    else:
        first, *others = parts(text, one.labelled, one.bullet) or [text]
        found = [_first(one, first, indent)]
    found += [_other(part, indent) for part in others]
    if one.row.people:
        found[0].presenters += people_in(one.row.people)
    if one.row.papers:
        found[0].documents.append(one.row.papers)
    length = one.row.length
    if length and found[0].minutes is None:
        bare = int(length.text) if one.row.in_minutes else None
        found[0].minutes, found[0].length = bare or minutes_alone(length.text), length
    return [item for item in found if item.title or item.label]


def _first(one: Classified, text: Run, indent: int) -> DraftItem:
    if one.labelled:
        return _labelled(one.labelled, text, indent, one.bullet)
    if one.bullet:
        return _titled(DraftItem(text, "bullet", bullet=one.bullet, indent=indent))
    return _other(text, indent)


def _other(text: Run, indent: int) -> DraftItem:
    if bullet := bullet_of(text):
        return _titled(DraftItem(bullet[1], "bullet", bullet=bullet[0], indent=indent))
    if labelled := label_of(text):
        return _labelled(labelled, labelled.title, indent)
    return _titled(DraftItem(text, "plain", indent=indent))


def _labelled(labelled: Labelled, title: Run, indent: int, bullet: str = "") -> DraftItem:
    form = "word" if labelled.kind == WORD else "label"
    item = DraftItem(title, form, labelled.label, labelled.kind, labelled.order, bullet, indent)
    item.inner, item.style = labelled.inner, labelled.style
    return _titled(item)


def _titled(item: DraftItem) -> DraftItem:
    """Take the length and a closing dash or pipe off the title."""
    bare, mark = take_mark(item.title)
    if mark and item.title.text.rstrip(" \t.;:").endswith(mark.text):
        item.title, item.mark = bare, mark
    title, minutes, length = take(item.title.strip())
    if match := _CLOSING_RULE.search(title.text[-20:]):
        title = title.cut(0, len(title.text) - len(title.text[-20:]) + match.start())
    item.title, item.minutes, item.length = title.strip(), minutes, length or EMPTY
    return item
