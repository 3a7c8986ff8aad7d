"""What the floor has to be told from outside its log: the agenda as it stands, and who the speakers are."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from convenor.meetings.floor.state import State


@dataclass(frozen=True, slots=True)
class Speaker:
    """What the order of speakers asks of a person; "" is a class of its own, "not stated"."""

    group: str = ""
    region: str = ""
    gender: str = ""
    is_member: bool = False


NOBODY_KNOWN = Speaker()


@dataclass(frozen=True, slots=True)
class Setting:
    """The agenda and the people around a meeting.

    Args:
        days: the keys of its days.
        blocks: the keys of its blocks, and whether each is a break.
        items: the keys of its items in planned order, sub-items left out.
        parts: the keys of its sub-items, each with the item it belongs to.
        continues: later items, each with the earlier one that is the same matter.
        speakers: what is known of persons, by key.
    """

    days: tuple[str, ...] = ()
    blocks: Mapping[str, bool] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    continues: Mapping[str, str] = field(default_factory=dict)
    speakers: Mapping[str, Speaker] = field(default_factory=dict)

    def speaker(self, person: str) -> Speaker:
        """What is known of a person."""
        return self.speakers.get(person, NOBODY_KNOWN)

    def has_item(self, key: str) -> bool:
        """Whether the agenda has such an item or sub-item."""
        return key in self.items or key in self.parts

    def matter(self, item: str) -> str:
        """The first of the items that are one matter with this one: its list of speakers is theirs."""
        seen = {item}
        while (earlier := self.continues.get(item, item)) not in seen:
            seen.add(earlier)
            item = earlier
        return item


def running_order(state: State, setting: Setting) -> list[str]:
    """Return the items in the order in which they are to be taken: as planned, with what was moved since."""
    return moved(list(setting.items), *state.moves)


def moved(order: list[str], *moves: tuple[str, str]) -> list[str]:
    """Return an order after moves; each puts an item right behind another, or first where that is "".

    A move whose item or neighbour is no longer there changes nothing.
    """
    for item, behind in moves:
        if item in order and (behind == "" or behind in order) and item != behind:
            order = [one for one in order if one != item]
            order.insert(order.index(behind) + 1 if behind else 0, item)
    return order
