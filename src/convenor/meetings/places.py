"""Says where an agenda item is done: on a page registered in `cycle.places`, or in the room in a phase of the year."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

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
SILENT = frozenset({Matter.BREAK})


@dataclass(frozen=True, slots=True)
class Where:
    """What an item says about where it is done: words, then a link, then whom the page is for."""

    words: str
    link: str
    url: str
    note: str = ""
    is_room: bool = False


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

    def where(self, matter: Matter, *, on: date | None, at: time | None) -> Where | None:
        """Say where an item is done that the agenda puts on a day and at a time; None for breaks."""
        if matter in SILENT:
            return None
        if matter not in PLACES:
            return self._room(matter, on, at)
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
        verb = _door(place, self.cycle)
        is_open = verb is None or allows(verb, self.held, self.cycle)
        return Where("", title, _address(place, self.cycle), "" if is_open else _("for the committee"))

    def _room(self, matter: Matter, on: date | None, at: time | None) -> Where:
        kind = PHASES.get(matter) or self._phase_on(on)
        return Where(_taken_up(on, at), str(PhaseKind(kind).label), self._home(kind), is_room=True)

    def _phase_on(self, day: date | None) -> PhaseKind:
        running = (phase for phase in self.phases.values() if day and phase.starts_on <= day <= phase.ends_on)
        phase = next(running, None)
        return PhaseKind(phase.kind) if phase else PhaseKind.COMMITTEE

    def _home(self, kind: PhaseKind) -> str:
        return f"{self.cycle.get_absolute_url()}#phase-{kind}"


def doors(cycle: Cycle) -> list[Verb]:
    """Give what the doors of all places ask for: two readers who may do the same are led to the same pages."""
    return [verb for place in PLACES.values() if (verb := _door(place, cycle))]


def _door(place: Place, cycle: Cycle) -> Verb | None:
    verb = getattr(resolve(_address(place, cycle)).func, "verb", None)
    return verb if isinstance(verb, Verb) else None


def _address(place: Place, cycle: Cycle) -> str:
    return reverse(place.url_name, args=cycle.address)


def _taken_up(on: date | None, at: time | None) -> str:
    day = date_format(on, _("j F")) if on else ""
    if on and at:
        return _("taken up in the room on %(day)s, %(time)s") % {"day": day, "time": f"{at:%H:%M}"}
    return _("taken up in the room on %(day)s") % {"day": day} if on else _("taken up in the room")
