"""People as cells name them: “Name <address>, Organisation”, one a line or between semicolons. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from convenor.proposals.importing.cell_texts import Tell, one_line
from convenor.proposals.importing.fields import FIELDS, PARTS
from convenor.proposals.importing.tables import Note

LONGEST_NAME, LONGEST_ADDRESS = 200, 254
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"]+")
_VALID = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.ASCII
)
_AT_THE_END = re.compile(r"^(?P<name>[^(\[]+?)\s*[(\[](?P<organisation>.*?)[)\]]\s*$")


@dataclass(frozen=True, slots=True)
class PersonSaid:
    """Somebody a row names: in which part, how, with which address and for whom; what is not said is empty."""

    part: str
    name: str
    email: str = ""
    organisation: str = ""


def address_of(text: str) -> str:
    """Give an e-mail address in small letters, or "" where the text is none."""
    found = text.strip().removeprefix("mailto:").strip("<>() ").lower()
    is_one = len(found) <= LONGEST_ADDRESS and ".." not in found and _VALID.fullmatch(found)
    return found if is_one else ""


def people_of(text: str, field: str, tell: Tell) -> Iterator[PersonSaid]:
    """Yield the people of a cell."""
    most = FIELDS[field].most
    said = [part for part in re.split(r"[\n;；؛|]+", text) if part.strip()]
    if len(said) > most:
        tell(Note("too-many-entries", {"field": field, "found": len(said), "most": most}))
    for part in said[:most]:
        if person := _person(part, field, tell):
            yield person


def _person(text: str, field: str, tell: Tell) -> PersonSaid | None:
    email = ""
    if found := _ADDRESS.search(text):
        email = address_of(found[0])
        if not email:
            tell(Note("no-address", {"text": found[0][:80], "field": field}))
        text = text.replace(found[0], " ", 1)
    text = re.sub(r"[<(\[]\s*[>)\]]", " ", text).strip(" ,")
    if match := _AT_THE_END.match(text):
        name, organisation = match["name"], match["organisation"]
    else:
        name, _comma, organisation = text.partition(",")
    name = one_line(name.strip(" ,–-"), field, LONGEST_NAME, tell)
    organisation = one_line(organisation.strip(" ,–-"), field, LONGEST_NAME, tell)
    return PersonSaid(PARTS[field], name or email, email, organisation) if name or email else None


def people_in_columns(cells: Sequence[tuple[str, str]], tell: Tell) -> Iterator[PersonSaid]:
    """Yield speakers whose name, address and organisation have columns of their own.

    A column with a name begins somebody; so does one that says what is known already of the one before.
    """
    now: dict[str, str] = {}
    for field, text in cells:
        if field == "speaker-name" or field in now:
            yield from _of_columns(now, tell)
            now = {}
        now[field] = text
    yield from _of_columns(now, tell)


def _of_columns(said: dict[str, str], tell: Tell) -> Iterator[PersonSaid]:
    name = one_line(said.get("speaker-name", ""), "speakers", LONGEST_NAME, tell)
    given = said.get("speaker-email", "")
    email = address_of(given)
    if given and not email:
        tell(Note("no-address", {"text": given[:80], "field": "speakers"}))
    if name or email:
        organisation = one_line(said.get("speaker-organisation", ""), "speakers", LONGEST_NAME, tell)
        yield PersonSaid("speaker", name or email, email, organisation)
