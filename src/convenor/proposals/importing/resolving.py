"""The people and organisations that rows name, found again or made, a few queries for all of them.

People are found by e-mail address and by nothing else. Somebody without an address gets a row that holds no account,
and is found again only as the one who stands in the same proposal already.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from secrets import token_hex

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q
from django.db.models.functions import Lower

from convenor.people.models import Organisation, Person
from convenor.proposals.importing.cell_people import PersonSaid
from convenor.proposals.importing.entries import Entry, OrganisationSaid

AT_ONCE = 400  # values of one query
PersonKey = tuple[int, str, str]  # row, address or none, name: without an address nobody is the same as in another row


def person_key(number: int, said: PersonSaid) -> PersonKey:
    """Give who is one person within an import."""
    return (0, said.email, "") if said.email else (number, "", said.name)


def find_or_make_people(wanted: Sequence[tuple[int, PersonSaid]]) -> dict[PersonKey, Person]:
    """Give a person for everybody named in a row; those with an address once, those without once a row."""
    said = {person_key(number, one): one for number, one in wanted}
    known = dict(_by_address([one.email for one in said.values() if one.email]))
    found = {key: known[one.email] for key, one in said.items() if one.email in known}
    unnamed = [
        person
        for key, person in found.items()
        if not person.name and person.joined_at is None and said[key].name != said[key].email
    ]
    names = {person.pk: said[key].name for key, person in found.items()}
    for person in unnamed:
        person.name = names[person.pk]
    Person.objects.bulk_update(unnamed, ["name"], batch_size=AT_ONCE)
    fresh = {key: _newcomer(one) for key, one in said.items() if key not in found}
    Person.objects.bulk_create(fresh.values(), batch_size=AT_ONCE)
    return {**found, **fresh}


def give_addresses(wanted: Sequence[tuple[Person, str]]) -> None:
    """Give people who had none an address, unless somebody has it: then that is who is meant."""
    taken = {email for email, _person in _by_address([email for _person, email in wanted])}
    given: dict[int, Person] = {}
    for person, email in wanted:
        if email not in taken and person.pk not in given:
            taken.add(email)
            person.email = email
            given[person.pk] = person
    Person.objects.bulk_update(given.values(), ["email"], batch_size=AT_ONCE)


def _newcomer(said: PersonSaid) -> Person:
    name = "" if said.name == said.email else said.name
    return Person(name=name, email=said.email or None, password=f"{UNUSABLE_PASSWORD_PREFIX}{token_hex(20)}")


def _by_address(addresses: Iterable[str]) -> Iterator[tuple[str, Person]]:
    """Find people by address, compared once more here: some databases take a dotless i for an i."""
    for some in _some(dict.fromkeys(addresses)):
        for person in Person.objects.annotate(lowered=Lower("email")).filter(lowered__in=some):
            if (lowered := (person.email or "").lower()) in some:
                yield lowered, person


class Organisations:
    """Finds organisations by name and, as far as a row says them, by country and group; others are made.

    What is known of an organisation is not changed: other forums may rely on it.
    """

    def __init__(self, wanted: Iterable[OrganisationSaid]) -> None:
        said = list(dict.fromkeys(wanted))
        self.known: dict[str, list[Organisation]] = {}
        self._learn(dict.fromkeys(one.name for one in said))
        fresh: dict[OrganisationSaid, Organisation] = {}
        # Those that say most come first: one that gives only the name is then the one that was made for them.
        for one in sorted(said, key=lambda one: (not one.country, not one.group)):
            if self._find(one) is None:
                made = Organisation(name=one.name, country=one.country, group=one.group)
                fresh[one] = made
                self.known.setdefault(one.name.casefold(), []).append(made)
        Organisation.objects.bulk_create(fresh.values(), batch_size=AT_ONCE)

    def _learn(self, names: Iterable[str]) -> None:
        for some in _some({name: None for given in names for name in (given, given.casefold())}):
            lowered = Q(lowered__in=[one.lower() for one in some])  # which SQLite does to ASCII letters only
            rows = Organisation.objects.annotate(lowered=Lower("name")).filter(Q(name__in=some) | lowered)
            for row in rows.order_by("pk"):
                have = self.known.setdefault(row.name.casefold(), [])
                if all(row.pk != other.pk for other in have):
                    have.append(row)

    def find(self, said: OrganisationSaid) -> Organisation:
        """Give the organisation that a row means."""
        found = self._find(said)
        if found is None:
            raise KeyError(said.name)
        return found

    def _find(self, said: OrganisationSaid) -> Organisation | None:
        fits = [
            one
            for one in self.known.get(said.name.casefold(), ())
            if said.country in ("", one.country) and said.group in ("", one.group)
        ]
        return fits[0] if fits else None


def _some(values: Mapping[str, None]) -> Iterator[list[str]]:
    keys = list(values)
    yield from (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def organisations_in(entry: Entry) -> Iterator[OrganisationSaid]:
    """Yield every organisation a row names."""
    if entry.organisation and entry.organisation.name:
        yield entry.organisation
    for one in entry.people:
        if one.organisation:
            yield OrganisationSaid(one.organisation)
