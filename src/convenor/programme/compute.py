"""The worker's part: solve the timetable and keep what was found. Loads the solver; no page may import it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from convenor.cycle.models import Cycle
from convenor.optimise.timetable.check import price
from convenor.optimise.timetable.model import Impossible, Placement, Problem, Progress, Timetable, Undecided
from convenor.optimise.timetable.solve import solve
from convenor.optimise.timetable.wishes import WEIGHTS
from convenor.people.roles import Role
from convenor.programme.actions import keep_findings, keep_timetable, make_sessions
from convenor.programme.models import Placement as Row
from convenor.programme.models import Release
from convenor.programme.problem import cells_of, problem_of
from convenor.programme.sentences import finding_sentence, names_for
from convenor.shared.errors import Refused
from convenor.shared.jobs import Report
from convenor.shared.jobs.effects import keep, once

SECONDS = 20


def solve_timetable(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Make the sessions, solve for `values["seconds"]` (20 unless told), and keep the timetable or why there is none.

    What is locked on the board stays; what was released moves only when it must.

    Raises:
        Refused: there is nothing to place or nowhere to place it, the time was too short, or the rows were changed
            meanwhile; the board is kept as it was.
    """
    cycle = Cycle.objects.select_related("forum", "rule_set").get(pk=values["cycle"])
    seconds, at = values.get("seconds", SECONDS), cycle.moment(at)
    once("sessions", lambda: str(make_sessions(cycle)))
    problem, previous = _ready(problem_of(cycle)), _released(cycle)
    report(0.0, _("Looking for a first timetable of %(count)s sessions.") % {"count": len(problem.sessions)})
    try:
        found = solve(problem, seconds=seconds, progress=_teller(report, seconds), previous=previous)
    except Impossible as impossible:
        return _impossible(cycle, impossible, at=at)
    except Undecided as undecided:
        raise Refused(
            _(
                "No timetable was found in %(seconds)s seconds, nor a reason why there is none. Allow more time, for "
                "instance with “convenor timetable --seconds 120”; the board is as it was."
            )
            % {"seconds": seconds}
        ) from undecided
    return keep(lambda: _keep(cycle, found, _priced(problem, found.placements, previous), at=at))


def _keep(cycle: Cycle, found: Timetable, price: Mapping[str, Mapping[str, int]], *, at: datetime) -> str:
    keep_timetable(
        cycle,
        cells=found.placements,
        is_proven=found.proven,
        cost=found.cost,
        bound=found.bound,
        price=price,
        at=at,
    )
    words = ngettext(
        "%(sessions)s session placed, no rule broken: cost %(cost)s, and none can cost less than %(bound)s.",
        "%(sessions)s sessions placed, no rule broken: cost %(cost)s, and none can cost less than %(bound)s.",
        len(found.placements),
    )
    return words % {"sessions": len(found.placements), "cost": found.cost, "bound": found.bound}


def _ready(problem: Problem) -> Problem:
    """Give the problem back.

    Raises:
        Refused: sessions, rooms or slots are missing altogether.
    """
    if not problem.sessions:
        raise Refused(_("No timetable was made: there are no sessions yet. Compute a selection first."))
    if not problem.rooms or not problem.slots:
        raise Refused(_("No timetable was made: there are no rooms or no slots yet. Enter them on the board’s page."))
    return problem


def _released(cycle: Cycle) -> tuple[Placement, ...]:
    latest = Release.objects.filter(cycle=cycle).first()
    return cells_of(Row.objects.filter(release=latest)) if latest else ()


def _teller(report: Report, seconds: int) -> Callable[[Progress], None]:
    """Tell how far a search is; the share is that of the time allowed."""

    def tell(now: Progress) -> None:
        words = _("After %(seconds)s s: best %(cost)s, bound %(bound)s.")
        figures = {"seconds": f"{now.seconds:.1f}", "cost": now.cost, "bound": now.bound}
        report(min(1.0, now.seconds / seconds), words % figures)

    return tell


def _priced(
    problem: Problem, placements: tuple[Placement, ...], previous: tuple[Placement, ...]
) -> dict[str, dict[str, int]]:
    prices = price(problem, placements, previous=previous)
    return {name: {"units": cost // WEIGHTS[name], "cost": cost} for name, cost in prices.items() if cost}


def _impossible(cycle: Cycle, impossible: Impossible, *, at: datetime) -> str:
    findings = [asdict(one) for one in impossible.findings]
    return keep(lambda: _keep_findings(cycle, findings, at=at))


def _keep_findings(cycle: Cycle, findings: list[dict[str, Any]], *, at: datetime) -> str:
    keep_findings(cycle, findings=findings, at=at)
    names = names_for(cycle, findings, held={Role.CHAIR})  # the least of those who may compute
    words = " ".join(finding_sentence(one, names) for one in findings)
    return _("There is no timetable that obeys every rule: %(findings)s The board is as it was.") % {"findings": words}
