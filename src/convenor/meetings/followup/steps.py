"""What a meeting says is to be done next: the points under “Next steps”, and what was noted there."""

from collections.abc import Sequence
from dataclasses import dataclass

from convenor.meetings.followup.models import ActionItem
from convenor.meetings.matters import Matter, speaks_of
from convenor.meetings.models import Item, Meeting
from convenor.meetings.wording import label_as_printed


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the agenda that may become tasks, with those that it has become."""

    item: Item
    label: str
    tasks: Sequence[ActionItem]


def points_of(meeting: Meeting) -> list[Point]:
    """Give the items about next steps and everything under them, in the order of the agenda; two queries."""
    rows = Item.objects.filter(block__day__meeting=meeting).order_by("block__day__order", "block__order", "order", "pk")
    tasks: dict[int | None, list[ActionItem]] = {}
    for task in meeting.action_items.select_related("owner"):
        tasks.setdefault(task.item_id, []).append(task)
    inside: set[int] = set()
    found = []
    for row in rows:
        if speaks_of(row.title, Matter.NEXT_STEPS) or row.parent_id in inside:
            inside.add(row.pk)
            found.append(Point(row, label_as_printed(row.label), tasks.get(row.pk, ())))
    return found
