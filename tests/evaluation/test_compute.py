"""Computing the results: what counts as a grade, what is kept, and what is refused."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from convenor.cycle.models import Cycle
from convenor.evaluation.compute import compute_results, evaluations_of, overall_grades
from convenor.evaluation.models import Conflict, Ranking, Result
from convenor.proposals.models import State
from convenor.shared.errors import Refused
from convenor.shared.journal.models import Entry
from tests.evaluation.making import grade, graded, member, propose

AT = datetime(2017, 6, 1, 12, 0, tzinfo=UTC)


def silent(share: float | None, sentence: str) -> None:
    """Report to nobody."""


def values_of(cycle: Cycle) -> list[float]:
    """Give the overall grades that count."""
    return [one.value for one in overall_grades(evaluations_of(cycle), cycle.rules)]


def weigh(cycle: Cycle, **weights: float) -> None:
    """Give criteria other weights."""
    for criterion in cycle.rule_set.data["criteria"]:
        criterion["weight"] = weights.get(criterion["code"], criterion["weight"])
    cycle.rule_set.save()
    cycle.rule_set.__dict__.pop("rules", None)


def test_a_blank_is_never_a_zero(cycle: Cycle):
    grade(propose(cycle, 1), 1, {"relevance": 4, "content": 2})

    assert values_of(cycle) == [3.0]


def test_a_blank_written_as_nothing_is_a_blank_too(cycle: Cycle):
    grade(propose(cycle, 1), 1, {"relevance": 4, "content": None, "of another year": 1})  # type: ignore[dict-item]  # hostile

    assert values_of(cycle) == [4.0]


def test_criteria_count_by_their_weight_among_those_graded(cycle: Cycle):
    weigh(cycle, relevance=3, content=1)
    grade(propose(cycle, 1), 1, {"relevance": 5, "content": 1})

    assert values_of(cycle) == [4.0]


def test_an_abstention_counts_nowhere(cycle: Cycle):
    proposal = propose(cycle, 1)
    grade(proposal, 1, 1, has_abstained=True)
    grade(proposal, 2, 4)

    assert values_of(cycle) == [4.0]


def test_an_evaluation_without_any_grade_counts_nowhere(cycle: Cycle):
    grade(propose(cycle, 1), 1, {})

    assert values_of(cycle) == []


def test_a_grade_of_a_member_with_a_conflict_does_not_count(cycle: Cycle):
    proposal = propose(cycle, 1)
    grade(proposal, 1, 5)
    grade(proposal, 2, 3)
    Conflict.objects.create(member=member(1), proposal=proposal, reason="own organisation")

    assert values_of(cycle) == [3.0]


@pytest.mark.parametrize("state", [State.DRAFT, State.SCREENED_OUT, State.WITHDRAWN])
def test_only_what_passed_screening_is_ranked(cycle: Cycle, state: State):
    grade(propose(cycle, 1), 1, 4)
    grade(propose(cycle, 2, state=state), 1, 5)

    compute_results({"cycle": cycle.pk}, at=AT, report=silent)

    assert list(Result.objects.values_list("proposal__number", flat=True)) == [1]


def test_without_grades_nothing_is_computed_and_the_sentence_says_why(cycle: Cycle):
    propose(cycle, 1)

    with pytest.raises(Refused, match="nobody has graded a proposal of IGF 2017 yet"):
        compute_results({"cycle": cycle.pk}, at=AT, report=silent)

    assert Ranking.objects.count() == 0


def test_results_keep_plain_figures_ties_and_who_was_not_graded(cycle: Cycle):
    first, second, third = (propose(cycle, number) for number in (1, 2, 3))
    for proposal in (first, second):
        grade(proposal, 1, 4)
        grade(proposal, 2, 2)

    compute_results({"cycle": cycle.pk}, at=AT, report=silent)

    kept = Result.objects.order_by("proposal__number").values_list("n", "mean", "rank", "tied_with", "calibrated_rank")
    assert list(kept) == [(2, 3.0, 1, 1, 1), (2, 3.0, 1, 1, 1), (0, None, 3, 0, 3)]
    assert Result.objects.get(proposal=third).chance_in == 0.0


def test_blanks_abstentions_and_conflicts_are_counted_beside_the_grades(cycle: Cycle):
    first, second = propose(cycle, 1), propose(cycle, 2)
    grade(first, 1, {"relevance": 4})
    grade(first, 2, 4)
    grade(second, 2, 4)
    grade(second, 1, {}, has_abstained=True)
    Conflict.objects.create(member=member(3), proposal=second, reason="own organisation")

    compute_results({"cycle": cycle.pk}, at=AT, report=silent)

    figures = Ranking.objects.get().figures
    assert {name: figures[name] for name in ("evaluations", "members", "blanks", "abstentions", "conflicts")} == {
        "evaluations": 3, "members": 2, "blanks": 3, "abstentions": 1, "conflicts": 1,
    }  # fmt: skip
    assert list(Result.objects.order_by("proposal__number").values_list("blanks", "conflicts")) == [(1, 0), (0, 1)]


def test_the_same_grades_give_the_same_results_again(cycle: Cycle):
    graded(cycle, 12)
    for _again in range(2):
        compute_results({"cycle": cycle.pk}, at=AT, report=silent)

    later, earlier = (
        list(ranking.results.order_by("proposal").values_list("calibrated", "half_width", "chance_in", "rank"))
        for ranking in Ranking.objects.all()
    )
    assert later == earlier


def test_each_computation_is_an_entry_of_the_journal(cycle: Cycle):
    grade(propose(cycle, 1), 1, 4)

    compute_results({"cycle": cycle.pk}, at=AT, report=silent)

    assert list(Entry.objects.values_list("scope", "verb")) == [("igf/2017", "results.computed")]


def test_the_verb_evaluate_says_what_came_out(cycle: Cycle, capsys: pytest.CaptureFixture[str]):
    graded(cycle, 5)

    call_command("evaluate", cycle="igf/2017")

    assert "Results: 5 proposals ranked from 15 evaluations." in capsys.readouterr().err


def test_the_verb_evaluate_names_a_year_it_does_not_know(cycle: Cycle):
    with pytest.raises(Refused, match="There is no year “igf/1999” here"):
        call_command("evaluate", cycle="igf/1999")
