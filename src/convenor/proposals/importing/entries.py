"""One row, read: what it says of a proposal, what had to be noted, and what keeps it from being taken. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from convenor.people.plainwords import bare
from convenor.people.regions import region_of
from convenor.proposals.drafting.counting import count_words
from convenor.proposals.importing.cell_people import PersonSaid, address_of, people_in_columns, people_of
from convenor.proposals.importing.cell_texts import clean, entries_of, one_line
from convenor.proposals.importing.fields import CODE, FIELDS, LIST, PEOPLE, TEXT
from convenor.proposals.importing.tables import Note

LEAST_MINUTES, MOST_MINUTES, MOST_SEATS = 5, 600, 100_000
GONE_STATES = frozenset(["withdrawn", "canceled", "cancelled", "deleted", "rejected", "draft"])
_YES = frozenset(["yes", "y", "true", "1", "x", "oui", "si", "да", "是", "نعم", "✓", "✔", "ja"])
_NO = frozenset(["no", "n", "false", "0", "non", "нет", "否", "لا", "nein"])
_CLOCK = re.compile(r"(\d{1,2})\s*(?::|h|час|小时)\s*(\d{2})?\D*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OrganisationSaid:
    """For whom a proposal speaks, as the row says it."""

    name: str
    country: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """How rows are read.

    Args:
        columns: a field for every column, "" where it is left out.
        codes: kind → spelling → our code, "" where nobody knows.
        otherwise: what a row counts as that leaves its theme, format or organisation open.
        lengths: the minutes that each format allows.
        required: the fields that each format must have, as the rule set names them.
        most_words: of a description.
    """

    columns: Sequence[str]
    codes: Mapping[str, Mapping[str, str]]
    otherwise: Mapping[str, str]
    lengths: Mapping[str, Sequence[int]]
    required: Mapping[str, Sequence[str]] = field(default_factory=dict)
    most_words: int = 0


@dataclass(slots=True)
class Entry:
    """What a row says. A field that it leaves open is not in `values`; nobody is in `people` where it names none."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)  # by the field's code
    outside_id: str = ""
    proposer: PersonSaid | None = None
    organisation: OrganisationSaid | None = None
    people: tuple[PersonSaid, ...] = ()
    notes: list[Note] = field(default_factory=list)
    faults: list[Note] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The title, or ""."""
        return str(self.values.get("title", ""))


def read_row(number: int, cells: Sequence[str], plan: Plan) -> Entry:
    """Read a row; everything doubtful is in its notes, everything that forbids it in its faults."""
    entry = Entry(number)
    said: dict[str, str] = {}
    own_columns: list[tuple[str, str]] = []
    for code, cell in zip(plan.columns, cells, strict=True):
        if code.startswith("speaker-"):
            own_columns.append((code, cell))
        elif code and cell:
            said.setdefault(code, cell)
    for code, cell in said.items():
        _read_field(entry, code, cell, plan)
    _read_who(entry, said, own_columns, plan)
    _read_origin(entry, said, plan)
    _read_length(entry, said.get("minutes", ""), plan)
    return entry


def _read_field(entry: Entry, code: str, cell: str, plan: Plan) -> None:
    known = FIELDS[code]
    if reader := _READERS.get(code):
        reader(entry, cell)
    elif known.sort == CODE and known.column:
        if found := plan.codes.get(known.kind, {}).get(cell, ""):
            entry.values[code] = found
        elif code == "language":
            entry.notes.append(Note("unknown-language", {"text": cell[:80]}))
        else:
            entry.faults.append(Note(f"unknown-{code}", {"text": cell[:80]}))
    elif known.sort == TEXT:
        entry.values[code] = clean(cell, code, known.most, entry.notes.append)
    elif known.sort == LIST:
        entry.values[code] = entries_of(cell, code, known.most, entry.notes.append)


def _read_title(entry: Entry, cell: str) -> None:
    if title := one_line(cell, "title", FIELDS["title"].most, entry.notes.append):
        entry.values["title"] = title


def _read_outside_id(entry: Entry, cell: str) -> None:
    most = FIELDS["outside-id"].most
    entry.outside_id = " ".join(cell.split())
    if len(entry.outside_id) > most:
        entry.faults.append(Note("long-id", {"found": len(entry.outside_id), "most": most}))
        entry.outside_id = ""


def _read_seats(entry: Entry, cell: str) -> None:
    digits = re.sub(r"[\s.,’']", "", cell)
    if digits.isascii() and digits.isdigit() and 1 <= int(digits[:9]) <= MOST_SEATS:
        entry.values["seats"] = int(digits)
    else:
        entry.notes.append(Note("no-number", {"field": "seats", "text": cell[:80]}))


def _read_first(entry: Entry, cell: str) -> None:
    word = bare(cell) or cell.strip()
    if word in _YES | _NO:
        entry.values["first-proposal"] = word in _YES
    else:
        entry.notes.append(Note("no-yes", {"text": cell[:80]}))


def _read_moment(entry: Entry, cell: str) -> None:
    try:
        found = datetime.fromisoformat(cell.strip())
    except ValueError:
        entry.notes.append(Note("no-moment", {"text": cell[:80]}))
        return
    found = found.replace(tzinfo=UTC) if found.tzinfo is None else found
    entry.values["submitted-at"] = found.astimezone(UTC).isoformat()


def _read_state(entry: Entry, cell: str) -> None:
    if cell.strip().casefold() in GONE_STATES:
        entry.faults.append(Note("gone-there", {"text": cell[:80]}))


_READERS: Mapping[str, Callable[[Entry, str], None]] = {
    "title": _read_title,
    "outside-id": _read_outside_id,
    "seats": _read_seats,
    "first-proposal": _read_first,
    "submitted-at": _read_moment,
    "state": _read_state,
}


def _read_who(entry: Entry, said: Mapping[str, str], own_columns: Sequence[tuple[str, str]], plan: Plan) -> None:
    name = one_line(said.get("proposer-name", ""), "proposer-name", FIELDS["proposer-name"].most, entry.notes.append)
    given = said.get("proposer-email", "")
    email = address_of(given)
    if given and not email:
        entry.faults.append(Note("no-proposer-address", {"text": given[:80]}))
    if name or email:
        entry.proposer = PersonSaid("organiser", name or email, email)
    people = [
        person
        for code, cell in said.items()
        if FIELDS[code].sort == PEOPLE
        for person in people_of(cell, code, entry.notes.append)
    ]
    people += people_in_columns(own_columns, entry.notes.append)
    entry.people = tuple({(one.part, one.email or bare(one.name) or one.name): one for one in people}.values())


def _read_origin(entry: Entry, said: Mapping[str, str], plan: Plan) -> None:
    """Read for whom a proposal speaks; the region follows from the country and is only compared."""
    name = one_line(said.get("organisation", ""), "organisation", FIELDS["organisation"].most, entry.notes.append)
    codes = {}
    for field_code, kind in (("country", "countries"), ("group", "groups"), ("region", "regions")):
        cell = said.get(field_code, "")
        codes[field_code] = plan.codes.get(kind, {}).get(cell, "") if cell else ""
        if cell and not codes[field_code]:
            entry.notes.append(Note(f"unknown-{field_code}", {"text": cell[:80]}))
    if codes["region"] and not codes["country"]:
        entry.notes.append(Note("region-alone"))
    elif codes["region"] and codes["region"] != region_of(codes["country"]):
        entry.notes.append(Note("region-differs", {"text": said["region"][:80]}))
    if name or codes["country"] or codes["group"]:
        entry.organisation = OrganisationSaid(name, codes["country"], codes["group"])


def _read_length(entry: Entry, cell: str, plan: Plan) -> None:
    if not cell:
        return
    minutes = minutes_of(cell)
    if minutes is None:
        entry.notes.append(Note("no-number", {"field": "minutes", "text": cell[:80]}))
        return
    entry.values["minutes"] = minutes


def minutes_of(text: str) -> int | None:
    """Read a length: 90, 90 min, 1h30, 1:30, 1.5 hours; None where it is none, or none of 5 to 600 minutes."""
    found: float | None = None
    if number := re.fullmatch(
        r"(\d{1,3})(?:[.,]0+)?\s*(?:m\w*\.?|мин\w*\.?|分钟?|دقيقة)?", text.strip(), re.IGNORECASE
    ):
        found = int(number[1])
    elif hours := re.fullmatch(r"(\d{1,2}[.,]\d+)\s*(?:h\w*|час\w*|小时|ساعة)", text.strip(), re.IGNORECASE):
        found = float(hours[1].replace(",", ".")) * 60
    elif clock := _CLOCK.match(text.strip()):
        found = int(clock[1]) * 60 + int(clock[2] or 0)
    return int(found) if found is not None and LEAST_MINUTES <= found <= MOST_MINUTES else None


def complete(entry: Entry, plan: Plan) -> None:
    """Fill what a new proposal must have from what the secretariat said of rows that leave it open; note what lacks."""
    for code in ("theme", "format"):
        if code not in entry.values and plan.otherwise.get(code):
            entry.values[code] = plan.otherwise[code]
        elif code not in entry.values and not any(fault.code == f"unknown-{code}" for fault in entry.faults):
            entry.faults.append(Note(f"no-{code}"))
    if not entry.title:
        entry.faults.append(Note("no-title"))
    if entry.proposer is None and not any(fault.code == "no-proposer-address" for fault in entry.faults):
        entry.faults.append(Note("no-proposer"))
    said = entry.organisation or OrganisationSaid("")
    if not said.name:
        entry.organisation = OrganisationSaid(plan.otherwise["organisation"], said.country, said.group)
        entry.notes.append(Note("no-organisation", {"text": plan.otherwise["organisation"]}))
    lengths = plan.lengths.get(entry.values.get("format", ""), ())
    if lengths:
        entry.values.setdefault("minutes", lengths[0])
    entry.values.setdefault("summary", "")


def asked_columns(columns: Sequence[str]) -> set[str]:
    """Give the fields that some column says; a speaker's own columns say the speakers."""
    return {"speakers" if code.startswith("speaker-") else code for code in columns if code}


def remark(entry: Entry, plan: Plan) -> None:
    """Note what the rules would say: a length that the format does not allow, a text that is too long, what lacks."""
    format_code = entry.values.get("format", "")
    lengths, minutes = plan.lengths.get(format_code, ()), entry.values.get("minutes")
    if lengths and minutes and minutes not in lengths:
        entry.notes.append(Note("other-length", {"minutes": minutes, "allowed": ", ".join(map(str, lengths))}))
    words = count_words(str(entry.values.get("summary", "")))
    if plan.most_words and words > plan.most_words:
        entry.notes.append(Note("many-words", {"found": words, "most": plan.most_words}))
    parts = {one.part for one in entry.people}
    has = {code for code, value in entry.values.items() if value}
    has |= {"speakers"} if "speaker" in parts else set()
    has |= {"co-organisers"} if "co-organiser" in parts else set()
    asked = set(plan.required.get(format_code, ())) & asked_columns(plan.columns)
    lacking = [code for code in FIELDS if code in asked and code not in has | parts]
    if lacking:
        entry.notes.append(Note("lacks", {"fields": " ".join(lacking)}))
