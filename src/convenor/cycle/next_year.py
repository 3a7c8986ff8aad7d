"""The next year of a forum from the last: its days 52 weeks later, the same rules, and nothing else."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from convenor.cycle.models import Cycle, Deadline, Phase
from convenor.cycle.names import year_slug
from convenor.cycle.phases import Span, day_at
from convenor.people.models import Person, RoleTerm
from convenor.people.names import tidy_name
from convenor.people.roles import Role
from convenor.shared.errors import Refused
from convenor.shared.journal import record, typed

WEEKS_52 = timedelta(weeks=52)  # the same days of the week
_YEAR = re.compile(r"(?<!\d)(19|20|21)\d\d(?!\d)")
NAME_LENGTH, PLACE_LENGTH = 120, 200


@dataclass(frozen=True, slots=True)
class Proposal:
    """A year as it is proposed; everything can be changed before it is started."""

    name: str
    slug: str
    starts_on: date
    ends_on: date
    zone: str
    spans: tuple[Span, ...]


def proposed_after(cycle: Cycle) -> Proposal:
    """Propose the year after a year: every day 52 weeks later, the number in its name counted on."""
    starts_on = cycle.starts_on + WEEKS_52
    year = starts_on.year + (1 if starts_on.year == cycle.starts_on.year else 0)
    name = _YEAR.sub(str(year), cycle.name) if _YEAR.search(cycle.name) else f"{cycle.name} {year}"
    slug = _YEAR.sub(str(year), cycle.slug) if _YEAR.search(cycle.slug) else str(year)
    spans = tuple(
        Span(phase.kind, phase.starts_on + WEEKS_52, phase.ends_on + WEEKS_52) for phase in cycle.phases.all()
    )
    return Proposal(name[:NAME_LENGTH], slug, starts_on, cycle.ends_on + WEEKS_52, cycle.zone, spans)


@transaction.atomic
def start_next(
    cycle: Cycle,
    *,
    name: str,
    slug: str,
    starts_on: date,
    ends_on: date,
    zone: str,
    spans: Sequence[Span],
    keeps_roles: bool,
    by: Person,
    at: datetime,
    place: str = "",
) -> Cycle:
    """Start a forum's next year under the same rules, with the phases as given and their deadlines moved along.

    The first change of its rules makes a version of its own, so the last year's stay. Roles held in the whole forum
    go on by themselves; those of the last year only where asked. Whoever starts the year is its secretariat.

    Raises:
        Refused: the name is empty, the address is taken, or days are in the wrong order.
    """
    Cycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
    name, slug = tidy_name(name)[:NAME_LENGTH], year_slug(slug, starts_on.year)
    _check(cycle, name, slug, [Span("", starts_on, ends_on), *spans])
    new = Cycle.objects.create(
        forum=cycle.forum,
        slug=slug,
        name=name,
        place=tidy_name(place)[:PLACE_LENGTH],
        zone=zone,
        language=cycle.language,
        starts_on=starts_on,
        ends_on=ends_on,
        rule_set=cycle.rule_set,
        created_by=by,
    )
    _phases(cycle, new, spans, by=by, at=at)
    _roles(cycle, new, keeps_roles=keeps_roles, by=by, on=cycle.day_of(at))
    _record(cycle, new, by=by, at=at)
    return new


def _record(cycle: Cycle, new: Cycle, *, by: Person, at: datetime) -> None:
    rules = new.rule_set
    record(
        scope=new.scope,
        verb="cycle.started",
        at=at,
        actor=by,
        subject=new,
        template=gettext_noop(
            "“%(name)s” was started after “%(last)s”, under the same rules “%(rules_word)s”, version %(version)s."
        ),
        values={"rules_word": rules.name, "version": rules.version},
        private={"name": typed(new.name), "last": typed(cycle.name)},
    )


def _check(cycle: Cycle, name: str, slug: str, spans: Collection[Span]) -> None:
    if not name:
        raise Refused(_("The year needs a name that can be read. What you typed is kept."))
    if any(span.ends_on < span.starts_on for span in spans):
        raise Refused(_("A phase or the meeting would end before it starts. Correct its days; nothing was started."))
    if Cycle.objects.filter(forum=cycle.forum, slug=slug).exists():
        raise Refused(
            _("This forum already has a year at “%(slug)s”. Choose another short name; what you typed is kept.")
            % {"slug": slug}
        )


def _phases(cycle: Cycle, new: Cycle, spans: Sequence[Span], *, by: Person, at: datetime) -> None:
    """Lay the phases out; a deadline keeps its wall clock and zone, and moves as far as its phase's end does."""
    known = {phase.kind: phase for phase in cycle.phases.all()}
    for span in spans:
        phase = Phase.objects.create(cycle=new, kind=span.kind, starts_on=span.starts_on, ends_on=span.ends_on)
        last = known[span.kind].deadlines.last() if span.kind in known else None  # as first stated, not as extended
        if last is None:
            continue
        away = last.on - day_at(last.moment, cycle.zone_info)
        moved = Deadline(phase=phase, on=span.ends_on + away, clock=last.clock, zone=last.zone, set_by=by, set_at=at)
        phase.ends_on = max(day_at(moved.moment, new.zone_info), phase.starts_on)
        moved.save()
        phase.save(update_fields=["ends_on"])


def _roles(cycle: Cycle, new: Cycle, *, keeps_roles: bool, by: Person, on: date) -> None:
    held = RoleTerm.objects.filter(forum=cycle.forum.slug, meeting="")
    if keeps_roles:
        pairs = set()
        for term in held.filter(cycle=cycle.slug):
            goes_on = term.until is None or term.until > on
            if goes_on and (term.person_id, term.role) not in pairs:
                pairs.add((term.person_id, term.role))
                RoleTerm.objects.create(
                    person_id=term.person_id, role=term.role, forum=term.forum, cycle=new.slug, until=term.until
                )
    mine = held.filter(person=by, role=Role.SECRETARIAT, cycle__in=("", new.slug))
    if not mine.exists():
        RoleTerm.objects.create(person=by, role=Role.SECRETARIAT, forum=cycle.forum.slug, cycle=new.slug)
