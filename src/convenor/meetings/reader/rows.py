"""Third stage, first half: lines → rows. Cells get their roles; what is left of each line is one text."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from convenor.meetings.reader.durations import minutes_alone
from convenor.meetings.reader.labels import word_label
from convenor.meetings.reader.lines import Line
from convenor.meetings.reader.relines import cut_at_times, restacked
from convenor.meetings.reader.runs import EMPTY, Run
from convenor.meetings.reader.timed import Timed, split_time, take_mark
from convenor.meetings.reader.words import FIELD_WORDS, column_role, is_working

_ROOM = re.compile(
    r"\b(?:room|rooms|hall|ballroom|auditorium|function|theatre|theater|foyer|terrace|lounge|suite|salon|salle|sala|"
    r"salón|auditorio|auditório|\w*raum|\w*saal|"
    r"rathaus|stadthaus|plenary hall|off-?site|online|virtual|zoom|building|floor|level|hotel|"
    r"centre|center|pavilion|chamber|tent|lobby|restaurant|cafeteria|villa|palais)\b|^\w{1,3}[- ]?\d{1,3}[a-z]?$",
    re.I,
)
_ROOM_OF_MEETINGS = re.compile(r"\b(?:meeting|session|council|committee|conference) (?:room|hall|chamber)\b", re.I)
_STREET = re.compile(
    r"\b(?:street|avenue|st\.|ave\.|road|rue|calle|straße|platz|\d{5})\b|\b\d{3,5}\s+[A-Z]\w+|, [A-Z]{2}$", re.I
)
_NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)\s*\t\s*(?=\S)")
_NO_TIME = re.compile(r"\s*(?:[–—-]{1,3}|t\.?b\.?[acd]\.?)\s*", re.I)
_NUMBER = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z])[.)]?\s*")
PLACE_WORDS, ROOM_WORDS, PAIR, HEAD_LENGTH = 8, 5, 2, 60
TIMED, UNTIMED, NO_TABLE = "timed", "untimed", ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line after its cells were told apart: `text` is what is left for label and title.

    `beside` are titles in further columns that count on with the same word: "WS 1: ...", "WS 2: ...". `is_open` says
    that a sign stands where its time would: "–", "tbc". `edge` is the column at which its text stands in a table.
    """

    line: Line
    text: Run
    timed: Timed | None = None
    mark: Run = EMPTY
    label: Run = EMPTY
    room: Run = EMPTY
    length: Run = EMPTY
    in_minutes: bool = False
    ends: Timed | None = None
    people: Run = EMPTY
    papers: Run = EMPTY
    field: str = ""
    table: str = NO_TABLE
    is_head: bool = False
    columns: int = 0
    beside: tuple[Run, ...] = ()
    is_open: bool = False
    edge: int | None = None


def looks_like_room(text: str) -> bool:
    """Say whether a short text names a room or a place."""
    return len(text.split()) <= PLACE_WORDS and bool(_ROOM.search(text))


def looks_like_address(text: str) -> bool:
    """Say whether a short text names a room, a place or a street."""
    return looks_like_room(text) or bool(_STREET.search(text))


def is_room_only(text: str) -> bool:
    """Say whether a text is nothing but the name of a room."""
    bare = _ROOM_OF_MEETINGS.sub("room", text)
    return (
        len(text.split()) <= ROOM_WORDS
        and not re.search(r"[(:?]", text)
        and looks_like_room(text)
        and not is_working(bare)
    )


def rows_of(lines: Sequence[Line], *, dotted: bool) -> tuple[Row, ...]:
    """Return the lines as rows; the columns of a table keep the roles its heading gives them."""
    rows: list[Row] = []
    roles: tuple[str, ...] = ()
    headings: tuple[Run, ...] = ()
    for line in restacked(lines, dotted):
        if len(line.cells) == 1 and not line.piped and not _is_time_of_row(line, roles, dotted):
            roles = () if line.gap or line.level else roles
            rows += [_plain(part, dotted) for part in cut_at_times(line, dotted)]
            continue
        found = _heading_roles(line) or _ruled_roles(line, dotted)
        if len(line.cells) == 1 and _plain(line, dotted).is_head:
            rows.append(_plain(line, dotted))
        elif found:
            roles, headings = found, line.cells
            rows.append(Row(line, line.run, is_head=True, columns=len(found)))
        elif _is_rooms(roles, headings):
            rows += _parallel(line, headings, dotted)
        else:
            if "date" in roles and "time" in roles and (cell := _cell(line, roles.index("date"))):
                rows.append(Row(line, cell))
            row = _row(line, roles, dotted)
            rows += [row, *(Row(line, cell, table=row.table) for cell in row.beside)]
    return tuple(rows)


