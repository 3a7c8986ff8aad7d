"""What the log tells the clock, on the first day of the seed agenda."""

from datetime import UTC
from functools import partial

from convenor.meetings.agenda import Kind as BlockKind
from convenor.meetings.clock import Finding, project
from convenor.meetings.floor import Rule, Setting, days, items
from convenor.meetings.floor.actuals import actuals
from convenor.meetings.floor.state import ItemState
from tests.meetings.clock.seed import at, expected, seed, shown
from tests.meetings.floor.making import Held

PLAN = seed()
BLOCKS = {block.key: block.kind is not BlockKind.ITEMS for day in PLAN.days for block in day.blocks}
SEED = Setting(
    days=tuple(day.key for day in PLAN.days),
    blocks=BLOCKS,
    items=tuple(dict.fromkeys(item.key for item in PLAN.items())),
    continues={item.key: item.continues for item in PLAN.items() if item.continues},
)
LUNCH = next(block.key for block in PLAN.days[0].blocks if block.kind is not BlockKind.ITEMS and block.pinned_end)


def held() -> Held:
    """Hold the first day: opened late, an item that lunch interrupts and that goes on after it."""
    meeting = Held(SEED)

    def do(clock: str, step: object) -> None:
        meeting.now = at(clock).astimezone(UTC)
        meeting.do(step)  # type: ignore[arg-type]  # a step

    do("10:25", partial(days.open_day, day="1", rules=[Rule.ALTERNATE]))
    do("10:25", partial(items.take_up, item=SEED.items[0]))
    do("10:40", partial(items.take_up, item=SEED.items[1]))
    do("12:50", partial(items.take_up, item=SEED.items[2], leaving=ItemState.PAUSED))
    do("13:00", partial(days.start_block, block=LUNCH))
    do("15:00", partial(items.continue_item, item=SEED.items[2]))
    do("15:20", partial(items.postpone_item, item=SEED.items[3]))
    do("15:30", days.close_day)
    return meeting


def test_everything_that_happened_is_said_in_the_words_of_the_clock():
    first, second, third, fourth = SEED.items[:4]
    facts = [(shown(one.at), one.act.value, one.key) for one in actuals(held().entries)]

    assert facts == [
        ("10:25", "opened", "1"),
        ("10:25", "taken_up", first),
        ("10:40", "closed", first),
        ("10:40", "taken_up", second),
        ("12:50", "paused", second),
        ("12:50", "taken_up", third),
        ("13:00", "paused", third),
        ("13:00", "started", LUNCH),
        ("15:00", "ended", LUNCH),
        ("15:00", "continued", third),
        ("15:20", "postponed", fourth),
        ("15:30", "paused", third),
        ("15:30", "adjourned", "1"),
    ]


def test_the_clock_takes_every_fact_and_shows_the_day_as_it_was_held():
    meeting = held()
    projection = project(PLAN, actuals(meeting.entries), meeting.now)

    assert [note for note in projection.notes if note.code is Finding.UNKNOWN_FACT] == []
    assert expected(projection, "1") == [
        "1.1.1 10:25-10:40",
        "1.1.2 10:40-12:50",
        "1.1.3 12:50-13:00",
        "1.5 13:00-15:00",
        "1.1.3 (2) 15:00-15:30",
    ]
