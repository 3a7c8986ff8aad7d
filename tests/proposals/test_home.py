"""What proposals, evaluation and selection tell the year's page, and who is a proposer."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client, RequestFactory

from convenor.cycle.access import roles_of
from convenor.cycle.home import facts_of, offers_to
from convenor.cycle.models import Cycle
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.proposals.models import State
from convenor.selection.models import Scenario
from tests.evaluation.making import grade, propose

DAY = date(2017, 6, 12)
AT = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("state", list(State))
def test_who_owns_a_proposal_that_is_not_withdrawn_is_a_proposer(cycle: Cycle, state: State):
    owner = propose(cycle, 1, state=state).owner

    assert (Role.PROPOSER in roles_of(owner, cycle, on=DAY)) == (state is not State.WITHDRAWN)


def test_a_proposer_of_another_year_is_none_of_this(cycle: Cycle):
    owner = propose(cycle, 1).owner
    other = Cycle.objects.create(
        forum=cycle.forum, slug="2018", name="IGF 2018", zone="UTC", rule_set=cycle.rule_set,
        starts_on=DAY, ends_on=DAY,
    )  # fmt: skip

    assert Role.PROPOSER not in roles_of(owner, other, on=DAY)


def offered(cycle: Cycle, person: Person) -> list[str]:
    """Give the titles of what somebody is offered."""
    request = RequestFactory().get("/")
    request.user = person
    return [offer.title for offer in offers_to(request, cycle)]


def test_an_empty_year_has_no_facts_and_offers_nothing(cycle: Cycle, person_as: Callable[[Role], Person]):
    assert facts_of(cycle) == {}
    assert offered(cycle, person_as(Role.CHAIR)) == []


def test_facts_stand_under_their_phases(cycle: Cycle):
    first = propose(cycle, 1)
    propose(cycle, 2)
    propose(cycle, 3, state=State.SCREENED_OUT)
    propose(cycle, 4, state=State.DRAFT)
    grade(first, 1, 4)
    grade(first, 2, 4)
    Scenario.objects.create(cycle=cycle, computed_at=AT, places=80, seed=1, total=320.0)
    Scenario.objects.create(cycle=cycle, computed_at=AT, places=3, seed=1, conflict={"counts": []})

    assert facts_of(cycle) == {
        "call": "3 received",
        "screening": "1 did not pass",
        "evaluation": "2 to evaluate, 2 evaluations",
        "committee": "80 selected",
    }


def test_the_chair_is_offered_to_compute_what_is_not_computed_yet(cycle: Cycle, person_as: Callable[[Role], Person]):
    grade(propose(cycle, 1), 1, 4)

    assert offered(cycle, person_as(Role.CHAIR)) == ["Read the proposals", "Compute the results of the evaluation"]
    assert offered(cycle, person_as(Role.MEMBER)) == ["Read the proposals"]


def test_the_committee_is_offered_what_is_computed_and_proposers_their_own(
    cycle: Cycle, person_as: Callable[[Role], Person]
):
    owner = propose(cycle, 1).owner
    cycle.rankings.create(computed_at=AT, line=1, seed=1)
    cycle.scenarios.create(computed_at=AT, places=1, seed=1, total=1.0)

    assert offered(cycle, person_as(Role.MEMBER)) == [
        "Read the proposals", "Results of the evaluation", "Selection workbench",
    ]  # fmt: skip
    assert offered(cycle, owner) == ["Read the proposals", "Your proposal 1"]


def test_the_year_shows_them(client: Client, cycle: Cycle):
    propose(cycle, 1)

    page = client.get("/igf/2017/").content.decode()

    assert "1 received" in page
    assert "Read the proposals" in page
