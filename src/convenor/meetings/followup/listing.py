"""The action items of a year, found by what somebody looks for."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from convenor.cycle.members import Asked
from convenor.cycle.models import Cycle, Forum
from convenor.meetings.followup.models import ActionItem, State

ALL, OVERDUE = "all", "overdue"


@dataclass(frozen=True, slots=True)
class Search(Asked):
    """Filters of the list; without a word on the state, what is open."""

    q: str = ""
    meeting: str = ""
    state: str = ""
    whose: str = ""  # "mine", or empty

    def apply(self, rows: QuerySet[ActionItem], *, today: date, reader: object = None) -> QuerySet[ActionItem]:
        """Narrow a list."""
        for word in self.q.split():
            rows = rows.filter(
                Q(what__icontains=word) | Q(owner_words__icontains=word) | Q(owner__name__icontains=word)
            )
        if self.meeting:
            rows = rows.filter(meeting__slug=self.meeting)
        if self.whose == "mine":
            rows = rows.filter(owner=getattr(reader, "pk", None) or 0)
        if self.state == OVERDUE:
            return rows.filter(state=State.OPEN, due__lt=today)
        return rows if self.state == ALL else rows.filter(state=self.state or State.OPEN)


def actions_of(cycle: Cycle) -> QuerySet[ActionItem]:
    """Give the action items of a year, the nearest due day first, those without a day last."""
    rows = ActionItem.objects.filter(meeting__cycle=cycle).select_related("owner", "meeting", "item")
    return rows.order_by(F("due").asc(nulls_last=True), "meeting", "number")


def open_actions(forum: Forum) -> QuerySet[ActionItem]:
    """Give what any meeting of a forum asked for and is open, in the same order."""
    rows = ActionItem.objects.filter(meeting__cycle__forum=forum, state=State.OPEN)
    return rows.select_related("owner", "meeting__cycle__forum").order_by(F("due").asc(nulls_last=True), "pk")
