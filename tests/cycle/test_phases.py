"""The line of the year: states by the calendar of the zone, and the proposal of its phases."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from convenor.cycle.phases import KINDS, Span, State, annual_meeting_after, day_at, line, next_of, proposed, state_of

CALL = Span("call", date(2017, 3, 1), date(2017, 5, 3))
SCREENING = Span("screening", date(2017, 5, 4), date(2017, 5, 10))
REPORTS = Span("reports", date(2017, 12, 22), date(2018, 1, 4))
YEAR = (SCREENING, REPORTS, CALL)
WEST, EAST = ZoneInfo("Pacific/Pago_Pago"), ZoneInfo("Pacific/Kiritimati")  # UTC−11, UTC+14
NOON = datetime(2017, 5, 3, 12, 0, tzinfo=UTC)


def test_the_line_is_in_order_and_says_where_the_year_stands():
    stations = line(YEAR, NOON, ZoneInfo("UTC"))

    assert [(one.kind, one.state, one.is_here, one.day, one.days) for one in stations] == [
        ("call", State.CURRENT, True, 64, 64),
        ("screening", State.TO_COME, False, None, 7),
        ("reports", State.TO_COME, False, None, 14),
    ]


@pytest.mark.parametrize(
    ("hour", "zone", "day", "state"),
    [
        # The last second of 3 May eleven hours west of Greenwich, and the first of 4 May.
        (datetime(2017, 5, 4, 10, 59, 59, tzinfo=UTC), WEST, date(2017, 5, 3), State.CURRENT),
        (datetime(2017, 5, 4, 11, 0, 0, tzinfo=UTC), WEST, date(2017, 5, 4), State.DONE),
        # The same fourteen hours east.
        (datetime(2017, 5, 3, 9, 59, 59, tzinfo=UTC), EAST, date(2017, 5, 3), State.CURRENT),
        (datetime(2017, 5, 3, 10, 0, 0, tzinfo=UTC), EAST, date(2017, 5, 4), State.DONE),
    ],
)
def test_a_phase_ends_at_midnight_of_its_zone(hour: datetime, zone: ZoneInfo, day: date, state: State):
    assert day_at(hour, zone) == day
    assert state_of(CALL, day) == state
    assert line([CALL], hour, zone)[0].state == state


def test_the_same_moment_is_in_two_phases_at_the_ends_of_the_world():
    moment = datetime(2017, 5, 4, 10, 30, tzinfo=UTC)

    assert [one.kind for one in line(YEAR, moment, WEST) if one.is_here] == ["call"]
    assert [one.kind for one in line(YEAR, moment, EAST) if one.is_here] == ["screening"]


def test_of_overlapping_phases_the_one_that_started_last_is_here():
    overlap = Span("evaluation", date(2017, 5, 1), date(2017, 5, 31))

    stations = line((CALL, overlap), NOON, ZoneInfo("UTC"))

    assert [(one.kind, one.state, one.is_here) for one in stations] == [
        ("call", State.CURRENT, False),
        ("evaluation", State.CURRENT, True),
    ]


def test_between_phases_nothing_is_here_and_the_next_is_known():
    stations = line(YEAR, datetime(2017, 7, 1, tzinfo=UTC), ZoneInfo("UTC"))

    assert [one.is_here for one in stations] == [False, False, False]
    assert next_of(stations) == stations[2]


def test_after_the_last_phase_there_is_no_next():
    stations = line(YEAR, datetime(2018, 2, 1, tzinfo=UTC), ZoneInfo("UTC"))

    assert {one.state for one in stations} == {State.DONE}
    assert next_of(stations) is None


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="needs a zone"):
        line(YEAR, datetime(2017, 5, 3), WEST)  # noqa: DTZ001 - the missing zone is the point


def test_the_proposal_for_2017_is_the_year_2017():
    assert proposed(date(2017, 12, 18), date(2017, 12, 21)) == (
        CALL,
        SCREENING,
        Span("evaluation", date(2017, 5, 11), date(2017, 5, 31)),
        Span("committee", date(2017, 6, 12), date(2017, 6, 14)),
        Span("main-sessions", date(2017, 6, 15), date(2017, 8, 31)),
        Span("timetable", date(2017, 9, 1), date(2017, 9, 30)),
        Span("annual-meeting", date(2017, 12, 18), date(2017, 12, 21)),
        REPORTS,
    )


def test_the_proposal_names_every_kind_once_and_in_order():
    assert tuple(span.kind for span in proposed(date(2028, 2, 29), date(2028, 3, 1))) == KINDS


def test_a_meeting_that_ends_before_it_starts_has_no_proposal():
    with pytest.raises(ValueError, match="ends before it starts"):
        proposed(date(2027, 9, 2), date(2027, 9, 1))


def test_the_annual_meeting_is_proposed_from_the_committee_meeting():
    assert annual_meeting_after(date(2017, 6, 12)) == (date(2017, 12, 18), date(2017, 12, 21))
