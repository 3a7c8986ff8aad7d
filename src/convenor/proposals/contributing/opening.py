"""Until when the people of a proposal may answer, and change what they said."""

from datetime import date, datetime, timedelta

from convenor.cycle.models import Cycle
from convenor.cycle.phases import day_at

SHOWN_FOR = timedelta(days=30)  # after the meeting, for who wants to read what they said


def last_day(cycle: Cycle) -> date:
    """Give the last day on which an answer may be given or changed: that of the annual meeting.

    Somebody who falls ill on the second day still has to decline the session of the third.
    """
    return cycle.ends_on


def is_open(cycle: Cycle, *, at: datetime) -> bool:
    """Say whether answers are taken, by the calendar of the forum; an example stands still."""
    return day_at(cycle.moment(at), cycle.zone_info) <= last_day(cycle)


def is_over(cycle: Cycle, *, at: datetime) -> bool:
    """Say whether the annual meeting is long over, from when on a link opens nothing."""
    return day_at(cycle.moment(at), cycle.zone_info) > cycle.ends_on + SHOWN_FOR
