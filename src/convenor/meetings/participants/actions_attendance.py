"""Who was there on which day: marked by the secretariat, or said by oneself on the day."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from convenor.cycle.deadlines import zone_of
from convenor.meetings.models import Day, Meeting
from convenor.meetings.participants.models import Attendance, Mode, Registration, State
from convenor.shared.errors import Refused

Marks = Mapping[int, str]  # the key of a registration → from where; empty: not there


def today_of(meeting: Meeting, now: datetime) -> date:
    """Give the day it is where the meeting is; an example stands still."""
    return meeting.cycle.moment(now).astimezone(zone_of(meeting.zone)).date()


def day_now(meeting: Meeting, now: datetime) -> Day | None:
    """Give the day of the meeting that it is."""
    return meeting.days.filter(date=today_of(meeting, now)).first()


@transaction.atomic
def say_here(registration: Registration, mode: str, *, at: datetime) -> Day:
    """Note that somebody is there today; said twice, it counts once, and the last word on where counts.

    Raises:
        Refused: they are not confirmed, or today is no day of the meeting.
    """
    day = _day_for(registration, at=at)
    Attendance.objects.update_or_create(registration=registration, day=day, defaults={"mode": mode, "marked_at": at})
    return day


@transaction.atomic
def take_here_back(registration: Registration, *, at: datetime) -> Day:
    """Note that somebody is not there today after all.

    Raises:
        Refused: they are not confirmed, or today is no day of the meeting.
    """
    day = _day_for(registration, at=at)
    Attendance.objects.filter(registration=registration, day=day).delete()
    return day


def _day_for(registration: Registration, *, at: datetime) -> Day:
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    day = day_now(registration.meeting, at)
    if day is None:
        raise Refused(_("Nothing was noted: today is no day of this meeting."))
    if row.state != State.CONFIRMED:
        raise Refused(_("Nothing was noted: your registration is: %(state)s.") % {"state": row.get_state_display()})
    return day


@transaction.atomic
def mark(day: Day, *, was: Marks, now: Marks, at: datetime) -> tuple[int, int]:
    """Note who was there on a day, and from where, as far as a form changed it; give how many came and how many went.

    `was` is what the form showed, `now` what it says: what somebody else marked meanwhile stays. Marks of people who
    are not confirmed here count for nothing.
    """
    rows = Registration.objects.filter(meeting__days=day, state=State.CONFIRMED).select_for_update()
    known = set(rows.order_by("pk").values_list("pk", flat=True))
    changed = {key: mode for key, mode in now.items() if key in known and mode != was.get(key, "")}
    there = {key: mode for key, mode in changed.items() if mode in Mode.values}
    gone = [key for key, mode in changed.items() if not mode]
    Attendance.objects.bulk_create(
        (Attendance(registration_id=key, day=day, mode=mode, marked_at=at) for key, mode in there.items()),
        update_conflicts=True,
        unique_fields=["registration", "day"],
        update_fields=["mode", "marked_at"],
    )
    removed = Attendance.objects.filter(registration__in=gone, day=day).delete()[0]
    return len(there), removed
