"""What the domains compute is kept once per job, even if its worker is lost between keeping and saying so."""

from datetime import UTC, datetime

import pytest

from convenor.cycle.models import Cycle
from convenor.evaluation.models import Ranking
from convenor.programme.models import Solution
from convenor.selection.models import Scenario
from convenor.shared.jobs import enqueue
from convenor.shared.jobs.models import Job, State
from convenor.shared.jobs.tasks import carry_out
from convenor.shared.journal.models import Entry
from tests.evaluation.making import graded
from tests.programme.making import make_session, make_venue

# A solver reports from threads of its own, which see only what is committed.
pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2017, 6, 1, 12, 0, tzinfo=UTC)


def run_and_lose_and_run(task: str, cycle: Cycle, **values: int) -> list[tuple[str, str]]:
    """Carry a job out, forget that it ended, carry it out once more; give how it ended each time."""
    job = enqueue(f"convenor.{task}", {"cycle": cycle.pk, **values}, by=None, at=AT)
    ends = []
    for _attempt in range(2):
        carry_out.func(job.pk)
        job.refresh_from_db()
        ends.append((job.state, job.sentence))
        Job.objects.update(state=State.QUEUED, sentence="")
    return ends


@pytest.fixture
def ranked(cycle: Cycle) -> Cycle:
    """Give a year with graded proposals."""
    cycle.rule_set.data["quotas"] = []
    cycle.rule_set.save()
    graded(cycle, 6)
    return cycle


def verbs(cycle: Cycle) -> list[str]:
    """Give what the journal says was done."""
    return list(Entry.objects.filter(scope=cycle.scope).order_by("number").values_list("verb", flat=True))


def test_results_are_kept_once(ranked: Cycle):
    first, second = run_and_lose_and_run("evaluation.compute.compute_results", ranked)

    assert (first[0], second) == (State.DONE, first)
    assert (Ranking.objects.count(), verbs(ranked)) == (1, ["results.computed"])


def test_a_selection_is_kept_once(ranked: Cycle):
    run_and_lose_and_run("evaluation.compute.compute_results", ranked)
    Job.objects.all().delete()

    first, second = run_and_lose_and_run("selection.compute.compute_selection", ranked, places=3)

    assert (first[0], second) == (State.DONE, first)
    assert (Scenario.objects.count(), verbs(ranked)) == (1, ["results.computed", "selection.computed"])


def test_a_timetable_is_kept_once(cycle: Cycle):
    make_venue(cycle)
    for number in range(1, 4):
        make_session(cycle, number)

    first, second = run_and_lose_and_run("programme.compute.solve_timetable", cycle, seconds=5)

    assert (first[0], second) == (State.DONE, first)
    assert (Solution.objects.count(), verbs(cycle)) == (1, ["timetable.computed"])
