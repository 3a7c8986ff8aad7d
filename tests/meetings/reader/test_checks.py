"""Every doubt has its example, and an agenda without fault raises none."""

import textwrap

import pytest

from convenor.meetings.reader import Code, Reason, read


def _doubts(text: str) -> list[tuple[Code, tuple[int, ...]]]:
    return [(one.code, one.path) for one in read(textwrap.dedent(text)).warnings]


SOUND = "Meeting\n12 June 2017\n10:00 - 11:00\n1. A\n2. B\n11:00 - 12:00\n3. C\n"
EXAMPLES = {
    Code.LOST_LABEL: ("Meeting\n12 June 2017\n10:00 - 11:00\nA\n2. B\n", (0, 0, 0)),
    Code.LABEL_SKIPPED: ("Meeting\n12 June 2017\n10:00 - 11:00\n1. A\n3. B\n", (0, 0, 1)),
    Code.LABEL_REPEATED: ("Meeting\n12 June 2017\n10:00 - 11:00\n1. A\n2. B\n2. C\n", (0, 0, 2)),
    Code.DANGLING_WORD: ("Meeting\n12 June 2017\n10:00 - 11:00\n1. A\n2. Data and\n", (0, 0, 1)),
    Code.TIMES_OVERLAP: ("Meeting\n12 June 2017\n10:00 - 11:30\n1. A\n11:00 - 12:00\n2. B\n", (0, 1)),
    Code.TIME_BACKWARDS: ("Meeting\n12 June 2017\n14:00 - 13:00\n1. A\n15:00 - 16:00\n2. B\n", (0, 0)),
    Code.TIME_EMPTY: ("Meeting\n12 June 2017\n10:00 - 11:00\n1. A\n11:00 - 12:00\n", (0, 1)),
    Code.DATE_IMPOSSIBLE: (
        "Meeting\nDay 1: 31 June 2017\n10:00 - 11:00\n1. A\nDay 2: 1 July 2017\n10:00\n2. B\n",
        (0,),
    ),
    Code.CONTINUED_NOWHERE: ("Meeting\n12 June 2017\n10:00 - 11:00 (continued below)\n1. A\n", (0, 0)),
    Code.NOTHING_FOUND: ("Nothing here.\n", ()),
}


def test_an_agenda_without_fault_raises_no_doubt() -> None:
    assert _doubts(SOUND) == []


@pytest.mark.parametrize("code", EXAMPLES, ids=lambda code: code.value)
def test_a_doubt_is_raised_where_its_fault_stands(code: Code) -> None:
    text, path = EXAMPLES[code]
    assert _doubts(text) == [(code, path)]


def test_a_marked_title_that_comes_again_is_one_matter() -> None:
    text = (
        "Meeting\n12 June 2017\n10:00 - 11:00\n1. Budget (continued below)\n11:00 - 12:00\n2. Plan\n12:00\n3. Budget\n"
    )
    reading = read(text)
    assert [(link.source, link.target, link.reason) for link in reading.links] == [
        ((0, 0, 0), (0, 2, 0), Reason.SAME_TITLE)
    ]
