"""Days and hours by somebody's own clock, and as the moments they are."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from convenor.proposals.contributing.hours import MOST_DAYS, Hours, days_between, read
from convenor.proposals.contributing.zones import zone_of_country

DAY = date(2017, 12, 18)


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        (time(9), time(17), datetime(2017, 12, 17, 20, tzinfo=UTC), datetime(2017, 12, 18, 4, tzinfo=UTC)),
        (time(21), time(6), datetime(2017, 12, 18, 8, tzinfo=UTC), datetime(2017, 12, 18, 17, tzinfo=UTC)),
        (None, None, datetime(2017, 12, 17, 11, tzinfo=UTC), datetime(2017, 12, 18, 11, tzinfo=UTC)),
        (time(9), None, datetime(2017, 12, 17, 20, tzinfo=UTC), datetime(2017, 12, 18, 11, tzinfo=UTC)),
    ],
)
def test_hours_in_auckland_are_moments(since: time | None, until: time | None, first: datetime, last: datetime):
    moments = Hours(DAY, since, until).moments(ZoneInfo("Pacific/Auckland"))

    assert [one.astimezone(UTC) for one in moments] == [first, last]


def test_what_is_stored_is_read_back():
    told = [Hours(DAY), Hours(DAY, time(9, 30), time(17))]

    assert [one.plain for one in told] == [["2017-12-18", "", ""], ["2017-12-18", "09:30", "17:00"]]
    assert read(one.plain for one in told) == told


def test_of_a_very_long_meeting_the_first_days_are_asked_about():
    assert days_between(DAY, date(2017, 12, 21))[-1] == date(2017, 12, 21)
    assert len(days_between(DAY, date(2018, 12, 21))) == MOST_DAYS


def test_a_country_has_a_zone_and_nowhere_has_none():
    assert (zone_of_country("ke"), zone_of_country("")) == ("Africa/Nairobi", "")
