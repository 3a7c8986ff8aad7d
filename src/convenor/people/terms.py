"""The roles that somebody holds, with the names of their forums.

A forum's name is known further up, so that layer registers how to find it, in `apps.ready()`:

    terms.PLACES.append(places)  # places({("igf", "2017")}) -> {("igf", "2017"): ("IGF 2017", "/igf/2017/")}
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from convenor.people.models import Person
from convenor.people.roles import Role

Place = tuple[str, str]
PLACES: list[Callable[[Collection[Place]], Mapping[Place, tuple[str, str]]]] = []
NAMES = {
    Role.MEMBER: _("Committee member"),
    Role.CHAIR: _("Chair of the committee"),
    Role.SECRETARIAT: _("Secretariat"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """One role in one place; the address is empty where the place has no page."""

    role: str
    place: str
    url: str
    until: date | None


def held_by(person: Person, *, on: date) -> list[Held]:
    """Give the roles that somebody holds on a day, forum by forum."""
    terms = [(term, (term.forum, term.cycle)) for term in person.terms_on(on)]
    wanted = {place for _term, place in terms}
    known = {place: named for find in PLACES for place, named in find(wanted).items()}
    return [
        Held(str(NAMES[Role(term.role)]), *known.get(place, (" ".join(place).strip(), "")), term.until)
        for term, place in terms
    ]
