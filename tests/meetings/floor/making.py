"""A meeting held in memory: a log, the state it makes, a clock that the test turns."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from convenor.meetings.floor import (
    Channel,
    Entry,
    Rule,
    Setting,
    Speaker,
    State,
    Step,
    Wish,
    change,
    days,
    items,
    lists,
    orders,
    record,
    turns,
)

NINE = datetime(2017, 6, 12, 9, 0, tzinfo=UTC)
PEOPLE = {
    "ana": Speaker("civ", "lac", "women", is_member=True),
    "ben": Speaker("gov", "af", "men"),
    "cem": Speaker("prv", "weo", "men", is_member=True),
    "dee": Speaker("civ", "ap", "women"),
    "eva": Speaker("tec", "ee", "women"),
    "fay": Speaker("civ", "weo", "own"),
}
SETTING = Setting(
    days=("d1", "d2"),
    blocks={"b1": False, "lunch": True, "b2": False},
    items=("i1", "i2", "i3", "i4", "i5"),
    parts={"i2a": "i2", "i2b": "i2"},
    continues={"i5": "i2"},
    speakers=PEOPLE,
)


@dataclass
class Held:
    """A meeting that is held: every step adds an entry."""

    setting: Setting = SETTING
    state: State = field(default_factory=State)
    entries: list[Entry] = field(default_factory=list)
    now: datetime = NINE

    def do(self, step: Step, *, by: str = "chair", channel: Channel = Channel.ROOM, expected: int | None = None) -> int:
        """Do a step as somebody who sees where the meeting stands; give the number of its entry."""
        seen = self.state.mark if expected is None else expected
        entry = record(self.state, self.setting, step, by=by, at=self.now, channel=channel, expected=seen)
        self.entries.append(entry)
        self.state = change(self.state, entry)
        return entry.sequence

    def later(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)

    def ask(self, person: str, wish: Wish = Wish.INTERVENTION, seat: Channel = Channel.ROOM, item: str = "") -> int:
        """Let somebody ask for the floor."""
        return self.do(partial(lists.ask, person=person, wish=wish, seat=seat, item=item), by=person, channel=seat)

    def next(self, **words: Any) -> int:
        """Call the next speaker."""
        return self.do(partial(turns.call_next, **words))

    @property
    def speaker(self) -> str:
        """Who has the floor."""
        return self.state.turn.person if self.state.turn else ""

    @property
    def queue(self) -> list[str]:
        """Who waits, in order."""
        return [self.state.requests[place.request].person for place in orders.order(self.state, self.setting)]


def opened(*rules: Rule, item: str = "i1") -> Held:
    """Give a meeting whose first day is open and whose first item is under way."""
    held = Held()
    held.do(partial(days.open_day, day="d1", rules=rules or (Rule.FIRST_COME,)))
    if item:
        held.do(partial(items.take_up, item=item))
    return held
