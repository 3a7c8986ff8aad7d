"""Mends lines before their cells are told apart: cells on lines of their own, several times on one line."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from convenor.meetings.agenda import Span
from convenor.meetings.reader.clocks import whens
from convenor.meetings.reader.daylines import day_line
from convenor.meetings.reader.labels import bullet_of, label_of
from convenor.meetings.reader.lines import Line
from convenor.meetings.reader.runs import Run, join
from convenor.meetings.reader.timed import split_time
from convenor.meetings.reader.words import column_role

SEVERAL, STACK, PAIR = 3, 6, 2
_DASHES = ("-", "–", "—")
_TIME_HEAD = re.compile(r"\d{1,2}(?:[:.h]\d\d)?\s?(?:[ap]\.?m\.?|h|Uhr)?\s?[-–—]?", re.I)
_BETWEEN = re.compile(r"to|until|till|[-–—]|à|a|às|bis|tot|al?", re.I)
_LONE = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-zA-Z]|[ivx]{1,5}|[IVX]{1,5})[.)]\s*|[•●○◦▪■▸‣]\s*")


def with_lone_labels(lines: Sequence[Line], source: str) -> tuple[Line, ...]:
    """Join the labels and bullets that stand on lines of their own with the lines after them."""
    alone = [bool(_LONE.fullmatch(line.run.text)) and len(line.cells) == 1 for line in lines]
    if sum(alone) < PAIR:
        return tuple(lines)
    joined: list[Line] = []
    for at, line in enumerate(lines):
        label = lines[at - 1] if at and alone[at - 1] else None
        if label and not alone[at] and not line.level:
            first = join((label.run, Run(*_break(source, label.end)), line.cells[0]))
            joined[-1] = replace(label, end=line.end, cells=(first, *line.cells[1:]), piped=line.piped)
        else:
            joined.append(line)
    return tuple(joined)


def with_whole_ranges(lines: Sequence[Line], source: str) -> tuple[Line, ...]:
    """Join the times that were torn over lines: "08:00", "to", "08:45" or "4:00 pm -", "6:00 pm"."""
    joined: list[Line] = []
    at = 0
    while at < len(lines):
        parts = _torn_range(lines[at : at + 3])
        whole = lines[at]
        if len(parts) > 1:
            runs = [run for line in parts for run in (line.run, Run(*_break(source, line.end)))]
            whole = replace(whole, end=parts[-1].end, cells=(join(runs[:-1]),), piped=parts[-1].piped)
        joined.append(whole)
        at += max(1, len(parts))
    return tuple(joined)


def _torn_range(lines: Sequence[Line]) -> Sequence[Line]:
    if len(lines[0].cells) > 1 or not lines[0].cells[0].text[:1].isdigit():
        return ()
    texts = [line.run.text.strip() if len(line.cells) == 1 else "" for line in lines]
    if not _TIME_HEAD.fullmatch(texts[0]):
        return ()
    opens = texts[0].endswith(_DASHES)
    if opens and len(texts) > 1 and _TIME_HEAD.fullmatch(texts[1]):
        return lines[:2]
    if not opens and len(texts) > 2 and _BETWEEN.fullmatch(texts[1]) and _TIME_HEAD.fullmatch(texts[2]):  # noqa: PLR2004
        return lines[:3]
    return ()


def _break(source: str, end: int) -> tuple[str, tuple[Span, ...]]:
    """Return the line break at or after `end`."""
    place = source.find("\n", end)
    return "\n", (Span(place, place + 1),)


def restacked(lines: Sequence[Line], dotted: bool) -> list[Line]:
    """Make rows of cells that stand on lines of their own, each closed by a pipe."""
    lonely = [line for line in lines if line.piped and len(line.cells) == 1]
    if len(lonely) < STACK or len(lonely) * 10 < len(lines) * 6:
        return list(lines)
    stacked: list[Line] = []
    for line in lines:
        heads = line.piped and (day_line(line.run, dotted=dotted) or column_role(line.run.text) == "time")
        opens = split_time(line.run, dotted=dotted) or heads or label_of(line.run)
        if stacked and not opens and line.piped and stacked[-1].piped and len(stacked[-1].cells) <= SEVERAL:
            last = stacked[-1]
            stacked[-1] = replace(last, end=line.end, cells=(*last.cells, *line.cells))
        else:
            stacked.append(line)
    return stacked


def cut_at_times(line: Line, dotted: bool) -> list[Line]:
    """Cut a line that begins with a time range where further ranges with words after them stand in it."""
    run = line.run
    if not run.text[:1].isdigit():
        return [line]
    found = [when for when in whens(run.text, dotted=dotted) if when.last]
    places = [
        when.start
        for before, when in pairwise(found)
        if run.text[when.start - 1].isspace() and when.start - before.end > SEVERAL and run.text[when.end :].strip()
    ]
    if not found or found[0].start or not places:
        return [line]
    edges = [0, *places, len(run.text)]
    cells = [run.cut(left, right).strip() for left, right in pairwise(edges)]
    return [replace(line, cells=(cell,), gap=0 if at else line.gap) for at, cell in enumerate(cells)]


def writes_dotted_times(lines: Sequence[Line]) -> bool:
    """Say whether the document prints times as "9.30": it has such ranges, or several such times that rise."""
    alone: list[int] = []
    for line in lines:
        for cell in line.cells[:2]:
            text = cell.text.lstrip(" (")
            if found := [when for when in whens(text[:80], dotted=True) if when.first.style == "dotted"]:
                if found[0].last or (found[0].start == 0 and text.startswith("0")):
                    return True
                if found[0].start == 0 and not label_of(cell.cut(found[0].end)) and not bullet_of(cell):
                    alone.append(found[0].first.minute)
    falls = sum(1 for before, after in pairwise(alone) if after < before)
    rises = len(alone) >= SEVERAL and falls * SEVERAL <= len(alone)
    return rises and all(7 * 60 <= minute <= 22 * 60 for minute in alone)
