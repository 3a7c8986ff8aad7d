"""The workbench: the line, the reasons, what clashes, who may ask what."""

from datetime import timedelta

import pytest
from django.test import Client

from convenor.cycle.models import Cycle
from convenor.proposals.models import Proposal
from convenor.selection.compute import compute_selection, find_changes
from convenor.selection.models import Choice, Scenario
from convenor.shared.jobs.models import Job
from tests.selection.conftest import AT, PLACES, silent

PAGE = "/igf-example/2017/selection/"


def text(client: Client, path: str = "") -> str:
    """Read a page of the selection."""
    return client.get(PAGE + path).content.decode()


def test_before_a_selection_the_page_has_the_budget_and_one_button(chair: Client, loaded: Cycle):
    page = text(chair)

    assert "Nothing has been selected yet" in page
    assert 'action="/igf-example/2017/selection/compute/"' in page


def test_a_member_sees_no_button_to_compute(member: Client, loaded: Cycle):
    assert "/compute/" not in text(member)
    assert member.post(f"{PAGE}compute/").status_code == 403


@pytest.mark.parametrize(("typed", "places"), [({}, PLACES), ({"places": ""}, PLACES), ({"places": "12"}, 12)])
def test_computing_is_a_job_for_the_places_typed_or_those_of_the_budget(
    chair: Client, loaded: Cycle, typed: dict[str, str], places: int
):
    answer = chair.post(f"{PAGE}compute/", typed)

    job = Job.objects.get()
    assert answer["Location"] == f"/jobs/{job.pk}/"
    assert (job.values, job.back) == ({"cycle": loaded.pk, "places": places}, PAGE)


@pytest.mark.parametrize("typed", ["0", "-1", "5001", "many", "1e3", "<b>"])
def test_a_number_of_places_that_cannot_be_is_refused_with_its_value(chair: Client, loaded: Cycle, typed: str):
    page = chair.post(f"{PAGE}compute/", {"places": typed}, follow=True).content.decode()

    assert "is not a whole number of places from 1 to 5000" in page
    assert "<b>" not in page[: page.index("is not a whole number")]
    assert Job.objects.count() == 0


def test_the_line_stands_after_the_last_that_is_in_by_score(chair: Client, scenario: Scenario):
    rows = list(chair.get(f"{PAGE}?show=all").context["bench"].page)

    line = next(place for place, row in enumerate(rows) if row.is_last_in)
    assert len(rows) == scenario.choices.count()
    assert {row.choice.reason for row in rows[line + 1 :] if row.choice.is_in} <= {"in_for_quota"}
    assert rows[line].choice.is_in


def test_rows_folded_away_are_counted(chair: Client, scenario: Scenario):
    bench = chair.get(PAGE).context["bench"]
    rows = list(bench.page)

    assert len(rows) + sum(row.skipped for row in rows) + bench.skipped_below == scenario.choices.count()


def test_equal_scores_share_their_rank(chair: Client, scenario: Scenario):
    Choice.objects.filter(pk__in=[one.pk for one in scenario.choices.all()[1:3]]).update(score=9.0)
    Choice.objects.filter(pk=scenario.choices.exclude(score=9.0)[0].pk).update(score=10.0)

    rows = list(chair.get(f"{PAGE}?show=all").context["bench"].page)

    assert [(row.rank, row.is_tied) for row in rows[:4]] == [(1, False), (2, True), (2, True), (4, False)]


def test_each_proposal_has_its_reason_under_its_address(chair: Client, scenario: Scenario):
    for one in scenario.choices.select_related("proposal"):
        page = chair.get(f"{PAGE}{one.proposal.number}/")
        assert page.context["bench"].choice == one
        assert page.context["bench"].why.startswith("In" if one.is_in else "Out")


def test_a_proposal_that_was_not_graded_has_no_reason(chair: Client, scenario: Scenario):
    assert chair.get(f"{PAGE}9999/").status_code == 404