def _is_time_of_row(line: Line, roles: tuple[str, ...], dotted: bool) -> bool:
    """Say whether a line is the row of a table that has nothing but its time."""
    if line.gap or not roles or roles[0] != "time":
        return False
    found = split_time(line.run, dotted=dotted)
    return found is not None and not found[1]


def _cell(line: Line, place: int) -> Run:
    return line.cells[place] if place < len(line.cells) else EMPTY


def _plain(line: Line, dotted: bool) -> Row:
    run = line.run
    role = column_role(run.text) if len(run.text) < HEAD_LENGTH and not line.level else None
    if role in ("time", "length") or (role and re.fullmatch(r"(?:agenda|expected) \w+", run.text.strip(), re.I)):
        return Row(line, run, is_head=True, columns=1)
    if _is_head_line(run.text):
        return Row(line, run, is_head=True, columns=2)
    return Row(line, run)


def _is_head_line(text: str) -> bool:
    """Say whether a line is a table heading with its columns run together: "Time Agenda Item"."""
    tokens = re.sub(r"[(\[][^()\[\]]{1,30}[)\]]", "", text).split()
    if len(tokens) not in range(2, 9) or column_role(tokens[0]) != "time":
        return False
    rest = " ".join(tokens[1:])
    return column_role(rest) is not None or all(column_role(token) for token in tokens)


def _heading_roles(line: Line) -> tuple[str, ...]:
    """Return the roles of a table heading, or () where the line is none."""
    roles = [column_role(cell.text) for cell in line.cells]
    known, filled = sum(1 for role in roles if role), sum(1 for cell in line.cells if cell)
    rooms = roles and roles[0] == "time" and sum(looks_like_room(cell.text) for cell in line.cells[1:]) > 1
    if rooms or (known and (known == filled or (known > 1 and known * 2 >= filled))):
        told = (role or ("skip" if cell else "") for role, cell in zip(roles, line.cells, strict=True))
        return tuple(told) if len(line.cells) > 1 else ()
    return ()


def _ruled_roles(line: Line, dotted: bool) -> tuple[str, ...]:
    """Return the roles of a heading in unknown words: a rule stands under it, and it prints no time."""
    if not line.ruled or any(split_time(cell, dotted=dotted) for cell in line.cells):
        return ()
    return tuple(column_role(cell.text) or "" for cell in line.cells)


def _is_rooms(roles: tuple[str, ...], headings: tuple[Run, ...]) -> bool:
    return bool(roles) and roles[0] == "time" and sum(looks_like_room(cell.text) for cell in headings[1:]) > 1


def _parallel(line: Line, headings: tuple[Run, ...], dotted: bool) -> Iterator[Row]:
    """Yield a row for each room of a table that has a column for every room."""
    found = split_time(line.cells[0], dotted=dotted)
    filled = [(cell, room) for cell, room in zip(line.cells[1:], headings[1:], strict=False) if cell]
    for cell, room in filled:
        timed = found[0] if found else None
        yield Row(line, cell, timed, room=room if len(filled) > 1 else EMPTY, table=TIMED)


