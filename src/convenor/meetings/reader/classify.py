"""Third stage, second half: what every row is, judged by its own words and by the texture of the document."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from convenor.meetings.reader.clocks import whens
from convenor.meetings.reader.daylines import DayLine, day_line
from convenor.meetings.reader.durations import take
from convenor.meetings.reader.labels import NUMBER, Labelled, bullet_of, label_of, sense, word_label
from convenor.meetings.reader.persons import is_person
from convenor.meetings.reader.rows import UNTIMED, Row
from convenor.meetings.reader.runs import EMPTY, Run, join
from convenor.meetings.reader.style import Style, is_bare_day, style_of
from convenor.meetings.reader.timed import Timed, split_time, split_time_at_end, take_mark
from convenor.meetings.reader.words import BARE_AGENDA, FIELD_WORDS

SESSION = "session"
GRID_TIMES, ZONES = 3, 3
MARKER_LENGTH = 120
PROSE_WORDS, SENTENCE_WORDS, VERB_WORDS = 28, 9, 5
_RULE = re.compile(r"\s*[-=_*~–—.#]{3,}\s*")
_MARKER = re.compile(
    r"\s*[-=_*~–—]{3,}.*\w|\s*(?:end|ende|fin|fim|fine|start|begin(?:ning)?|beginn)\b(?=[^a-z]{0,12}\d)"
    r"|\D{0,60}\b(?:end|start|begin|beginning|close)\s?of\s?(?:the\s)?(?:day|meeting|session)\b",
    re.I,
)
_FIELD = re.compile(rf"\s*(?P<name>{FIELD_WORDS.pattern})\s*(?:\([^()]{{0,40}}\))?\s*[:：|]\s*", re.I)
_LABELLED = re.compile(r"\(?[A-Za-z]?\.?\d{1,2}(?:\.\d{1,2})*[.)]|\(?[a-z]\)|[A-Z]{1,4} \d{1,3}\.\d{1,3}\s")
_PLAIN_LABEL = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}|[a-zA-Z]|[ivxIVX]{2,5}")
_AFTER_WORD = re.compile(r"[^:：]{3,40}[:：]\s+")
_BETWEEN = re.compile(r"[,;/]")
_CLOSE = re.compile(
    r"\W*(?:end|close|fin|ende|fim|fine|конец)\s(?:of|de|du|des|do|da|della|del|der)\s[\w ]{0,12}"
    r"(?:day|session|meeting|agenda|programme|program|jour|día|dia|giorno|tages?|séance|reunión)\b\W*\d{0,2}\W*",
    re.I,
)
_URL = re.compile(r"\s*<?(?:https?://|www\.)\S+\s*")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|shall|may|can|should|must|please|would|could|be|est|sont|sera|seront|es|son|"
    r"será|serán|é|são|será|serão|ist|sind|wird|werden|kann)\b",
    re.I,
)
_MENU = re.compile(
    r"\s*\[?(?:(?:webcasts?|captioning|documents?|presentations?|slides|videos?|recordings?|register|download(?: pdf)?|"
    r"pdf|word|zoom link|join|livestream|transcripts?|print|share|back|top|read more|click here|more info)"
    r"(?![^\W_])[\s/|,·•-]*)+\]?\s*",
    re.I,
)


class Sort(Enum):
    """What a row is."""

    HEAD = auto()
    """The heading row of a table."""
    GRID = auto()
    """Part of a grid of many times, or a menu, an address, a rule."""
    MARKER = auto()
    """A rule with a printed time in it."""
    HEADING = auto()
    """A section heading."""
    AGENDA = auto()
    """A bare "Agenda"."""
    DAY = auto()
    TIME = auto()
    LABEL = auto()
    BULLET = auto()
    FIELD = auto()
    PERSON = auto()
    PROSE = auto()
    PLAIN = auto()


@dataclass(frozen=True, slots=True)
class Classified:
    """A row with its sort and what the sort found: a day line, a label, a bullet mark, a field name.

    `sized` says that words without any of these print a length: "(5 min) Welcome".
    """

    row: Row
    sort: Sort
    text: Run
    day: DayLine | None = None
    labelled: Labelled | None = None
    bullet: str = ""
    name: str = ""
    timed: Timed | None = None
    sized: bool = False
    mark: Run = field(default=EMPTY)


def classify(rows: Sequence[Row], *, dotted: bool) -> tuple[Classified, ...]:
    """Return every row with its sort; grids of times read cell by cell are marked as such."""
    style = style_of(rows, dotted=dotted)
    found = [_one(row, style) for row in rows]
    grid = _grid_rows(rows)
    found = [replace(one, sort=Sort.GRID) if place in grid else one for place, one in enumerate(found)]
    return tuple(found)


def _one(row: Row, style: Style) -> Classified:
    text = row.text
    if row.is_head:
        return Classified(row, Sort.HEAD, text)
    if row.timed or (row.is_open and row.text):
        return _timed_row(row)
    if row.field:
        return Classified(row, Sort.FIELD, text, name=row.field)
    if row.label:
        return Classified(row, Sort.LABEL, text, labelled=_from_column(row))
    if not text or _RULE.fullmatch(text.text) or (not row.table and _tells_zones(text.text)):
        return Classified(row, Sort.GRID, text)
    return _line(row, style)


def _line(row: Row, style: Style) -> Classified:
    text, bullet, dotted = row.text, bullet_of(row.text), style.dotted
    if day := _day(text, bullet, style):
        return Classified(row, Sort.DAY, text, day=day)
    if len(text.text) < MARKER_LENGTH and _MARKER.match(text.text) and whens(text.text, dotted=dotted):
        return Classified(row, Sort.MARKER, text)
    if found := split_time(text, dotted=dotted):
        return _with_time(row, found)
    if field_name := _FIELD.match(bullet[1].text if bullet else text.text):
        value = (bullet[1] if bullet else text).cut(field_name.end())
        return Classified(row, Sort.FIELD, value, name=field_name["name"].casefold())
    if (
        (not bullet or style.bulleted_times)
        and not label_of(text)
        and (found := split_time_at_end(text, alone=style.closing))
    ):
        rest = bullet_of(found[1]) if bullet else None
        return Classified(row, Sort.TIME, rest[1] if rest else found[1], timed=found[0])
    return _words(row, bullet, style)


def _day(text: Run, bullet: tuple[str, Run] | None, style: Style) -> DayLine | None:
    """Return what a line says of a day; a bullet only where bullets print the days, and nothing else."""
    if not bullet:
        return day_line(text, dotted=style.dotted)
    day = day_line(bullet[1], dotted=style.dotted) if style.bulleted_days else None
    return day if day and is_bare_day(day) else None


def _worded(row: Row, style: Style) -> Classified | None:
    """Return a row that begins with a word the document counts with; a time may stand before its title."""
    worded = word_label(row.text)
    if not worded or worded[0] not in style.words:
        return None
    head = _AFTER_WORD.match(row.text.text)
    if head and (found := split_time(row.text.cut(head.end()), dotted=style.dotted)):
        opening = row.text.cut(0, head.end()) if found[1] else row.text.cut(0, head.end()).strip(" :.–—-")
        return Classified(row, Sort.TIME, join((opening, found[1])), timed=found[0])
    return Classified(row, Sort.LABEL, row.text, labelled=worded[1])


def _with_time(row: Row, found: tuple[Timed, Run]) -> Classified:
    timed, rest = found
    rest, mark = take_mark(rest)
    return Classified(row, Sort.TIME, rest, timed=timed, mark=mark)


def _words(row: Row, bullet: tuple[str, Run] | None, style: Style) -> Classified:
    """Return a row that has no time: a heading, a label, a bullet, or words."""
    text = row.text
    is_agenda = bool(BARE_AGENDA.fullmatch(text.text.strip()))
    if row.line.level or is_agenda:
        return Classified(row, Sort.AGENDA if is_agenda else Sort.HEADING, text)
    if labelled := label_of(text, bare=style.bare):
        return _labelled(row, labelled, style)
    if bullet and _LABELLED.match(bullet[1].text) and (labelled := label_of(bullet[1])):
        return replace(_labelled(row, labelled, style), bullet=bullet[0])
    if worded := _worded(row, style):
        return worded
    if bullet:
        sort = Sort.PERSON if is_person(bullet[1].text) else Sort.BULLET
        return Classified(row, sort, bullet[1], bullet=bullet[0])
    sort = _plain_sort(row, text.text)
    return Classified(row, sort, text, sized=sort is Sort.PLAIN and take(text)[1] is not None)


def _timed_row(row: Row) -> Classified:
    labelled = _from_column(row) if row.label else None
    return Classified(row, Sort.TIME, row.text, labelled=labelled, timed=row.timed, mark=row.mark)


def _from_column(row: Row) -> Labelled:
    found = label_of(row.label)
    if found:
        return Labelled(row.label, found.kind, found.order, row.text)
    kind, order = sense(row.label.text) if _PLAIN_LABEL.fullmatch(row.label.text) else (NUMBER, (0,))
    return Labelled(row.label, kind, order, row.text)


def _labelled(row: Row, labelled: Labelled, style: Style) -> Classified:
    """Return a labelled row; a time between label and title makes it a timed one."""
    title = labelled.title
    if found := split_time(title, dotted=style.dotted) or split_time_at_end(title, alone=style.closing):
        timed, rest = found
        rest, mark = take_mark(rest)
        again = Labelled(labelled.label, labelled.kind, labelled.order, rest)
        return Classified(row, Sort.TIME, rest, labelled=again, timed=timed, mark=mark)
    return Classified(row, Sort.LABEL, labelled.title, labelled=labelled)


def _plain_sort(row: Row, text: str) -> Sort:
    if _URL.fullmatch(text) or _MENU.fullmatch(text) or _CLOSE.fullmatch(text):
        return Sort.GRID
    if is_person(text):
        return Sort.PERSON
    if row.table != UNTIMED and is_prose(text):
        return Sort.PROSE
    return Sort.PLAIN


def tells(text: str) -> bool:
    """Say whether a text has a verb of its own, as a sentence has and a name has not."""
    return bool(_VERB.search(text))


def is_prose(text: str) -> bool:
    """Say whether a text is prose: long, or a whole sentence of some length."""
    count = len(text.split())
    closed = text.rstrip().endswith((".", "!", "”", '."'))
    sentences = len(re.findall(r"[a-zà-ÿ)]{2}[.!?]\s+[A-ZÀ-Þ¿¡]", text))
    closed = closed and not text.rstrip().endswith("etc.")
    if closed and count >= VERB_WORDS and _VERB.search(text):
        return True
    return count >= PROSE_WORDS or (count >= SENTENCE_WORDS and closed) or (sentences >= 1 and count >= SENTENCE_WORDS)


def _grid_rows(rows: Sequence[Row]) -> set[int]:
    """Return the rows of paragraphs that hold lines of three or more time ranges; one such line stands for itself."""
    grid: set[int] = set()
    paragraph: list[int] = []
    for place, row in enumerate([*rows, None]):
        if row is None or row.line.gap:
            lines = [at for at in paragraph if _is_grid(rows[at])]
            grid.update(paragraph if len(lines) > 1 else lines)
            paragraph = []
        paragraph.append(place)
    return grid


def _tells_zones(text: str) -> bool:
    """Say whether a line tells one time in several places: "(5:00 Los Angeles, 8:00 Washington, 14:00 Paris)"."""
    if len(_BETWEEN.findall(text)) < ZONES - 1:
        return False
    times = [when for when in whens(text) if not when.last]
    if text.lstrip().startswith(("(", "[")):
        return len(times) >= ZONES
    return len(times) > ZONES and all(text[when.end :].lstrip()[:1].isupper() for when in times)


def _is_grid(row: Row) -> bool:
    cells = row.line.cells
    text = row.line.run.text
    if len(cells) >= GRID_TIMES:
        return sum(1 for cell in cells if split_time(cell, dotted=True)) >= GRID_TIMES
    return sum(1 for when in whens(text) if when.last) >= GRID_TIMES
