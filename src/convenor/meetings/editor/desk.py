"""A meeting on the desk of somebody who edits its agenda."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from convenor.cycle.access import person_of
from convenor.meetings.agenda import Agenda
from convenor.meetings.agenda.edits import Operation
from convenor.meetings.corrections.desk import Desk
from convenor.meetings.corrections.log import Log
from convenor.meetings.editor import sitting
from convenor.meetings.models import Meeting


class MeetingDesk(Desk):
    """The agenda of a meeting; every change is written at once."""

    without = ("continued",)  # the mark is of documents; what continues what is linked

    def __init__(self, request: HttpRequest, meeting: Meeting) -> None:
        super().__init__(request)
        self.by, self.at = person_of(request), timezone.now()
        self.work = sitting.work_on(meeting)
        self.address = reverse("meetings:edit", args=(*meeting.cycle.address, meeting.slug))

    @property
    def agenda(self) -> Agenda:
        """The agenda as it stands."""
        return self.work.agenda

    @property
    def log(self) -> Log:
        """What was done in this sitting."""
        return self.work.log

    @property
    def shown(self) -> dict[str, Any]:
        """The meeting."""
        return {"meeting": self.work.meeting}

    def again(self) -> "MeetingDesk":
        """Load it again."""
        cycle = self.work.meeting.cycle
        return MeetingDesk(self.request, cycle.meetings.select_related("cycle__forum").get(pk=self.work.meeting.pk))

    def change(self, operations: Sequence[Operation], *, seen: int) -> None:
        """Change it."""
        self.work = sitting.change(self.work.meeting, operations, seen=seen, by=self.by, at=self.at)

    def undo(self) -> None:
        """Undo what the person did last."""
        self.work = sitting.undo(self.work.meeting, by=self.by, at=self.at)

    def redo(self) -> None:
        """Redo what the person undid last."""
        self.work = sitting.redo(self.work.meeting, by=self.by, at=self.at)

    def take_back(self, number: int) -> None:
        """Take one change back."""
        self.work = sitting.take_back(self.work.meeting, number, by=self.by, at=self.at)
