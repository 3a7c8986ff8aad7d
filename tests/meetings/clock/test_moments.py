"""Clock times of a place become moments: zones, summer time, midnight."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from convenor.meetings.clock.moments import moment, moments

GENEVA = ZoneInfo("Europe/Zurich")
SPRING, AUTUMN = date(2017, 3, 26), date(2017, 10, 29)  # 02:00 becomes 03:00; 03:00 becomes 02:00


def utc(day: int, hour: int, minute: int = 0, month: int = 6) -> datetime:
    """Return a moment of 2017."""
    return datetime(2017, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "clock", "zone", "expected"),
    [
        (date(2017, 6, 12), "10:00", "Europe/Zurich", utc(12, 8)),
        (date(2017, 12, 12), "10:00", "Europe/Zurich", utc(12, 9, month=12)),
        (date(2017, 6, 12), "24:00", "Europe/Zurich", utc(12, 22)),
        (date(2017, 6, 12), "10:00", "Pacific/Kiritimati", utc(11, 20)),
        (date(2017, 6, 12), "10:00", "Asia/Kathmandu", utc(12, 4, 15)),
        (AUTUMN, "02:30", "Europe/Zurich", utc(29, 0, 30, month=10)),
        (SPRING, "02:30", "Europe/Zurich", utc(26, 1, 30, month=3)),
    ],
)
def test_a_clock_time_is_a_moment(on: date, clock: str, zone: str, expected: datetime):
    assert moment(on, clock, ZoneInfo(zone)) == expected


def test_blocks_follow_each_other_past_midnight():
    printed = [("22:00", "23:30"), ("23:30", "00:30"), ("00:30", "02:00")]

    assert moments(date(2017, 6, 12), printed, ZoneInfo("UTC")) == [
        (utc(12, 22), utc(12, 23, 30)),
        (utc(12, 23, 30), utc(13, 0, 30)),
        (utc(13, 0, 30), utc(13, 2)),
    ]


def test_a_block_printed_out_of_order_stays_on_its_day():
    printed = [("13:00", "15:00"), ("11:00", "12:00")]

    assert moments(date(2017, 6, 12), printed, ZoneInfo("UTC"))[1] == (utc(12, 11), utc(12, 12))


def test_an_end_long_before_its_start_is_not_certain():
    assert moments(date(2017, 6, 12), [("15:00", "14:00")], ZoneInfo("UTC")) == [(utc(12, 15), None)]


def test_what_is_not_printed_is_not_known():
    assert moments(date(2017, 6, 12), [(None, None), ("10:00", None)], ZoneInfo("UTC")) == [
        (None, None),
        (utc(12, 10), None),
    ]


def test_a_night_on_which_the_clock_is_put_forward_is_shorter():
    ((start, end),) = moments(SPRING, [("01:00", "04:00")], GENEVA)

    assert (end - start).total_seconds() == 2 * 3600


def test_a_night_on_which_the_clock_is_put_back_is_longer():
    ((start, end),) = moments(AUTUMN, [("01:00", "04:00")], GENEVA)

    assert (end - start).total_seconds() == 4 * 3600


def test_an_end_in_the_hour_that_comes_twice_is_the_next_one_that_comes():
    assert moments(AUTUMN, [("02:45", "02:15")], GENEVA) == [(utc(29, 0, 45, month=10), utc(29, 1, 15, month=10))]
    assert moments(AUTUMN, [("02:15", "02:45")], GENEVA) == [(utc(29, 0, 15, month=10), utc(29, 0, 45, month=10))]


def test_an_end_in_the_hour_that_is_left_out_comes_after_its_start():
    assert moments(SPRING, [("01:15", "02:30")], GENEVA) == [(utc(26, 0, 15, month=3), utc(26, 1, 30, month=3))]