def _row(line: Line, roles: tuple[str, ...], dotted: bool) -> Row:
    """Tell the cells of a row apart by the roles of the columns and by what they hold."""
    cells = _whole(line.cells, len(roles))
    if field := _field_row(cells):
        return Row(line, field[1], field=field[0])
    row = Row(line, EMPTY, table=TIMED if not roles or "time" in roles else UNTIMED)
    others: list[Run] = []
    roles = _with_numbers(roles, cells)
    for place, cell in enumerate(cells):
        if not cell:
            continue
        role = roles[place] if place < len(roles) else ""
        if not roles and len(cells) == 1:
            role = "title"
        row, bare = _without_number(row, cell)
        row, left = _with_cell(row, bare, role, dotted)
        if left and row.edge is None and row.table == TIMED and place < len(line.edges):
            row = replace(row, edge=line.edges[place])
        others += [left] if left else []
    return _with_others(row, others, bool(roles))


def _whole(cells: Sequence[Run], count: int) -> list[Run]:
    """Part the cells in which a short one before a tab was taken for a label, as far as columns are missing."""
    whole: list[Run] = []
    missing = count - len(cells)
    for cell in cells:
        tab = cell.text.find("\t")
        if missing > 0 and tab >= 0:
            whole += [cell.cut(0, tab).strip(), cell.cut(tab + 1).strip()]
            missing -= 1
        else:
            whole.append(cell)
    return whole


def _with_numbers(roles: tuple[str, ...], cells: Sequence[Run]) -> tuple[str, ...]:
    """Return the roles of a row whose first column of titles holds a number: "Item | Topic", "3.1 | Naming"."""
    if roles.count("title") < PAIR or len(cells) != len(roles):
        return roles
    first = roles.index("title")
    return (*roles[:first], "number", *roles[first + 1 :]) if _NUMBER.fullmatch(cells[first].text) else roles


def _without_number(row: Row, cell: Run) -> tuple[Row, Run]:
    """Move a number that stands before a tab from the cell to the label of the row."""
    match = _NUMBERED.match(cell.text)
    return (replace(row, label=cell.cut(*match.span(1))), cell.cut(match.end())) if match else (row, cell)


def _field_row(cells: list[Run]) -> tuple[str, Run] | None:
    filled = [cell for cell in cells if cell]
    if len(filled) == len(cells) == PAIR and (match := FIELD_WORDS.fullmatch(filled[0].text.rstrip(" :?"))):
        return match[0].casefold(), filled[1]
    return None


_KEPT: dict[str, Callable[[Row, Run], Row]] = {
    "room": lambda row, cell: replace(row, room=cell),
    "people": lambda row, cell: replace(row, people=cell),
    "papers": lambda row, cell: replace(row, papers=cell),
    "number": lambda row, cell: replace(row, label=cell.strip(" .()")),
}


def _with_cell(row: Row, cell: Run, role: str, dotted: bool) -> tuple[Row, Run]:
    """Return the row with one cell put where it belongs, or the cell again where it may be the title."""
    if role in ("time", "") and row.timed is None and (found := split_time(cell, dotted=dotted or role == "time")):
        timed, rest = found
        rest, mark = take_mark(rest)
        return replace(row, timed=timed, mark=mark, text=rest), EMPTY
    if role == "time" and row.timed is None and _NO_TIME.fullmatch(cell.text):
        return replace(row, is_open=True), EMPTY
    in_minutes = role == "minutes" and cell.text.strip().isdecimal()
    if in_minutes or (role in ("length", "minutes", "") and minutes_alone(cell.text) is not None):
        return replace(row, length=cell, in_minutes=in_minutes), EMPTY
    if role in _KEPT:
        return _KEPT[role](row, cell), EMPTY
    if role == "end" and (found := split_time(cell, dotted=dotted)):
        row = replace(row, ends=found[0])
    if role in ("skip", "length", "minutes", "end", "date"):
        return row, EMPTY
    return row, cell


def _with_others(row: Row, others: list[Run], known: bool) -> Row:
    """Put the first text that is left into the title and a room after it into the room."""
    if not others:
        return row
    if not row.text:
        row, others = replace(row, text=others[0]), others[1:]
    for cell in others if not known else []:
        if not row.room and looks_like_room(cell.text):
            row = replace(row, room=cell)
    word = word_label(row.text)
    same = [cell for cell in others if word and (found := word_label(cell)) and found[0] == word[0]]
    return replace(row, beside=tuple(same))
