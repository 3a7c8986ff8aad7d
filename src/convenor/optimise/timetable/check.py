"""The second reader of the rules: judge any timetable, whoever made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from convenor.optimise.timetable.facts import Facts
from convenor.optimise.timetable.model import Placement, Problem, Violation
from convenor.optimise.timetable.rules import HARD
from convenor.optimise.timetable.wishes import WEIGHTS, WISHES, Moved

#: The rule name of a placement whose session, slot or room does not exist.
UNKNOWN = "unknown"


def check(problem: Problem, placements: Sequence[Placement]) -> tuple[Violation, ...]:
    """Return every breach of a hard rule, by rule and session; empty means the timetable can be held.

    A placement that names a session, slot or room that does not exist is reported as `unknown`, with the ids
    that are not there, and counts for nothing else. The order of the placements does not matter.
    """
    facts = Facts(problem)
    unknown = tuple(_unknown(facts, one) for one in sorted(placements) if not _known(facts, one))
    known = [one for one in sorted(placements) if _known(facts, one)]
    broken = (violation for rule in HARD for violation in rule.violations(facts, known))
    return (*unknown, *broken)


def price(
    problem: Problem, placements: Sequence[Placement], *, previous: Sequence[Placement] = ()
) -> Mapping[str, int]:
    """Return what each wish costs, weight included; the sum is the `cost` that `solve` minimises.

    The timetable need not obey the hard rules; placements that name what does not exist cost nothing. `moved`
    is priced against `previous`, and is 0 without it.
    """
    facts = Facts(problem)
    known = [one for one in sorted(placements) if _known(facts, one)]
    return {wish.name: WEIGHTS[wish.name] * wish.units(facts, known) for wish in (*WISHES, Moved(previous))}


def _known(facts: Facts, one: Placement) -> bool:
    return one.session in facts.sessions and one.slot in facts.slots and one.room in facts.rooms


def _unknown(facts: Facts, one: Placement) -> Violation:
    return Violation(
        UNKNOWN,
        () if one.session in facts.sessions else (one.session,),
        (),
        () if one.slot in facts.slots else (one.slot,),
        () if one.room in facts.rooms else (one.room,),
    )
