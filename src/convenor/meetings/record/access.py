"""Who reads the minutes at which stage, and who does what with them."""

from dataclasses import dataclass

from django.http import HttpRequest

from convenor.cycle.access import may
from convenor.meetings.models import Meeting
from convenor.meetings.participants.models import Registration
from convenor.meetings.participants.models import State as Registered
from convenor.meetings.permissions import (
    ADOPT_MINUTES,
    CORRECT_MINUTES,
    READ_CIRCULATED_MINUTES,
    READ_DRAFT_MINUTES,
    WRITE_MINUTES,
)
from convenor.meetings.record.models import Minutes, Stage
from convenor.people.models import Person

PUBLIC = (Stage.ADOPTED, Stage.LOCKED)


@dataclass(frozen=True, slots=True)
class Rights:
    """What a reader may do with the minutes of a meeting now."""

    reads: bool
    writes: bool
    steers: bool
    corrects: bool  # if corrections are open
    sees_corrections: bool
    took_part: bool  # or reads circulated minutes without


def rights_of(request: HttpRequest, minutes: Minutes) -> Rights:
    """Say what the reader of a page may do; at most one query."""
    meeting = minutes.meeting
    cycle, stage = meeting.cycle, Stage(minutes.stage)
    writes, drafts = may(request, WRITE_MINUTES, cycle), may(request, READ_DRAFT_MINUTES, cycle)
    circulated = drafts or may(request, READ_CIRCULATED_MINUTES, cycle) or takes_part(request, meeting)
    reads = drafts or stage in PUBLIC or (stage == Stage.CIRCULATED and circulated)
    return Rights(
        reads=reads,
        writes=writes and stage != Stage.LOCKED,
        steers=may(request, ADOPT_MINUTES, cycle),
        corrects=stage == Stage.CIRCULATED and circulated and may(request, CORRECT_MINUTES, cycle),
        took_part=circulated,
        sees_corrections=circulated if stage == Stage.CIRCULATED else drafts or (circulated and stage in PUBLIC),
    )


def takes_part(request: HttpRequest, meeting: Meeting) -> bool:
    """Whether the reader's registration for a meeting is confirmed."""
    person = request.user
    if not isinstance(person, Person):
        return False
    return Registration.objects.filter(meeting=meeting, person=person, state=Registered.CONFIRMED).exists()
