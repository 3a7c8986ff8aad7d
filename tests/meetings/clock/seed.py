"""The seed agenda as a plan, and times as Geneva says them."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from convenor.meetings.clock import Act, BlockTimes, Fact, Occurrence, Plan, Projection, Span, plan_of
from convenor.meetings.reader import read

ROOT = Path(__file__).resolve().parents[3]
GENEVA = ZoneInfo("Europe/Zurich")
DAYS = {"1": 12, "2": 13, "3": 14}


def seed() -> Plan:
    """Read the seed agenda: days 1 to 3, blocks such as 1.4, items such as 1.4.1 (the first item of that block)."""
    reading = read((ROOT / "src/convenor/example/data/seed_agenda.txt").read_text("utf-8"))
    return plan_of(reading.agenda, "Europe/Zurich", [(link.source, link.target) for link in reading.links])


def at(clock: str, day: int = 12) -> datetime:
    """Return a moment of June 2017 in Geneva."""
    hours, minutes = clock.split(":")
    return datetime(2017, 6, day, int(hours), int(minutes), tzinfo=GENEVA)


def happened(*lines: str, day: int = 12) -> list[Fact]:
    """Read facts such as "10:25 opened 1"."""
    words = (line.split() for line in lines)
    return [Fact(Act(act), key, at(clock, day)) for clock, act, key in words]


def shown(moment: datetime | None) -> str:
    """Write a moment as clocks in Geneva show it."""
    return moment.astimezone(GENEVA).strftime("%H:%M") if moment else "?"


def span(given: Span | None) -> str:
    """Write from when to when."""
    return f"{shown(given.start)}-{shown(given.end)}" if given else "-"


def expected(projection: Projection, day: str) -> list[str]:
    """Write what is expected of a day in the order of time: each stretch with its item, breaks with their blocks."""
    return [row(one) for one in next(one for one in projection.days if one.key == day).running_order()]


def row(one: Occurrence | BlockTimes) -> str:
    """Write a stretch or a break."""
    if isinstance(one, BlockTimes):
        return f"{one.key} {span(one.expected)}"
    again = f" ({one.number})" if one.number > 1 else ""
    return f"{one.item}{again} {span(one.expected)}"
