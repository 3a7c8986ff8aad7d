"""What stands above the first item: title, purpose, dates, places, and the hours of a single session."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from convenor.meetings.agenda import Span
from convenor.meetings.reader.classify import Classified, Sort, tells
from convenor.meetings.reader.clocks import When, whens
from convenor.meetings.reader.dates import Dated, dates_in
from convenor.meetings.reader.rows import looks_like_address
from convenor.meetings.reader.runs import EMPTY, Run, join
from convenor.meetings.reader.timed import Timed
from convenor.meetings.reader.words import BARE_AGENDA, DATE_FIELDS, DAY_WORDS, PLACE_FIELDS
from convenor.meetings.reader.zones import zone_in

HEAD, LONG, SENTENCE = 1_000, 300, 120
PLACE_WORDS, PLACE_LETTERS = 4, 4
_EDGES = " \t-–—|:,;.·"
_NAMES_MEETING = re.compile(
    r"\b(?:agenda|conseil|consejo|conselho|consiglio|raad|gemeinderat|ausschuss|comité|comissão|comisión|commission|committee|board|assembly|\w*(?:versammlung|tagung|sitzung|konferenz|treffen)|bijeenkomst|vergadering|convegno|"
    r"форум|заседание|совещание|конференция|сессия|встреча|meeting|forum|session|sessions|programm?e?|consultations?|council|conference|workshop|group|assembly|"
    r"schedule|plan|school|summit|reuni[oó]n|reunião|foro|fórum|sesi[oó]n|sesiones|sessões|séance|réunion|conférence|"
    r"sitzung|tagung|riunione|konferenz|webinar|call|committee|symposium|plenary|tagesordnung|programa)\b",
    re.I,
)
_PURPOSE = re.compile(
    r"\b(?:purpose|objectives?|aims?|goals?|but|objectif|objetivo|propósito|zweck|ziel|scopo|obiettivo)\b", re.I
)
_ENDS_TITLE = re.compile(rf"\s?[(\[,–—|-]?\s?(?:\bdate\s*:|\b(?:{DAY_WORDS})\s+\d{{1,2}}\b)", re.I)
_LEADING_OVER = re.compile(r"\s(?:on|for|of|from|at|am|vom|den|le|du|el|del|em|il|dal|the|date)$", re.I)
_JOINER = re.compile(r"(?:(?<!\w)(?:and|of|the|for|to|et|de|y|und|e)|[&,])$", re.I)
_YEAR = re.compile(r"(?<![\w/.-])(?:19|20)\d\d(?![\w/-]|\.\d)")
_REVISION = re.compile(
    r"\b(?:updated?|revised|revision|posted|published|version|deadlines?|as of|submitted|registration (?:closes|opens)|"
    r"mis à jour|actualizado|atualizado|stand:|aktualisiert|aggiornato|versión|versão|versione|версия|редакция|"
    r"النسخة|نسخة|مسودة)\b|第\s?\d+\s?版|版本",
    re.I,
)
_DATE_FIELD = re.compile(r"\W*(?:date|fecha|data|datum)\s*:", re.I)
_LEADS_ON = re.compile(r"(?:\s?[гr]\.)?[\s,]*(?:(?:at|in|im|à|en|em)\s+(?:the\s+)?)?")
_HELD = re.compile(
    r"\b(?:held(?:\s+on\s[^.;]{4,50}?)?|takes? place|hosted|lieu|lugar|celebrará|realizada|statt)\s+"
    r"(?:in|at|à|en|em|a|im)\s+(?:the\s+)?"
    r"(?P<place>[^\W\d_a-zà-ÿ][^.;:()\n]{2,60}?)(?=,?\s+(?:from|on|between|du|del|de|am|vom|in)\b|[.;(]|,?\s+\d|$)"
)
_TIMES_IN = re.compile(
    r"\b(?:all|the|any)?\s?(?:times?|timings?|heures|horas|horarios|horários|zeiten|zeitangaben)\b[^.\n]{0,40}?"
    r"\b(?:in|are|en|em|sont|son|são|specified)\b",
    re.I,
)
_FILLER = re.compile(r"(?:hosted by|category|event calendar|virtual$|chair)", re.I)


@dataclass(slots=True)
class Header:
    """What the header says; `places` gives the place printed beside a date, `firm` the dates in a date field."""

    title: Run = EMPTY
    purpose: Run = EMPTY
    place: Run = EMPTY
    dates: list[tuple[Dated, Run]] = field(default_factory=list)
    firm: list[tuple[Dated, Run]] = field(default_factory=list)
    places: list[tuple[Dated, Run]] = field(default_factory=list)
    session: Timed | None = None
    zone: Run = EMPTY
    year: int | None = None
    year_run: Run = EMPTY

    def place_of(self, day: Dated | None) -> Run:
        """Return the place printed for the day, else the place of the meeting."""
        if day:
            for dated, place in self.places:
                if dated.holds(day):
                    return place
        return self.place or (self.places[0][1] if len(self.places) == 1 else EMPTY)


def read_header(rows: Sequence[Classified], source: str) -> Header:
    """Read the rows above the first item."""
    header = Header()
    title_at = _title_row(rows)
    if title_at is not None:
        header.title = _title(rows, title_at, source)
    for one in rows:
        _read_dates(header, one)
    header.session = _session(rows)
    header.zone = _zone_told(rows)
    _read_year(header, rows)
    header.purpose = _purpose(rows)
    header.place = _field_place(rows, source) or _place_after_date(rows, title_at, source) or _place_told(rows)
    return header


def _title_row(rows: Sequence[Classified]) -> int | None:
    able = [
        place
        for place, one in enumerate(rows)
        if one.sort in (Sort.PLAIN, Sort.HEADING, Sort.LABEL, Sort.PERSON, Sort.PROSE)
        and not (one.sort is Sort.PROSE and not one.row.line.level and not dates_in(one.text.text))
        and _before_date(one.row.text)
    ]
    named = [place for place in able if _NAMES_MEETING.search(_before_date(rows[place].row.text).text)]
    return next(iter(named or able), None)


def _before_date(run: Run) -> Run:
    """Return the text up to the first date or day, without what leads over to it."""
    dates = dates_in(run.text[:HEAD])
    if dates and _names_after(run.text, dates[0]):
        return run.strip(" \t-–—|")
    ends = _ENDS_TITLE.search(run.text[:HEAD])
    places = [len(run.text), *(date.start for date in dates), *([ends.start()] if ends else [])]
    end = min(places)
    return _led(run.cut(0, end)) if end < len(run.text) else run.strip(" \t-–—|")


def _names_after(text: str, date: Dated) -> bool:
    """Say whether a line names the meeting after its date only: "Agenda for the March 5 call of the Group"."""
    before = BARE_AGENDA.sub("", text[: date.start])
    return bool(_NAMES_MEETING.search(text[date.end : HEAD])) and not _NAMES_MEETING.search(before)


def _led(run: Run) -> Run:
    """Return a text without the word that leads over to the date after it: "Sitting on", "Paris, le"."""
    run = run.strip(_EDGES + "(")
    match = _LEADING_OVER.search(run.text)
    return run.cut(0, match.start()).strip(_EDGES + "(") if match else run


def _title(rows: Sequence[Classified], at: int, source: str) -> Run:
    title = _before_date(rows[at].row.text)
    after = rows[at + 1] if at + 1 < len(rows) else None
    if after and _JOINER.search(title.text) and not after.row.line.gap and after.sort is Sort.PLAIN:
        return join((title, line_break(rows[at], source), after.row.text))
    return title


def line_break(one: Classified, source: str) -> Run:
    """Return the line break after a row, to join it with the next."""
    end = source.find("\n", one.row.line.end)
    return Run("\n", (Span(end, end + 1),)) if end >= 0 else EMPTY


def _read_dates(header: Header, one: Classified) -> None:
    run = one.row.text if one.sort is not Sort.FIELD else one.text
    if one.sort is Sort.PROSE and len(run.text) > LONG:
        return
    dates = [] if _REVISION.search(run.text[:HEAD]) else dates_in(run.text)
    if one.name in DATE_FIELDS or _DATE_FIELD.match(run.text):
        header.firm += [(dated, run.cut(dated.start, dated.end)) for dated in dates]
    for place, dated in enumerate(dates):
        header.dates.append((dated, run.cut(dated.start, dated.end)))
        until = dates[place + 1].start if place + 1 < len(dates) else len(run.text)
        beside = run.cut(dated.end, until)
        beside = beside.cut(max((when.end for when in whens(beside.text)), default=0))
        sign = _LEADS_ON.match(beside.text)
        beside = beside.cut(sign.end() if sign else 0).strip(_EDGES + "(")
        if _is_place(beside) and one.sort is not Sort.FIELD:
            header.places.append((dated, beside))
    if dates and not header.places and one.sort is not Sort.FIELD and dates[0].start:
        before = _led(run.cut(0, dates[0].start))
        if _NAMES_MEETING.search(before.text) and "," in before.text:
            before = before.cut(before.text.rindex(",") + 1).strip(_EDGES)
        if (
            _is_place(before)
            and not _NAMES_MEETING.search(before.text)
            and before.words not in header.title.words
            and len(before.words.split()) <= PLACE_WORDS
            and (before.words.casefold() not in DATE_FIELDS)
        ):
            header.places.append((dates[0], before))


def _session(rows: Sequence[Classified]) -> Timed | None:
    """Return the hours of the meeting: the first range, else the first start, printed as a date or a zone is."""
    found: list[Timed] = []
    for one in rows:
        run = one.text if one.sort is Sort.FIELD else one.row.text
        if len(run.text) > (SENTENCE if one.sort is Sort.PROSE else LONG):
            continue
        times = whens(run.text)
        if one.sort is Sort.PROSE and not (times and times[0].zone and dates_in(run.text)):
            continue
        told = one.name in DATE_FIELDS or one.sort is Sort.TIME or bool(times and dates_in(run.text))
        if times and _is_one(run.text, times) and (told or times[0].zone):
            found.append(Timed(times[0], run))
    ranges = [timed for timed in found if timed.end]
    return next(iter(ranges or found), None)


def _zone_told(rows: Sequence[Classified]) -> Run:
    """Return the zone that the header says all times are in: "All times are in CEST", or the heading of a table."""
    for one in rows:
        for cell in one.row.line.cells if one.sort is Sort.HEAD else ():
            if found := zone_in(cell.text[:HEAD]):
                return cell.cut(*found)
        run = one.row.text
        told = _TIMES_IN.search(run.text[:HEAD])
        if told and (found := zone_in(run.text[:HEAD], told.end())):
            return run.cut(*found)
    return EMPTY


def _is_one(text: str, times: Sequence[When]) -> bool:
    """Say whether a text tells one time only, the others being the same in other zones: "14:00 UTC (16:00 CEST)"."""
    return len(times) == 1 or bool(re.search(r"[(/|=\[]", text[times[0].end : times[1].start]))


def _is_place(run: Run) -> bool:
    text = run.text
    letters = sum(character.isalpha() for character in text)
    if (
        BARE_AGENDA.fullmatch(text)
        or tells(text)
        or not (text[:1].isupper() or text[:1].isdigit() or looks_like_address(text))
    ):
        return False
    return letters >= PLACE_LETTERS and not whens(text) and len(text) < LONG and not _ENDS_TITLE.match(text)


def _read_year(header: Header, rows: Sequence[Classified]) -> None:
    """Take the year from the dates of the header, else its title, else its words, where only one is printed."""
    years = {dated.year: run for dated, run in header.dates if dated.year}
    if not years:
        for match in _YEAR.finditer(header.title.text):
            years[int(match[0])] = header.title.cut(*match.span())
    if not years:
        for one in (row for row in rows if not _REVISION.search(row.row.text.text[:HEAD])):
            for match in _YEAR.finditer(one.row.text.text[:HEAD]):
                years[int(match[0])] = one.row.text.cut(*match.span())
    if len(years) == 1:
        header.year, header.year_run = next(iter(years.items()))


def _purpose(rows: Sequence[Classified]) -> Run:
    for one in rows:
        if one.sort is Sort.PROSE and _PURPOSE.search(one.row.text.text[:200]):
            return one.row.text
    return EMPTY


def _field_place(rows: Sequence[Classified], source: str) -> Run:
    for at, one in enumerate(rows):
        if one.sort is not Sort.FIELD or one.name not in PLACE_FIELDS:
            continue
        if one.text:
            return one.text.strip()
        under = [
            other
            for other in rows[at + 1 : at + 6]
            if other.row.line.indent > one.row.line.indent and other.sort is not Sort.FIELD
        ]
        return _joined(under, source)
    return EMPTY


def _place_after_date(rows: Sequence[Classified], title_at: int | None, source: str) -> Run:
    """Return the short lines right after the dates, or after the title where they look like an address."""
    dated = [at for at, one in enumerate(rows) if dates_in(one.row.text.text) and one.sort is not Sort.PROSE]
    if dated and (found := _plain_after(rows, dated[-1])):
        return _joined(found, source)
    if title_at is None:
        return EMPTY
    found = [one for one in _plain_after(rows, title_at) if looks_like_address(one.text.text)]
    return _joined(found, source)


def _place_told(rows: Sequence[Classified]) -> Run:
    """Return the place that a sentence tells: "The meeting will be held in Lusaka, Zambia, from 19 June"."""
    for one in rows:
        run = one.row.text
        if match := _HELD.search(run.text[:HEAD]):
            return run.cut(*match.span("place"))
    return EMPTY


def _plain_after(rows: Sequence[Classified], at: int) -> list[Classified]:
    found: list[Classified] = []
    for one in [other for other in rows[at + 1 : at + 5] if other.sort is not Sort.TIME or other.text][:3]:
        aside = _FILLER.match(one.text.text) or tells(one.text.text) or "://" in one.text.text or whens(one.text.text)
        if one.sort is not Sort.PLAIN or one.row.table or aside or (found and one.row.line.gap):
            break
        found.append(one)
    return found


def _joined(rows: Sequence[Classified], source: str) -> Run:
    runs: list[Run] = []
    for one in rows:
        runs += [one.row.text, line_break(one, source)]
    return join(runs[:-1]).strip() if runs else EMPTY
