"""The worker's part: select, explain, find what would bring a proposal in. Loads the solver; no page may import it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from convenor.cycle.models import Cycle
from convenor.evaluation.models import Ranking
from convenor.optimise.changes import what_would_bring_in
from convenor.optimise.explain import Reason, why
from convenor.optimise.portfolio import (
    Candidate,
    Infeasible,
    Problem,
    Progress,
    Quota,
    Selection,
    Undecided,
    check,
    select,
)
from convenor.proposals.models import Proposal
from convenor.proposals.statistics import DIMENSIONS, class_of
from convenor.selection.data import change_as_data, clash_as_data, reason_as_data
from convenor.selection.mergers import merger_pairs
from convenor.selection.models import Choice, Scenario
from convenor.shared.errors import Refused
from convenor.shared.jobs import Report
from convenor.shared.jobs.effects import keep
from convenor.shared.journal import record

SECONDS = 20.0
SEED = 2017
BATCH = 1000


def compute_selection(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Select as many proposals as there are places, under the quotas of the rule set.

    `values`: `cycle`, and `places` where another number than that of the slot budget is tried. A selection that the
    checker finds fault with is not kept. Rules that cannot hold together are kept with their figures, and named.

    Raises:
        Refused: there are no results yet, fewer graded proposals than places, or the time was too short.
    """
    cycle = Cycle.objects.select_related("forum", "rule_set").get(pk=values["cycle"])
    at = cycle.moment(at)
    problem, widths = _problem_of(cycle, values.get("places") or cycle.rules.budget.places)
    report(0.1, _("Choosing %(places)s of %(count)s.") % {"places": problem.places, "count": len(problem.candidates)})
    try:
        selection = _select(problem, report)
    except Infeasible as clash:
        conflict = clash_as_data(clash, _numbers(cycle))
        return keep(lambda: _keep_clash(cycle, problem, conflict, at=at))
    report(0.6, _("Writing the reasons."))
    reasons = why(problem, selection)
    report(0.7, _("Looking for proposals worth merging."))
    mergers = merger_pairs(cycle)
    report(0.9, _("Keeping the selection."))
    choices = _choices(cycle, selection, reasons, widths)
    return keep(lambda: _keep(cycle, problem, selection, choices, mergers=mergers, at=at))


def _outcome(problem: Problem, selection: Selection) -> str:
    words = {"places": len(selection.chosen), "count": len(problem.candidates)}
    if selection.proven:
        return (
            _("%(places)s of %(count)s proposals selected; every rule holds, and no other set scores higher.") % words
        )
    return _("%(places)s of %(count)s proposals selected; every rule holds, but a better set may exist.") % words


