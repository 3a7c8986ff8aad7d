"""Calibrated grades, ranks with ties, and what a line through the ranking can tell."""

from random import Random
from statistics import NormalDist, fmean

import numpy as np
import pytest

from convenor.optimise.grades import Calibration, Grade, Score, calibrate
from convenor.optimise.ranking import NoiseBand, Ranked, chance_in, expected_changes, noise_band, rank


def balanced(proposals: int, evaluators: int, seed: int, *, severity: float = 0.6) -> list[Grade]:
    """Return grades where everybody read everything."""
    generator = np.random.default_rng(seed)
    quality, mild = generator.normal(0, 0.5, proposals), generator.normal(0, severity, evaluators)
    return [
        Grade(row, column, float(3.5 + quality[row] + mild[column] + generator.normal(0, 0.8)))
        for row in range(proposals)
        for column in range(evaluators)
    ]


def sparse(proposals: int, evaluators: int, k: int, seed: int) -> tuple[np.ndarray, np.ndarray, list[Grade]]:
    """Return true qualities, true severities, and grades where k members read each proposal."""
    generator = np.random.default_rng(seed)
    quality, mild = generator.normal(0, 0.5, proposals), generator.normal(0, 0.6, evaluators)
    grades = [
        Grade(row, int(column), float(3.5 + quality[row] + mild[column] + generator.normal(0, 0.8)))
        for row in range(proposals)
        for column in generator.choice(evaluators, k, replace=False)
    ]
    return quality, mild, grades


def known(proposal: int, calibrated: float | None, half_width: float | None = 0.1, mean: float | None = None) -> Score:
    return Score(proposal, 0 if calibrated is None else 8, mean or calibrated, 0.5, calibrated, half_width)


def test_variances_of_a_balanced_table_are_those_of_the_analysis_of_variance():
    proposals, evaluators = 40, 12
    grades = balanced(proposals, evaluators, seed=3)
    table = np.array([grade.value for grade in grades]).reshape(proposals, evaluators)
    rows, columns = table.mean(axis=1), table.mean(axis=0)
    left = table - rows[:, None] - columns[None, :] + table.mean()
    noise = (left**2).sum() / ((proposals - 1) * (evaluators - 1))

    fit = calibrate(grades, range(proposals))

    assert fit.converged
    assert fit.variance_noise == pytest.approx(noise, rel=1e-4)
    assert fit.variance_quality == pytest.approx(rows.var(ddof=1) - noise / evaluators, rel=1e-4)
    assert fit.variance_severity == pytest.approx(columns.var(ddof=1) - noise / proposals, rel=1e-4)
    assert fit.mu == pytest.approx(table.mean())


def test_scores_solve_the_full_mixed_model_equations():
    _, _, grades = sparse(30, 7, 3, seed=5)
    fit = calibrate(grades, range(30))
    rows = np.array([grade.proposal for grade in grades])
    columns = np.array([grade.evaluator for grade in grades])
    design = np.hstack([np.ones((len(grades), 1)), np.eye(30)[rows], np.eye(7)[columns]])
    penalty = np.concatenate(
        [
            [0],
            np.full(30, fit.variance_noise / fit.variance_quality),
            np.full(7, fit.variance_noise / fit.variance_severity),
        ]
    )
    inverse = np.linalg.inv(design.T @ design + np.diag(penalty))
    solved = inverse @ design.T @ np.array([grade.value for grade in grades])
    shown = np.hstack([np.ones((30, 1)), np.eye(30), np.full((30, 7), 1 / 7)])  # mu + quality + mean severity
    sd = np.sqrt(fit.variance_noise * np.diag(shown @ inverse @ shown.T))

    assert [score.calibrated for score in fit.scores] == pytest.approx((shown @ solved).tolist())
    assert [score.half_width for score in fit.scores] == pytest.approx((NormalDist().inv_cdf(0.95) * sd).tolist())
    assert [fit.severities[column] for column in range(7)] == pytest.approx(solved[31:].tolist())


def test_nine_in_ten_intervals_hold_what_the_whole_committee_would_give():
    inside = []
    for seed in range(8):
        quality, mild, grades = sparse(264, 55, 8, seed)
        truth = 3.5 + quality + mild.mean()
        scores = calibrate(grades, range(264)).scores
        inside += [abs(score.calibrated - truth[score.proposal]) <= score.half_width for score in scores]

    assert fmean(inside) == pytest.approx(0.9, abs=0.02)


