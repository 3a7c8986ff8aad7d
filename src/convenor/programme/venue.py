"""Rooms and slots as lines of text, one each: how the secretariat enters them, and how they are printed back."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.programme.models import Room, Slot
from convenor.shared.errors import Refused

ROOM_LINE = re.compile(r"^(?P<name>.{1,80}?)\s*[,;\t]\s*(?P<seats>\d{1,6})$")
SLOT_LINE = re.compile(r"^(?P<day>\d{4}-\d\d-\d\d)[ T,;]+(?P<time>\d\d?:\d\d)[ ,;]+(?P<minutes>\d{1,3})$")
MOST_LINES = 1000
#: Slots may lie so far before the first and after the last day of the meeting: day 0, a day of excursions.
MARGIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A room by name, with its seats."""

    name: str
    seats: int


@dataclass(frozen=True, slots=True)
class SlotLine:
    """A slot by its start, with a zone, and its length."""

    starts_at: datetime
    minutes: int


def read_rooms(text: str) -> list[RoomLine]:
    """Read lines such as “XXI, 180”.

    Raises:
        Refused: a line is no room, or a name stands twice; the sentence names the line.
    """
    found: dict[str, RoomLine] = {}
    for number, line in _lines(text):
        match = ROOM_LINE.match(line)
        if match is None:
            raise Refused(
                _("Line %(number)s is no room: “%(line)s”. Write name, comma, seats: “XXI, 180”.")
                % {"number": number, "line": line}
            )
        if match["name"] in found:
            raise Refused(
                _("Line %(number)s names the room “%(name)s” again. Keep one of the two.")
                % {"number": number, "name": match["name"]}
            )
        found[match["name"]] = RoomLine(match["name"], int(match["seats"]))
    return list(found.values())


def read_slots(text: str, cycle: Cycle) -> list[SlotLine]:
    """Read lines such as “2017-12-18 10:15 90” in the cycle's zone; a line written twice counts once.

    Raises:
        Refused: a line is no slot, there is no such moment, or it is far from the meeting; the sentence names the line.
    """
    found = dict.fromkeys(_slot(number, line, cycle) for number, line in _lines(text))
    return sorted(found, key=lambda one: (one.starts_at, one.minutes))


def _slot(number: int, line: str, cycle: Cycle) -> SlotLine:
    match = SLOT_LINE.match(line)
    starts_at = _moment(match["day"], match["time"], cycle.zone_info) if match else None
    if match is None or starts_at is None or not int(match["minutes"]):
        raise Refused(
            _("Line %(number)s is no slot: “%(line)s”. Write day, start and minutes: “2017-12-18 10:15 90”.")
            % {"number": number, "line": line}
        )
    if not cycle.starts_on - MARGIN <= starts_at.date() <= cycle.ends_on + MARGIN:
        raise Refused(
            _("Line %(number)s, “%(line)s”, is far from the meeting (%(first)s to %(last)s). Correct the day.")
            % {"number": number, "line": line, "first": cycle.starts_on, "last": cycle.ends_on}
        )
    return SlotLine(starts_at, int(match["minutes"]))


def _moment(day: str, time: str, zone: ZoneInfo) -> datetime | None:
    try:
        return datetime.strptime(f"{day} {time}", "%Y-%m-%d %H:%M").replace(tzinfo=zone)
    except ValueError:
        return None


def _lines(text: str) -> Iterator[tuple[int, str]]:
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > MOST_LINES:
        words = _("There are %(count)s lines; up to %(most)s are read.")
        raise Refused(words % {"count": len(lines), "most": MOST_LINES})
    yield from lines


def rooms_text(rooms: Iterable[Room]) -> str:
    """Print rooms as the lines they can be read from."""
    return "\n".join(f"{room.name}, {room.seats}" for room in rooms)


def slots_text(slots: Iterable[Slot], zone: ZoneInfo) -> str:
    """Print slots as the lines they can be read from."""
    return "\n".join(f"{slot.starts_at.astimezone(zone):%Y-%m-%d %H:%M} {slot.minutes}" for slot in slots)
