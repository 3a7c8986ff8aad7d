"""Minutes as a paper that any writer prints: PDF, DOCX, the page to print, plain text."""

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from convenor.meetings.minutes import Annex, Paragraph, Report, Section, Utterance, Verbatim
from convenor.shared import documents as paper
from convenor.shared.documents.text import direction_of

MARKS = {"ltr": "\u200e", "rtl": "\u200f", None: ""}  # of direction; nothing is drawn
LABEL = re.compile(r"\s*\w{1,4}[.)] ")


def report_paper(report: Report, *, at: datetime, running: str = "") -> paper.Document:
    """Give the summary report: its paragraphs with their numbers, and the annexes from a new page on.

    `at` is the moment the file is dated with; `running` says at the head of every page how far the minutes have come.
    """
    blocks: list[paper.Block] = [paper.Paragraph.of(line) for line in report.lines]
    for section in report.sections:
        blocks += _section(section)
    for place, annex in enumerate(report.annexes):
        blocks += [*([] if place else [paper.PageBreak()]), *_annex(annex)]
    return paper.Document(
        title=report.title,
        language=report.language,
        direction=report.direction,
        at=at,
        author=report.forum,
        subject=" · ".join(report.lines),
        running=running,
        blocks=tuple(blocks),
    )


def _section(section: Section) -> Iterator[paper.Block]:
    heading = _led(" ".join(part for part in (section.label, section.heading) if part))
    yield paper.Heading(heading or "–", min(section.level, paper.MOST_LEVELS))
    if section.paragraphs:
        yield paper.Listing(tuple(map(_point, section.paragraphs)), marker="")


def _point(one: Paragraph) -> paper.Item:
    return paper.Item((paper.Run(one.text),), f"{one.number}." if one.number else "")


def _annex(annex: Annex) -> Iterator[paper.Block]:
    yield paper.Heading(annex.title)
    if annex.rows:
        alignment: tuple[paper.Alignment, ...] = tuple(
            "end" if column in annex.ends else "start" for column in range(len(annex.header))
        )
        rows = tuple((_led(first), *rest) for first, *rest in annex.rows)
        yield paper.Table(annex.header, rows, alignment=alignment, widths=annex.widths)
    for note in annex.notes:
        yield paper.Paragraph.of(note)


def verbatim_paper(record: Verbatim, *, at: datetime, running: str = "") -> paper.Document:
    """Give the verbatim record: by day and item, each speaker in bold with the time, and what they said."""
    blocks: list[paper.Block] = [paper.Paragraph.of(line) for line in record.lines]
    day = ""
    for sitting in record.sittings:
        if sitting.date and sitting.date != day:
            blocks.append(paper.Heading(sitting.date))
        day = sitting.date
        if heading := " ".join(part for part in (sitting.label, sitting.heading) if part):
            blocks.append(paper.Heading(_led(heading), 2))
        for one in sitting.utterances:
            blocks += _said(one, record)
    return paper.Document(
        title=record.title,
        language=record.language,
        direction=record.direction,
        at=at,
        author=record.forum,
        subject=" · ".join(record.lines),
        running=running,
        blocks=tuple(blocks),
    )


def _said(one: Utterance, record: Verbatim) -> Iterator[paper.Block]:
    time = f"{one.began_at.astimezone(ZoneInfo(record.zone)):%H:%M}"
    who = (paper.Run(_closed(one.name), bold=True), paper.Run(f" ({time}): "))
    first, *rest = one.paragraphs or ("",)
    yield paper.Paragraph((*who, paper.Run(first) if first else paper.Run(record.silence, italic=True)))
    yield from map(paper.Paragraph.of, rest)


def _led(text: str) -> str:
    """Let a line run as its words do, where its label is of letters that run the other way: "a) …"."""
    label = LABEL.match(text)
    runs = direction_of(text[label.end() :]) if label else None
    return f"{MARKS[runs]}{text}" if runs not in (None, direction_of(text)) else text


def _closed(name: str) -> str:
    """End a name in the direction in which it begins, else what follows in brackets changes places with its end."""
    begins = direction_of(name)
    return name if direction_of(name[::-1]) == begins else f"{name}{MARKS[begins]}"
