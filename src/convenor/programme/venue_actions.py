"""Enter the rooms and slots of the annual meeting."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from convenor.cycle.models import Cycle
from convenor.people.models import Person
from convenor.programme.actions import lock_cycle
from convenor.programme.models import Placement, Room, Slot
from convenor.programme.sentences import slot_words
from convenor.programme.venue import RoomLine, SlotLine
from convenor.shared.errors import Refused
from convenor.shared.journal import record


@transaction.atomic
def set_venue(
    cycle: Cycle, *, rooms: Sequence[RoomLine], slots: Sequence[SlotLine], by: Person | None, at: datetime
) -> None:
    """Make the rooms and slots of a cycle those given; rooms keep their identity by name, slots by time.

    What was on the board in a room or slot that goes has no place any more.

    Raises:
        Refused: a release holds sessions in a room or slot that would go; nothing is changed.
    """
    lock_cycle(cycle)
    names, times = {one.name for one in rooms}, {(one.starts_at, one.minutes) for one in slots}
    lost_rooms = [room for room in Room.objects.filter(cycle=cycle) if room.name not in names]
    lost_slots = [slot for slot in Slot.objects.filter(cycle=cycle) if (slot.starts_at, slot.minutes) not in times]
    _refuse_released(cycle, lost_rooms, lost_slots)
    Room.objects.filter(pk__in=[room.pk for room in lost_rooms]).delete()
    Slot.objects.filter(pk__in=[slot.pk for slot in lost_slots]).delete()
    for order, line in enumerate(rooms):
        Room.objects.update_or_create(cycle=cycle, name=line.name, defaults={"seats": line.seats, "order": order})
    for moment in slots:
        Slot.objects.get_or_create(cycle=cycle, starts_at=moment.starts_at, minutes=moment.minutes)
    record(
        scope=cycle.scope,
        verb="timetable.venue",
        template=gettext_noop("The rooms and slots of the annual meeting were entered: %(rooms)s and %(slots)s."),
        values={"rooms": len(rooms), "slots": len(slots)},
        actor=by,
        at=at,
    )


def _refuse_released(cycle: Cycle, rooms: Sequence[Room], slots: Sequence[Slot]) -> None:
    released = Placement.objects.filter(release__cycle=cycle)
    held_rooms = set(released.filter(room__in=rooms).values_list("room", flat=True))
    held_slots = set(released.filter(slot__in=slots).values_list("slot", flat=True))
    names = [room.name for room in rooms if room.pk in held_rooms]
    names += [slot_words(slot, cycle) for slot in slots if slot.pk in held_slots]
    if names:
        raise Refused(
            _("Nothing was changed: a release holds sessions in %(names)s. Keep these lines; 0 seats close a room.")
            % {"names": get_text_list(names, _("and"))}
        )
