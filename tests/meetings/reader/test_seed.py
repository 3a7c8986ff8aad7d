"""The draft agenda the product grew from is read exactly, with its doubts and its links."""

import json
import time
from importlib.resources import files
from pathlib import Path

import pytest

from convenor.meetings.agenda import Audience, to_interchange
from convenor.meetings.reader import Code, Reading, Reason, read, said

GOLD = Path(__file__).with_name("00_seed.json")


@pytest.fixture(scope="module")
def text() -> str:
    return (files("convenor.example") / "data" / "seed_agenda.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def reading(text: str) -> Reading:
    return read(text)


def test_the_seed_is_read_exactly(reading: Reading) -> None:
    assert to_interchange(reading.agenda) == json.loads(GOLD.read_text("utf-8"))


def test_the_purpose_is_the_paragraph_above_the_first_day(reading: Reading) -> None:
    purpose = reading.agenda.purpose
    assert purpose is not None
    assert purpose.startswith("The purpose of the second round of IGF open consultations")
    assert purpose.endswith("Internet Governance related fora.")


def test_every_day_knows_its_audience_and_its_place(reading: Reading) -> None:
    assert [(day.audience, day.place) for day in reading.agenda.days] == [
        (Audience.OPEN, "Room K, ITU Montbrillant Building"),
        (Audience.MEMBERS_OBSERVERS, "Room A, ITU Tower Building"),
        (Audience.MEMBERS_OBSERVERS, "Room A, ITU Tower Building"),
    ]


def test_the_seed_raises_these_doubts_and_no_other(reading: Reading) -> None:
    follow_up = reading.agenda.days[2].blocks[3].items[0].title
    assert [(one.code, one.path, said(reading.source, one.spans), dict(one.values)) for one in reading.warnings] == [
        (Code.LOST_LABEL, (0, 0, 0), "Welcome from MAG Chair", {"missing": "1", "next": "2"}),
        (Code.DANGLING_WORD, (0, 2, 0), "and", {"word": "and"}),
        (Code.LOST_LABEL, (1, 0, 0), "Opening Statements", {"missing": "1", "next": "2"}),
        (Code.CONTINUED_OTHER_DAY, (1, 3), "(continued below)", {"day": "Day 3", "date": "2017-06-14"}),
        (Code.LOST_LABEL, (2, 0, 0), "Continue and finalize workshop selection", {"missing": "1", "next": "2"}),
        (Code.CONTINUED_OTHER_ITEM, (2, 1), "(continued below)", {"label": "3", "title": follow_up}),
    ]


def test_workshop_selection_is_one_matter_over_two_days(reading: Reading) -> None:
    links = [
        (one.source, one.target, one.reason, said(reading.source, one.spans), said(reading.source, one.matched))
        for one in reading.links
    ]
    first, second = "Continue workshop selection", "Continue and finalize workshop selection"
    assert links == [
        ((1, 1, 0), (1, 3, 0), Reason.CONTINUE_WORDS, first, "Workshop selection"),
        ((1, 3, 0), (2, 0, 0), Reason.CONTINUE_WORDS, second, first),
    ]


def test_reading_twice_gives_the_same(text: str, reading: Reading) -> None:
    assert read(text) == reading


def test_the_seed_is_read_within_20_milliseconds_of_the_processor(text: str) -> None:
    spent = []
    for _ in range(5):
        before = time.process_time()
        read(text)
        spent.append(time.process_time() - before)
    assert min(spent) < 0.02
