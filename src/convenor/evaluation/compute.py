"""The worker's part: calibrate the grades, rank, and keep the results. Loads numpy; no page may import it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from convenor.cycle.models import Cycle
from convenor.cycle.rules import Rules
from convenor.evaluation.models import Conflict, Evaluation, Ranking, Result
from convenor.optimise.grades import Calibration, Grade, calibrate
from convenor.optimise.ranking import chance_in, expected_changes, noise_band, rank
from convenor.proposals.models import Proposal
from convenor.shared.errors import Refused
from convenor.shared.jobs import Report
from convenor.shared.jobs.effects import keep
from convenor.shared.journal import record

SEED = 2017
BATCH = 1000


def compute_results(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Compute a cycle's ranking from all grades that stand.

    Raises:
        Refused: nobody has graded anything yet.
    """
    cycle = Cycle.objects.select_related("forum", "rule_set").get(pk=values["cycle"])
    at = cycle.moment(at)
    proposals = list(_evaluated(cycle).values_list("pk", flat=True))
    evaluations = evaluations_of(cycle)
    grades = list(overall_grades(evaluations, cycle.rules))
    if not grades:
        raise Refused(
            _("No results were computed: nobody has graded a proposal of %(cycle)s yet. Try again when members have.")
            % {"cycle": cycle}
        )
    report(0.1, _("Calibrating %(count)s evaluations.") % {"count": len(grades)})
    calibration = calibrate(grades, proposals)
    report(0.5, _("Redrawing the readers."))
    line = min(cycle.rules.budget.by_score, len(proposals))
    chances = chance_in(calibration.scores, line, seed=SEED)
    report(0.9, _("Keeping the results."))
    return keep(
        lambda: _outcome(
            _keep(cycle, calibration, chances, evaluations, line=line, at=at),
            {"proposals": len(proposals), "evaluations": len(grades)},
        )
    )


def _outcome(ranking: Ranking, counts: Mapping[str, int]) -> str:
    undecided = ranking.figures["band"]["undecided"]
    words = _("%(proposals)s proposals ranked from %(evaluations)s evaluations.") % counts
    noise = ngettext(
        "The grades cannot place %(count)s of them on one side of the line.",
        "The grades cannot place %(count)s of them on one side of the line.",
        undecided,
    )
    return f"{words} {noise % {'count': undecided}}"


def evaluations_of(cycle: Cycle) -> list[Evaluation]:
    """Give what members said of the proposals that passed screening, less that of members with a conflict."""
    conflicts = set(Conflict.objects.filter(proposal__cycle=cycle).values_list("member", "proposal"))
    said = Evaluation.objects.filter(proposal__in=_evaluated(cycle)).defer("comment", "reasons")
    return [one for one in said if (one.member_id, one.proposal_id) not in conflicts]


def overall_grades(evaluations: Sequence[Evaluation], rules: Rules) -> Iterator[Grade]:
    """Give each evaluation's weighted mean over the criteria it graded; a blank counts nowhere."""
    weights = {criterion.code: criterion.weight for criterion in rules.criteria}
    for one in evaluations:
        given = _given(one, rules)
        if given:
            total = sum(weights[code] for code in given)
            yield Grade(
                one.proposal_id, one.member_id, sum(weights[code] * grade for code, grade in given.items()) / total
            )


def _given(one: Evaluation, rules: Rules) -> dict[str, float]:
    """Give the grades that an evaluation really holds, for criteria that are in force."""
    if one.has_abstained:
        return {}
    grades = {criterion.code: one.grades.get(criterion.code) for criterion in rules.criteria}
    return {code: grade for code, grade in grades.items() if grade is not None}


def _blanks(one: Evaluation, rules: Rules) -> int:
    return 0 if one.has_abstained else len(rules.criteria) - len(_given(one, rules))


def _evaluated(cycle: Cycle) -> "models.QuerySet[Proposal]":
    return Proposal.objects.graded(cycle).order_by("number")


@transaction.atomic
def _keep(
    cycle: Cycle,
    calibration: Calibration,
    chances: Mapping[int, float],
    evaluations: Sequence[Evaluation],
    *,
    line: int,
    at: datetime,
) -> Ranking:
    blanks = Counter(one.proposal_id for one in evaluations if _blanks(one, cycle.rules))
    conflicts = Counter(Conflict.objects.filter(proposal__in=_evaluated(cycle)).values_list("proposal", flat=True))
    figures = {
        **_figures(calibration, chances, line),
        "abstentions": sum(one.has_abstained for one in evaluations),
        "blanks": sum(_blanks(one, cycle.rules) for one in evaluations),
        "conflicts": conflicts.total(),
    }
    ranking = Ranking.objects.create(
        cycle=cycle, rule_set=cycle.rule_set, computed_at=at, line=line, seed=SEED, figures=figures
    )
    rows = list(_rows(ranking, calibration, chances))
    for row in rows:
        row.blanks, row.conflicts = blanks[row.proposal_id], conflicts[row.proposal_id]
    Result.objects.bulk_create(rows, batch_size=BATCH)
    record(
        scope=cycle.scope,
        verb="results.computed",
        at=at,
        actor=None,
        subject=None,
        template=gettext_noop(
            "The results of the evaluation were computed: %(proposals)s proposals, %(evaluations)s evaluations."
        ),
        values={"proposals": len(rows), "evaluations": figures["evaluations"]},
    )
    return ranking


def _rows(ranking: Ranking, calibration: Calibration, chances: Mapping[int, float]) -> Iterator[Result]:
    """Give a row per proposal; one that nobody graded stands behind all that somebody did."""
    by_mean = {one.proposal: one for one in rank(calibration.scores, "mean")}
    by_calibrated = {one.proposal: one for one in rank(calibration.scores, "calibrated")}
    last = len(by_mean) + 1
    for score in calibration.scores:
        graded = score.n > 0
        yield Result(
            ranking=ranking,
            proposal_id=score.proposal,
            n=score.n,
            mean=score.mean,
            sd=score.sd,
            calibrated=score.calibrated,
            half_width=score.half_width,
            chance_in=chances.get(score.proposal, 0.0),
            rank=by_mean[score.proposal].rank if graded else last,
            tied_with=by_mean[score.proposal].tied_with if graded else 0,
            calibrated_rank=by_calibrated[score.proposal].rank if graded else last,
        )


def _figures(calibration: Calibration, chances: Mapping[int, float], line: int) -> dict[str, Any]:
    band = asdict(noise_band(calibration.scores, line))
    tied = Proposal.objects.filter(pk__in=band["means_tied_at_line"]).order_by("number")
    band["means_tied_at_line"] = list(tied.values_list("number", flat=True))
    return {
        "band": {**band, "undecided": len(band["undecided"]), "tied_at_line": len(band["tied_at_line"])},
        "mean": calibration.mu,
        "sd_quality": calibration.variance_quality**0.5,
        "sd_severity": calibration.variance_severity**0.5,
        "sd_noise": calibration.variance_noise**0.5,
        "evaluations": sum(score.n for score in calibration.scores),
        "members": len(calibration.severities),
        "groups": calibration.groups,
        "converged": calibration.converged,
        "expected_changes": expected_changes(calibration.scores, line, chances),
    }