def find_changes(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Find what would bring one proposal in, by selecting again with single rules changed; kept with its choice.

    The candidates are those of the scenario, with the scores it was made from, whatever was computed since.
    """
    choice = Choice.objects.select_related("scenario__cycle").get(pk=values["choice"])
    scenario = choice.scenario
    choices = list(scenario.choices.select_related("proposal__organisation").order_by("proposal__number"))
    problem = Problem(
        tuple(Candidate(one.proposal_id, one.score, _classes(one.proposal)) for one in choices),
        places=scenario.places,
        quotas=tuple(Quota(**quota) for quota in scenario.quotas),
        seed=scenario.seed,
    )
    chosen = tuple(sorted(one.proposal_id for one in choices if one.is_in))
    selection = Selection(chosen, scenario.is_proven, scenario.total or 0.0, scenario.bound or 0.0)
    report(0.1, _("Selecting again with single rules changed."))
    changes = what_would_bring_in(problem, selection, choice.proposal_id)
    numbers = _numbers(scenario.cycle)
    choice.changes = [change_as_data(one, choice.proposal_id, numbers) for one in changes]
    return keep(lambda: _keep_changes(choice, len(changes)))


def _keep_changes(choice: Choice, count: int) -> str:
    choice.save(update_fields=["changes"])
    found = ngettext("%(count)s single change would bring it in.", "%(count)s single changes would bring it in.", count)
    return found % {"count": count}


def _problem_of(cycle: Cycle, places: int) -> tuple[Problem, dict[int, float | None]]:
    """Give the newest results and the rule set's quotas as the pure problem, and how wide each interval is.

    Raises:
        Refused: there are no results, or fewer graded proposals than places.
    """
    ranking = Ranking.objects.filter(cycle=cycle).first()
    if ranking is None:
        raise Refused(
            _("No selection was computed: %(cycle)s has no results yet. Compute the results first.") % {"cycle": cycle}
        )
    results = list(
        ranking.results.filter(n__gt=0).select_related("proposal__organisation").order_by("proposal__number")
    )
    if len(results) < places:
        raise Refused(
            _(
                "No selection was computed: there are %(places)s places, but only %(count)s proposals were graded. "
                "Try fewer places."
            )
            % {"places": places, "count": len(results)}
        )
    problem = Problem(
        tuple(Candidate(one.proposal_id, one.calibrated or 0.0, _classes(one.proposal)) for one in results),
        places=places,
        quotas=tuple(Quota(one.dimension, one.value, one.least or 0, one.most) for one in cycle.rules.quotas),
        seed=SEED,
    )
    return problem, {one.proposal_id: one.half_width for one in results}


def _classes(proposal: Proposal) -> dict[str, str]:
    return {dimension: class_of(proposal, dimension) for dimension in DIMENSIONS}


def _select(problem: Problem, report: Report) -> Selection:
    def tell(now: Progress) -> None:
        words = {"total": f"{now.total:.2f}", "bound": f"{now.bound:.2f}"}
        report(0.3, _("Best total so far %(total)s; none can exceed %(bound)s.") % words)

    try:
        selection = select(problem, seconds=SECONDS, progress=tell)
    except Undecided as undecided:
        raise Refused(
            _(
                "No selection was found in %(seconds)s seconds, nor a proof that there is none. Try again when the "
                "machine has less to do; what stood before is kept."
            )
            % {"seconds": round(SECONDS)}
        ) from undecided
    faults = check(problem, selection.chosen)
    if faults:
        raise RuntimeError(f"the solver broke {len(faults)} rules: {faults[:3]}")
    return selection


def _numbers(cycle: Cycle) -> dict[int, int]:
    rows = Proposal.objects.filter(cycle=cycle, number__isnull=False)
    return {pk: number or 0 for pk, number in rows.values_list("pk", "number")}


def _choices(
    cycle: Cycle, selection: Selection, reasons: Mapping[int, Reason], widths: Mapping[int, float | None]
) -> Iterable[Choice]:
    numbers, chosen = _numbers(cycle), frozenset(selection.chosen)
    for one, reason in reasons.items():
        yield Choice(
            proposal_id=one,
            is_in=one in chosen,
            score=reason.score,
            reason=reason.code.value,
            values={**reason_as_data(reason, numbers), "half_width": widths[one]},
        )


@transaction.atomic
def _keep(
    cycle: Cycle,
    problem: Problem,
    selection: Selection,
    choices: Iterable[Choice],
    *,
    mergers: list[dict[str, int | float | None]],
    at: datetime,
) -> str:
    scenario = Scenario.objects.create(
        cycle=cycle,
        rule_set=cycle.rule_set,
        computed_at=at,
        places=problem.places,
        quotas=[asdict(one) for one in problem.quotas],
        seed=SEED,
        is_proven=selection.proven,
        total=selection.total,
        bound=selection.bound,
        mergers=mergers,
    )
    rows = list(choices)
    for row in rows:
        row.scenario = scenario
    Choice.objects.bulk_create(rows, batch_size=BATCH)
    record(
        scope=cycle.scope,
        verb="selection.computed",
        at=at,
        actor=None,
        subject=None,
        values={"places": problem.places, "count": len(rows)},
        template=gettext_noop(
            "A selection was computed: %(places)s of %(count)s proposals, under the quotas of the rule set."
        ),
    )
    return _outcome(problem, selection)


def _keep_clash(cycle: Cycle, problem: Problem, conflict: dict[str, Any], *, at: datetime) -> str:
    Scenario.objects.create(
        cycle=cycle,
        rule_set=cycle.rule_set,
        computed_at=at,
        places=problem.places,
        seed=SEED,
        quotas=[asdict(one) for one in problem.quotas],
        conflict=conflict,
    )
    return _("There is no selection of %(places)s: rules clash, and the page of the selection says which.") % {
        "places": problem.places
    }