def test_severity_is_taken_out_where_plain_means_are_unfair():
    proposals = range(12)
    grades = [
        Grade(one, reader, 3.0 + one % 3 - (1.0 if reader < 2 else 0.0)) for one in proposals for reader in range(4)
    ]
    severe_only = [grade for grade in grades if grade.proposal != 2 or grade.evaluator < 2]

    fit = calibrate(severe_only, proposals)

    assert fit.scores[2].mean < fit.scores[5].mean
    assert fit.scores[2].calibrated == pytest.approx(fit.scores[5].calibrated, abs=1e-3)
    assert fit.severities[0] == pytest.approx(-0.5, abs=1e-3)
    assert sum(fit.severities.values()) == pytest.approx(0, abs=1e-8)


def test_the_order_of_the_grades_changes_nothing():
    _, _, grades = sparse(40, 9, 4, seed=1)
    shuffled = Random(2).sample(grades, len(grades))

    assert calibrate(shuffled, range(40)) == calibrate(grades, range(40))


def test_a_proposal_without_grades_has_no_score_and_keeps_its_place():
    fit = calibrate([Grade(7, 1, 4.0), Grade(7, 2, 3.0), Grade(9, 1, 2.0)], [9, 8, 7])

    assert [score.proposal for score in fit.scores] == [9, 8, 7]
    assert fit.scores[1] == Score(8, 0, None, None, None, None)
    assert (fit.scores[0].n, fit.scores[0].mean, fit.scores[0].sd) == (1, 2.0, None)
    assert (fit.scores[2].n, fit.scores[2].mean, fit.scores[2].sd) == (2, 3.5, pytest.approx(0.5**0.5))


def test_no_grades_at_all_are_no_scores():
    assert calibrate([], [1]) == Calibration(
        (Score(1, 0, None, None, None, None),),
        {},
        0.0,
        0.0,
        0.0,
        0.0,
        groups=0,
        separable=False,
        converged=True,
    )


def test_a_single_grade_is_a_score_of_unknown_width():
    fit = calibrate([Grade(1, 5, 4.0)], [1])

    assert fit.scores == (Score(1, 1, 4.0, None, 4.0, None),)


def test_equal_grades_are_equal_scores_without_spread():
    fit = calibrate([Grade(one, reader, 4.0) for one in range(5) for reader in range(3)], range(5))

    assert fit.scores == tuple(Score(one, 3, 4.0, 0.0, 4.0, 0.0) for one in range(5))
    assert dict(fit.severities) == {0: 0.0, 1: 0.0, 2: 0.0}
    assert (fit.variance_quality, fit.variance_severity, fit.variance_noise) == (0.0, 0.0, 0.0)


def test_one_evaluator_keeps_the_order_of_his_grades_and_has_no_severity():
    fit = calibrate([Grade(one, 1, float(value)) for one, value in enumerate((2, 5, 3, 4))], range(4))

    assert [ranked.proposal for ranked in rank(fit.scores, "calibrated")] == [1, 3, 2, 0]
    assert dict(fit.severities) == {1: 0.0}
    assert not fit.separable
    assert fit.variance_quality == pytest.approx(fit.variance_noise)
    assert all(score.half_width > 0 for score in fit.scores)


def test_evaluators_without_a_common_proposal_are_counted_as_groups():
    left = [Grade(one, reader, 3.0 + one % 2 + reader * 0.5) for one in range(4) for reader in range(2)]
    right = [Grade(one, reader, 3.0 + one % 2 - reader * 0.1) for one in range(4, 8) for reader in range(2, 4)]

    assert calibrate(left + right, range(8)).groups == 2
    assert calibrate([*left, *right, Grade(0, 3, 3.0)], range(8)).groups == 1


def test_grades_that_are_noise_alone_rank_nobody_far_from_the_middle():
    generator = np.random.default_rng(11)
    grades = [Grade(one, reader, float(generator.normal(3, 1))) for one in range(60) for reader in range(4)]
    fit = calibrate(grades, range(60))
    spread = np.std([score.calibrated for score in fit.scores])

    assert fit.converged
    assert fit.variance_severity <= 0.02
    assert spread < 0.5 * np.std([score.mean for score in fit.scores])


@pytest.mark.parametrize(
    ("grades", "proposals", "sentence"),
    [
        ([Grade(1, 1, 3.0)], [2], "grade of proposal 1, which is not listed"),
        ([Grade(1, 1, 3.0), Grade(1, 1, 4.0)], [1], "evaluator 1 has two grades for proposal 1"),
        ([Grade(1, 1, float("nan"))], [1], "grade nan of proposal 1 is no number"),
        ([], [1, 1], "a proposal is listed twice"),
    ],
)
def test_unsound_grades_are_refused(grades, proposals, sentence):
    with pytest.raises(ValueError, match=sentence):
        calibrate(grades, proposals)


