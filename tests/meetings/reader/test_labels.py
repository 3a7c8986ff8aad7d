"""Labels, bullets and items glued on one line."""

import pytest

from convenor.meetings.reader.durations import take
from convenor.meetings.reader.labels import label_of, parts
from convenor.meetings.reader.markup import visible
from convenor.meetings.reader.persons import is_person
from convenor.meetings.reader.runs import Run
from convenor.meetings.reader.seams import goes_on
from convenor.meetings.reader.texture import Texture

SMOOTH = Texture(False, False, 0, False, True, True, True)  # noqa: FBT003  # seven facts in the order of the fields


def _run(text: str) -> Run:
    return Run.of(text, 0, len(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Welcome", ("1", "Welcome")),
        ("4.1 Report", ("4.1", "Report")),
        ("(a) Report", ("a", "Report")),
        ("IV. Report", ("IV", "Report")),
        ("A.2 Matters", ("A.2", "Matters")),
        ("A: Truth", ("A", "Truth")),
        ("PL 2.9Preparations", ("PL 2.9", "Preparations")),
        ("2017 in review", None),
        ("3rd meeting", None),
        ("J.P. Example", None),
        ("Session 2: Data", None),
    ],
)
def test_a_label_is_told_from_a_title(text: str, expected: tuple[str, str] | None) -> None:
    found = label_of(_run(text))
    assert (found and (found.label.words, found.title.words)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Title a) One b) Two", ["Title", "a) One", "b) Two"]),
        ("Evaluations,a) Review processb) Selection", ["Evaluations,", "a) Review process", "b) Selection"]),
        ("Topics 1. Privacy 2. Access", ["Topics", "1. Privacy", "2. Access"]),
        ("Title o One o Two", ["Title", "o One", "o Two"]),
        ("Status -Groups - Forums - Others", ["Status -Groups - Forums - Others"]),
        ("from the agenda) (Tom)", ["from the agenda) (Tom)"]),
    ],
)
def test_a_line_is_cut_where_a_series_stands_in_it(text: str, expected: list[str]) -> None:
    assert [part.words for part in parts(_run(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reports (5 mins)", ("Reports", 5)),
        ("Updates *20 mins each", ("Updates", 20)),
        ("Plenary (1h30)", ("Plenary", 90)),
        ("Topics (15-20 mins)", ("Topics (15-20 mins)", None)),
        ("Report (15m, slides)", ("Report (15m, slides)", 15)),
        ("30 Minute Items", ("30 Minute Items", None)),
    ],
)
def test_a_length_alone_at_the_end_leaves_the_title(text: str, expected: tuple[str, int | None]) -> None:
    title, minutes, _ = take(_run(text))
    assert (title.words, minutes) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Draft](http://x.org/a_(b)) **now** ~~Old~~New `a*b`", "Draft now OldNew a*b"),
        ("see [tc/1][2] and mins[b]", "see tc/1 and mins"),
        ("*How* to <sub>note</sub> 2 * 3", "How to note 2 * 3"),
        ("![logo](x.png)Title", "Title"),
    ],
)
def test_markup_is_not_wording(text: str, expected: str) -> None:
    assert visible(text, 0, len(text)).words == expected


def test_a_speaker_is_told_from_a_title() -> None:
    lines = [
        "Ann B. Example, Director, Example Institute",
        "Dr. Ann Example",
        "Rights, Access and Trust",
        "Welcome by Ann",
    ]
    assert [is_person(line) for line in lines] == [True, True, False, False]


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("Welcome from the head of the International", "Union (ITU)", True),
        ("Updates from", "Forums", True),
        ("Reports (of the", "groups)", True),
        ("Preparations", "for the meeting", True),
        ("How to strengthen", "Community time", False),
    ],
)
def test_a_broken_title_goes_on(above: str, below: str, *, expected: bool) -> None:
    assert goes_on(above, below, width=0, texture=SMOOTH) is expected
