"""Fixtures of the evaluation: a year of the example with its results computed."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from convenor.cycle.models import Cycle
from convenor.evaluation.compute import compute_results
from convenor.evaluation.models import Conflict, Evaluation
from convenor.people.models import Organisation, Person
from convenor.proposals.models import Proposal, State

NOW = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
COUNTRIES = ("KE", "CN", "PL", "BR", "FR")


def silent(share: float | None, sentence: str) -> None:
    """Report to nobody."""


@pytest.fixture
def proposals(cycle: Cycle) -> list[Proposal]:
    """Give ten proposals, the last without a grade; the first has a hostile title."""
    owner = Person.objects.create(name="Ada Byron", email="ada@example.org")
    made = []
    for number in range(1, 11):
        body = Organisation.objects.create(name=f"Body {number}", country=COUNTRIES[number % 5], group="civ")
        made.append(
            Proposal(
                cycle=cycle,
                number=number,
                title="=HYPERLINK(1) محمد 王 #eval" if number == 1 else f"Proposal {number}",
                summary="s",
                theme=cycle.rules.themes[number % len(cycle.rules.themes)].code,
                format=cycle.rules.formats[number % len(cycle.rules.formats)].code,
                minutes=60,
                owner=owner,
                organisation=body,
                state=State.SUBMITTED,
            )
        )
    return Proposal.objects.bulk_create(made)


@pytest.fixture
def graded(cycle: Cycle, proposals: list[Proposal]) -> Cycle:
    """Give the year with six members' grades of nine proposals and one conflict, computed."""
    members = [Person.objects.create(name=f"Member {n}", email=f"m{n}@example.org") for n in range(6)]
    codes = [criterion.code for criterion in cycle.rules.criteria]
    Evaluation.objects.bulk_create(
        Evaluation(member=member, proposal=one, grades=dict.fromkeys(codes, 1 + (place + one.number) % 5))
        for place, member in enumerate(members)
        for one in proposals[:9]
    )
    Conflict.objects.create(member=members[0], proposal=proposals[0], reason="my own")
    compute_results({"cycle": cycle.pk}, at=NOW, report=silent)
    return cycle


@pytest.fixture
def run_job() -> Callable[..., str]:
    """Give a way to carry a job's function out as the worker does."""
    from django.utils.module_loading import import_string

    from convenor.shared.jobs.models import Job

    def run(job: Job, *, at: datetime = NOW) -> str:
        return str(import_string(job.task)(job.values, at=at, report=silent))

    return run
