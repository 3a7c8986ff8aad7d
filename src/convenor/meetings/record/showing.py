"""What every page of a record needs, and the check that its reader may read at this stage."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.meetings.finding import meeting_at
from convenor.meetings.models import Meeting
from convenor.meetings.record.access import Rights, rights_of
from convenor.meetings.record.keeping import minutes_of
from convenor.meetings.record.models import Answer, Minutes, Stage
from convenor.meetings.record.page import sentence_of, steps_of


@dataclass(frozen=True, slots=True)
class Opened:
    """A record with its meeting, and what the reader may do."""

    meeting: Meeting
    minutes: Minutes
    rights: Rights

    @property
    def base(self) -> str:
        """Address of the record, before its pages."""
        return reverse("meetings:record:page", args=(*self.meeting.cycle.address, self.meeting.slug))

    def shown(self, **more: Any) -> dict[str, Any]:
        """Give what every template needs, and more."""
        minutes = self.minutes
        waiting = minutes.corrections.filter(state=Answer.OPEN).count() if minutes.pk else 0
        return {
            "meeting": self.meeting,
            "minutes": minutes,
            "rights": self.rights,
            "base": self.base,
            "is_locked": minutes.stage == Stage.LOCKED,
            "waiting": waiting,
            **more,
        }

    def now(self) -> dict[str, Any]:
        """Give how far the minutes have come."""
        now = self.meeting.cycle.moment(timezone.now())
        return {
            "steps": list(steps_of(self.minutes)),
            "sentence": sentence_of(self.minutes, now),
            "takes": self.minutes.takes_corrections(now),
        }


def opened(request: HttpRequest, cycle: Cycle, slug: str) -> Opened:
    """Find the record of a meeting."""
    meeting = meeting_at(cycle, slug)
    minutes = minutes_of(meeting)
    return Opened(meeting, minutes, rights_of(request, minutes))


def readable(request: HttpRequest, cycle: Cycle, slug: str) -> Opened:
    """Find the record of a meeting for somebody who may read it now.

    Raises:
        Http404: it is not for this reader at this stage.
    """
    found = opened(request, cycle, slug)
    if not found.rights.reads:
        raise Http404(_("The minutes of this meeting are not public yet. They are once the meeting has adopted them."))
    return found
