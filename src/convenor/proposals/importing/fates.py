"""What becomes of each row: a new proposal, a change of one that is here, nothing, or a refusal. Pure.

A row is found again by its own number where the file has one, else by title and proposer. Of a proposal that is here a
row changes only what differs from what the same row said at the last import: what was edited here since, and did not
change in the file, stays.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

from convenor.people.plainwords import bare
from convenor.proposals.importing.cell_people import PersonSaid
from convenor.proposals.importing.entries import Entry, OrganisationSaid, Plan, complete, remark
from convenor.proposals.importing.tables import Note

CLOSED = frozenset(["withdrawn", "screened-out"])  # states of a proposal that no import changes
SKIPPED = frozenset(["submitted-at"])  # said once, when a proposal is new


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Known:
    """A proposal that is here, as far as rows are compared with it."""

    pk: int
    number: int
    state: str
    values: Mapping[str, Any]  # by the field's code
    proposer: PersonSaid
    organisation: OrganisationSaid
    people: tuple[PersonSaid, ...]
    outside_id: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)  # what the last import said, by field


@dataclass(slots=True)
class Planned:
    """A row with its fate, the proposal it meets, and the fields that would change."""

    entry: Entry
    fate: Fate
    known: Known | None = None
    changes: tuple[str, ...] = ()


class Shelf:
    """The proposals that are here, found by number in the file or by title and proposer."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.by_id: dict[str, Known] = {}
        self.by_title: dict[tuple[str, str], Known] = {}
        for one in known:
            if one.outside_id:
                self.by_id[one.outside_id] = one
            for who in _whos(one.proposer):
                self.by_title.setdefault((title_key(one.values["title"]), who), one)

    def find(self, entry: Entry) -> Known | None:
        """Find the proposal that a row means; one that bears another number of the file is another one."""
        if entry.outside_id in self.by_id:
            return self.by_id[entry.outside_id]
        if entry.proposer is None:
            return None
        found = self.by_title.get((title_key(entry.title), next(_whos(entry.proposer))))
        return None if found and entry.outside_id and found.outside_id else found


def title_key(title: str) -> str:
    """Give a title as titles are compared."""
    return bare(title) or title.strip()


def _whos(person: PersonSaid) -> Iterator[str]:
    """Give how somebody is found again: by address where there is one, else by name beside the same title."""
    if person.email:
        yield person.email
    else:
        yield f"name {bare(person.name) or person.name}"


def plan_rows(entries: Iterable[Entry], shelf: Shelf, plan: Plan) -> list[Planned]:
    """Say what would become of each row; the later of two rows that mean the same is refused."""
    seen: dict[object, int] = {}
    return [_planned(entry, shelf, plan, seen) for entry in entries]


def _planned(entry: Entry, shelf: Shelf, plan: Plan, seen: dict[object, int]) -> Planned:
    known = shelf.find(entry)
    if known is None:
        complete(entry, plan)
    for key in _keys(entry, known):
        first = seen.setdefault(key, entry.number)
        if first != entry.number and not entry.faults:
            entry.faults.append(Note("twice", {"row": first}))
    if known is not None and known.state in CLOSED and not entry.faults:
        entry.faults.append(Note(known.state, {"number": known.number}))
    if entry.faults:
        return Planned(entry, Fate.REFUSED, known)
    remark(entry, plan)
    if known is None:
        return Planned(entry, Fate.NEW)
    changes = tuple(changed(entry, known))
    return Planned(entry, Fate.UPDATED if changes else Fate.UNCHANGED, known, changes)


def _keys(entry: Entry, known: Known | None) -> Sequence[object]:
    if known is not None:
        return [known.pk]
    if entry.outside_id:
        return [entry.outside_id]
    return [(title_key(entry.title), next(_whos(entry.proposer)))] if entry.title and entry.proposer else []


def said_of(entry: Entry) -> dict[str, Any]:
    """Give everything a row says, by field; who and for whom as plain lists."""
    said: dict[str, Any] = {code: value for code, value in entry.values.items() if code not in SKIPPED}
    if entry.proposer:
        said["proposer"] = [entry.proposer.name, entry.proposer.email]
    if entry.organisation:
        said["organisation"] = [entry.organisation.name, entry.organisation.country, entry.organisation.group]
    if entry.people:
        said["people"] = sorted([one.part, one.name, one.email, one.organisation] for one in entry.people)
    return said


def digests_of(entry: Entry) -> dict[str, str]:
    """Give a mark of everything a row says, to compare the next import with; nothing can be read from it."""
    return {code: digest(value) for code, value in said_of(entry).items()}


def digest(value: object) -> str:
    """Give a short mark of a value."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def changed(entry: Entry, known: Known) -> Iterator[str]:
    """Yield the fields that a row changes; note those that were changed here, too, since the last import."""
    for code, value in said_of(entry).items():
        if _same(code, entry, known) or digest(value) == known.digests.get(code):
            continue
        if code in known.digests and code in known.values and digest(known.values[code]) != known.digests[code]:
            entry.notes.append(Note("changed-here-too", {"field": code}))
        yield code


def _same(code: str, entry: Entry, known: Known) -> bool:
    if code == "proposer" and entry.proposer:
        return _is_person(entry.proposer, known.proposer)
    if code == "organisation" and entry.organisation:
        said, here = entry.organisation, known.organisation
        return (
            said.name.casefold() in ("", here.name.casefold())
            and said.country in ("", here.country)
            and said.group in ("", here.group)
        )
    if code == "people":
        return len(entry.people) == len(known.people) and all(
            any(one.part == other.part and _is_person(one, other) for other in known.people) for one in entry.people
        )
    return bool(entry.values[code] == known.values.get(code))


def _is_person(said: PersonSaid, here: PersonSaid) -> bool:
    """Say whether a row means somebody who stands there already: by address, or by name where it gives no address."""
    if said.email:
        return said.email == here.email
    return bare(said.name) == bare(here.name)
