"""Measure the floor of a meeting: its log made a state, its list put in order.

`python bench/floor.py [--json]`

A meeting of 2,000 entries is held in memory by 200 people, with at most 60 in the list, under three rules at once. The
milliseconds are those of this process alone (its own time on the processor), the median of nine.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]

from convenor.meetings.floor import (  # noqa: E402 - the line above makes them importable
    Barred,
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
    fold,
    items,
    lists,
    orders,
    record,
    turns,
)

ENTRIES, PEOPLE, MOST_WAITING, ROUNDS = 2_000, 200, 60, 9


def people(chance: random.Random) -> dict[str, Speaker]:
    """Give people of all groups and regions."""
    groups, regions = ("civ", "gov", "prv", "tec", "igo"), ("af", "ap", "ee", "lac", "weo")
    return {
        f"p{number}": Speaker(
            chance.choice(groups), chance.choice(regions), chance.choice(("women", "men")), is_member=number % 2 == 0
        )
        for number in range(PEOPLE)
    }


def meeting(chance: random.Random) -> tuple[list[Entry], State, Setting]:
    """Hold a day of one item in which people ask and are called."""
    setting = Setting(days=("d1",), items=("i1",), speakers=people(chance))
    entries: list[Entry] = []
    state, now = State(), datetime(2017, 6, 12, 8, tzinfo=UTC)
    rules = (Rule.COMMUNITY_FIRST, Rule.ALTERNATE, Rule.GROUP)
    steps: list[Step] = [partial(days.open_day, day="d1", rules=rules), partial(items.take_up, item="i1")]
    while len(entries) < ENTRIES:
        is_full = sum(1 for _one in state.waiting("i1")) >= MOST_WAITING
        ask = partial(
            lists.ask,
            person=f"p{chance.randrange(PEOPLE)}",
            wish=Wish.INTERVENTION,
            seat=chance.choice((Channel.ROOM, Channel.ONLINE)),
        )
        step = steps.pop(0) if steps else turns.call_next if is_full or chance.random() < 0.4 else ask  # noqa: PLR2004 - more ask than are called
        now += timedelta(seconds=5)
        try:
            entry = record(state, setting, step, by="chair", at=now, channel=Channel.ROOM, expected=state.mark)
        except Barred:
            continue
        entries.append(entry)
        state = change(state, entry)
    return entries, state, setting


def milliseconds(work: Callable[[], object]) -> float:
    """Give the median time of some work."""
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        spent.append((time.process_time() - start) * 1000)
    return round(median(spent), 2)


def main() -> None:
    """Print the figures."""
    entries, state, setting = meeting(random.Random(6))
    before = fold(entries[:-1])
    waiting = len(orders.order(state, setting))
    figures = {
        f"state of {ENTRIES} entries": milliseconds(lambda: fold(entries)),
        "state after one more entry": milliseconds(lambda: change(before, entries[-1])),
        f"order of {waiting} who wait": milliseconds(lambda: orders.order(state, setting)),
    }
    if "--json" in sys.argv:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:32} {value:8.2f} ms")


if __name__ == "__main__":
    main()
