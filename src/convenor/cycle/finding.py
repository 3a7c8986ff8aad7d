"""What the pages of forums and the journal look up."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from convenor.cycle.models import Cycle, Forum, Phase, PhaseKind
from convenor.cycle.phases import day_at, line
from convenor.people.models import Person, RoleTerm
from convenor.people.roles import COMMITTEE as MEMBERS
from convenor.people.roles import Role
from convenor.shared import references
from convenor.shared.journal import sentences
from convenor.shared.journal.models import Entry
from convenor.shared.journal.texts import COMMITTEE, PUBLIC, SECRETARIAT


@dataclass(frozen=True, slots=True)
class Year:
    """A cycle as the list of forums shows it."""

    cycle: Cycle
    phase: str  # name of the phase that runs, or empty
    begins_on: date  # first day of its first phase
    is_over: bool
    is_running: bool


@dataclass(frozen=True, slots=True)
class ForumCard:
    """A forum as the list shows it: its years, newest first, and the reader's roles in it."""

    forum: Forum
    years: Sequence[Year]
    roles: frozenset[Role]

    @property
    def is_mine(self) -> bool:
        """Whether the reader holds a role in it."""
        return bool(self.roles)

    @property
    def current(self) -> Year | None:
        """The year that counts now: the newest that runs, else the next to come, else the last."""
        running = [year for year in self.years if year.is_running]
        coming = [year for year in self.years if not year.is_over]
        return next(iter([*running, *reversed(coming), *self.years]), None)

    @property
    def may_remove(self) -> bool:
        """Whether it is the example and the reader may take it away."""
        return self.forum.is_example and bool(self.years) and Role.SECRETARIAT in self.roles


@dataclass(frozen=True, slots=True)
class Decision:
    """An entry of the journal as a page shows it."""

    entry: Entry
    sentence: str
    page: references.Page | None


def forums_for(reader: object, *, now: datetime, slug: str = "") -> list[ForumCard]:
    """Give every forum for the list, or one: the reader's own first, then by name, examples last."""
    terms = _terms(reader, now)
    years = Cycle.objects.prefetch_related(Prefetch("phases", Phase.objects.order_by("starts_on")))
    forums = Forum.objects.prefetch_related(Prefetch("cycles", years))
    forums = forums.filter(slug=slug) if slug else forums
    is_everywhere = isinstance(reader, Person) and reader.is_superuser
    cards = [
        ForumCard(
            forum,
            [_year(forum, cycle, now) for cycle in forum.cycles.all()],
            _roles(terms, forum, now) | ({Role.SECRETARIAT} if is_everywhere else set()),
        )
        for forum in forums
    ]
    return sorted(cards, key=lambda card: (card.forum.is_example, not card.is_mine))


def latest_decisions(scope: str, *, most: int = 5) -> list[Decision]:
    """Give the newest entries of a journal."""
    return decisions(Entry.objects.filter(scope=scope).order_by("-number")[:most])


def seers_of(held: Collection[Role]) -> frozenset[str]:
    """Say as whom somebody with these roles reads the journal's names; what the public sees, everybody sees."""
    seers = {PUBLIC}
    if not frozenset(MEMBERS).isdisjoint(held):
        seers.add(COMMITTEE)
    if Role.SECRETARIAT in held:
        seers.add(SECRETARIAT)
    return frozenset(seers)


def decisions(entries: Iterable[Entry], *, seers: Collection[str] = (PUBLIC,)) -> list[Decision]:
    """Say entries in words, each with the page of what it is about; one query per kind of subject.

    Names are shown where they are meant for one of `seers`.
    """
    rows = list(entries)
    pages = references.resolve_all((entry.subject_kind, entry.subject_id) for entry in rows)
    said = zip(rows, sentences(rows, seers=seers), strict=True)
    return [Decision(entry, words, pages.get((entry.subject_kind, entry.subject_id or 0))) for entry, words in said]


def _terms(reader: object, now: datetime) -> list[RoleTerm]:
    return list(reader.terms_about(now).filter(meeting="")) if isinstance(reader, Person) else []


def _roles(terms: Iterable[RoleTerm], forum: Forum, now: datetime) -> frozenset[Role]:
    """Give the roles that run in a forum, by the calendar of its newest year."""
    newest = max(forum.cycles.all(), key=lambda one: one.starts_on, default=None)
    today = newest.day_of(now) if newest else now.date()
    return frozenset(Role(term.role) for term in terms if term.forum == forum.slug and term.runs_on(today))


def _year(forum: Forum, cycle: Cycle, now: datetime) -> Year:
    cycle.forum = forum  # its address asks for it
    moment = cycle.moment(now)
    stations, today = line(cycle.phases.all(), moment, cycle.zone_info), day_at(moment, cycle.zone_info)
    begins_on = min([cycle.starts_on, *(one.starts_on for one in stations)])
    is_over = today > max([cycle.ends_on, *(one.ends_on for one in stations)])
    phase = next((str(PhaseKind(one.kind).label) for one in stations if one.is_here), "")
    return Year(cycle, phase, begins_on, is_over, is_running=begins_on <= today and not is_over)
