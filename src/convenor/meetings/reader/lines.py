"""Second stage: the normalised text → lines with layout.

Other kinds of document come in here: whatever can be laid out as lines with indentation, cells and empty lines
between them is read by the same grammar.
"""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from convenor.meetings.reader.daylines import day_line
from convenor.meetings.reader.markup import CUT, visible
from convenor.meetings.reader.runs import EMPTY, Run

TAB, LONG, RULES, MARKER = 4, 200, 3, 60
PART_LEVEL = 7  # of a heading that only its place shows; marked headings have 1 to 6
CELLS = 60  # no table of an agenda is wider
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_EDGE = re.compile(rf"^[ \t{CUT}]+|[ \t{CUT}]+$", re.M)  # of a line: a comment there is only space
_FENCE = re.compile(r"\s*(?:```|~~~)")
_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(?=\S)")
_WIKI_HEADING = re.compile(r"[ ]?(={1,6})[ \t]*(?=[^=\s])(.*?)[ \t]*\1[ \t]*$")
_HEADING_TAIL = re.compile(r"[ \t]+#+[ \t]*$")
_LINK_TARGET = re.compile(r"[ ]{0,3}\[[\w-]{1,40}\]:\s*\S+")
_PIPE_RULE = re.compile(r"[\s|:=+-]*[-=]{2,}[\s|:=+-]*$")
_RULE = re.compile(r"(?<!\S)[-=_~*]{4,}(?!\S)")
_CLOCK = re.compile(r"\d[:.h]\d\d")
_TIME_ONLY = re.compile(r"\s*\d{1,2}[:.h]\d\d\s?(?:h|hrs|hours|am|pm|Uhr)?\s*", re.I)
_QUOTE = re.compile(r"[ \t]*>[ \t>]*")
_LABEL_ONLY = re.compile(r"\s*(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)]?|[-•·*o])\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty: its place, indentation in columns, empty lines before it, and its cells.

    `ruled` says that the rule of a table stands under it, as under a heading. `edges` are the columns at which a line
    that goes on in one of its cells begins.
    """

    start: int
    end: int
    indent: int
    gap: int
    level: int
    cells: tuple[Run, ...]
    piped: bool
    ruled: bool = False
    edges: tuple[int, ...] = ()

    @property
    def run(self) -> Run:
        """The only cell, or the first that is not empty."""
        return next((cell for cell in self.cells if cell), EMPTY)


def split(source: str) -> tuple[Line, ...]:
    """Return the lines of the text; comments, code blocks, link targets and table rules are left out."""
    blanked = _EDGE.sub(_spaces, _COMMENT.sub(_cut, source)) if "<!--" in source else source
    lines: list[Line] = []
    at, gap, fenced = 0, 0, False
    for raw in blanked.split("\n"):
        start, at = at, at + len(raw) + 1
        if _FENCE.match(raw):
            fenced = not fenced
        elif fenced or _LINK_TARGET.match(raw):
            continue
        elif not raw.strip():
            gap += 0 if source[start : start + len(raw)].strip() else 1
        elif "|" in raw and _PIPE_RULE.match(raw):
            lines[-1:] = [replace(line, ruled=line.piped and not gap) for line in lines[-1:]]
        else:
            for left, part in _at_rules(raw):
                if line := _line(blanked, start + left, part, gap):
                    lines.append(line)
                    gap = 0
    return tuple(lines)


def _at_rules(raw: str) -> list[tuple[int, str]]:
    """Cut a long line at the rules in it.

    A rule stays before a short text that prints a time, and before one whose time stands after the next rule.
    """
    rules = list(_RULE.finditer(raw)) if len(raw) > LONG else []
    if len(rules) < RULES:
        return [(0, raw)]
    edges = [(0, 0), *(rule.span() for rule in rules), (len(raw), len(raw))]
    parts: list[tuple[int, int, int]] = []
    for (opens, left), (right, _) in pairwise(edges):
        text = raw[left:right]
        if parts and _TIME_ONLY.fullmatch(text) and parts[-1][2] - parts[-1][1] < MARKER:
            parts[-1] = (parts[-1][0], parts[-1][0], right)
        elif text.strip():
            parts.append((opens, opens if len(text) < MARKER and _CLOCK.search(text) else left, right))
    return [(left, raw[left:right]) for _, left, right in parts]


def _cut(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", CUT, match[0])


def _spaces(match: re.Match[str]) -> str:
    return match[0].replace(CUT, " ")


def _line(source: str, start: int, raw: str, gap: int) -> Line | None:
    end, level = start + len(raw), 0
    left = start + len(raw) - len(raw.lstrip())
    if heading := _HEADING.match(raw):
        level, left = len(heading[1]), start + heading.end()
        if tail := _HEADING_TAIL.search(raw):
            end = start + tail.start()
    elif wiki := _WIKI_HEADING.match(raw):
        level, left, end = len(wiki[1]), start + wiki.start(2), start + wiki.end(2)
    elif quote := _QUOTE.match(raw):
        left = start + quote.end()
    indent = len(source[start:left].expandtabs(TAB)) if not level else 0
    piped = not level and _is_piped(raw) and not _tells_day(visible(source, left, end))
    cells = _piped(source, left, end) if piped else _tabbed(source, left, end)
    if not any(cells):
        return None
    if raw.startswith("\t") and len(cells) > 1:
        cells = (*[EMPTY] * (len(raw) - len(raw.lstrip("\t"))), *cells)
    edges = () if piped else tuple(place * TAB for place in range(len(cells)))
    return Line(left, end, indent, gap, level, cells, piped, edges=edges)


def _tells_day(run: Run) -> bool:
    """Say whether pipes only part the label of a day, its date and its heading."""
    day = None if run.text.startswith("|") else day_line(run, dotted=False)
    return day is not None and bool(day.label and day.date) and day.when is None


def _is_piped(raw: str) -> bool:
    text = raw.strip()
    return text.startswith("|") or text.endswith("|") or text.count(" | ") > 1


def _piped(source: str, start: int, end: int) -> tuple[Run, ...]:
    """Cut at the pipes that stand outside code marks; a pipe at either edge is only a frame."""
    cells, left, code = list[Run](), start, False
    for place in range(start, end):
        character = source[place]
        if character == "`":
            code = not code
        elif character == "|" and not code and len(cells) < CELLS and source[place - 1 : place] != "\\":
            cells.append(visible(source, left, place).strip())
            left = place + 1
    last = visible(source, left, end).strip()
    cells += [last] if last else []
    return tuple(cells[1:] if source[start] == "|" else cells)


def _tabbed(source: str, start: int, end: int) -> tuple[Run, ...]:
    """Cut at tabs; a label alone stays with the words after it."""
    cells, left = list[Run](), start
    tabs = [place for place in range(start, end) if source[place] == "\t"]
    for place in [*tabs[:CELLS], end]:
        if place < end and not source[place + 1 : place + 2].isspace() and _LABEL_ONLY.match(source[left:place]):
            continue
        cells.append(visible(source, left, place).strip())
        left = place + 1
    while len(cells) > 1 and not cells[-1]:
        cells.pop()
    return tuple(cells)
