"""Rows become proposals: everything at once or nothing, and the journal says so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop

from convenor.cycle.models import Cycle
from convenor.people.models import Organisation, Person
from convenor.people.plainwords import bare
from convenor.proposals.importing.cell_people import PersonSaid
from convenor.proposals.importing.checking import Checked, Prepared, check, store
from convenor.proposals.importing.entries import Entry, OrganisationSaid
from convenor.proposals.importing.fates import Fate, Planned, digests_of
from convenor.proposals.importing.known import COLUMNS, shelf_of
from convenor.proposals.importing.models import Import, ImportedFrom, ImportState
from convenor.proposals.importing.resolving import (
    Organisations,
    PersonKey,
    find_or_make_people,
    give_addresses,
    organisations_in,
    person_key,
)
from convenor.proposals.models import Contributor, Part, Proposal, State
from convenor.shared.journal import record, typed

AT_ONCE = 500


@transaction.atomic
def write(source: Import, ready: Prepared, *, by: Person | None, at: datetime) -> dict[str, int]:
    """Take an import over: make what is new, change what differs, keep what became of every row; give the counts.

    The rows were read before (`prepare`). The year is locked, so that numbers are given once; fates are computed anew
    under the lock, and what is kept is what was done.
    """
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("forum", "rule_set").get(pk=source.cycle_id)
    source.cycle = cycle
    checked = check(ready, shelf_of(cycle))
    done = _Writer(source, checked, at=at).write()
    store(source, checked, {number: proposal.pk for number, proposal in done.items()})
    source.rows.exclude(fate=Fate.REFUSED).update(cells=[])
    source.state, source.done_at, source.confirmed_by = ImportState.DONE, at, by
    source.save(update_fields=["state", "done_at", "confirmed_by", "counts"])
    record(
        scope=cycle.scope,
        verb="proposals.imported",
        at=at,
        actor=by,
        template=gettext_noop(
            "Proposals were taken over from “%(file)s”: %(new)s new, %(updated)s changed, %(refused)s rows refused."
        ),
        values={key: source.counts[key] for key in ("new", "updated", "refused")},
        private={"file": typed(source.file_name)},
    )
    return checked.counts


class _Writer:
    """Writes the rows of one import that are new or change something."""

    def __init__(self, source: Import, checked: Checked, *, at: datetime) -> None:
        self.source, self.at = source, at
        self.new = [one for one in checked.planned if one.fate is Fate.NEW]
        self.updated = [one for one in checked.planned if one.fate is Fate.UPDATED]
        self.organisations: Organisations
        self.people: dict[PersonKey, Person] = {}

    def write(self) -> dict[int, Proposal]:
        """Write; give the proposals that were made or changed, by row."""
        todo = [*self.new, *self.updated]
        here = self._here()
        named = [organisation for one in todo for organisation in organisations_in(_whole(one))]
        self.organisations = Organisations(named)
        give_addresses([pair for one in self.updated for pair in _named_before(one, here)])
        self.people = find_or_make_people([pair for one in todo for pair in self._unknown(one, here)])
        made = self._make()
        changed = self._change()
        self._make_contributors(made)
        self._change_contributors(changed, here)
        self._keep_origins({**made, **changed})
        return {**made, **changed}

    def _here(self) -> dict[int, list[Contributor]]:
        """Give the contributors of the proposals that change."""
        keys = [one.known.pk for one in self.updated if one.known]
        found: dict[int, list[Contributor]] = {key: [] for key in keys}
        for start in range(0, len(keys), AT_ONCE):
            some = Contributor.objects.filter(proposal__in=keys[start : start + AT_ONCE]).select_related("person")
            for row in some:
                found[row.proposal_id].append(row)
        return found

    def _unknown(self, one: Planned, here: Mapping[int, list[Contributor]]) -> Iterator[tuple[int, PersonSaid]]:
        """Yield everybody of a row for whom a person has to be found: not those who stand in the proposal by name."""
        rows = here.get(one.known.pk, []) if one.known else []
        if one.entry.proposer and (one.known is None or "proposer" in one.changes):
            yield one.entry.number, one.entry.proposer
        if one.known is None or "people" in one.changes:
            for said in one.entry.people:
                if _standing(said, rows) is None:
                    yield one.entry.number, said

    def _person(self, number: int, said: PersonSaid) -> Person:
        return self.people[person_key(number, said)]

    def _make(self) -> dict[int, Proposal]:
        last = Proposal.objects.filter(cycle=self.source.cycle).aggregate(Max("number"))["number__max"] or 0
        rows = {one.entry.number: self._fresh(one.entry, last + place) for place, one in enumerate(self.new, start=1)}
        Proposal.objects.bulk_create(rows.values(), batch_size=AT_ONCE)
        return rows

    def _fresh(self, entry: Entry, number: int) -> Proposal:
        if entry.proposer is None or entry.organisation is None:
            raise ValueError("a new proposal has a proposer and an organisation")
        as_draft = self.source.as_drafts
        said = entry.values.get("submitted-at")
        now = self.source.cycle.moment(self.at)  # an example stands still
        handed_in = min(datetime.fromisoformat(said), now) if said else now
        columns = {COLUMNS[code]: value for code, value in entry.values.items() if code in COLUMNS}
        return Proposal(
            cycle=self.source.cycle,
            number=number,
            owner=self._person(entry.number, entry.proposer),
            organisation=self.organisations.find(entry.organisation),
            state=State.DRAFT if as_draft else State.SUBMITTED,
            submitted_at=None if as_draft else handed_in,
            **columns,
        )

    def _change(self) -> dict[int, Proposal]:
        rows = _in_bulk([one.known.pk for one in self.updated if one.known])
        changed: dict[int, Proposal] = {}
        for one in self.updated:
            row = rows[one.known.pk] if one.known else None
            if row is not None:
                self._set(row, one)
                changed[one.entry.number] = row
        names = {**COLUMNS, "proposer": "owner", "organisation": "organisation"}
        columns = sorted({names[code] for one in self.updated for code in one.changes if code in names})
        if columns:
            Proposal.objects.bulk_update(changed.values(), columns, batch_size=100)
        return changed

    def _set(self, row: Proposal, one: Planned) -> None:
        for code in one.changes:
            if code == "proposer" and one.entry.proposer:
                row.owner = self._person(one.entry.number, one.entry.proposer)
            elif code == "organisation":
                row.organisation = self.organisations.find(next(organisations_in(_whole(one))))
            elif code in COLUMNS:
                setattr(row, COLUMNS[code], one.entry.values[code])

    def _make_contributors(self, made: Mapping[int, Proposal]) -> None:
        rows = []
        for one in self.new:
            proposal = made[one.entry.number]
            rows.append(_contributor(proposal, proposal.owner, Part.ORGANISER, proposal.organisation))
            rows += [self._named(proposal, one.entry.number, said) for said in one.entry.people]
        Contributor.objects.bulk_create(_each_once(rows), batch_size=AT_ONCE)

    def _named(self, proposal: Proposal, number: int, said: PersonSaid) -> Contributor:
        body = self.organisations.find(OrganisationSaid(said.organisation)) if said.organisation else None
        return _contributor(proposal, self._person(number, said), said.part, body)

    def _change_contributors(self, changed: Mapping[int, Proposal], here: Mapping[int, list[Contributor]]) -> None:
        """Add who is new, take out who is no longer named and has not confirmed."""
        fresh, gone = [], set()
        for one in self.updated:
            proposal, rows = changed[one.entry.number], here[changed[one.entry.number].pk]
            if "proposer" in one.changes:
                fresh.append(_contributor(proposal, proposal.owner, Part.ORGANISER, proposal.organisation))
                gone |= {row.pk for row in rows if _is_former_owner(row, one)}
            if "people" in one.changes:
                stays = {row.pk for said in one.entry.people if (row := _standing(said, rows))}
                gone |= {row.pk for row in rows if row.pk not in stays and _may_go(row, proposal)}
                fresh += [
                    self._named(proposal, one.entry.number, said)
                    for said in one.entry.people
                    if _standing(said, rows) is None
                ]
        Contributor.objects.filter(pk__in=gone).delete()
        Contributor.objects.bulk_create(_each_once(fresh), batch_size=AT_ONCE, ignore_conflicts=True)

    def _keep_origins(self, done: Mapping[int, Proposal]) -> None:
        entries = {one.entry.number: one for one in (*self.new, *self.updated)}
        rows = [
            ImportedFrom(
                proposal=proposal,
                cycle=self.source.cycle,
                outside_id=entries[number].entry.outside_id or _former_id(entries[number]),
                digests={**_former_digests(entries[number]), **digests_of(entries[number].entry)},
            )
            for number, proposal in done.items()
        ]
        ImportedFrom.objects.bulk_create(
            rows,
            batch_size=AT_ONCE,
            update_conflicts=True,
            unique_fields=["proposal"],
            update_fields=["outside_id", "digests"],
        )


def _whole(one: Planned) -> Entry:
    """Give the entry with the organisation's name where the row says only its country or group."""
    said = one.entry.organisation
    if said is None or said.name or one.known is None:
        return one.entry
    here = one.known.organisation
    full = OrganisationSaid(here.name, said.country or here.country, said.group or here.group)
    return replace(one.entry, organisation=full)


