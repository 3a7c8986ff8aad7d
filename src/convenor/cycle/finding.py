"""What the pages of forums and the journal look up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from convenor.cycle.models import Cycle, Forum, Phase, PhaseKind
from convenor.cycle.phases import line
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared import references
from convenor.shared.journal import sentence
from convenor.shared.journal.models import Entry


@dataclass(frozen=True, slots=True)
class Year:
    """A cycle as the list of forums shows it."""

    cycle: Cycle
    phase: str  # name of the phase that runs, or empty


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
    def may_remove(self) -> bool:
        """Whether it is the example and the reader may take it away."""
        return self.forum.is_example and bool(self.years) and Role.SECRETARIAT in self.roles


@dataclass(frozen=True, slots=True)
class Decision:
    """An entry of the journal as a page shows it."""

    entry: Entry
    sentence: str
    page: references.Page | None


def forums_for(reader: object, *, now: datetime) -> list[ForumCard]:
    """Give every forum for the list: the reader's own first, then by name, examples last."""
    roles = _roles(reader, now.date())
    years = Cycle.objects.prefetch_related(Prefetch("phases", Phase.objects.order_by("starts_on")))
    forums = Forum.objects.prefetch_related(Prefetch("cycles", years))
    is_everywhere = isinstance(reader, Person) and reader.is_superuser
    cards = [
        ForumCard(
            forum,
            [_year(forum, cycle, now) for cycle in forum.cycles.all()],
            frozenset(roles.get(forum.slug, set()) | ({Role.SECRETARIAT} if is_everywhere else set())),
        )
        for forum in forums
    ]
    return sorted(cards, key=lambda card: (card.forum.is_example, not card.is_mine))


def latest_decisions(scope: str, *, most: int = 5) -> list[Decision]:
    """Give the newest entries of a journal."""
    return decisions(Entry.objects.filter(scope=scope).order_by("-number")[:most])


def decisions(entries: Iterable[Entry]) -> list[Decision]:
    """Say entries in words, each with the page of what it is about; one query per kind of subject."""
    rows = list(entries)
    pages = references.resolve_all((entry.subject_kind, entry.subject_id) for entry in rows)
    return [Decision(entry, sentence(entry), pages.get((entry.subject_kind, entry.subject_id or 0))) for entry in rows]


def _roles(reader: object, today: date) -> dict[str, set[Role]]:
    held: dict[str, set[Role]] = {}
    if isinstance(reader, Person):
        for term in reader.role_terms.all():
            if (term.since or today) <= today <= (term.until or today):
                held.setdefault(term.forum, set()).add(Role(term.role))
    return held


def _year(forum: Forum, cycle: Cycle, now: datetime) -> Year:
    cycle.forum = forum  # its address asks for it
    stations = line(cycle.phases.all(), cycle.moment(now), cycle.zone_info)
    return Year(cycle, next((str(PhaseKind(one.kind).label) for one in stations if one.is_here), ""))