def test_ties_share_a_rank_and_the_next_rank_counts_them():
    scores = [known(1, 4.0), known(2, 4.5), known(3, 4.0 + 1e-12), known(4, 3.0), known(5, None, None)]

    assert rank(scores) == (Ranked(2, 1, 0), Ranked(1, 2, 1), Ranked(3, 2, 1), Ranked(4, 4, 0))


def test_rank_reads_the_column_it_is_asked_for():
    scores = [known(1, 4.0, mean=3.0), known(2, 3.5, mean=3.9)]

    assert [ranked.proposal for ranked in rank(scores, "mean")] == [2, 1]
    assert [ranked.proposal for ranked in rank(scores, "calibrated")] == [1, 2]


def test_chances_follow_the_normal_distribution_behind_the_intervals():
    half = 1.6448536269514722
    chances = chance_in([known(1, 1.0, half), known(2, 0.0, half)], 1, seed=4, draws=200_000)

    assert chances[1] == pytest.approx(NormalDist().cdf(1 / 2**0.5), abs=0.005)
    assert chances[1] + chances[2] == pytest.approx(1)


def test_chances_add_up_to_the_places_and_are_drawn_again_by_the_seed():
    scores = [known(one, 4 - one / 50, 0.3) for one in range(30)]

    chances = chance_in(scores, 12, seed=9, draws=777)

    assert chances == chance_in(scores, 12, seed=9, draws=777)
    assert chances != chance_in(scores, 12, seed=10, draws=777)
    assert sum(chances.values()) == pytest.approx(12)


def test_a_tie_without_spread_shares_the_places():
    scores = [known(1, 5.0, 0.0), known(2, 4.0, 0.0), known(3, 4.0, 0.0), known(4, 1.0, 0.0)]

    assert chance_in(scores, 2, seed=1, draws=10) == pytest.approx({1: 1.0, 2: 0.5, 3: 0.5, 4: 0.0})


def test_places_for_nobody_or_everybody_need_no_redraw():
    scores = [known(1, 4.0), known(2, 3.0), known(3, None, None)]

    assert chance_in(scores, 0, seed=1) == {1: 0.0, 2: 0.0}
    assert chance_in(scores, 2, seed=1) == {1: 1.0, 2: 1.0}
    with pytest.raises(ValueError, match="-1 places"):
        chance_in(scores, -1, seed=1)


def test_expected_changes_are_the_doubts_of_those_in():
    scores = [known(1, 4.0), known(2, 3.5), known(3, 3.0)]

    assert expected_changes(scores, 2, {1: 0.9, 2: 0.7, 3: 0.4}) == pytest.approx(0.4)


def test_the_noise_band_holds_those_whose_interval_holds_the_line():
    scores = [
        known(1, 4.5),
        known(2, 4.1, 0.2),
        known(3, 4.0),
        known(4, 3.9),
        known(5, 3.8),
        known(6, 3.0, 2.0),
    ]

    assert noise_band(scores, 3) == NoiseBand(
        line=pytest.approx(3.95), lowest=3.0, highest=4.1, first_rank=2, last_rank=6,
        undecided=(2, 3, 4, 6), clearly_in=1, clearly_out=1, tied_at_line=(), means_tied_at_line=(),
    )  # fmt: skip


def test_a_tie_across_the_line_is_named_whole():
    scores = [known(1, 4.5, mean=4.6)] + [known(one, 4.0 - one / 100, 0.0, mean=4.055) for one in (2, 3, 4)]
    scores.append(known(5, 3.0, mean=3.1))

    assert noise_band(scores, 2).means_tied_at_line == (2, 3, 4)
    assert noise_band(scores, 4).means_tied_at_line == ()


def test_scores_without_spread_that_tie_at_the_line_are_undecided():
    scores = [known(1, 5.0, 0.0), known(2, 4.0, 0.0), known(3, 4.0, 0.0)]
    band = noise_band(scores, 2)

    assert (band.undecided, band.tied_at_line) == ((2, 3), (2, 3))
    assert (band.first_rank, band.last_rank, band.clearly_in, band.clearly_out) == (2, 2, 1, 0)


@pytest.mark.parametrize(("places", "clearly_in", "clearly_out"), [(0, 0, 2), (2, 2, 0), (5, 2, 0)])
def test_without_a_line_there_is_no_band(places, clearly_in, clearly_out):
    band = noise_band([known(1, 4.0), known(2, 3.0)], places)

    assert (band.line, band.undecided, band.clearly_in, band.clearly_out) == (
        None,
        (),
        clearly_in,
        clearly_out,
    )
