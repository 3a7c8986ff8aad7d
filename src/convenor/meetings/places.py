"""Says where an agenda item is done besides the room: on a page registered in `cycle.places`, or in a phase."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from convenor.cycle.access import allows
from convenor.cycle.models import Cycle, Phase, PhaseKind
from convenor.cycle.places import PLACES, Place
from convenor.meetings.matters import Matter
from convenor.people.roles import Role, Verb
from convenor.shared.languages.days import date_format

# Matters that go on in a phase of the year without a page of their own.
PHASES: Mapping[Matter, PhaseKind] = {Matter.MAIN_SESSIONS: PhaseKind.MAIN_SESSIONS}


@dataclass(frozen=True, slots=True)
class Where:
    """What an item says about where it is done: words, then a link, then whom the page is for."""

    words: str
    link: str
    url: str
    note: str = ""


@dataclass(slots=True)
class Guide:
    """Says where each matter of a cycle is done, today and to one reader; asks the database once per place."""

    cycle: Cycle
    today: date
    held: frozenset[Role]
    phases: Mapping[str, Phase] = field(init=False)
    _known: dict[Matter, Where] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Load the phases."""
        self.phases = {phase.kind: phase for phase in self.cycle.phases.all()}

    def where(self, matter: Matter) -> Where | None:
        """Say where an item is done besides the room; None where there is no such page."""
        if phase := PHASES.get(matter):
            return Where("", str(phase.label), self._home(phase))
        if matter not in PLACES:
            return None
        if matter not in self._known:
            self._known[matter] = self._page(PLACES[matter])
        return self._known[matter]

    def _page(self, place: Place) -> Where:
        phase = self.phases.get(place.phase)
        title = str(place.title)
        if phase and self.today < phase.starts_on and not getattr(self.cycle, place.content).exists():
            words = _("opens with “%(phase)s” on %(day)s") % {
                "phase": phase.get_kind_display(),
                "day": date_format(phase.starts_on, _("j F")),
            }
            return Where(f"{title}:", words, self._home(place.phase))
        verb = _door(place.url_name)
        is_open = verb is None or allows(verb, self.held, self.cycle)
        return Where("", title, _address(place, self.cycle), "" if is_open else _("for the committee"))

    def _home(self, kind: PhaseKind) -> str:
        return f"{self.cycle.get_absolute_url()}#phase-{kind}"


def doors() -> list[Verb]:
    """Give what the doors of all places ask for: two readers who may do the same are led to the same pages."""
    return [verb for place in PLACES.values() if (verb := _door(place.url_name))]


@cache
def _door(url_name: str) -> Verb | None:
    """Read from the table of addresses, once per process, which verb a door asks for; all years have the same."""
    verb = getattr(resolve(reverse(url_name, args=("forum", "year"))).func, "verb", None)
    return verb if isinstance(verb, Verb) else None


def _address(place: Place, cycle: Cycle) -> str:
    return reverse(place.url_name, args=cycle.address)
