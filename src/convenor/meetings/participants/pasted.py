"""Guests pasted from a spreadsheet, read line by line; nothing is looked up or saved here."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from convenor.meetings.participants.actions_secretariat import Guest
from convenor.people import spellings
from convenor.people.names import tidy_name
from convenor.people.paste import MOST_LINES, NAME_LENGTH, rows
from convenor.people.plainwords import bare

LONGEST_ADDRESS = 254
SHOWN = 80  # letters of a line in the sentence about it
COLUMNS: tuple[str, ...] = ("name", "organisation", "position", "country", "group", "contact")
_HEADINGS = {
    "name": "name|full name|participant|guest|nom|nombre",
    "organisation": "organisation|organization|affiliation|institution|company|organizacion",
    "position": "position|title|job title|function|role|fonction|titre|cargo",
    "country": "country|pays|pais|nationality",
    "group": "group|stakeholder group|stakeholder|sector|groupe|grupo",
    "contact": "email|e mail|mail|e mail address|email address|address|courriel|correo",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it was read: the guest, or why it cannot be used."""

    number: int
    text: str  # as pasted
    guest: Guest | None
    fault: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a pasted list says; `heading` is its first line where that names columns, else empty."""

    heading: str
    lines: list[Line]


def read(text: str, *, mode: str, days: Mapping[int, str]) -> Read:
    """Read a pasted list, tab-, semicolon- or comma-separated, with or without a line of headings."""
    found, columns, heading = list(rows(text)), COLUMNS, ""
    if found and (named := _columns(found[0][2])):
        columns, heading, found = named, found[0][1], found[1:]
    lines = []
    for place, (number, whole, cells) in enumerate(found):
        said = dict(zip(columns, cells, strict=False))
        fault = _fault(said) if place < MOST_LINES else _too_many()
        lines.append(Line(number, whole, None if fault else _guest(said, mode, days), fault))
    return Read(heading, lines)


def said_of(line: Line, why: str) -> str:
    """Say why a line was not taken."""
    said = {"number": line.number, "text": line.text[:SHOWN], "fault": why}
    return _("Line %(number)s, “%(text)s”: %(fault)s") % said


def _too_many() -> str:
    return _("Only %(most)s lines are taken at a time; paste this one again.") % {"most": MOST_LINES}


def _columns(cells: list[str]) -> tuple[str, ...] | None:
    """Read a line of headings; None where the first line is somebody already."""
    names = {bare(word): column for column, words in _HEADINGS.items() for word in words.split("|")}
    found = tuple(names.get(bare(cell), "") for cell in cells)
    return found if "name" in found and not any("@" in cell for cell in cells) else None


def _fault(said: Mapping[str, str]) -> str:
    if not tidy_name(said.get("name", "")):
        return _("There is no name.")
    if (text := said.get("country", "")) and not spellings.country_of(text):
        return _("“%(text)s” is no country that we know.") % {"text": text}
    if (text := said.get("group", "")) and not spellings.group_of(text):
        return _("“%(text)s” is no stakeholder group.") % {"text": text}
    return (
        ""
        if _is_address(said.get("contact", ""))
        else _("“%(text)s” is no e-mail address.") % {"text": said["contact"]}
    )


def _is_address(text: str) -> bool:
    try:
        validate_email(text or "nobody@example.org")
    except ValidationError:
        return False
    return len(text) <= LONGEST_ADDRESS


def _guest(said: Mapping[str, str], mode: str, days: Mapping[int, str]) -> Guest:
    return Guest(
        name=tidy_name(said["name"])[:NAME_LENGTH],
        organisation=tidy_name(said.get("organisation", ""))[:NAME_LENGTH],
        position=tidy_name(said.get("position", ""))[:NAME_LENGTH],
        country=spellings.country_of(said.get("country", "")) or "",
        group=spellings.group_of(said.get("group", "")) or "",
        contact=said.get("contact", "").lower(),
        mode=mode,
        days=days,
    )
