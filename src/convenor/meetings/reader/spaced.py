"""Tables whose columns are only held apart by spaces: the heading tells where each column begins."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from convenor.meetings.reader.lines import Line
from convenor.meetings.reader.runs import EMPTY, Run
from convenor.meetings.reader.words import column_role

_CHUNK = re.compile(r"\S+(?:\s\S+)*")
_RULE = re.compile(r"[-=_+\s]{3,}")
LONG, COLUMNS, SLACK = 300, 2, 1
TELLING = frozenset({"time", "length", "minutes"})


def with_columns(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Cut the lines under a heading such as "Time    Topic    Presenter" into the cells of its columns."""
    found: list[Line] = []
    starts: list[int] = []
    roles: list[str] = []
    for line in lines:
        chunks = _chunks(line)
        if heading := _roles(chunks):
            starts, roles = [at for at, _ in chunks], heading
            found.append(replace(line, cells=tuple(chunk for _, chunk in chunks)))
        elif starts and _RULE.fullmatch(line.run.text):
            continue
        elif starts and _fits(line, chunks, starts, roles):
            found.append(replace(line, cells=_cells(chunks, starts), edges=tuple(starts)))
        else:
            starts = []
            found.append(line)
    return tuple(found)


def _roles(chunks: Sequence[tuple[int, Run]]) -> list[str]:
    """Return the roles that the parts of a heading give their columns; [] where the line is no heading."""
    roles = [role for _, chunk in chunks if (role := column_role(chunk.text))]
    return roles if len(roles) == len(chunks) >= COLUMNS and TELLING.intersection(roles) else []


def _chunks(line: Line) -> list[tuple[int, Run]]:
    """Return the parts of a line that two spaces or more hold apart, each with the column it begins at."""
    run = line.run
    if len(line.cells) > 1 or line.piped or line.level or len(run.text) > LONG:
        return []
    return [
        (line.indent + _width(run.text[: match.start()]), run.cut(*match.span())) for match in _CHUNK.finditer(run.text)
    ]


def _width(text: str) -> int:
    """Count columns as plain text is set: letters of Chinese are two wide, marks above letters none."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(letter) in ("W", "F") for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) > 0 for letter in text)


def _fits(line: Line, chunks: Sequence[tuple[int, Run]], starts: Sequence[int], roles: Sequence[str]) -> bool:
    """Say whether a line is a row of the table: its parts begin where columns begin.

    A part alone may stand in any column but that of the times, and be moved in where the last column holds titles.
    """
    if len(chunks) == 1 and not line.gap and roles[-1] == "title" and chunks[0][0] > starts[-1]:
        return True
    aligned = sum(1 for at, _ in chunks if any(abs(at - start) <= SLACK for start in starts))
    if aligned < len(chunks) or not chunks:
        return False
    return len(chunks) > 1 or (not line.gap and (roles[0] != "time" or chunks[0][0] > starts[0] + SLACK))


def _cells(chunks: Sequence[tuple[int, Run]], starts: Sequence[int]) -> tuple[Run, ...]:
    cells = [EMPTY] * len(starts)
    for at, chunk in chunks:
        cells[min(range(len(starts)), key=lambda place: abs(starts[place] - at))] = chunk
    return tuple(cells)
