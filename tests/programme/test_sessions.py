"""Sessions are made from the newest selection."""

from convenor.cycle.models import Cycle
from convenor.programme.actions import make_sessions
from convenor.programme.models import Placement, Session
from tests.programme.making import make_proposal, make_session, make_venue, place, released, select


def held(cycle: Cycle) -> list[int]:
    """Read the numbers of the sessions that are to be held."""
    return list(Session.objects.filter(cycle=cycle, is_held=True).values_list("number", flat=True))


def test_every_proposal_that_is_in_becomes_a_session_with_its_people(cycle: Cycle):
    one, two, three = (make_proposal(cycle, number) for number in (1, 2, 3))
    select(cycle, [one, three], out=[two])

    assert make_sessions(cycle) == 2
    session = Session.objects.get(proposal=one)
    assert held(cycle) == [1, 3]
    assert (session.number, session.title, session.theme, session.minutes, session.seats) == (
        1,
        "Title 1",
        "access",
        90,
        60,
    )
    assert session.organisation == one.organisation
    assert set(session.people.all()) == {contributor.person for contributor in one.contributors.all()}


def test_making_sessions_again_keeps_what_stands_and_what_was_changed_in_it(cycle: Cycle):
    select(cycle, [make_proposal(cycle, 1)])
    make_sessions(cycle)
    Session.objects.update(title="Corrected")
    before = list(Session.objects.values_list("pk", "title"))

    make_sessions(cycle)

    assert list(Session.objects.values_list("pk", "title")) == before


def test_the_session_of_a_proposal_that_is_out_again_goes_with_its_place(cycle: Cycle):
    rooms, slots = make_venue(cycle)
    one, two = make_proposal(cycle, 1), make_proposal(cycle, 2)
    select(cycle, [one, two])
    make_sessions(cycle)
    place(Session.objects.get(proposal=one), slots[0], rooms[0])
    select(cycle, [two], out=[one])

    assert make_sessions(cycle) == 1
    assert list(Session.objects.values_list("number", flat=True)) == [2]
    assert not Placement.objects.exists()


def test_a_released_session_that_is_dropped_stays_in_its_release_and_comes_back_whole(cycle: Cycle):
    make_venue(cycle)
    one, two = make_proposal(cycle, 1), make_proposal(cycle, 2)
    select(cycle, [one, two])
    make_sessions(cycle)
    release = released(cycle, list(Session.objects.all()))
    select(cycle, [two], out=[one])

    make_sessions(cycle)
    assert held(cycle) == [2]
    assert release.placements.count() == 2

    select(cycle, [one, two])
    make_sessions(cycle)
    assert held(cycle) == [1, 2]
    assert Session.objects.count() == 2


def test_sessions_of_their_own_are_left_alone(cycle: Cycle):
    make_session(cycle, 1001)
    select(cycle, [])

    assert make_sessions(cycle) == 1
    assert held(cycle) == [1001]


def test_without_a_scenario_or_with_an_impossible_one_nothing_changes(cycle: Cycle):
    select(cycle, [make_proposal(cycle, 1)])
    make_sessions(cycle)
    select(cycle, [])

    assert make_sessions(cycle) == 1
    assert held(cycle) == [1]


def test_a_number_that_is_taken_gives_way_to_the_next_free_one(cycle: Cycle):
    make_session(cycle, 1001)
    select(cycle, [make_proposal(cycle, 1001), make_proposal(cycle, 1002)])

    make_sessions(cycle)

    assert held(cycle) == [1001, 1002, 1003]
