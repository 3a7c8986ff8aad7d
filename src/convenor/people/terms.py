"""The roles that somebody holds, with the names of their forums.

What a place is called is known further up, so those layers register how to find it, in `apps.ready()`:

    terms.PLACES.append(places)  # places({("igf", "2017")}) -> {("igf", "2017"): ("IGF 2017", "/igf/2017/")}

A place is forum and year; a role for one meeting has the meeting as third part.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy, gettext_noop

from convenor.people.models import Person, RoleTerm
from convenor.people.roles import Role

Place = tuple[str, ...]
Named = tuple[str, str]  # what it is called, and its address, empty where it has none
PLACES: list[Callable[[Collection[Place]], Mapping[Place, Named]]] = []
WORDS = {  # as the journal keeps them
    Role.SECRETARIAT: gettext_noop("Secretariat"),
    Role.CHAIR: gettext_noop("Chair of the committee"),
    Role.MEMBER: gettext_noop("Committee member"),
    Role.FACILITATOR: gettext_noop("Facilitator of a main session"),
    Role.RAPPORTEUR: gettext_noop("Rapporteur of a meeting"),
    Role.LEAD: gettext_noop("Lead of an activity"),
    Role.HOST: gettext_noop("Host"),
    Role.OBSERVER: gettext_noop("Observer"),
}
NAMES = {role: gettext_lazy(words) for role, words in WORDS.items()}


@dataclass(frozen=True, slots=True)
class Held:
    """One role in one place; the address is empty where the place has no page."""

    role: str
    place: str
    url: str
    until: date | None


def place_of(term: RoleTerm) -> Place:
    """Give the place of a term: two parts, or three for one meeting."""
    return (term.forum, term.cycle, term.meeting) if term.meeting else (term.forum, term.cycle)


def names_of(wanted: Collection[Place]) -> dict[Place, Named]:
    """Name places; one that nobody knows is called by its address."""
    known = {place: named for find in PLACES for place, named in find(wanted).items()}
    return {place: known.get(place, (" ".join(filter(None, place)), "")) for place in wanted}


def held_by(person: Person, *, on: date) -> list[Held]:
    """Give the roles that somebody holds on a day, forum by forum."""
    terms = [(term, place_of(term)) for term in person.terms_on(on)]
    names = names_of({place for _term, place in terms})
    return [Held(str(NAMES[Role(term.role)]), *names[place], term.until) for term, place in terms]
