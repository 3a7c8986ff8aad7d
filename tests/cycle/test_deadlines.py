"""Deadlines in any zone: what is in time, in grace or late, and how a zone is written."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenor.cycle.deadlines import (
    Closed,
    Grace,
    Open,
    ToCome,
    Window,
    moment_of,
    start_of,
    state,
    whole_days,
    zone_name,
    zone_of,
    zone_words,
)
from tests.examples import examples

OPENS, CLOSES = datetime(2017, 3, 1, tzinfo=UTC), datetime(2017, 5, 4, 11, 0, tzinfo=UTC)
CALL = Window(OPENS, CLOSES, grace_minutes=30)
ZONES = sorted({*available_timezones(), "UTC-11", "UTC-12", "UTC+14", "UTC+5:45"})
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
ORDER = (ToCome, Open, Grace, Closed)


def test_the_last_minute_in_the_west_is_the_next_day_in_geneva():
    moment = moment_of(date(2017, 5, 3), time(23, 59), "UTC-11")

    assert moment == datetime(2017, 5, 4, 10, 59, tzinfo=UTC)
    assert moment == moment_of(date(2017, 5, 3), time(23, 59), "Pacific/Niue")


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (OPENS - timedelta(seconds=1), ToCome(OPENS, 1)),
        (OPENS, Open(CLOSES, 92_820)),
        (CLOSES - timedelta(seconds=1), Open(CLOSES, 1)),
        (CLOSES, Grace(CLOSES, CLOSES + timedelta(minutes=30), 1)),
        (CLOSES + timedelta(minutes=29, seconds=59), Grace(CLOSES, CLOSES + timedelta(minutes=30), 30)),
        (CLOSES + timedelta(minutes=30), Closed(CLOSES, 30)),
    ],
)
def test_a_window_has_four_states_with_figures(at: datetime, expected: object):
    assert state(CALL, at) == expected


def test_without_grace_the_first_moment_too_late_is_closed():
    assert state(Window(OPENS, CLOSES), CLOSES) == Closed(CLOSES, 1)


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="needs a zone"):
        state(CALL, datetime(2017, 5, 1))  # noqa: DTZ001 - the missing zone is the point


@given(zone=st.sampled_from(ZONES), on=DAYS, clock=CLOCKS, seconds=st.integers(-90_000, 90_000))
@settings(max_examples=examples(300), deadline=None)
def test_the_zone_a_moment_is_written_in_changes_nothing(zone: str, on: date, clock: time, seconds: int):
    closes_at = moment_of(on, clock, zone) + timedelta(minutes=1)
    window = Window(closes_at - timedelta(days=30), closes_at, 15)
    at = closes_at + timedelta(seconds=seconds)

    assert state(window, at) == state(window, at.astimezone(zone_of(zone)))


@given(zone=st.sampled_from(ZONES), on=DAYS, clock=CLOCKS, grace=st.integers(0, 1_440))
@settings(max_examples=examples(300), deadline=None)
def test_a_window_only_goes_forward_and_the_stated_minute_is_in_time(zone: str, on: date, clock: time, grace: int):
    stated = moment_of(on, clock, zone)
    window = Window(start_of(on - timedelta(days=10), zone), stated + timedelta(minutes=1), grace)
    steps = [
        timedelta(days=-20),
        timedelta(days=-1),
        timedelta(seconds=0),
        timedelta(seconds=59),
        timedelta(seconds=60),
    ]
    moments = [stated + step for step in (*steps, timedelta(minutes=grace), timedelta(minutes=grace + 1))]
    places = [ORDER.index(type(state(window, at))) for at in sorted(moments)]

    assert all(one <= other for one, other in pairwise(places))
    assert isinstance(state(window, stated + timedelta(seconds=59)), Open)
    assert not isinstance(state(window, stated + timedelta(seconds=60)), Open)
    assert isinstance(state(window, stated + timedelta(minutes=grace + 1)), Closed)


@given(zone=st.sampled_from(ZONES), on=DAYS, clock=CLOCKS)
@settings(max_examples=examples(300), deadline=None)
def test_nobody_loses_time_when_clocks_change(zone: str, on: date, clock: time):
    """However a reader takes a time that exists twice or never, the moment that counts is not before it."""
    readings = [datetime.combine(on, clock, zone_of(zone)).replace(fold=fold).astimezone(UTC) for fold in (0, 1)]

    assert moment_of(on, clock, zone) == max(readings)


def test_a_time_that_exists_twice_or_never_counts_late():
    zurich = ZoneInfo("Europe/Zurich")
    twice = moment_of(date(2017, 10, 29), time(2, 30), "Europe/Zurich")
    never = moment_of(date(2017, 3, 26), time(2, 30), "Europe/Zurich")

    assert twice == datetime(2017, 10, 29, 1, 30, tzinfo=UTC)
    assert never.astimezone(zurich) == datetime(2017, 3, 26, 3, 30, tzinfo=zurich)


def test_whole_days_end_at_midnight_of_their_zone():
    assert whole_days(date(2017, 3, 1), date(2017, 5, 3), "Europe/Zurich") == Window(
        datetime(2017, 2, 28, 23, 0, tzinfo=UTC), datetime(2017, 5, 3, 22, 0, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("UTC-11", "UTC-11"),
        ("utc\u221211", "UTC-11"),
        (" GMT+5:45 ", "UTC+5:45"),
        ("UTC+0", "UTC"),
        ("UTC+0530", "UTC+5:30"),
        ("Africa/Nairobi", "Africa/Nairobi"),
    ],
)
def test_a_zone_is_kept_in_one_spelling(typed: str, name: str):
    assert zone_name(typed) == name


@pytest.mark.parametrize("typed", ["", "Mars/Olympus", "UTC+15", "UTC-99", "../../etc/passwd", "Europe", "UTC+5:99"])
def test_what_is_no_zone_is_refused(typed: str):
    with pytest.raises(ValueError, match="no time zone"):
        zone_name(typed)


def test_a_zone_is_said_with_its_offset():
    summer = datetime(2017, 6, 1, tzinfo=UTC)

    assert zone_words("UTC-11", summer) == "UTC\u221211"
    assert zone_words("Europe/Zurich", summer) == "Europe/Zurich (UTC+2)"
    assert zone_words("Europe/Zurich", datetime(2017, 12, 1, tzinfo=UTC)) == "Europe/Zurich (UTC+1)"
    assert zone_words("UTC", summer) == "UTC"