def _former_id(one: Planned) -> str:
    return one.known.outside_id if one.known else ""


def _former_digests(one: Planned) -> Mapping[str, str]:
    return one.known.digests if one.known else {}


def _in_bulk(keys: Sequence[int]) -> dict[int, Proposal]:
    found: dict[int, Proposal] = {}
    for start in range(0, len(keys), AT_ONCE):
        some = Proposal.objects.select_related("owner", "organisation").in_bulk(keys[start : start + AT_ONCE])
        found |= some
    return found


def _contributor(proposal: Proposal, person: Person, part: str, body: Organisation | None) -> Contributor:
    values: dict[str, Any] = {"organisation": body} if body else {"organisation_id": person.organisation_id}
    return Contributor(proposal=proposal, person=person, part=part, **values)


def _each_once(rows: Sequence[Contributor]) -> list[Contributor]:
    return list({(row.proposal_id, row.person_id, row.part): row for row in rows}.values())


def _standing(said: PersonSaid, rows: Sequence[Contributor]) -> Contributor | None:
    """Give the contributor of the same proposal and part whom a row means: by address, or by name without one."""
    for row in rows:
        email = (row.person.email or "").lower()
        is_one = said.email == email if said.email else bare(said.name) == bare(row.person.name)
        if row.part == said.part and is_one:
            return row
    return None


def _named_before(one: Planned, here: Mapping[int, list[Contributor]]) -> Iterator[tuple[Person, str]]:
    """Yield who stands in a proposal by name only and is now given an address by the row, in the same part."""
    rows = here[one.known.pk] if one.known else []
    for said in (*one.entry.people, *([one.entry.proposer] if one.entry.proposer else [])):
        for row in rows:
            is_bare = row.person.email is None and row.person.joined_at is None and row.person.erased_at is None
            if said.email and is_bare and row.part == said.part and bare(row.person.name) == bare(said.name):
                yield row.person, said.email


def _may_go(row: Contributor, proposal: Proposal) -> bool:
    return not row.is_confirmed and not (row.part == Part.ORGANISER and row.person_id == proposal.owner_id)


def _is_former_owner(row: Contributor, one: Planned) -> bool:
    if one.known is None or row.is_confirmed or row.part != Part.ORGANISER:
        return False
    former = one.known.proposer
    return (row.person.email or "").lower() == former.email and row.person.name == former.name
