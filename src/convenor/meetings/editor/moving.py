"""Where an item can go: first in a time, or after another item, each as one button."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from convenor.meetings.agenda import Agenda, Block, Day, Item
from convenor.meetings.agenda.edits import Impossible, Move, Place, Tree
from convenor.meetings.corrections.sentences import day_in_words, name_of

INSIDE, AFTER = "in", "after"


@dataclass(frozen=True, slots=True)
class MovePlace:
    """A place as a button: the value that it sends, its words, and whether the item stands here."""

    value: str
    words: str
    here: bool


@dataclass(frozen=True, slots=True)
class MoveDay:
    """A day with its places."""

    name: str
    places: Sequence[MovePlace]


def move_days(agenda: Agenda, key: str) -> list[MoveDay]:
    """Give every place at the top of a time, in reading order."""
    return [MoveDay(_day_name(day), list(_places(day, key))) for day in agenda.days]


def move_to(agenda: Agenda, key: str, value: str) -> Move:
    """Return the move to the place that a button sent: "in:b1", first in a time, or "after:i1".

    Raises:
        Impossible: there is no such place.
    """
    side, _colon, to = value.partition(":")
    target = Tree(agenda).node(to)
    if side == INSIDE and isinstance(target.part, Block):
        return Move(key, Place(to))
    if side == AFTER and isinstance(target.part, Item) and target.above is not None and to != key:
        return Move(key, Place(target.above.key, to))
    raise Impossible("wrong_place", key=key)


def _places(day: Day, key: str) -> Iterator[MovePlace]:
    for block in day.blocks:
        times = name_of("block", {"start": block.start, "end": block.end})
        yield MovePlace(f"{INSIDE}:{block.key}", _("first at %(time)s") % {"time": times}, here=False)
        for item in block.items:
            name = name_of("item", {"label": item.label, "title": item.title})
            words = name if item.key == key else _("after %(name)s") % {"name": name}
            yield MovePlace(f"{AFTER}:{item.key}", words, here=item.key == key)


def _day_name(day: Day) -> str:
    name = day_in_words(day.label or day.date or day.heading)
    return f"{name}: {day.heading}" if day.heading and day.heading != name else name
