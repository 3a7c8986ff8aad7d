"""Third stage, first half: lines → rows. Cells get their roles; what is left of each line is one text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from convenor.meetings.reader.clocks import When, when_at, whens
from convenor.meetings.reader.dates import dates_in
from convenor.meetings.reader.durations import minutes_alone
from convenor.meetings.reader.labels import bullet_of, label_of
from convenor.meetings.reader.lines import Line
from convenor.meetings.reader.runs import EMPTY, Run, join
from convenor.meetings.reader.words import CONTINUED, FIELD_WORDS, column_role, is_working

_LEADING = " \t-–—:|,;.·•"
_ROOM = re.compile(
    r"\b(?:room|rooms|hall|ballroom|auditorium|function|theatre|theater|foyer|terrace|lounge|suite|salon|salle|sala|"
    r"salón|auditorio|auditório|raum|saal|plenary hall|off-?site|online|virtual|zoom|building|floor|level|hotel|"
    r"centre|center|pavilion|chamber|tent|lobby|restaurant|cafeteria|villa|palais)\b|^\w{1,3}[- ]?\d{1,3}[a-z]?$",
    re.I,
)
_ROOM_OF_MEETINGS = re.compile(r"\b(?:meeting|session|council|committee|conference) (?:room|hall|chamber)\b", re.I)
_NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)\s*\t\s*(?=\S)")
PLACE_WORDS, ROOM_WORDS, SEVERAL, PAIR, STACK = 8, 5, 3, 2, 6
LONG, HEAD_LENGTH = 300, 60
TIMED, UNTIMED, NO_TABLE = "timed", "untimed", ""


@dataclass(frozen=True, slots=True)
class Timed:
    """A printed time with the run it was found in, so that its spans can be told."""

    when: When
    run: Run

    @property
    def start(self) -> str:
        return self.when.first.said

    @property
    def end(self) -> str | None:
        return self.when.last.said if self.when.last else None

    @property
    def start_run(self) -> Run:
        return self.run.cut(self.when.first.start, self.when.first.end)

    @property
    def end_run(self) -> Run:
        return self.run.cut(self.when.last.start, self.when.last.end) if self.when.last else EMPTY


@dataclass(frozen=True, slots=True)
class Row:
    """A line after its cells were told apart: `text` is what is left for label and title."""

    line: Line
    text: Run
    timed: Timed | None = None
    mark: Run = EMPTY
    label: Run = EMPTY
    room: Run = EMPTY
    length: Run = EMPTY
    field: str = ""
    table: str = NO_TABLE
    is_head: bool = False
    columns: int = 0


def looks_like_room(text: str) -> bool:
    """Say whether a short text names a room or a place."""
    return len(text.split()) <= PLACE_WORDS and bool(_ROOM.search(text))


def is_room_only(text: str) -> bool:
    """Say whether a text is nothing but the name of a room."""
    bare = _ROOM_OF_MEETINGS.sub("room", text)
    return (
        len(text.split()) <= ROOM_WORDS
        and not re.search(r"[(:?]", text)
        and looks_like_room(text)
        and not is_working(bare)
    )


def split_time(run: Run, *, dotted: bool) -> tuple[Timed, Run] | None:
    """Return the time at the head of a text and the rest of it, or None; brackets around both are cut."""
    text = run.text
    place = len(text) - len(text.lstrip(" \t([-–—*•·"))
    when = when_at(text, place, dotted=dotted)
    if when is None:
        return None
    rest = run.cut(when.end)
    if "(" in text[:place] and ")" in rest.text:
        closing = rest.text.index(")")
        rest = rest.without(closing, closing + 1)
    tail = re.match(r"[\s]*(?:hours|hrs|h|Uhr)?[)\]]?[*_]*", rest.text)
    rest = rest.cut(tail.end() if tail else 0)
    return Timed(when, run), rest.cut(len(rest.text) - len(rest.text.lstrip(_LEADING))).strip()


def split_time_at_end(run: Run, *, alone: bool) -> tuple[Timed, Run] | None:
    """Return the time range that closes a text, or stands in brackets of its own, and the rest of the text.

    `alone` admits a single time too, for documents that print their times so. A text that prints a date has none.
    """
    text = run.text
    if not any(character.isdigit() for character in text[1:]) or len(text) > LONG:
        return None
    for when in reversed(whens(text)):
        before, after = text[: when.start].rstrip(), text[when.end :].lstrip()
        bracketed = before.endswith(("(", "[")) and after.startswith((")", "]"))
        closes = not after.strip(")]. ") and (when.last or alone)
        if not before.strip("([") or dates_in(text) or not (closes or (bracketed and when.last)):
            continue
        head = run.cut(0, len(before)).strip(" \t.…·_-–—,:;([")
        rest = run.cut(len(text) - len(after)).strip(")] \t") if bracketed else EMPTY
        return Timed(when, run), join((head, rest))
    return None


def closes_with_times(rows: Sequence["Row"]) -> bool:
    """Say whether the document prints single times at the ends of its lines, and none at their beginnings."""
    if any(row.timed or split_time(row.text, dotted=False) for row in rows):
        return False
    return sum(1 for row in rows if split_time_at_end(row.text, alone=True)) >= SEVERAL


def take_mark(run: Run) -> tuple[Run, Run]:
    """Return the text without "(continued ...)", and the mark."""
    match = CONTINUED.search(run.text)
    if not match:
        return run, EMPTY
    return run.without(*match.span()).strip(), run.cut(*match.span())


def rows_of(lines: Sequence[Line], *, dotted: bool) -> tuple[Row, ...]:
    """Return the lines as rows; the columns of a table keep the roles its heading gives them."""
    rows: list[Row] = []
    roles: tuple[str, ...] = ()
    headings: tuple[Run, ...] = ()
    for line in _restacked(lines, dotted):
        if len(line.cells) == 1 and not line.piped:
            roles = () if line.gap or line.level else roles
            rows += [_plain(part, dotted) for part in _at_times(line, dotted)]
            continue
        found = _heading_roles(line)
        if found:
            roles, headings = found, line.cells
            rows.append(Row(line, line.run, is_head=True, columns=len(found)))
        elif _is_rooms(roles, headings):
            rows += _parallel(line, headings, dotted)
        else:
            rows.append(_row(line, roles, dotted))
    return tuple(rows)


def _at_times(line: Line, dotted: bool) -> list[Line]:
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
        return tuple(role or "skip" for role in roles) if len(line.cells) > 1 else ()
    return ()


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
    cells = list(line.cells)
    if field := _field_row(cells):
        return Row(line, field[1], field=field[0])
    row = Row(line, EMPTY, table=TIMED if not roles or "time" in roles else UNTIMED)
    others: list[Run] = []
    for place, cell in enumerate(cells):
        if "\t" in cell.text and len(cells) < len(roles):
            roles = roles[:place] + roles[place + 1 :]
    for place, cell in enumerate(cells):
        if not cell:
            continue
        role = roles[place] if place < len(roles) else ""
        if not roles and len(cells) == 1:
            role = "title"
        row, bare = _without_number(row, cell)
        row, left = _with_cell(row, bare, role, dotted)
        others += [left] if left else []
    return _with_others(row, others, bool(roles))


def _without_number(row: Row, cell: Run) -> tuple[Row, Run]:
    """Move a number that stands before a tab from the cell to the label of the row."""
    match = _NUMBERED.match(cell.text)
    return (replace(row, label=cell.cut(*match.span(1))), cell.cut(match.end())) if match else (row, cell)


def _field_row(cells: list[Run]) -> tuple[str, Run] | None:
    filled = [cell for cell in cells if cell]
    if len(filled) == len(cells) == PAIR and (match := FIELD_WORDS.fullmatch(filled[0].text.rstrip(" :?"))):
        return match[0].casefold(), filled[1]
    return None


def _with_cell(row: Row, cell: Run, role: str, dotted: bool) -> tuple[Row, Run]:
    """Return the row with one cell put where it belongs, or the cell again where it may be the title."""
    if role in ("time", "") and row.timed is None and (found := split_time(cell, dotted=dotted or role == "time")):
        timed, rest = found
        rest, mark = take_mark(rest)
        return replace(row, timed=timed, mark=mark, text=rest), EMPTY
    if role in ("length", "") and minutes_alone(cell.text) is not None:
        return replace(row, length=cell), EMPTY
    if role == "room":
        return replace(row, room=cell), EMPTY
    if role == "number":
        return replace(row, label=cell.strip(" .()")), EMPTY
    if role in ("skip", "length", "end"):
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
    return row


def _restacked(lines: Sequence[Line], dotted: bool) -> list[Line]:
    """Make rows of cells that stand on lines of their own, each closed by a pipe."""
    lonely = [line for line in lines if line.piped and len(line.cells) == 1]
    if len(lonely) < STACK or len(lonely) * 10 < len(lines) * 6:
        return list(lines)
    stacked: list[Line] = []
    for line in lines:
        opens = split_time(line.run, dotted=dotted) is not None
        if stacked and not opens and line.piped and stacked[-1].piped and len(stacked[-1].cells) <= SEVERAL:
            last = stacked[-1]
            stacked[-1] = replace(last, end=line.end, cells=(*last.cells, *line.cells))
        else:
            stacked.append(line)
    return stacked


def writes_dotted_times(lines: Sequence[Line]) -> bool:
    """Say whether the document prints times as "9.30": it has such ranges, or several such times that rise."""
    alone: list[int] = []
    for line in lines:
        for cell in line.cells[:2]:
            text = cell.text.lstrip(" (")
            if found := [when for when in whens(text[:80], dotted=True) if when.first.style == "dotted"]:
                if found[0].last:
                    return True
                if found[0].start == 0 and not label_of(cell.cut(found[0].end)) and not bullet_of(cell):
                    alone.append(found[0].first.minute)
    return len(alone) >= SEVERAL and alone == sorted(alone) and all(7 * 60 <= minute <= 22 * 60 for minute in alone)
