"""People pasted from a spreadsheet, read line by line; nothing is looked up or saved here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from django.utils.translation import gettext as _

from convenor.people.names import tidy_name
from convenor.people.paste import rows
from convenor.people.plainwords import bare
from convenor.proposals.importing.cell_people import LONGEST_NAME, address_of
from convenor.shared.errors import Refused

COLUMNS = ("name", "email", "organisation", "part")
MOST_LINES, MOST_LETTERS = 50, 100_000
_HEADINGS: Mapping[str, str] = {
    "name": "name|full name|speaker|speakers|panelist|panellist|participant|nom|intervenant|nombre|ponente|orador|имя|"
    "фио|докладчик|姓名|发言人|الاسم|المتحدث",
    "email": "email|e mail|mail|email address|e mail address|address|courriel|adresse électronique|correo|"
    "correo electrónico|электронная почта|почта|电子邮件|邮箱|البريد الإلكتروني",
    "organisation": "organisation|organization|affiliation|institution|company|organisme|organización|institución|"
    "организация|组织|机构|单位|المنظمة|المؤسسة",
    "part": "part|role|function|rôle|fonction|rol|papel|función|роль|角色|الدور",
}
_PARTS: Mapping[str, str] = {
    "co-organiser": "co organiser|co organizer|coorganiser|coorganizer|co organisateur|coorganizador|соорганизатор|"
    "共同组织者|المنظم المشارك",
    "speaker": "speaker|panelist|panellist|discussant|intervenant|intervenante|orateur|oratrice|ponente|orador|oradora|"
    "panelista|докладчик|выступающий|спикер|发言人|演讲人|嘉宾|متحدث|المتحدث",
    "moderator": "moderator|on site moderator|onsite moderator|chair|modérateur|modératrice|moderador|moderadora|"
    "модератор|主持人|الميسر|مدير الجلسة",
    "online-moderator": "online moderator|remote moderator|modérateur en ligne|modératrice en ligne|moderador en línea|"
    "moderadora en línea|онлайн модератор|在线主持人|الميسر عبر الإنترنت",
    "rapporteur": "rapporteur|rapporteure|reporter|relator|relatora|рапортер|报告员|记录员|مقرر|المقرر",
}


@dataclass(slots=True)
class Line:
    """One line as it was read, and what keeps it from being used."""

    number: int
    text: str  # as pasted
    name: str = ""
    email: str = ""
    organisation: str = ""
    part: str = ""
    faults: list[str] = field(default_factory=list)


def read(text: str, *, part: str) -> list[Line]:
    """Read a pasted list, tab-, semicolon- or comma-separated, with or without a line of headings.

    Without headings the columns are name, e-mail, organisation, part; an address is found in whichever column it
    stands. An empty part is the one given. Every line that is not empty comes back, also those that cannot be used.
    """
    found = list(rows(_plain(text)))
    columns = _columns(found[0][2]) if found else None
    lines = [_line(number, whole, _cells(columns, cells), part) for number, whole, cells in found[bool(columns) :]]
    for line in lines[MOST_LINES:]:
        line.faults.append(_("Only %(most)s lines are taken at a time; paste this one again.") % {"most": MOST_LINES})
    seen: set[tuple[str, str]] = set()
    for line in lines:
        if line.email and (line.email, line.part) in seen:
            line.faults.append(_("“%(email)s” stands in an earlier line already.") % {"email": line.email})
        seen.add((line.email, line.part))
    return lines


def check(text: str) -> None:
    """Let through what can be read at a time.

    Raises:
        Refused: it is too much.
    """
    if len(text) > MOST_LETTERS:
        raise Refused(
            _("The lines were not read: they have %(letters)s letters, and %(most)s are taken. What you typed is kept.")
            % {"letters": len(text), "most": MOST_LETTERS}
        )


def rest(text: str, *, part: str) -> str:
    """Give a pasted list without the lines that can be used; nothing where that is all of them."""
    lines = read(text, part=part)
    used = {line.number for line in lines if not line.faults}
    if len(used) == len(lines):
        return ""
    return "\n".join(line for number, line in enumerate(_plain(text).splitlines(), 1) if number not in used)


def _plain(text: str) -> str:
    return text.replace("\x0b", " ")


def _columns(cells: Sequence[str]) -> list[str] | None:
    """Read a line of headings; None where the first line is somebody already."""
    if any("@" in cell for cell in cells):
        return None
    found = [_headings().get(bare(cell), f"unknown {index}") for index, cell in enumerate(cells)]
    return found if {"name", "email"} & set(found) else None


def _cells(columns: Sequence[str] | None, cells: Sequence[str]) -> dict[str, str]:
    """Name the cells of a line; without headings the address may stand first, as address books write it."""
    if columns:
        return dict(zip(columns, cells, strict=False))
    address = next((cell for cell in cells if "@" in cell), "")
    rest = [cell for cell in cells if cell is not address]
    return dict(zip(("name", "organisation", "part"), rest, strict=False)) | {"email": address}


def _line(number: int, text: str, cells: Mapping[str, str], part: str) -> Line:
    given, said = cells.get("email", ""), cells.get("part", "")
    line = Line(number, text.strip(), name=tidy_name(cells.get("name", "")))
    line.organisation, line.email = tidy_name(cells.get("organisation", "")), address_of(given.strip("<> "))
    line.part = _parts().get(bare(said), "") if said else part
    if not line.email:
        words = _("“%(text)s” is no e-mail address.") if given else _("There is no e-mail address.")
        line.faults.append(words % {"text": given[:80]})
    if not line.name:
        line.faults.append(_("The name is missing."))
    for words in (line.name, line.organisation):
        if len(words) > LONGEST_NAME:
            line.faults.append(
                _("“%(start)s…” has %(letters)s letters: a name has %(most)s at most.")
                % {"start": words[:40], "letters": len(words), "most": LONGEST_NAME}
            )
    if not line.part:
        line.faults.append(_("“%(text)s” is no part that somebody has in a session.") % {"text": said[:80]})
    return line


@cache
def _headings() -> Mapping[str, str]:
    return {bare(word): column for column, words in _HEADINGS.items() for word in words.split("|")}


@cache
def _parts() -> Mapping[str, str]:
    return {bare(word): part for part, words in _PARTS.items() for word in (*words.split("|"), part)}
