"""Third stage, last part: rows judged by their neighbours and by what the document does elsewhere."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from convenor.meetings.reader.classify import SESSION, Classified, Sort
from convenor.meetings.reader.clocks import whens
from convenor.meetings.reader.dates import dates_in
from convenor.meetings.reader.daylines import DayLine
from convenor.meetings.reader.labels import WORD, word_label
from convenor.meetings.reader.lines import PART_LEVEL
from convenor.meetings.reader.persons import are_names, has_initial
from convenor.meetings.reader.runs import EMPTY
from convenor.meetings.reader.words import GREETING, MAIL_FIELDS, SIGN_OFF

SESSION_LENGTH, HEAD, SPEAKERS, FIELDS, ZONES = 160, 12, 3, 3, 3
PARTS, PART_WORDS = 2, 8
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.h]\d\d(?!\d)")
_ANY_FIELD = re.compile(r"(?P<name>[^\W\d_]{2,20}(?: [^\W\d_]{1,14}){0,2})\s?[:：]\s+(?=\S)")
_TRANSPARENT = frozenset({Sort.FIELD, Sort.PERSON, Sort.GRID, Sort.HEAD})


def in_context(found: Sequence[Classified]) -> tuple[Classified, ...]:
    """Return the rows after each was compared with those around it."""
    rows = _without_mail(
        [one for at, one in enumerate(found) if at >= HEAD or not GREETING.fullmatch(one.row.text.text)]
    )
    for judge in (
        _with_whole_days,
        _with_fields,
        _with_sessions,
        _with_speakers,
        _without_headings_over_times,
        _without_zones,
        _with_parts,
    ):
        rows = judge(rows)
    return tuple(rows)


def _without_mail(rows: list[Classified]) -> list[Classified]:
    """Take the head of a mail and all after its close away; the subject stays."""
    head = [
        at
        for at, one in enumerate(rows[:HEAD])
        if (match := _ANY_FIELD.match(one.row.text.text)) and match["name"].casefold() in MAIL_FIELDS
    ]
    if len(head) < 2:  # noqa: PLR2004  # one such line is no head
        return rows
    kept: list[Classified] = []
    for at, one in enumerate(rows):
        text = one.row.text
        if SIGN_OFF.fullmatch(text.text):
            break
        if at in head:
            match = _ANY_FIELD.match(text.text)
            if match and MAIL_FIELDS[match["name"].casefold()]:
                kept.append(replace(one, row=replace(one.row, text=text.cut(match.end())), sort=Sort.PLAIN))
                kept[-1] = replace(kept[-1], text=kept[-1].row.text)
        else:
            kept.append(one)
    return kept


def _with_whole_days(rows: list[Classified]) -> list[Classified]:
    """Join a day's label with the date on the next line: "DAY 1", "22 JUNE 2021: OPEN CONSULTATIONS"."""
    joined: list[Classified] = []
    for one in rows:
        above = joined[-1].day if joined and joined[-1].sort is Sort.DAY else None
        if (
            above
            and one.day
            and above.label
            and not above.date
            and not above.when
            and one.day.date
            and not one.day.label
        ):
            heading = one.day.heading or above.heading
            joined[-1] = replace(one, day=replace(one.day, label=above.label, heading=heading))
        else:
            joined.append(one)
    return joined


def _without_zones(rows: list[Classified]) -> list[Classified]:
    """Leave out the one line of times that tells when the meeting begins elsewhere: "06:00 PDT, 09:00 EDT, ..."."""
    timed = [at for at, one in enumerate(rows) if one.sort is Sort.TIME]
    told = [at for at in timed if not rows[at].row.table and len(_CLOCK.findall(rows[at].row.text.text)) >= ZONES]
    return [one for at, one in enumerate(rows) if at != told[0]] if len(timed) == len(told) == 1 else rows


def _with_parts(rows: list[Classified]) -> list[Classified]:
    """Make headings of the short lines that part the labelled items of a text without times.

    Each stands by itself right above a label, the first of them above the first label, and they are few.
    """
    labels = [at for at, one in enumerate(rows) if one.sort is Sort.LABEL and not one.row.table]
    if not labels or sum(1 for one in rows if one.sort is Sort.TIME) > 1:
        return rows
    above = [at - 1 for at in labels if at and _is_part(rows[at - 1], rows[at])]
    if len(above) < PARTS or above[0] != labels[0] - 1 or len(labels) < PARTS * len(above):
        return rows
    return [
        replace(one, sort=Sort.HEADING, row=replace(one.row, line=replace(one.row.line, level=PART_LEVEL)))
        if at in above
        else one
        for at, one in enumerate(rows)
    ]


