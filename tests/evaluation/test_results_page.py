"""The page of the results: the truth about the line, and no rank without its interval, n and ties."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from convenor.cycle.models import Cycle
from convenor.evaluation.compute import compute_results
from convenor.evaluation.models import Ranking
from convenor.evaluation.results import MOST_AROUND, Look, Results, ends_of
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.proposals.finding import Filters
from convenor.proposals.models import Contributor, Part
from convenor.shared.jobs.models import Job
from tests.evaluation.making import grade, graded, propose

AT = datetime(2017, 6, 1, 12, 0, tzinfo=UTC)
PAGE = "/igf/2017/evaluation/"


def compute(cycle: Cycle, *, line: int | None = None) -> Ranking:
    """Compute the results, with another number of places by score if one is given."""
    if line is not None:
        cycle.rule_set.data["budget"] = {"grid": line, "taken": {}, "by_score_percent": 100}
        cycle.rule_set.data["quotas"] = []
        cycle.rule_set.save()
    compute_results({"cycle": cycle.pk}, at=AT, report=lambda _share, _sentence: None)
    return Ranking.objects.select_related("cycle__rule_set", "cycle__forum")[0]


def numbers(client: Client, query: str = "") -> list[int]:
    """Read the proposals in the order the table shows them."""
    return [row.result.proposal.number for row in client.get(PAGE + query).context["results"].rows]


@pytest.fixture
def chair(client_as: Callable[[Role], Client]) -> Client:
    """Give the chair's browser."""
    return client_as(Role.CHAIR)


def test_before_results_the_page_says_what_comes_and_lets_the_chair_compute(chair: Client, cycle: Cycle):
    page = chair.get(PAGE)

    assert page.templates[0].name == "evaluation/none_yet.html"
    assert 'action="/igf/2017/evaluation/compute/"' in page.content.decode()


def test_a_member_reads_but_does_not_compute(client_as: Callable[[Role], Client], cycle: Cycle):
    client = client_as(Role.MEMBER)

    assert "compute/" not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}compute/").status_code == 403


def test_computing_is_a_job_that_leads_back(chair: Client, cycle: Cycle):
    answer = chair.post(f"{PAGE}compute/")

    job = Job.objects.get()
    assert answer["Location"] == f"/jobs/{job.pk}/"
    assert (job.task, job.values, job.back) == (
        "convenor.evaluation.compute.compute_results", {"cycle": cycle.pk}, PAGE,
    )  # fmt: skip


def test_near_the_line_stand_at_most_twenty_on_either_side(chair: Client, cycle: Cycle):
    graded(cycle, 70)
    compute(cycle, line=35)

    shown = numbers(chair)

    assert len(shown) <= 2 * MOST_AROUND
    results = chair.get(PAGE).context["results"]
    assert results.above_hidden + len(shown) + results.below_hidden == 70


def test_all_are_shown_on_request_with_the_line_where_it_is(chair: Client, cycle: Cycle):
    for number in range(1, 6):
        for reader in (1, 2):
            grade(propose(cycle, number) if reader == 1 else cycle.proposals.get(number=number), reader, 6 - number)
    compute(cycle, line=2)

    rows = chair.get(f"{PAGE}?show=all").context["results"].rows

    assert [row.result.proposal.number for row in rows] == [1, 2, 3, 4, 5]
    assert [row.is_last_above for row in rows] == [False, True, False, False, False]


def test_every_rank_has_its_interval_its_n_and_its_ties(chair: Client, cycle: Cycle):
    graded(cycle, 12)
    compute(cycle, line=6)

    page = chair.get(f"{PAGE}?show=all").content.decode()

    table = page[page.index("<tbody>", page.index('id="h-r"')) :]
    rows = re.findall(r"<tr(?: class=\"noise\")?><td class=\"num\">(?:= )?\d+.*?</tr>", table, re.S)
    assert len(rows) == 12
    assert all("±" in row and 'class="cell mirror"' in row and '<td class="num">3</td>' in row for row in rows)


