"""The proposals that are here, as rows are compared with them: a fixed number of queries, however many there are."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from convenor.cycle.models import Cycle
from convenor.proposals.importing.cell_people import PersonSaid
from convenor.proposals.importing.entries import OrganisationSaid
from convenor.proposals.importing.fates import SKIPPED, Known, Shelf
from convenor.proposals.importing.fields import FIELDS
from convenor.proposals.importing.models import ImportedFrom
from convenor.proposals.models import Contributor, Part, Proposal

COLUMNS = {code: field.column for code, field in FIELDS.items() if field.column and code not in SKIPPED}
_OTHER = (
    "pk", "number", "state", "owner_id", "owner__name", "owner__email",
    "organisation__name", "organisation__country", "organisation__group",
)  # fmt: skip


def shelf_of(cycle: Cycle) -> Shelf:
    """Give the proposals of a year, to find rows in."""
    return Shelf(_known(cycle))


def _known(cycle: Cycle) -> Iterator[Known]:
    origins: dict[int, ImportedFrom] = {one.proposal_id: one for one in ImportedFrom.objects.filter(cycle=cycle)}
    people = _people(cycle)
    rows = Proposal.objects.filter(cycle=cycle).order_by("number").values(*_OTHER, *COLUMNS.values())
    for row in rows.iterator(chunk_size=1000):
        origin = origins.get(row["pk"])
        yield Known(
            pk=row["pk"],
            number=row["number"],
            state=row["state"],
            values={code: row[column] for code, column in COLUMNS.items()},
            proposer=PersonSaid(Part.ORGANISER, row["owner__name"], (row["owner__email"] or "").lower()),
            organisation=OrganisationSaid(
                row["organisation__name"], row["organisation__country"], row["organisation__group"]
            ),
            people=tuple(said for owner, said in people.get(row["pk"], ()) if not _is_owner(owner, said, row)),
            outside_id=origin.outside_id if origin else "",
            digests=origin.digests if origin else {},
        )


def _is_owner(person: int, said: PersonSaid, row: Mapping[str, Any]) -> bool:
    return said.part == Part.ORGANISER and person == row["owner_id"]


def _people(cycle: Cycle) -> dict[int, list[tuple[int, PersonSaid]]]:
    found: defaultdict[int, list[tuple[int, PersonSaid]]] = defaultdict(list)
    rows = Contributor.objects.filter(proposal__cycle=cycle).order_by("pk")
    columns = ("proposal_id", "person_id", "part", "person__name", "person__email", "organisation__name")
    for proposal, person, part, name, email, organisation in rows.values_list(*columns).iterator(chunk_size=1000):
        found[proposal].append((person, PersonSaid(part, name, (email or "").lower(), organisation or "")))
    return found
