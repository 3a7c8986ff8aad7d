"""What can be done to forums and years: find, load presets, start, set phases; removing is in `removal`."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from convenor.cycle import phases
from convenor.cycle.models import Cycle, Forum, Phase, PhaseKind, RuleSet
from convenor.cycle.names import forum_slug, year_slug
from convenor.cycle.removal import remove_forum
from convenor.cycle.rules import Rules
from convenor.people.models import Person, RoleTerm
from convenor.people.names import tidy_name
from convenor.people.roles import Role
from convenor.shared.errors import Refused
from convenor.shared.journal import record, typed

__all__ = ["find_cycle", "load_presets", "preset_rules", "remove_forum", "set_phases", "start_forum"]

FOLDER = Path(__file__).parent / "presets"
PRESETS: Mapping[str, str] = {
    "igf-2017": gettext_noop("IGF 2017"),
    "igf-2021": gettext_noop("IGF 2021"),
    "national-light": gettext_noop("National forum (light)"),
}
NAME_LENGTH, YEAR_LENGTH = 100, 19  # the name of a year is both


def find_cycle(name: str | None) -> Cycle:
    """Find a cycle by its address `forum/year`, or the newest of the only forum, for the command line.

    Raises:
        Refused: there is none, or several forums to choose from.
    """
    cycles = list(Cycle.objects.select_related("forum", "rule_set").order_by("-starts_on", "-pk"))
    known = ", ".join(cycle.scope for cycle in cycles)
    if not cycles:
        raise Refused(_("There is no forum here yet. Start one on the page “Start my forum”, or load the example."))
    if name:
        for cycle in cycles:
            if cycle.scope == name.strip("/"):
                return cycle
        raise Refused(_("There is no year “%(name)s” here. Known: %(known)s.") % {"name": name, "known": known})
    if len({cycle.forum_id for cycle in cycles}) > 1:
        raise Refused(_("Several forums live here: say which with --cycle. Known: %(known)s.") % {"known": known})
    return cycles[0]


def preset_rules() -> dict[str, Rules]:
    """Give the presets that ship, by code, checked."""
    return {code: Rules.parse(_preset(code)) for code in PRESETS}


@transaction.atomic
def load_presets() -> dict[str, RuleSet]:
    """Put the presets that ship into the table and give them by code; a changed file becomes a new version."""
    return {code: _load_preset(code) for code in PRESETS}


@transaction.atomic
def start_forum(
    *,
    name: str,
    year: str,
    zone: str,
    starts_on: date,
    ends_on: date,
    by: Person,
    at: datetime,
    preset: str = "national-light",
    language: str = "en",
    place: str = "",
    short_name: str = "",
) -> Cycle:
    """Start a forum with its first year under a preset, its phases proposed, and the person as its secretariat.

    Two clicks start one: the same person's same forum is given back. The first lock is on the person, so that the
    second click waits for the first.

    Raises:
        Refused: a name is empty or taken, the zone is unknown, or the days are in the wrong order.
        KeyError: there is no such preset.
    """
    Person.objects.select_for_update().get(pk=by.pk)
    name, year = tidy_name(name)[:NAME_LENGTH], tidy_name(year)[:YEAR_LENGTH] or str(starts_on.year)
    _check_start(name, zone, starts_on, ends_on)
    whole, days = f"{name} {year}", {"starts_on": starts_on, "ends_on": ends_on}
    again = Cycle.objects.select_related("forum", "rule_set").filter(name=whole, created_by=by, **days).first()
    if again is not None:
        return again
    slug = forum_slug(short_name, name, set(Forum.objects.values_list("slug", flat=True)))
    cycle = Cycle.objects.create(
        forum=Forum.objects.create(slug=slug, name=name),
        slug=year_slug(year, starts_on.year),
        name=whole,
        place=tidy_name(place)[:200],
        zone=zone,
        language=language,
        rule_set=_load_preset(preset),
        created_by=by,
        **days,
    )
    propose_phases(cycle)
    RoleTerm.objects.create(person=by, role=Role.SECRETARIAT, forum=slug)
    _record_start(cycle, by=by, at=at)
    return cycle


def propose_phases(cycle: Cycle) -> None:
    """Give a new cycle its phases, as far from the annual meeting as those of 2017 were."""
    Phase.objects.bulk_create(
        Phase(cycle=cycle, kind=span.kind, starts_on=span.starts_on, ends_on=span.ends_on)
        for span in phases.proposed(cycle.starts_on, cycle.ends_on)
    )


@transaction.atomic
def set_phases(cycle: Cycle, *, spans: Sequence[phases.Span], by: Person, at: datetime) -> int:
    """Set the days of phases, each change an entry of the journal; give the number of phases changed.

    The last day of a phase with a deadline follows the deadline and is left as it is.

    Raises:
        Refused: a phase ends before it starts; nothing is changed.
    """
    fixed = {one.kind: one.ends_on for one in cycle.phases.exclude(deadlines=None).distinct()}
    spans = [phases.Span(one.kind, one.starts_on, fixed.get(one.kind, one.ends_on)) for one in spans]
    for span in spans:
        if span.ends_on < span.starts_on:
            raise Refused(
                _("“%(phase)s” was not changed: it would end on %(end)s, before it starts on %(start)s.")
                % {"phase": PhaseKind(span.kind).label, "end": span.ends_on, "start": span.starts_on}
            )
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    known = {phase.kind: phase for phase in cycle.phases.all()}
    changed = [span for span in spans if not _is_same(known.get(span.kind), span)]
    for span in changed:
        days = {"starts_on": span.starts_on, "ends_on": span.ends_on}
        Phase.objects.update_or_create(cycle=cycle, kind=span.kind, defaults=days)
        record(
            scope=cycle.scope,
            verb="phase.moved",
            at=at,
            actor=by,
            subject=cycle,
            template=gettext_noop("“%(phase_word)s” runs from %(start)s to %(end)s."),
            values={
                "phase_word": _english(span.kind),
                "start": span.starts_on.isoformat(),
                "end": span.ends_on.isoformat(),
            },
        )
    return len(changed)


def _preset(code: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FOLDER / f"{code}.json").read_text("utf-8"))
    return data


def _load_preset(code: str) -> RuleSet:
    name, data = PRESETS[code], _preset(code)
    Rules.parse(data)
    newest = RuleSet.objects.filter(name=name, is_preset=True).order_by("-version").first()
    if newest is not None and newest.data == data:
        return newest
    version = newest.version + 1 if newest else 1
    return RuleSet.objects.create(name=name, version=version, data=data, is_preset=True)


def _record_start(cycle: Cycle, *, by: Person, at: datetime) -> None:
    rules = cycle.rule_set
    record(
        scope=cycle.scope,
        verb="cycle.started",
        at=at,
        actor=by,
        subject=cycle,
        template=gettext_noop("“%(name)s” was started under the rule set “%(rules_word)s”, version %(version)s."),
        values={"rules_word": rules.name, "version": rules.version},
        private={"name": typed(cycle.name)},
    )


def _check_start(name: str, zone: str, starts_on: date, ends_on: date) -> None:
    if not name:
        raise Refused(_("The forum needs a name that can be read. What you typed is kept."))
    if zone not in available_timezones():
        raise Refused(
            _("“%(zone)s” is no time zone. Choose one of the list, such as Africa/Nairobi; what you typed is kept.")
            % {"zone": zone}
        )
    if ends_on < starts_on:
        raise Refused(
            _("The annual meeting would end on %(end)s, before it starts on %(start)s. Correct one of the days.")
            % {"end": ends_on, "start": starts_on}
        )


def _is_same(phase: Phase | None, span: phases.Span) -> bool:
    return phase is not None and (phase.starts_on, phase.ends_on) == (span.starts_on, span.ends_on)


def _english(kind: str) -> str:
    with override("en"):
        return str(PhaseKind(kind).label)
