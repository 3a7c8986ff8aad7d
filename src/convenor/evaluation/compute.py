"""The worker's part: calibrate the grades, rank, and keep the results. Loads numpy; no page may import it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from convenor.cycle.models import Cycle
from convenor.cycle.rules import Rules
from convenor.evaluation.models import Conflict, Evaluation, Ranking, Result
from convenor.optimise.grades import Calibration, Grade, calibrate
from convenor.optimise.ranking import chance_in, expected_changes, noise_band, rank
from convenor.proposals.models import Proposal, State
from convenor.shared.errors import Refused
from convenor.shared.jobs import Report
from convenor.shared.journal import record

SEED = 2017
BATCH = 1000


def compute_results(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Compute a cycle's ranking from all grades that stand.

    Raises:
        Refused: nobody has graded anything yet.
    """
    cycle = Cycle.objects.select_related("forum", "rule_set").get(pk=values["cycle"])
    proposals = list(cycle.proposals.filter(state=State.SUBMITTED).values_list("pk", flat=True))
    evaluations = list(Evaluation.objects.filter(proposal__in=cycle.proposals.filter(state=State.SUBMITTED)))
    grades = list(overall_grades(evaluations, cycle.rules))
    if not grades:
        raise Refused(_("No results were computed: nobody has graded a proposal of %(cycle)s yet.") % {"cycle": cycle})
    report(0.2, _("Calibrating %(count)s grades.") % {"count": len(grades)})
    calibration = calibrate(grades, proposals)
    report(0.6, _("Redrawing the readers."))
    line = min(cycle.rules.budget.by_score, len(proposals))
    chances = chance_in(calibration.scores, line, seed=SEED)
    report(0.9, _("Keeping the results."))
    ranking = _keep(cycle, calibration, chances, evaluations, line=line, at=at)
    return _("%(proposals)s proposals ranked from %(grades)s evaluations; the noise band holds %(undecided)s.") % {
        "proposals": len(proposals), "grades": len(grades), "undecided": ranking.figures["band"]["undecided"],
    }


def overall_grades(evaluations: Iterable[Evaluation], rules: Rules) -> Iterable[Grade]:
    """Give each evaluation's weighted mean over the criteria it graded; a blank counts nowhere."""
    weights = {criterion.code: criterion.weight for criterion in rules.criteria}
    for one in evaluations:
        given = {code: grade for code, grade in one.grades.items() if weights.get(code, 0) > 0}
        if given and not one.has_abstained:
            total = sum(weights[code] for code in given)
            yield Grade(one.proposal_id, one.member_id, sum(weights[code] * grade for code, grade in given.items()) / total)


@transaction.atomic
def _keep(
    cycle: Cycle, calibration: Calibration, chances: Mapping[int, float], evaluations: list[Evaluation], *, line: int, at: datetime
) -> Ranking:
    figures = _figures(cycle, calibration, chances, evaluations, line)
    ranking = Ranking.objects.create(cycle=cycle, computed_at=at, line=line, seed=SEED, figures=figures)
    by_mean = {one.proposal: one for one in rank(calibration.scores, "mean")}
    by_calibrated = {one.proposal: one for one in rank(calibration.scores, "calibrated")}
    blanks = Counter[int]()
    for one in evaluations:
        blanks[one.proposal_id] += not one.has_abstained and len(one.grades) < len(cycle.rules.criteria)
    conflicts = Counter(Conflict.objects.filter(proposal__cycle=cycle).values_list("proposal", flat=True))
    last = len(by_mean) + 1
    Result.objects.bulk_create(
        [
            Result(
                ranking=ranking, proposal_id=score.proposal, n=score.n, mean=score.mean, sd=score.sd,
                calibrated=score.calibrated, half_width=score.half_width, chance_in=chances.get(score.proposal, 0.0),
                rank=by_mean[score.proposal].rank if score.n else last,
                tied_with=by_mean[score.proposal].tied_with if score.n else 0,
                calibrated_rank=by_calibrated[score.proposal].rank if score.n else last,
                blanks=blanks[score.proposal], conflicts=conflicts[score.proposal],
            )
            for score in calibration.scores
        ],
        batch_size=BATCH,
    )
    record(
        scope=cycle.scope, verb="results.computed", at=at, actor=None, subject=None,
        template=gettext_noop("The results of the evaluation were computed: %(proposals)s proposals, %(evaluations)s evaluations."),
        values={"proposals": len(calibration.scores), "evaluations": figures["evaluations"]},
    )
    return ranking


def _figures(
    cycle: Cycle, calibration: Calibration, chances: Mapping[int, float], evaluations: list[Evaluation], line: int
) -> dict[str, Any]:
    band = asdict(noise_band(calibration.scores, line))
    numbers = dict(Proposal.objects.filter(pk__in=band["means_tied_at_line"]).values_list("pk", "number"))
    return {
        "band": {**band, "undecided": len(band["undecided"]), "tied_at_line": len(band["tied_at_line"]),
                 "means_tied_at_line": sorted(numbers.values())},
        "mean": calibration.mu,
        "sd_quality": calibration.variance_quality**0.5,
        "sd_severity": calibration.variance_severity**0.5,
        "sd_noise": calibration.variance_noise**0.5,
        "evaluations": sum(score.n for score in calibration.scores),
        "grades": sum(len(one.grades) for one in evaluations if not one.has_abstained),
        "members": len(calibration.severities),
        "abstentions": sum(one.has_abstained for one in evaluations),
        "blanks": sum(len(cycle.rules.criteria) - len(one.grades) for one in evaluations if not one.has_abstained),
        "conflicts": Conflict.objects.filter(proposal__cycle=cycle).count(),
        "expected_changes": expected_changes(calibration.scores, line, chances),
    }
