"""Who was there on which day."""

from datetime import UTC, datetime

import pytest

from convenor.meetings.models import Meeting
from convenor.meetings.participants.actions_attendance import mark, say_here, take_here_back
from convenor.meetings.participants.models import Attendance, Registration, State
from convenor.people.models import Person
from convenor.shared.errors import Refused
from tests.meetings.participants.conftest import AT

pytestmark = pytest.mark.django_db
DAY_1 = datetime(2100, 6, 11, 22, 30, tzinfo=UTC)  # half past midnight of 12 June in Geneva


@pytest.fixture
def three(meeting: Meeting) -> list[Registration]:
    """Give three who are confirmed."""
    people = [Person.objects.create(name=f"P{n}") for n in range(3)]
    values = {"capacity": "observer", "mode": "room", "state": State.CONFIRMED, "registered_at": AT}
    return [Registration.objects.create(meeting=meeting, person=one, **values) for one in people]


def there(meeting: Meeting) -> list[tuple[str, str, str]]:
    """Give all marks."""
    rows = Attendance.objects.filter(registration__meeting=meeting).order_by("registration__person__name", "day__order")
    return list(rows.values_list("registration__person__name", "day__label", "mode"))


def test_marks_change_what_the_form_changed_and_nothing_else(meeting: Meeting, three: list[Registration]):
    a, b, c = (row.pk for row in three)
    day = meeting.days.first()
    assert mark(day, was={a: "", b: "", c: ""}, now={a: "room", b: "online", c: ""}, at=AT) == (2, 0)
    # A second form, opened before, that saw nothing: it marks c, moves nothing of a and b.
    assert mark(day, was={a: "", b: "", c: ""}, now={a: "", b: "", c: "room"}, at=AT) == (1, 0)
    assert there(meeting) == [("P0", "Day 1", "room"), ("P1", "Day 1", "online"), ("P2", "Day 1", "room")]

    assert mark(day, was={a: "room", b: "online"}, now={a: "online", b: ""}, at=AT) == (1, 1)
    assert there(meeting) == [("P0", "Day 1", "online"), ("P2", "Day 1", "room")]


def test_marks_of_strangers_and_of_who_is_not_confirmed_count_for_nothing(meeting: Meeting, three: list[Registration]):
    three[0].state = State.WITHDRAWN
    three[0].save()

    assert mark(
        meeting.days.first(), was={}, now={three[0].pk: "room", 999_999: "room", three[1].pk: "moon"}, at=AT
    ) == (0, 0)
    assert there(meeting) == []


def test_somebody_says_where_they_are_today_and_takes_it_back(meeting: Meeting, three: list[Registration]):
    say_here(three[0], "room", at=DAY_1)
    say_here(three[0], "online", at=DAY_1)
    assert there(meeting) == [("P0", "Day 1", "online")]

    take_here_back(three[0], at=DAY_1)
    assert there(meeting) == []


def test_nobody_is_there_on_a_day_that_is_none_of_the_meeting_or_without_being_confirmed(three: list[Registration]):
    with pytest.raises(Refused, match="today is no day of this meeting"):
        say_here(three[0], "room", at=AT)
    three[0].state = State.ASKED
    three[0].save()
    with pytest.raises(Refused, match="your registration is: waits for confirmation"):
        say_here(three[0], "room", at=DAY_1)
