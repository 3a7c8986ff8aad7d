"""The requests of a meeting, found for those who answer them."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from convenor.cycle.members import Asked
from convenor.meetings.models import Meeting
from convenor.meetings.requests.models import SlotRequest, State

ALL = "all"


@dataclass(frozen=True, slots=True)
class Search(Asked):
    """Filters of the list; without a word on the state, what is open."""

    q: str = ""
    kind: str = ""
    state: str = ""

    def apply(self, rows: QuerySet[SlotRequest]) -> QuerySet[SlotRequest]:
        """Narrow a list."""
        for word in self.q.split():
            rows = rows.filter(
                Q(title__icontains=word)
                | Q(about__icontains=word)
                | Q(organisation__icontains=word)
                | Q(speaker__icontains=word)
            )
        if self.kind:
            rows = rows.filter(kind=self.kind)
        return rows if self.state == ALL else rows.filter(state=self.state or State.OPEN)


def requests_of(meeting: Meeting) -> QuerySet[SlotRequest]:
    """Give the requests of a meeting, the first that was asked first."""
    return meeting.requests.select_related("asked_by", "day", "item__block__day")
