"""A list of people pasted from a spreadsheet, read line by line; nothing is looked up or saved here."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from convenor.people import spellings
from convenor.people.models import Group
from convenor.people.names import tidy_name
from convenor.people.plainwords import bare
from convenor.people.regions import region_of

COLUMNS = ("name", "email", "country", "group", "role", "since", "until")
MOST_LINES, NAME_LENGTH = 500, 200
_HEADERS = {
    "name": "name|full name|participant|nom|nombre",
    "email": "email|e mail|mail|e mail address|email address|address|courriel|correo",
    "country": "country|pays|pais|nationality",
    "group": "group|stakeholder group|stakeholder|sector|groupe|grupo",
    "region": "region|regional group|un regional group",
    "role": "role|function|capacity|title role",
    "since": "since|from|start|start date|term start|depuis|desde",
    "until": "until|to|end|end date|term end|expires|jusqu au|hasta",
}


@dataclass(slots=True)
class Line:
    """One line as it was read: our codes, how unusual spellings were taken, and what keeps it from being used."""

    number: int
    text: str  # as pasted
    name: str = ""
    email: str = ""
    country: str = ""
    group: str = ""
    role: str = ""
    since: date | None = None
    until: date | None = None
    notes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def region(self) -> str:
        """Region code, from the country; empty when unknown."""
        return region_of(self.country)


def read(text: str, *, role: str = "") -> list[Line]:
    """Read a pasted list, tab-, semicolon- or comma-separated, with or without a line of headings.

    Without headings the columns are name, e-mail, country, group, role, since, until. An empty role is the one given.
    Every line that is not empty comes back, also those that cannot be used; lines above the limit say so.
    """
    found_rows = list(rows(text))
    columns = _columns(found_rows[0][2]) if found_rows else None
    found = [
        _line(number, whole, dict(zip(columns or COLUMNS, cells, strict=False)), role)
        for number, whole, cells in (found_rows[1:] if columns else found_rows)
    ]
    for line in found[MOST_LINES:]:
        line.faults.append(_("Only %(most)s lines are taken at a time; paste this one again.") % {"most": MOST_LINES})
    return found


def rows(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Give every line that is not empty: its number, the whole of it, its cells."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip(" \t,;")]
    mark = _separator([line for _number, line in lines])
    for number, line in lines:
        cells = next(csv.reader([line.replace("\0", "")], delimiter=mark), [])
        yield number, line, [cell.strip() for cell in cells]


def _separator(lines: Sequence[str]) -> str:
    first = "\n".join(lines[:5])
    return next((mark for mark in ("\t", ";") if mark in first), ",")


def _columns(cells: Sequence[str]) -> list[str] | None:
    """Read a line of headings; None where the first line is somebody already."""
    if any("@" in cell for cell in cells):
        return None
    names = {bare(word): column for column, words in _HEADERS.items() for word in words.split("|")}
    found = [names.get(bare(cell), f"unknown {index}") for index, cell in enumerate(cells)]
    return found if "email" in found else None


def _line(number: int, text: str, cells: dict[str, str], role: str) -> Line:
    line = Line(number, text, name=tidy_name(cells.get("name", ""))[:NAME_LENGTH], role=role)
    _read_address(line, cells.get("email", ""))
    _read_codes(line, cells)
    for column in ("since", "until"):
        _read_day(line, column, cells.get(column, ""))
    if line.since and line.until and line.until < line.since:
        line.faults.append(
            _("The term would end on %(until)s, before it starts on %(since)s.")
            % {"since": line.since.isoformat(), "until": line.until.isoformat()}
        )
    return line


def _read_address(line: Line, text: str) -> None:
    line.email = text.removeprefix("mailto:").strip("<> ").lower()
    try:
        validate_email(line.email)
    except ValidationError:
        said = _("There is no e-mail address.") if not text else _("“%(text)s” is no e-mail address.") % {"text": text}
        line.faults.append(said)


def _read_codes(line: Line, cells: dict[str, str]) -> None:
    if text := cells.get("country", ""):
        line.country = spellings.country_of(text) or ""
        if not line.country:
            line.faults.append(_("“%(text)s” is no country that we know.") % {"text": text})
    if text := cells.get("group", ""):
        line.group = spellings.group_of(text) or ""
        if not line.group:
            line.faults.append(_("“%(text)s” is no stakeholder group.") % {"text": text})
        elif text not in (line.group, str(Group(line.group).label)):
            said = {"text": text, "group": Group(line.group).label}
            line.notes.append(_("“%(text)s” is read as %(group)s.") % said)
    if text := cells.get("role", ""):
        line.role = spellings.role_of(text) or ""
        if not line.role:
            line.faults.append(_("“%(text)s” is no role here.") % {"text": text})
    elif not line.role:
        line.faults.append(_("The role is missing."))
    if text := cells.get("region", ""):
        _compare_region(line, text)


def _compare_region(line: Line, text: str) -> None:
    """Say where the sheet's region is not the country's: the country counts."""
    region = spellings.region_named(text)
    if region is None:
        line.notes.append(_("“%(text)s” is no regional group; the country counts.") % {"text": text})
    elif not line.country:
        line.notes.append(_("“%(text)s”: a region follows from a country, and there is none.") % {"text": text})
    elif region != region_of(line.country):
        line.notes.append(_("“%(text)s” is not the group of this country; the country counts.") % {"text": text})


def _read_day(line: Line, column: str, text: str) -> None:
    try:
        setattr(line, column, spellings.day_of(text, is_last=column == "until"))
    except ValueError:
        line.faults.append(_("“%(text)s” is no certain day; write it like 2017-03-31.") % {"text": text})
