"""A report as plain data and back, so that the text of a stage can be kept as it was; pure."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from convenor.meetings.minutes import Annex, Does, Paragraph, Report, Section


def to_plain(report: Report) -> dict[str, Any]:
    """Write a report as JSON can hold it."""
    plain = asdict(report)
    plain["at"] = report.at.isoformat() if report.at else None
    for annex in plain["annexes"]:
        annex["ends"] = sorted(annex["ends"])
    return plain


def from_plain(plain: Mapping[str, Any]) -> Report:
    """Read what `to_plain` wrote; of anything else an empty report comes back, never an error."""
    try:
        return _report(plain)
    except (AttributeError, KeyError, TypeError, ValueError):
        return Report(title="", language="en", zone="UTC", at=None)


def _report(plain: Mapping[str, Any]) -> Report:
    rest = {name: plain[name] for name in ("title", "language", "zone", "forum", "direction")}
    return Report(
        **rest,
        at=datetime.fromisoformat(plain["at"]) if plain["at"] else None,
        lines=tuple(plain["lines"]),
        sections=tuple(map(_section, plain["sections"])),
        annexes=tuple(map(_annex, plain["annexes"])),
    )


def _section(plain: Mapping[str, Any]) -> Section:
    return Section(**{**plain, "paragraphs": tuple(map(_paragraph, plain["paragraphs"]))})


def _paragraph(plain: Mapping[str, Any]) -> Paragraph:
    return Paragraph(**{**plain, "does": Does(plain["does"]), "entries": tuple(plain["entries"])})


def _annex(plain: Mapping[str, Any]) -> Annex:
    shape = {name: tuple(plain[name]) for name in ("header", "notes", "widths")}
    return Annex(**{**plain, **shape, "rows": tuple(map(tuple, plain["rows"])), "ends": frozenset(plain["ends"])})


def without_name(report: Report, name: str, instead: str) -> Report:
    """Write other words wherever somebody is named."""

    def said(text: str) -> str:
        return text.replace(name, instead)

    sections = tuple(
        replace(one, paragraphs=tuple(replace(each, text=said(each.text)) for each in one.paragraphs))
        for one in report.sections
    )
    annexes = tuple(
        replace(
            one,
            rows=tuple(tuple(map(said, row)) for row in one.rows),
            notes=tuple(map(said, one.notes)),
        )
        for one in report.annexes
    )
    return replace(report, lines=tuple(map(said, report.lines)), sections=sections, annexes=annexes)
