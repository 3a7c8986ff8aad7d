"""From printed agendas to plans."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from convenor.meetings.agenda import Agenda, Block, Day, Item, Kind
from convenor.meetings.clock import Guest, Plan, PlannedItem, plan_of, project
from convenor.meetings.clock.timetable import timetable
from convenor.meetings.reader import read
from tests.meetings.clock.seed import at, seed, span
from tests.meetings.reader.corpus import CORPUS, needs_corpus

TEXTS = sorted((CORPUS / "dev" / "texts").glob("*.txt"))


def agenda(*blocks: Block, date: str | None = "2017-06-12") -> Agenda:
    """Return an agenda of one day."""
    return Agenda("Meeting", days=(Day(date, blocks=blocks),))


def as_planned(plan: Plan) -> bool:
    """Say whether with nothing noted everything is expected as planned."""
    starts = [day.start for day in timetable(plan) if day.start is not None]
    projection = project(plan, [], min(starts) - timedelta(days=1))
    return all(one.expected == one.planned for one in projection.occurrences())


def test_the_seed_has_its_blocks_items_and_links():
    plan = seed()

    assert [len(day.blocks) for day in plan.days] == [8, 4, 6]
    assert [block.start for block in plan.days[1].blocks] == [
        at(clock, 13) for clock in ("10:00", "10:30", "13:00", "15:00")
    ]
    links = {item.key: item.continues for item in plan.items() if item.continues}
    assert links == {"2.4.1": "2.2.1", "3.1.1": "2.4.1"}
    assert [part.key for part in plan.days[1].blocks[1].items[0].parts] == ["2.2.1.1", "2.2.1.2"]


def test_meals_are_pinned_and_short_breaks_are_not():
    plan = plan_of(
        agenda(
            Block("10:00", "11:00", items=(Item(None, "Opening"),)),
            Block("11:00", "11:15", Kind.BREAK),
            Block("11:15", "12:30", items=(Item(None, "Budget", 75),)),
            Block("12:30", "14:00", Kind.BREAK, items=(Item(None, "Lunch"),)),
            Block("18:00", "20:00", Kind.SOCIAL, items=(Item(None, "Reception"),)),
        ),
        "Europe/Zurich",
    )

    assert [(block.pinned_start, block.pinned_end) for block in plan.days[0].blocks] == [
        (False, False),
        (False, False),
        (False, False),
        (True, True),
        (True, False),
    ]
    assert [block.items for block in plan.days[0].blocks[3:]] == [(), ()]
    assert plan.days[0].blocks[2].items[0].length == timedelta(minutes=75)


def test_a_day_without_a_date_is_left_out():
    assert plan_of(agenda(Block("10:00", "11:00"), date=None), "UTC") == Plan()


@dataclass(frozen=True, slots=True)
class Wider(Item):
    """An item of an agenda that also says when guests are there, and how short it may become."""

    arrivals: tuple[str, ...] = ()
    minimum_minutes: int | None = None


def test_guests_and_least_lengths_are_read_where_the_agenda_has_them():
    item = Wider(
        "1", "Opening", children=(Item("a)", "Welcome"),), arrivals=("10:40–12:00 Minister",), minimum_minutes=15
    )
    plan = plan_of(agenda(Block("10:00", "11:00", items=(item,))), "Europe/Zurich")

    minister = Guest("Minister", at("10:40"), at("12:00"))
    parts = (PlannedItem("1.1.1.1"),)
    assert plan.days[0].blocks[0].items == (
        PlannedItem("1.1.1", minimum=timedelta(minutes=15), guests=(minister,), parts=parts),
    )
    assert span(project(plan, [], at("09:00")).of("1.1.1")[0].expected) == "10:40-11:40"


def test_an_open_window_has_one_side():
    items = tuple(Wider(None, "Opening", arrivals=(line,)) for line in ("10:40– Minister", "–11:00 Mayor", "soon"))
    plan = plan_of(agenda(Block("10:00", "11:00", items=items)), "Europe/Zurich")

    assert [one.guests for one in plan.items()] == [
        (Guest("Minister", at("10:40")),),
        (Guest("Mayor", None, at("11:00")),),
        (),
    ]


def test_what_has_a_key_keeps_it():
    days = (
        Day("2017-06-12", blocks=(Block("10:00", "11:00", items=(Item(None, "Budget", key="i"),), key="b"),), key="d"),
    )
    plan = plan_of(Agenda("Meeting", days=days), "UTC")

    assert [
        (day.key, [(block.key, [one.key for one in block.items]) for block in day.blocks]) for day in plan.days
    ] == [("d", [("b", ["i"])])]


@needs_corpus
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_agendas_as_they_are_printed_can_be_projected(path: Path):
    reading = read(path.read_text("utf-8"))
    links = [(link.source, link.target) for link in reading.links]
    plan = plan_of(reading.agenda, "Europe/Zurich", links)

    assert len(plan.days) == sum(day.date is not None for day in reading.agenda.days)
    if any(day.start for day in timetable(plan)):
        assert as_planned(plan)
