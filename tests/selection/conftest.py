"""A small loaded example with results, and rules that a world of thirty can keep."""

from datetime import UTC, datetime

import pytest

from convenor.cycle.models import Cycle, RuleSet
from convenor.evaluation.compute import compute_results
from convenor.example.load import load_example
from convenor.example.world import World, make_world
from convenor.people.models import RoleTerm
from convenor.people.roles import Role
from convenor.selection.compute import compute_selection
from convenor.selection.models import Scenario

AT = datetime(2017, 6, 12, 12, 0, tzinfo=UTC)
PLACES = 10
QUOTAS = [
    {"dimension": "region", "value": "af", "least": 2},
    {"dimension": "region", "value": "lac", "least": 2},
    {"dimension": "region", "value": "weo", "most": 3},
    {"dimension": "theme", "value": "access", "most": 1},
]


def silent(share: float | None, sentence: str) -> None:
    """Report to nobody."""


@pytest.fixture(scope="session")
def world() -> World:
    """Invent a year of thirty proposals, once."""
    return make_world(proposals=30)


@pytest.fixture
def loaded(db: None, world: World) -> Cycle:
    """Give the example year under ten places and four quotas, its results computed."""
    cycle = load_example(world, report=silent)
    data = {**cycle.rule_set.data, "quotas": QUOTAS}
    data["budget"] = {"grid": PLACES + 3, "taken": {"coalition": 3}, "by_score_percent": 90}
    cycle.rule_set = RuleSet.objects.create(name="Small", data=data)
    cycle.save()
    compute_results({"cycle": cycle.pk}, at=AT, report=silent)
    return Cycle.objects.select_related("forum", "rule_set").get(pk=cycle.pk)


@pytest.fixture
def scenario(loaded: Cycle) -> Scenario:
    """Give the selection of ten."""
    compute_selection({"cycle": loaded.pk}, at=AT, report=silent)
    return loaded.scenarios.get()


@pytest.fixture
def chair(loaded: Cycle, client):
    """Give the browser of the example's chair."""
    chair = RoleTerm.objects.get(role=Role.CHAIR, forum=loaded.forum.slug).person
    client.force_login(chair, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def member(loaded: Cycle, client):
    """Give the browser of one of the example's members."""
    term = RoleTerm.objects.filter(role=Role.MEMBER, forum=loaded.forum.slug).first()
    client.force_login(term.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