def test_a_tie_across_the_line_is_shown_and_not_cut(chair: Client, cycle: Cycle):
    for number in range(1, 6):
        grade(propose(cycle, number), 1, 5 if number == 1 else 3)
        grade(cycle.proposals.get(number=number), 2, 5 if number == 1 else 3)
    compute(cycle, line=2)

    page = chair.get(f"{PAGE}?show=all")

    results = page.context["results"]
    assert [(row.result.calibrated_rank, row.is_tied) for row in results.rows] == [(1, False)] + [(2, True)] * 4
    assert results.last_above == 5
    assert "because a tie is not cut by the machine" in page.content.decode()


def test_the_rows_marked_undecided_are_those_that_the_figures_count(cycle: Cycle):
    graded(cycle, 40)
    ranking = compute(cycle, line=15)

    results = Results(ranking.cycle, ranking, Look(Filters(), shows_all=True))

    assert sum(row.in_band for row in results.rows) == ranking.figures["band"]["undecided"]


def test_an_ungraded_proposal_has_no_rank(chair: Client, cycle: Cycle):
    graded(cycle, 4)
    propose(cycle, 5)
    compute(cycle, line=2)

    page = chair.get(f"{PAGE}?q=5").content.decode()

    assert "not graded by anybody" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [("?theme=trust", [3]), ("?q=Title+2", [2]), ("?region=weo", []), ("?sort=number&show=all", [1, 2, 3, 4])],
)
def test_filters_and_order_live_in_the_address(chair: Client, cycle: Cycle, query: str, found: list[int]):
    proposals = graded(cycle, 4)
    proposals[2].theme = "trust"
    proposals[2].save()
    compute(cycle, line=2)

    assert numbers(chair, query) == found


@pytest.mark.parametrize("sort", ["mean", "sd", "n", "calibrated", "nothing", "%00"])
def test_any_order_shows_every_proposal_once(chair: Client, cycle: Cycle, sort: str):
    graded(cycle, 9)
    propose(cycle, 10)
    compute(cycle, line=4)

    assert sorted(numbers(chair, f"?show=all&sort={sort}")) == list(range(1, 11))


def test_genders_are_counted_above_the_line_in_the_words_of_the_speakers(chair: Client, cycle: Cycle):
    first, second = graded(cycle, 2)
    for proposal, gender in ((first, "Woman"), (first, ""), (second, "man"), (second, "agender")):
        speaker = Person.objects.create(name=gender or "X", gender=gender)
        Contributor.objects.create(proposal=proposal, person=speaker, part=Part.SPEAKER)
    compute(cycle, line=1)

    genders = chair.get(PAGE).context["balances"][-1]

    assert [(bar.name, bar.count, round(bar.mark)) for bar in genders.bars] == [
        ("Women", 1, 25), ("Men", 0, 25), ("Self-described", 0, 25), ("Not stated", 1, 25),
    ]  # fmt: skip


@pytest.mark.parametrize("line", [1, 500])
@pytest.mark.parametrize("count", [1, 2])
def test_a_line_that_takes_all_or_has_one_beside_it_is_drawn_without_fault(
    chair: Client, cycle: Cycle, count: int, line: int
):
    graded(cycle, count)
    compute(cycle, line=line)

    assert chair.get(PAGE).status_code == 200


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_chart_keeps_every_interval_inside(chair: Client, cycle: Cycle, language: str):
    graded(cycle, 30)
    compute(cycle, line=10)
    chair.cookies["language"] = language

    chart = chair.get(PAGE).context["results"].chart

    xs = [one.x for one in chart.intervals]
    assert all(0 <= x <= 100 for x in xs)
    assert xs == sorted(xs, reverse=language == "ar")
    assert all(one.top <= one.y <= one.bottom for one in chart.intervals)
    assert all(ends_of(one.result) for one in chart.intervals)


def test_hostile_titles_are_shown_as_words(chair: Client, cycle: Cycle):
    grade(propose(cycle, 1, title="<script>alert(1)</script>\u202e" + "x" * 100), 1, 4)
    compute(cycle)

    page = chair.get(f"{PAGE}?show=all&q=%3Cscript%3E").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("query", ["", "?show=all"])
@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_the_database_as_often_for_one_as_for_thirty(
    chair: Client, cycle: Cycle, count: int, query: str, django_assert_num_queries
):
    graded(cycle, count)
    compute(cycle, line=10)

    with django_assert_num_queries(8):
        chair.get(PAGE + query)
