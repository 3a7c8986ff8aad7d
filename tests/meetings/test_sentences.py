"""Every code of the reader has its sentence, filled with the values that the reader gives."""

import pytest

from convenor.meetings.reader import Code, Unreadable, Why
from convenor.meetings.sentences import BARE, DOUBTS, REFUSALS, doubt, refusal

VALUES = {
    Code.LOST_LABEL: {"missing": "1", "next": "2"},
    Code.CONTINUED_NOWHERE: {},
    Code.CONTINUED_OTHER_DAY: {"day": "Day 3", "date": "2017-06-14"},
    Code.CONTINUED_OTHER_ITEM: {"label": "3", "title": "Follow-up"},
    Code.DANGLING_WORD: {"word": "and"},
    Code.LABEL_REPEATED: {"label": "4"},
    Code.LABEL_SKIPPED: {"before": "2", "after": "5"},
    Code.TIMES_OVERLAP: {"start": "10:00", "end": "10:30"},
    Code.TIME_BACKWARDS: {"start": "10:00", "end": "09:00"},
    Code.CLOCK_OF_TWELVE: {"start": "15:00", "end": "16:00"},
    Code.TIME_EMPTY: {},
    Code.DATE_IMPOSSIBLE: {"printed": "Monday", "date": "2017-06-13"},
    Code.NOTHING_FOUND: {},
}
SENTENCES = {
    Code.LOST_LABEL: "“the words” has no number; the next one is 2, so 1 seems to be lost.",
    Code.CONTINUED_NOWHERE: "“the words” is printed here, but nothing further down takes the item up again.",
    Code.CONTINUED_OTHER_DAY: "“the words” is printed here, but the item goes on only on another day: Day 3.",
    Code.CONTINUED_OTHER_ITEM: "“the words” is printed here, but below stands another item, “Follow-up”.",
    Code.DANGLING_WORD: "The title ends in “and”, as if something had to follow.",
    Code.LABEL_REPEATED: "The number 4 is printed twice in a row.",
    Code.LABEL_SKIPPED: "The numbers jump from 2 to 5.",
    Code.TIMES_OVERLAP: "This starts at 10:00, before the time above it has ended at 10:30.",
    Code.TIME_BACKWARDS: "This starts at 10:00 and ends at 09:00, which is earlier.",
    Code.CLOCK_OF_TWELVE: "Printed without a.m. or p.m. and read as afternoon: 15:00.",
    Code.TIME_EMPTY: "Nothing stands under the time the words.",
    Code.DATE_IMPOSSIBLE: "“Monday” is not the day of the week of 13 June 2017.",
    Code.NOTHING_FOUND: "No agenda item was found in this text.",
}


def test_every_code_of_the_reader_is_covered():
    assert sorted(DOUBTS) == sorted(code.value for code in Code)
    assert set(BARE) <= set(DOUBTS)


@pytest.mark.parametrize("code", Code)
def test_a_doubt_is_said(code: Code):
    assert doubt(code.value, VALUES[code], words="the words") == SENTENCES[code]


def test_a_doubt_without_an_optional_value_is_said_without_it():
    assert doubt("label_skipped", {"after": "5"}) == "The numbers start at 5."
    assert doubt("date_impossible", {"printed": "31 June"}) == "“31 June” is no day of the calendar."


def test_a_code_of_another_version_is_shown_as_it_is():
    assert doubt("odd_moon", {"phase": "full"}) == "odd_moon full"


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_a_refusal_is_said_with_its_figures(code: str):
    figures = {"characters": 7, "lines": 8, "line": 9, "limit": 5, "kilobytes": 6, "pages": 4, "kind": "PDF"}

    assert "%" not in refusal(Unreadable(Why(code), figures))