def _is_part(one: Classified, below: Classified) -> bool:
    text = one.text.text.rstrip()
    alone = one.sort is Sort.PLAIN and one.row.line.gap > 0 and below.row.line.gap > 0 and not one.row.table
    return alone and len(text.split()) <= PART_WORDS and not text.endswith((".", ";", ","))


def _with_fields(rows: list[Classified]) -> list[Classified]:
    """Make fields of lines such as "Focus: data" that stand among fields."""
    fields = dict[int, Classified]()
    for place in range(1, len(rows) - 1):
        one = rows[place]
        match = _ANY_FIELD.match(one.text.text) if one.sort in (Sort.PLAIN, Sort.PERSON, Sort.PROSE) else None
        around = [*rows[max(0, place - 2) : place], *rows[place + 1 : place + 3]]
        if match and sum(other.sort is Sort.FIELD for other in around) >= FIELDS:
            name, value = match["name"].casefold(), one.text.cut(match.end())
            fields[place] = replace(one, sort=Sort.FIELD, text=value, name=name)
    return [fields.get(place, one) for place, one in enumerate(rows)]


def _with_sessions(rows: list[Classified]) -> list[Classified]:
    """Make day lines of lines such as "Session 1: Thursday, 14 May, 09:00-10:30" where there are several."""
    named: dict[int, Classified] = {}
    for place, one in enumerate(rows):
        run = one.row.text
        able = one.sort in (Sort.PLAIN, Sort.HEADING, Sort.TIME) or (one.labelled and one.labelled.kind == WORD)
        if not able or one.row.table or len(run.text) > SESSION_LENGTH:
            continue
        dates, times = dates_in(run.text), [when for when in whens(run.text) if when.last]
        if len(dates) == len(times) == 1 and dates[0].is_single and 0 < dates[0].start < times[0].start:
            session = run.cut(0, dates[0].start).strip(" \t-–—|:,;(")
            day = DayLine(EMPTY, dates[0], None, times[0], EMPTY, run)
            named[place] = replace(one, sort=Sort.DAY, text=session, day=day, labelled=None, name=SESSION, timed=None)
    return [named.get(place, one) if len(named) > 1 else one for place, one in enumerate(rows)]


def _with_speakers(rows: list[Classified]) -> list[Classified]:
    """Make speakers of the lines of names alone that stand under timed titles, where that is the custom.

    Words with capitals may be a title as well: one of the lines must have an initial or an office.
    """
    places = [
        at
        for at in range(1, len(rows))
        if rows[at].sort in (Sort.PLAIN, Sort.PERSON)
        and not rows[at].row.line.gap
        and not rows[at].row.table
        and rows[at - 1].sort is Sort.TIME
        and rows[at - 1].text
        and (rows[at].sort is Sort.PERSON or are_names(rows[at].text.text))
    ]
    certain = any(rows[at].sort is Sort.PERSON or has_initial(rows[at].text.text) for at in places)
    if len(places) < SPEAKERS or not certain:
        return rows
    return [replace(one, sort=Sort.PERSON) if at in places else one for at, one in enumerate(rows)]


def _without_headings_over_times(rows: list[Classified]) -> list[Classified]:
    """Leave out titles such as "Session 2 - Analysis" where each of them only stands over rows with times."""
    over, elsewhere = defaultdict[str, set[int]](set), set[str]()
    for at, one in enumerate(rows):
        worded = word_label(one.text) if one.labelled and one.labelled.kind == WORD and not one.timed else None
        if not worded:
            continue
        below = next((rows[n] for n in range(at + 1, len(rows)) if rows[n].sort not in _TRANSPARENT), None)
        titles = at and rows[at - 1].sort is Sort.TIME and not rows[at - 1].text
        if below and below.sort is Sort.TIME and below.text and not titles and one.row.line.gap:
            over[worded[0]].add(at)
        else:
            elsewhere.add(worded[0])
    headings = {at for word, places in over.items() if word not in elsewhere for at in places}
    return [one for at, one in enumerate(rows) if at not in headings]
