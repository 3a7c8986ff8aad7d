"""What the clock says in words."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from convenor.meetings.clock import Change, Deed, Finding, Note, Reason, Way, Why, project, proposals
from convenor.meetings.clock_words import CAUSES, CHANGES, FINDINGS, REMARKS, WAYS, ClockWords, length, way
from tests.meetings.clock.seed import at, happened, seed

MINUTE = timedelta(minutes=1)
NAMES = {
    "1": "Day 1",
    "2": "day 2",
    "1.5": "Lunch",
    "1.4.1": "item 9",
    "1.1.2": "item 2",
    "1.1.5": "item 5",
    "2.4.1": "item 3",
}
WORDS = ClockWords(NAMES, "Europe/Zurich", date(2017, 6, 12))


def test_every_code_has_its_sentence():
    assert set(CAUSES) | set(REMARKS) == set(Why)
    assert set(CAUSES) & set(REMARKS) == set()
    assert set(FINDINGS) == set(Finding)
    assert set(CHANGES) == set(Deed)
    assert set(WAYS) == set(Way)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (0.2, "less than a minute"), (25, "25 min"), (60, "1 h"), (125, "2 h 5 min"), (24.6, "25 min")],
)
def test_lengths(minutes: float, words: str):
    assert length(minutes * MINUTE) == words


def test_a_late_opening():
    projection = project(seed(), happened("10:25 opened 1"), at("10:25"))
    stretch = projection.of("1.4.1")[0]

    assert WORDS.delay(stretch) == "25 min late: Day 1 was opened late."
    assert [WORDS.remark(note) for note in stretch.notes] == [
        "Interrupted by Lunch. It goes on at 15:00 with the 25 min that are left."
    ]
    assert [WORDS.finding(note) for note in projection.notes] == [
        "Day 1 is expected to end at 18:25, 25 min after its planned end."
    ]
    assert WORDS.delay(projection.of("2.1.1")[0]) == ""


def test_several_causes_are_told_with_what_each_adds():
    facts = happened("10:05 opened 1", "10:05 taken_up 1.1.1", "10:25 closed 1.1.1")
    stretch = project(seed(), facts, at("10:25")).of("1.1.2")[0]

    assert (
        WORDS.delay(stretch) == "15 min late: Day 1 was opened late (5 min); 1.1.1 takes longer than planned (10 min)."
    )


def test_a_moment_of_another_day_is_told_with_its_date():
    assert WORDS.time(at("10:00", 13)) == "10:00 on 13 June"
    assert WORDS.remark(Reason(Why.GOES_ON, "1.5", 5 * MINUTE)) == "Interrupted by Lunch, with 5 min left."


def test_proposals():
    selection = happened("15:00 opened 2", "15:00 taken_up 2.2.1", "17:00 closed 2.2.1", day=13)
    words = ClockWords(NAMES | {"3": "day 3"}, "Europe/Zurich", date(2017, 6, 13))
    found = {one.way: list(words.proposal(one)) for one in proposals(seed(), selection, at("17:00", 13))}

    assert found[Way.DROP] == ["Item 3 is dropped (3 h).", "Day 2 then ends at 17:30 instead of 20:30."]


def test_changes_and_findings():
    change = Change("1.1.2", Deed.PLACED, 10 * MINUTE, 10 * MINUTE, "1.1.5")
    note = Note(Finding.GUEST_LATE, "1.1.2", 30 * MINUTE, at("10:40"), "The Secretary-General")

    assert WORDS.change(change) == "Item 2 is taken after item 5."
    assert WORDS.finding(note) == "The Secretary-General comes only at 10:40: item 2 waits 30 min."
    assert way(Way.SHORTEN) == "Shorten what is to come"


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_other_languages_say_the_same_codes(language: str):
    projection = project(seed(), happened("10:25 opened 1"), at("10:25"))

    with translation.override(language):
        assert all("25" in WORDS.finding(note) for note in projection.notes)
