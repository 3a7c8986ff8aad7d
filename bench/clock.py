"""The clock: milliseconds to project a meeting, by its number of items and how far it has come.

Each meeting has days of 40 items in blocks of five with a lunch and a coffee break; every fifth item has two sub-items,
every tenth a guest. Half of the items of a meeting under way have been held. `--json` prints the same figures as JSON.
"""

import argparse
import json
import statistics
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from time import perf_counter

from convenor.meetings.agenda import Kind
from convenor.meetings.clock import (
    Act,
    Fact,
    Guest,
    Plan,
    PlannedBlock,
    PlannedDay,
    PlannedItem,
    project,
    proposals,
)

START = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ITEMS_A_DAY, ITEMS_A_BLOCK = 40, 5
BLOCK, LUNCH, COFFEE = 50 * MINUTE, 120 * MINUTE, 15 * MINUTE
LUNCH_AFTER, COFFEE_AFTER = 4, 6  # blocks
GOAL_MILLISECONDS = 5.0


@dataclass(frozen=True)
class Row:
    """One measurement."""

    meeting: str
    items: int
    facts: int
    best_ms: float  # the run that other work on the machine disturbed least
    median_ms: float
    worst_ms: float


def plan(items: int) -> Plan:
    """Return a meeting of so many items."""
    return Plan(tuple(day(at, min(ITEMS_A_DAY, items - at * ITEMS_A_DAY)) for at in range(-(-items // ITEMS_A_DAY))))


def day(at: int, items: int) -> PlannedDay:
    """Return a day of blocks with lunch and coffee."""
    moment, blocks = START + timedelta(days=at), list[PlannedBlock]()
    for block in range(-(-items // ITEMS_A_BLOCK)):
        own = range(block * ITEMS_A_BLOCK, min(items, (block + 1) * ITEMS_A_BLOCK))
        blocks.append(
            PlannedBlock(f"{at}.{block}", moment, moment + BLOCK, items=tuple(item(at, one, moment) for one in own))
        )
        moment += BLOCK
        if block + 1 in (LUNCH_AFTER, COFFEE_AFTER):
            is_lunch = block + 1 == LUNCH_AFTER
            end = moment + (LUNCH if is_lunch else COFFEE)
            key = f"{at}.{block}.break"
            blocks.append(PlannedBlock(key, moment, end, Kind.BREAK, pinned_start=is_lunch, pinned_end=is_lunch))
            moment = end
    return PlannedDay(str(at), (START + timedelta(days=at)).date(), "Europe/Zurich", tuple(blocks))


def item(day: int, at: int, moment: datetime) -> PlannedItem:
    """Return an item; every fifth has two sub-items, every tenth waits for a guest."""
    key = f"{day}/{at}"
    guests = (Guest(f"guest of {key}", moment),) if at % 10 == 0 else ()
    parts = (PlannedItem(f"{key}/a"), PlannedItem(f"{key}/b")) if at % 5 == 0 else ()
    return PlannedItem(key, guests=guests, parts=parts)


def under_way(meeting: Plan) -> tuple[list[Fact], datetime]:
    """Return what was noted when half of the items were held, each a minute longer than planned."""
    facts, done = list[Fact](), 0
    wanted = sum(1 for _ in meeting.items()) // 2
    moment = START
    for at, one in enumerate(meeting.days):
        moment = START + timedelta(days=at)
        facts.append(Fact(Act.OPENED, one.key, moment))
        for block in one.blocks:
            if block.kind is Kind.BREAK and done < wanted:
                facts += [Fact(Act.STARTED, block.key, moment), Fact(Act.ENDED, block.key, moment + COFFEE)]
                moment += COFFEE
            for planned in block.items:
                if done < wanted:
                    facts += [
                        Fact(Act.TAKEN_UP, planned.key, moment),
                        Fact(Act.CLOSED, planned.key, moment + 11 * MINUTE),
                    ]
                    moment += 11 * MINUTE
                    done += 1
        if done >= wanted:
            break
        facts.append(Fact(Act.ADJOURNED, one.key, moment))
    return facts, moment


def spent(act: object, rounds: int) -> list[float]:
    """Return the milliseconds of some calls."""
    found = []
    for _ in range(rounds):
        start = perf_counter()
        act()  # type: ignore[operator]  # a call without arguments
        found.append(1000 * (perf_counter() - start))
    return found


def rows(rounds: int) -> Iterator[Row]:
    """Yield the measurements."""
    for items in (13, 40, 200, 400):
        meeting = plan(items)
        facts, now = under_way(meeting)
        for name, happened, at in (("before it begins", [], START - MINUTE), ("under way", facts, now)):
            took = spent(lambda meeting=meeting, happened=happened, at=at: project(meeting, happened, at), rounds)
            yield Row(name, items, len(happened), min(took), statistics.median(took), max(took))
    meeting = plan(200)
    facts = [Fact(Act.OPENED, "0", START + 60 * MINUTE)]
    took = spent(lambda: proposals(meeting, facts, START + 60 * MINUTE), max(3, rounds // 20))
    yield Row("three proposals, an hour late", 200, 1, min(took), statistics.median(took), max(took))


def main() -> None:
    """Print the table, or the same as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=100)
    options = parser.parse_args()
    measured = list(rows(options.rounds))
    if options.json:
        print(json.dumps({"goal_ms": GOAL_MILLISECONDS, "rows": [asdict(row) for row in measured]}, indent=1))
        return
    print(f"{'meeting':<32}{'items':>6}{'facts':>7}{'best ms':>9}{'median ms':>11}{'worst ms':>10}")
    for row in measured:
        print(
            f"{row.meeting:<32}{row.items:>6}{row.facts:>7}{row.best_ms:>9.2f}{row.median_ms:>11.2f}{row.worst_ms:>10.2f}"
        )


if __name__ == "__main__":
    main()
