"""A report as rapporteurs left it: the draft that the log gives, with the entries of its edits taken in; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from convenor.meetings.minutes import Paragraph, Report, Section, numbered
from convenor.meetings.record.replay import Change, Line, Part, replay, standing


def lines_of(report: Report, changes: Iterable[Change]) -> list[Line]:
    """Give every paragraph as it stands, those taken out among them; what closing parts repeat is not edited."""
    return replay([_part(section) for section in report.sections], changes)


def _part(section: Section) -> Part:
    return Part(section.key, tuple((one.key, one.text) for one in section.paragraphs if not one.repeats))


def edited(report: Report, lines: Sequence[Line]) -> Report:
    """Give the report with these lines in place of its own paragraphs, numbered through."""
    known = {one.key: one for one in report.paragraphs()}
    by_part: dict[str, list[Line]] = {}
    for line in standing(lines):
        by_part.setdefault(line.part, []).append(line)
    return numbered(
        replace(report, sections=tuple(_section(one, by_part.get(one.key, ()), known) for one in report.sections))
    )


def _section(section: Section, lines: Sequence[Line], known: dict[str, Paragraph]) -> Section:
    own = (_paragraph(line, section, known.get(line.key)) for line in lines)
    return replace(section, paragraphs=(*own, *(one for one in section.paragraphs if one.repeats)))


def _paragraph(line: Line, section: Section, made: Paragraph | None) -> Paragraph:
    if made is None:
        return Paragraph(line.key, line.text, item=section.item)
    return replace(made, text=line.text, item=section.item)


def texts_of(report: Report) -> dict[str, str]:
    """Give the words of every paragraph by its key; what is said again counts once."""
    return {one.key: one.text for one in report.paragraphs() if not one.repeats}


def without_empty(report: Report) -> Report:
    """Leave out headings below which nothing stands, and those of closing parts stay: an item nobody took up yet."""
    kept: list[Section] = []
    level = 0  # of the heading that a deeper section needs above it
    for one in reversed(report.sections):
        if one.paragraphs or not one.item or level > one.level:
            kept.append(one)
            level = one.level
    return replace(report, sections=tuple(reversed(kept)))
