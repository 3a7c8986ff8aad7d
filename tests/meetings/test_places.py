"""The pages that matters lead to: every name is a matter, every address exists, and every door is told."""

import pytest
from django.urls import reverse

from convenor.cycle.models import Cycle
from convenor.cycle.places import PLACES
from convenor.meetings.matters import Matter
from convenor.meetings.places import Guide
from convenor.people.roles import Role

pytestmark = pytest.mark.django_db


def test_the_pages_of_five_matters_are_registered_under_known_names():
    assert set(PLACES) == {"proposals", "evaluation", "selection", "timetable", "programme"}
    assert set(PLACES) <= {matter.value for matter in Matter}


@pytest.mark.parametrize("matter", sorted(PLACES))
def test_a_registered_page_exists_and_its_content_can_be_asked(matter: str, cycle: Cycle):
    place = PLACES[matter]

    assert reverse(place.url_name, args=cycle.address).startswith("/igf/2017/")
    assert getattr(cycle, place.content).exists() is False


def test_a_page_that_the_reader_may_not_open_says_for_whom_it_is(cycle: Cycle):
    notes = {
        role: Guide(cycle, cycle.starts_on, frozenset({role})).where(Matter.SELECTION)
        for role in (Role.PUBLIC, Role.MEMBER)
    }

    assert notes[Role.PUBLIC] is not None
    assert notes[Role.MEMBER] is not None
    assert (notes[Role.PUBLIC].note, notes[Role.MEMBER].note) == ("for the committee", "")
    assert notes[Role.PUBLIC].url == notes[Role.MEMBER].url == reverse("selection:workbench", args=cycle.address)


def test_what_is_done_in_the_room_leads_nowhere_but_to_a_phase_of_its_own(cycle: Cycle):
    guide = Guide(cycle, cycle.starts_on, frozenset())
    found = {matter: guide.where(matter) for matter in Matter if matter.value not in PLACES}

    assert {matter: where.link for matter, where in found.items() if where} == {Matter.MAIN_SESSIONS: "Main sessions"}
