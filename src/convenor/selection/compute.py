"""The worker's part: select, explain, look for mergers. Loads the solver; no page may import it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from convenor.cycle.models import Cycle
from convenor.evaluation.models import Evaluation, Ranking
from convenor.optimise.changes import Change, what_would_bring_in
from convenor.optimise.explain import Reason, why
from convenor.optimise.portfolio import (
    Apart, Candidate, Infeasible, Least, Most, Places, Problem, Progress, Quota, Rule, Selection, check, select,
)
from convenor.optimise.similar import similar_pairs
from convenor.proposals.models import Proposal
from convenor.selection.models import Choice, Scenario
from convenor.shared.errors import Refused
from convenor.shared.jobs import Report
from convenor.shared.journal import record

SECONDS = 20.0
SEED = 2017
BATCH = 1000


def compute_selection(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Select as many proposals as there are places, under the quotas of the rule set.

    `values`: `cycle`, and `places` where another number than that of the slot budget is tried. A selection that the
    checker finds fault with is not kept. Rules that cannot hold together are kept with their figures, and named.

    Raises:
        Refused: there are no results yet.
    """
    cycle = Cycle.objects.select_related("forum", "rule_set").get(pk=values["cycle"])
    problem = problem_of(cycle, values.get("places") or cycle.rules.budget.places)
    report(0.1, _("Choosing %(places)s of %(count)s.") % {"places": problem.places, "count": len(problem.candidates)})
    try:
        selection = select(problem, seconds=SECONDS, progress=_teller(report))
    except Infeasible as clash:
        _keep_clash(cycle, problem, clash, at=at)
        return _("These rules cannot hold together; the page of the selection says which.")
    faults = check(problem, selection.chosen)
    if faults:
        raise RuntimeError(f"the solver broke {len(faults)} rules: {faults[:3]}")
    report(0.7, _("Writing the reasons."))
    reasons = why(problem, selection)
    report(0.9, _("Looking for proposals worth merging."))
    _keep(cycle, problem, selection, reasons, mergers=_mergers(cycle), at=at)
    proof = _("proven to be the best") if selection.proven else _("not proven to be the best")
    return _("%(places)s of %(count)s proposals selected, %(proof)s; every quota holds.") % {
        "places": len(selection.chosen), "count": len(problem.candidates), "proof": proof,
    }


