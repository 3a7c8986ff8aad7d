"""Roles on the page of an account name their forum."""

from collections.abc import Callable

from convenor.cycle.models import Cycle
from convenor.cycle.roles import role_places
from convenor.people.models import Person
from convenor.people.roles import Role


def test_a_role_names_its_year_and_leads_there(cycle: Cycle, person_as: Callable[[Role], Person], client_as):
    page = client_as(Role.CHAIR).get("/account/").content.decode()

    assert "IGF 2017" in page
    assert 'href="/igf/2017/"' in page


def test_a_role_in_every_year_leads_to_the_newest(cycle: Cycle):
    assert role_places({("igf", ""), ("other", "1")}) == {("igf", ""): ("Internet Governance Forum", "/igf/2017/")}
