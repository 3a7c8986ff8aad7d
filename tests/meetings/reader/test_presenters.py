"""Who presents an item, which papers go with it, and the zone of its time: taken only where the text is certain."""

import textwrap

import pytest

from convenor.meetings.agenda import Item
from convenor.meetings.reader import Reading, read, said
from convenor.meetings.reader.presenters import people_in
from convenor.meetings.reader.runs import Run


def _read(text: str) -> Reading:
    return read(textwrap.dedent(text))


def _items(reading: Reading) -> list[Item]:
    return [part for day in reading.agenda.days for block in day.blocks for item in block.items for part in item.walk()]


def _told(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(item.title, item.presenters) for item in _items(_read(text))]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("A. Sample", ["A. Sample"]),
        ("Ann Example, Director, Example Institute", ["Ann Example"]),
        ("Ann Example and Ben B. Model", ["Ann Example", "Ben B. Model"]),
        ("Ann Example (Example Labs), Ben Model (Sample University)", ["Ann Example", "Ben Model"]),
        ("Ann Example – Head of Policy", ["Ann Example"]),
        ("by Tim Sample, Director", ["Tim Sample"]),
        ("Chairs", ["Chairs"]),
        ("Мария Примерова, директор", ["Мария Примерова"]),
    ],
)
def test_people_are_named_without_offices_and_houses(line: str, people: list[str]) -> None:
    assert [run.words for run in people_in(Run.of(line, 0, len(line)))] == people


def test_a_column_of_presenters_and_one_of_papers_go_with_their_rows() -> None:
    reading = _read(
        """
        Meeting
        | Time | Topic | Presenter | Documents |
        |------|-------|-----------|-----------|
        | 10:00 | Budget | Ada Sample | DOC 1 |
        | 10:30 | Plan | Ben Model, Cleo Type | |
        """
    )
    assert [(item.title, item.presenters, item.documents) for item in _items(reading)] == [
        ("Budget", ("Ada Sample",), ("DOC 1",)),
        ("Plan", ("Ben Model", "Cleo Type"), ()),
    ]


def test_lines_and_fields_of_speakers_go_with_the_item_above() -> None:
    text = """
        Meeting
        10:00 - 11:00
        1. Budget
        Ada Sample, Treasurer, Example Institute
        Presenter: Ben Model
        Moderator: Dan Type
        11:00 - 12:00
        2. Plan
        Speakers:
        • Cleo Type, Example Institute
        • Eve Sample, Sample University
        """
    assert _told(text) == [("Budget", ("Ada Sample", "Ben Model")), ("Plan", ("Cleo Type", "Eve Sample"))]


def test_a_speaker_before_a_colon_goes_with_the_title_below() -> None:
    text = """
        Forum
        October 2, 2009

        8:45 Welcome

        Ada Sample, Director, Example Institute:

        The State of the Forum

        10:30 Break
        """
    assert _told(text) == [("Welcome", ()), ("The State of the Forum", ("Ada Sample",)), ("Break", ())]


def test_a_name_glued_to_a_title_counts_with_initials_or_where_it_is_the_custom_and_stays_in_the_title() -> None:
    once = "Call\n1. Data (Digital Rights)\n2. Close\n"
    initials = "Call\n1. draft-one - F. Sample\n2. Close\n"
    custom = "Call\n1. Data (Ada Sample)\n2. Names (Ben Model)\n3. Close (Ada Sample)\n"
    assert _told(once) == [("Data (Digital Rights)", ()), ("Close", ())]
    assert _told(initials) == [("draft-one - F. Sample", ("F. Sample",)), ("Close", ())]
    assert [people for _, people in _told(custom)] == [("Ada Sample",), ("Ben Model",), ("Ada Sample",)]


def test_links_become_papers_of_their_item() -> None:
    reading = _read(
        """
        # Call

        ## Agenda

        1. [Budget](https://example.org/budget) and [plan][p]
        1. Minutes https://example.org/minutes
        1. Close

        [p]: https://example.org/plan
        """
    )
    assert [item.documents for item in _items(reading)] == [
        ("https://example.org/budget", "https://example.org/plan"),
        ("https://example.org/minutes",),
        (),
    ]


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("Call\n14:00 UTC / 10:00 EDT  Welcome\n14:30 UTC / 10:30 EDT  Close\n", ["UTC", "UTC"]),
        ("Call\nTime (CEST) | Item |\n10:00 - 11:00 | Talk |\n11:00 - 12:00 | Close |\n", ["CEST", "CEST"]),
        ("Call\nAll times are in Geneva time\n10:00 Welcome\n11:00 Close\n", ["Geneva time", "Geneva time"]),
        ("Call\nDate: 3 May 2019\nTime: 14:00 - 15:00 UTC\n1. Welcome\n2. Close\n", ["UTC"]),
        ("Call\n10:00 Welcome\n11:00 Close\n", [None, None]),
    ],
)
def test_a_block_knows_its_printed_zone(text: str, zones: list[str | None]) -> None:
    reading = read(text)
    blocks = [block for day in reading.agenda.days for block in day.blocks]
    assert [block.zone for block in blocks] == zones
    assert [said(reading.source, block.spans.get("zone", ())) or None for block in blocks] == zones


def test_the_spans_of_people_and_papers_say_them() -> None:
    reading = _read(
        "Call\n1. Data (Ada Sample, Ben Model)\n2. B (Ada Sample)\n3. [C](https://example.org/c) (Ada Sample)\n"
    )
    told = [(said(reading.source, item.spans["presenters"]), item.presenters) for item in _items(reading)]
    assert told == [
        ("Ada SampleBen Model", ("Ada Sample", "Ben Model")),
        ("Ada Sample", ("Ada Sample",)),
        ("Ada Sample", ("Ada Sample",)),
    ]
    assert said(reading.source, _items(reading)[2].spans["documents"]) == "https://example.org/c"
