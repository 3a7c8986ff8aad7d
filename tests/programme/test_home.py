"""What the timetable tells on the year's page and in the journal."""

from datetime import timedelta

from django.test import RequestFactory

from convenor.cycle.home import facts_of, offers_to
from convenor.cycle.models import Cycle
from convenor.people.roles import Role
from convenor.programme.actions import release
from convenor.shared.references import resolve
from tests.programme.making import AT, make_session, make_venue, place


def offered(cycle: Cycle, user: object) -> list[str]:
    """Read the addresses of the timetable's offers to somebody."""
    request = RequestFactory().get("/")
    request.user = user
    return [
        offer.url for offer in offers_to(request, cycle) if "/timetable/" in offer.url or "/programme/" in offer.url
    ]


def test_the_year_tells_how_many_are_placed_and_then_which_release_stands(cycle: Cycle):
    rooms, slots = make_venue(cycle)
    assert "timetable" not in facts_of(cycle)

    place(make_session(cycle, 1001), slots[0], rooms[0])
    assert facts_of(cycle)["timetable"] == "1 session placed"

    release(cycle, by=None, at=AT + timedelta(hours=15))  # past midnight in Geneva
    assert facts_of(cycle)["timetable"] == "Release 1 on 16 September 2017"


def test_everybody_is_led_to_the_programme_and_who_steers_to_the_board(cycle: Cycle, person_as):
    rooms, slots = make_venue(cycle)
    place(make_session(cycle, 1001), slots[0], rooms[0])
    assert offered(cycle, person_as(Role.MEMBER)) == []
    release(cycle, by=None, at=AT)

    assert offered(cycle, person_as(Role.MEMBER)) == ["/igf/2017/programme/"]
    assert offered(cycle, person_as(Role.CHAIR)) == ["/igf/2017/programme/", "/igf/2017/timetable/"]


def test_the_journal_finds_a_release(cycle: Cycle):
    rooms, slots = make_venue(cycle)
    place(make_session(cycle, 1001), slots[0], rooms[0])
    made = release(cycle, by=None, at=AT)

    page = resolve("programme.release", made.pk)

    assert page is not None
    assert (page.url, page.sentence) == ("/igf/2017/programme/", "Release 1 of the programme")
