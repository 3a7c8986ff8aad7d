"""Third stage, second half: what every row is, judged by its own words and by the texture of the document."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from convenor.meetings.reader.clocks import whens
from convenor.meetings.reader.dates import dates_in
from convenor.meetings.reader.daylines import DayLine, day_line
from convenor.meetings.reader.labels import NUMBER, WORD, Labelled, bullet_of, label_of, word_label
from convenor.meetings.reader.persons import is_person
from convenor.meetings.reader.rows import (
    UNTIMED,
    Row,
    Timed,
    closes_with_times,
    split_time,
    split_time_at_end,
    take_mark,
)
from convenor.meetings.reader.runs import EMPTY, Run
from convenor.meetings.reader.words import BARE_AGENDA, FIELD_WORDS

SESSION = "session"
GRID_TIMES, ZONES = 3, 3
MARKER_LENGTH, SESSION_LENGTH = 120, 160
PROSE_WORDS, SENTENCE_WORDS, VERB_WORDS = 28, 9, 5
_RULE = re.compile(r"\s*[-=_*~–—.#]{3,}\s*")
_MARKER = re.compile(
    r"\s*[-=_*~–—]{3,}.*\w|\s*(?:end|ende|fin|fim|fine|start|begin(?:ning)?|beginn)\b(?=[^a-z]{0,12}\d)"
    r"|\D{0,60}\b(?:end|start|begin|beginning|close)\s?of\s?(?:the\s)?(?:day|meeting|session)\b",
    re.I,
)
_FIELD = re.compile(rf"\s*(?P<name>{FIELD_WORDS.pattern})\s*(?:\([^()]{{0,40}}\))?\s*[:：|]\s*", re.I)
_ANY_FIELD = re.compile(r"(?P<name>[^\W\d_]{2,20}(?: [^\W\d_]{1,14}){0,2})\s?[:：]\s+(?=\S)")
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
    """A row with its sort and what the sort found: a day line, a label, a bullet mark, a field name."""

    row: Row
    sort: Sort
    text: Run
    day: DayLine | None = None
    labelled: Labelled | None = None
    bullet: str = ""
    name: str = ""
    timed: Timed | None = None
    mark: Run = field(default=EMPTY)


def classify(rows: Sequence[Row], *, dotted: bool) -> tuple[Classified, ...]:
    """Return every row with its sort; grids of times read cell by cell are marked as such."""
    style = _Style(dotted, _numbers_stand_bare(rows), closes_with_times(rows), _numbered_words(rows))
    found = [_one(row, style) for row in rows]
    grid = _grid_rows(rows)
    found = [replace(one, sort=Sort.GRID) if place in grid else one for place, one in enumerate(found)]
    return tuple(_with_sessions(_with_fields(found)))


@dataclass(frozen=True, slots=True)
class _Style:
    """How the document prints: dotted times, numbers without a mark, single times at the ends of lines.

    `words` are those it counts with, as in "Session 1: ...", "Session 2: ...".
    """

    dotted: bool
    bare: bool
    closing: bool
    words: frozenset[str]


def _one(row: Row, style: _Style) -> Classified:
    text = row.text
    if row.is_head:
        return Classified(row, Sort.HEAD, text)
    if row.timed:
        return _timed_row(row)
    if row.field:
        return Classified(row, Sort.FIELD, text, name=row.field)
    if row.label:
        return Classified(row, Sort.LABEL, text, labelled=_from_column(row))
    if not text or _RULE.fullmatch(text.text) or (not row.table and _tells_zones(text.text)):
        return Classified(row, Sort.GRID, text)
    return _line(row, style)


def _line(row: Row, style: _Style) -> Classified:  # noqa: PLR0911  # one answer for every sort, in order of trust
    text, bullet, dotted = row.text, bullet_of(row.text), style.dotted
    if not bullet and (day := day_line(text, dotted=dotted)):
        return Classified(row, Sort.DAY, text, day=day)
    if len(text.text) < MARKER_LENGTH and _MARKER.match(text.text) and whens(text.text, dotted=dotted):
        return Classified(row, Sort.MARKER, text)
    if found := split_time(text, dotted=dotted):
        timed, rest = found
        rest, mark = take_mark(rest)
        return Classified(row, Sort.TIME, rest, timed=timed, mark=mark)
    if field_name := _FIELD.match(bullet[1].text if bullet else text.text):
        value = (bullet[1] if bullet else text).cut(field_name.end())
        return Classified(row, Sort.FIELD, value, name=field_name["name"].casefold())
    if not bullet and not label_of(text) and (found := split_time_at_end(text, alone=style.closing)):
        return Classified(row, Sort.TIME, found[1], timed=found[0])
    if row.line.level or BARE_AGENDA.fullmatch(text.text.strip()):
        sort = Sort.AGENDA if BARE_AGENDA.fullmatch(text.text.strip()) else Sort.HEADING
        return Classified(row, sort, text)
    if labelled := label_of(text, bare=style.bare):
        return _labelled(row, labelled, style)
    if (worded := word_label(text)) and worded[0] in style.words:
        return Classified(row, Sort.LABEL, text, labelled=worded[1])
    if bullet:
        sort = Sort.PERSON if is_person(bullet[1].text) else Sort.BULLET
        return Classified(row, sort, bullet[1], bullet=bullet[0])
    return Classified(row, _plain_sort(row, text.text), text)


def _with_fields(found: list[Classified]) -> list[Classified]:
    """Make fields of lines such as "Focus: data" that stand between two fields."""
    fields = dict[int, Classified]()
    for place in range(1, len(found) - 1):
        one = found[place]
        match = _ANY_FIELD.match(one.text.text) if one.sort in (Sort.PLAIN, Sort.PERSON, Sort.PROSE) else None
        if match and found[place - 1].sort is found[place + 1].sort is Sort.FIELD:
            name, value = match["name"].casefold(), one.text.cut(match.end())
            fields[place] = replace(one, sort=Sort.FIELD, text=value, name=name)
    return [fields.get(place, one) for place, one in enumerate(found)]


def _with_sessions(found: list[Classified]) -> list[Classified]:
    """Make day lines of lines such as "Session 1: Thursday, 14 May, 09:00-10:30" where there are several."""
    named: dict[int, Classified] = {}
    for place, one in enumerate(found):
        run = one.row.text
        able = one.sort in (Sort.PLAIN, Sort.HEADING, Sort.TIME) or (one.labelled and one.labelled.kind == WORD)
        if not able or one.row.table or len(run.text) > SESSION_LENGTH:
            continue
        dates, times = dates_in(run.text), [when for when in whens(run.text) if when.last]
        if len(dates) == len(times) == 1 and dates[0].is_single and 0 < dates[0].start < times[0].start:
            session = run.cut(0, dates[0].start).strip(" \t-–—|:,;(")
            day = DayLine(EMPTY, dates[0], None, times[0], EMPTY, run)
            named[place] = replace(one, sort=Sort.DAY, text=session, day=day, labelled=None, name=SESSION, timed=None)
    return [named.get(place, one) if len(named) > 1 else one for place, one in enumerate(found)]


def _timed_row(row: Row) -> Classified:
    labelled = _from_column(row) if row.label else None
    return Classified(row, Sort.TIME, row.text, labelled=labelled, timed=row.timed, mark=row.mark)


def _from_column(row: Row) -> Labelled:
    found = label_of(row.label)
    kind, order = (found.kind, found.order) if found else (NUMBER, (0,))
    return Labelled(row.label, kind, order, row.text)


def _labelled(row: Row, labelled: Labelled, style: _Style) -> Classified:
    """Return a labelled row; a time between label and title makes it a timed one."""
    title = labelled.title
    if found := split_time(title, dotted=style.dotted) or split_time_at_end(title, alone=style.closing):
        timed, rest = found
        rest, mark = take_mark(rest)
        again = Labelled(labelled.label, labelled.kind, labelled.order, rest)
        return Classified(row, Sort.TIME, rest, labelled=again, timed=timed, mark=mark)
    return Classified(row, Sort.LABEL, labelled.title, labelled=labelled)


def _plain_sort(row: Row, text: str) -> Sort:
    if _URL.fullmatch(text) or _MENU.fullmatch(text):
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


def _numbers_stand_bare(rows: Sequence[Row]) -> bool:
    """Say whether the document numbers its items without a mark: "1 Opening", "2 Minutes", "3 Reports"."""
    numbers = []
    for row in rows:
        found = label_of(row.text, bare=True)
        if found and not label_of(row.text) and len(found.order) == 1 and found.kind == NUMBER:
            numbers.append(found.order[0])
    return any(numbers[at : at + 3] == [1, 2, 3] for at in range(len(numbers)))


def _numbered_words(rows: Sequence[Row]) -> frozenset[str]:
    """Return the words that the document counts with: they open lines with several numbers."""
    numbers = defaultdict[str, set[int]](set)
    for row in rows:
        if worded := word_label(row.text):
            numbers[worded[0]].add(worded[1].order[0])
    return frozenset(word for word, found in numbers.items() if len(found) > 1)


def _grid_rows(rows: Sequence[Row]) -> set[int]:
    """Return the rows of paragraphs that hold a line of three or more time ranges."""
    grid: set[int] = set()
    paragraph: list[int] = []
    for place, row in enumerate([*rows, None]):
        if row is None or row.line.gap:
            if any(_is_grid(rows[at]) for at in paragraph):
                grid.update(paragraph)
            paragraph = []
        paragraph.append(place)
    return grid


def _tells_zones(text: str) -> bool:
    """Say whether a line tells one time in several places: "(5:00 Los Angeles, 8:00 Washington, 14:00 Paris)"."""
    if not text.lstrip().startswith(("(", "[")) or text.count(",") + text.count("/") < ZONES - 1:
        return False
    return sum(1 for when in whens(text) if not when.last) >= ZONES


def _is_grid(row: Row) -> bool:
    cells = row.line.cells
    text = row.line.run.text
    if len(cells) >= GRID_TIMES:
        return sum(1 for cell in cells if split_time(cell, dotted=True)) >= GRID_TIMES
    return sum(1 for when in whens(text) if when.last) >= GRID_TIMES