def find_changes(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Find what would bring one proposal in, by selecting again with single rules changed; kept with its choice."""
    choice = Choice.objects.select_related("scenario__cycle__rule_set", "scenario__cycle__forum").get(pk=values["choice"])
    scenario = choice.scenario
    problem = problem_of(scenario.cycle, scenario.places)
    chosen = tuple(sorted(scenario.choices.filter(is_in=True).values_list("proposal", flat=True)))
    report(0.1, _("Selecting again with single rules changed."))
    selection = Selection(chosen, proven=scenario.is_proven, total=scenario.total or 0.0, bound=scenario.bound or 0.0)
    changes = what_would_bring_in(problem, selection, choice.proposal_id)
    numbers = _numbers(scenario.cycle)
    choice.changes = [_change(one, numbers) for one in changes]
    choice.save(update_fields=["changes"])
    return _("%(count)s single changes would bring it in.") % {"count": len(changes)}


def problem_of(cycle: Cycle, places: int) -> Problem:
    """Give the newest results and the rule set's quotas as the pure problem; ids are row keys.

    Raises:
        Refused: there are no results, or fewer graded proposals than places.
    """
    ranking = Ranking.objects.filter(cycle=cycle).first()
    if ranking is None:
        raise Refused(_("No selection was computed: %(cycle)s has no results yet. Compute the results first.") % {"cycle": cycle})
    results = ranking.results.filter(n__gt=0).select_related("proposal__organisation").order_by("proposal__number")
    candidates = tuple(
        Candidate(
            one.proposal_id, one.calibrated or 0.0,
            {"theme": one.proposal.theme, "region": one.proposal.organisation.region,
             "group": one.proposal.organisation.group, "format": one.proposal.format},
        )
        for one in results
    )
    if len(candidates) < places:
        raise Refused(
            _("No selection was computed: there are %(places)s places but only %(count)s graded proposals. Try fewer places.")
            % {"places": places, "count": len(candidates)}
        )
    quotas = tuple(Quota(one.dimension, one.value, one.least or 0, one.most) for one in cycle.rules.quotas)
    return Problem(candidates, places=places, quotas=quotas, seed=SEED)


def _teller(report: Report) -> Any:
    def tell(now: Progress) -> None:
        report(0.4, _("Best total %(total)s, bound %(bound)s.") % {"total": f"{now.total:.2f}", "bound": f"{now.bound:.2f}"})

    return tell


def _numbers(cycle: Cycle) -> dict[int, int]:
    return dict(Proposal.objects.filter(cycle=cycle).values_list("pk", "number"))


def rule_as_data(rule: Rule, numbers: Mapping[int, int]) -> dict[str, Any]:
    """Write a rule down for the page: its kind and figures, proposals by number."""
    if isinstance(rule, Places):
        return {"kind": "places", "count": rule.count}
    if isinstance(rule, Least | Most):
        kind = "least" if isinstance(rule, Least) else "most"
        return {"kind": kind, "dimension": rule.dimension, "value": rule.value, "count": rule.count}
    if isinstance(rule, Apart):
        return {"kind": "apart", "one": numbers[rule.one], "other": numbers[rule.other]}
    return {"kind": type(rule).__name__.lower(), **{name: numbers[key] for name, key in asdict(rule).items()}}  # type: ignore[call-overload]  # every rule is a dataclass


def _change(change: Change, numbers: Mapping[int, int]) -> dict[str, Any]:
    quota = change.quota
    return {
        "step": str(change.step), "to": change.to,
        "quota": {"dimension": quota.dimension, "value": quota.value} if quota else None,
        "other": numbers.get(change.other or 0), "enters": sorted(numbers[one] for one in change.enters),
        "leaves": sorted(numbers[one] for one in change.leaves),
    }


def _reason(reason: Reason, numbers: Mapping[int, int]) -> dict[str, Any]:
    return {
        "line": reason.line, "rules": [rule_as_data(rule, numbers) for rule in reason.rules],
        "other": numbers.get(reason.other or 0), "other_score": reason.other_score,
    }


@transaction.atomic
def _keep(
    cycle: Cycle, problem: Problem, selection: Selection, reasons: Mapping[int, Reason], *, mergers: list[dict[str, Any]], at: datetime
) -> None:
    scenario = Scenario.objects.create(
        cycle=cycle, computed_at=at, places=problem.places, quotas=[asdict(one) for one in problem.quotas], seed=SEED,
        is_proven=selection.proven, total=selection.total, bound=selection.bound, mergers=mergers,
    )
    numbers, chosen = _numbers(cycle), frozenset(selection.chosen)
    Choice.objects.bulk_create(
        [
            Choice(
                scenario=scenario, proposal_id=one.id, is_in=one.id in chosen, score=one.score,
                reason=reasons[one.id].code, values=_reason(reasons[one.id], numbers),
            )
            for one in problem.candidates
        ],
        batch_size=BATCH,
    )
    record(
        scope=cycle.scope, verb="selection.computed", at=at, actor=None, subject=None,
        values={"places": problem.places, "count": len(problem.candidates)},
        template=gettext_noop("A selection was computed: %(places)s of %(count)s proposals, under the quotas of the rule set."),
    )


def _keep_clash(cycle: Cycle, problem: Problem, clash: Infeasible, *, at: datetime) -> None:
    numbers = _numbers(cycle)
    conflict = {
        "minimal": clash.minimal,
        "counts": [
            {"rule": rule_as_data(one.rule, numbers), "asked": one.asked, "available": one.available} for one in clash.counts
        ],
        "sums": [asdict(one) for one in clash.sums],
    }
    Scenario.objects.create(
        cycle=cycle, computed_at=at, places=problem.places, seed=SEED, conflict=conflict,
        quotas=[asdict(one) for one in problem.quotas],
    )


def _mergers(cycle: Cycle) -> list[dict[str, Any]]:
    """Join what reads alike with what members asked to merge, the most asked for first."""
    asked: Counter[tuple[int, int]] = Counter(
        (min(one, other), max(one, other))
        for one, other in Evaluation.objects.filter(proposal__cycle=cycle, merge_with__isnull=False).values_list(
            "proposal__number", "merge_with__number"
        )
    )
    proposals = public_texts(cycle)
    alike = {(pair.a, pair.b): pair.likeness for pair in similar_pairs(proposals)}
    pairs = sorted(set(asked) | set(alike), key=lambda pair: (-asked[pair], -alike.get(pair, 0.0), pair))
    return [
        {"one": one, "other": other, "likeness": alike.get((one, other)), "asked": asked[one, other]} for one, other in pairs
    ]


def public_texts(cycle: Cycle) -> dict[int, str]:
    """Give the words of each candidate that likeness is read from, by number."""
    rows = cycle.proposals.filter(state="submitted").values_list("number", "title", "issue", "summary")
    return {number: f"{title}\n{title}\n{issue}\n{summary}" for number, title, issue, summary in rows}
