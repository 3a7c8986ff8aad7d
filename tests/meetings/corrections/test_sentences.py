"""Every change, refusal and answer has its sentence, in whole words."""

import re
from pathlib import Path

import pytest

from convenor.meetings.agenda import Item
from convenor.meetings.agenda.edits import Add, Change, Code, Move, Operation, Place, Remove, Set, apply, differences
from convenor.meetings.agenda.edits.fields import FORMS
from convenor.meetings.corrections.answers import AS_PRINTED, Answer
from convenor.meetings.corrections.log import Entry, Mark
from convenor.meetings.corrections.sentences import (
    ANSWERS,
    FIELD_NAMES,
    IMPOSSIBLE,
    answer_in_words,
    change_in_words,
    changes_in_words,
    impossible_in_words,
)
from tests.meetings.agenda.two_days import AGENDA

ROOT = Path(__file__).resolve().parents[3] / "src/convenor/meetings"
LONG = "Updates from the National and Regional Initiatives, the Dynamic Coalitions and the Best Practice Forums on "


@pytest.mark.parametrize(
    ("operation", "sentence"),
    [
        (Set("1.1.1", "title", "Opening", "Welcome"), "“Opening” is the title instead of “Welcome”."),
        (Set("1.1.1", "label", None, "1"), "“Welcome”: number “1” was taken away."),
        (Set("1.1.2", "minutes", 5, None), "“2. Adoption of the agenda”: minutes “5” was set."),
        (Set("1.2", "end", "14:30", "15:00"), "“Lunch”: 13:00–14:30 instead of 13:00–15:00."),
        (Set("2.1", "start", None, "10:00"), "“Selection”: 13:00 instead of 10:00–13:00."),
        (Set("2.1", "continued", value=True, was=False), "10:00–13:00 “Selection”: mark “continued” was set."),
        (Set("1.2", "pinned_end", value=True, was=False), "13:00–15:00 “Lunch”: fixed end was set."),
        (Set("1", "date", "2017-06-11", "2017-06-12"), "Day 1: date “11 June 2017” instead of “12 June 2017”."),
        (Set("1", "audience", "open", None), "Day 1: who takes part “open to all” was set."),
        (Set("", "title", None, "Second meeting"), "The agenda: title “Second meeting” was taken away."),
        (Move("1.1.2", Place("1.3")), "“2. Adoption of the agenda” moved from 10:00 to 15:00."),
        (Move("1.1.2", Place("2.1")), "“2. Adoption of the agenda” moved from Day 1 to Day 2."),
        (Move("1.1.2", Place("1.1.1")), "“2. Adoption of the agenda” moved under item 1."),
        (Move("1.1.1.1", Place("1.1", "1.1.2")), "“a) Chair” no longer stands under item 1."),
        (Move("1.1.2", Place("1.1")), "“2. Adoption of the agenda” comes first now."),
        (Move("1.2", Place("1")), "13:00–15:00 “Lunch” comes first now."),
        (Add(Place("1.1"), Item("0", "Statements", key="n")), "“0. Statements” was added."),
        (Remove("1.2"), "The time 13:00–15:00 “Lunch” was taken out."),
        (Remove("2"), "The day Day 2 was taken out."),
    ],
)  # fmt: skip
def test_a_change_is_said_in_one_sentence(operation: Operation, sentence: str) -> None:
    moved = [operation.key] if isinstance(operation, Move) else []
    changes = differences(AGENDA, apply(AGENDA, operation), moved=moved)

    assert [change_in_words(change) for change in changes] == [sentence]


def test_of_two_long_titles_what_differs_is_said() -> None:
    change = Change(
        Code.CHANGED, "item", "1", {"title": "", "field": "title", "was": LONG + "access", "now": LONG + "gender"}
    )

    assert re.fullmatch(r"“….*gender” is the title instead of “….*access”\.", change_in_words(change))


def test_a_correction_is_said_in_one_line() -> None:
    changes = differences(AGENDA, apply(AGENDA, Remove("1.2"), Remove("2")))

    assert changes_in_words(Entry(1, changes=changes, more=3)) == (
        "The time 13:00–15:00 “Lunch” was taken out. And 4 more changes."
    )
    assert changes_in_words(Entry(1, marks=(Mark("lost_label", "1"),))) == "An open point was settled as printed."
    assert changes_in_words(Entry(1)) == ""


def test_every_field_has_its_name() -> None:
    assert FIELD_NAMES.keys() == FORMS.keys()


def test_every_refusal_that_is_raised_has_its_sentence() -> None:
    sources = "".join(
        path.read_text("utf-8") for part in ("agenda/edits", "corrections") for path in (ROOT / part).glob("*.py")
    )
    raised = set(re.findall(r'Impossible\("(\w+)"', sources))
    faults_of_the_program = {"no_such_field", "wrong_value", "key_taken", "beside_itself", "not_the_whole"}

    assert raised - faults_of_the_program == IMPOSSIBLE.keys()
    assert (
        impossible_in_words("key_taken", {})
        == "It was not done: it no longer fits the agenda. Look at it, and try again."
    )


def test_every_answer_that_is_offered_has_its_sentence() -> None:
    offered = set(re.findall(r'Answer\(\s*"(\w+)"', (ROOT / "corrections/answers.py").read_text("utf-8")))

    assert offered <= ANSWERS.keys()
    assert answer_in_words("x", Answer(AS_PRINTED)) == "Leave it as printed"
    undated = Answer(AS_PRINTED, {"printed": "31 June", "date": ""})
    assert answer_in_words("date_impossible", undated) == "Leave the day without date"
    assert answer_in_words("date_impossible", Answer("date", {"date": "2017-06-30"})) == "It is 30 June 2017"
    untimed = Answer("continue_below", {"title": "Debate", "start": None})
    assert answer_in_words("continued_other_item", untimed) == "It continues: add “Debate” below"