def test_a_scenario_of_another_year_is_not_reached(chair: Client, scenario: Scenario, loaded: Cycle):
    other = Cycle.objects.create(
        forum=loaded.forum, slug="2018", name="IGF 2018", zone="UTC", rule_set=loaded.rule_set,
        starts_on=loaded.starts_on + timedelta(365), ends_on=loaded.ends_on + timedelta(365),
    )  # fmt: skip
    proposal = loaded.proposals.first()
    theirs = Proposal.objects.create(
        cycle=other,
        number=4711,
        title="Other year",
        owner=proposal.owner,
        organisation=proposal.organisation,
        minutes=60,
    )
    foreign = Scenario.objects.create(cycle=other, computed_at=AT, places=1, seed=1, total=1.0)
    Choice.objects.create(scenario=foreign, proposal=theirs, is_in=False, score=1.0, reason="out_barred")

    assert chair.get(f"{PAGE}4711/").status_code == 404
    assert chair.post(f"{PAGE}4711/changes/").status_code == 404
    assert "Other year" not in text(chair, "?show=all")


def test_a_member_may_ask_what_would_bring_a_proposal_in(member: Client, scenario: Scenario):
    choice = scenario.choices.filter(is_in=False).select_related("proposal")[0]

    member.post(f"{PAGE}{choice.proposal.number}/changes/")

    job = Job.objects.get()
    assert (job.values, job.back) == ({"choice": choice.pk}, f"{PAGE}{choice.proposal.number}/")


def test_nobody_asks_what_would_bring_in_what_is_in(chair: Client, scenario: Scenario):
    choice = scenario.choices.filter(is_in=True).select_related("proposal")[0]

    assert chair.post(f"{PAGE}{choice.proposal.number}/changes/").status_code == 404


def test_the_changes_found_stand_on_the_page_with_those_they_name(chair: Client, scenario: Scenario):
    choice = scenario.choices.filter(is_in=False).select_related("proposal")[0]
    find_changes({"choice": choice.pk}, at=AT, report=silent)

    bench = chair.get(f"{PAGE}{choice.proposal.number}/").context["bench"]

    choice.refresh_from_db()
    assert len(bench.changes) == len(choice.changes)
    named = {number for one in choice.changes for number in (*one["enters"], *one["leaves"])}
    assert {one.proposal.number for one in bench.moved} == named


def test_a_clash_is_said_above_the_selection_that_still_stands(chair: Client, scenario: Scenario, loaded: Cycle):
    compute_selection({"cycle": loaded.pk, "places": 3}, at=AT, report=silent)

    page = chair.get(PAGE)

    assert page.context["scenario"] == scenario
    assert page.context["clash"][-1] == "Together the minima by region ask for 4."
    assert "Below stands the selection of 10 as before" in page.content.decode()


def test_a_clash_before_any_selection_is_said_beside_the_budget(chair: Client, loaded: Cycle):
    compute_selection({"cycle": loaded.pk, "places": 3}, at=AT, report=silent)

    page = text(chair)

    assert "There is no selection of 3: these rules cannot hold together." in page
    assert "Nothing has been selected yet" in page


def test_hostile_titles_are_shown_as_words(chair: Client, scenario: Scenario):
    for proposal in Proposal.objects.all():
        proposal.title = "<script>alert(1)</script>"
        proposal.save(update_fields=["title"])

    assert "<script>alert" not in text(chair, "?show=all")


def test_the_page_asks_the_database_as_often_for_three_as_for_all(
    chair: Client, scenario: Scenario, django_assert_num_queries
):
    few = scenario.choices.values_list("pk", flat=True)[:3]

    with django_assert_num_queries(8):
        chair.get(f"{PAGE}?show=all")
    Choice.objects.exclude(pk__in=list(few)).delete()
    with django_assert_num_queries(8):
        chair.get(f"{PAGE}?show=all")
