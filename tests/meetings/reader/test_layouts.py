"""Layouts that the corpus does not hold, one small worked example each."""

import textwrap

import pytest

from convenor.meetings.agenda import Item
from convenor.meetings.reader import Code, read


def _outline(text: str) -> list[str]:
    """Return days, blocks and items as lines: what a person would sketch of the agenda."""
    lines: list[str] = []

    def tell(item: Item, depth: int) -> None:
        lines.append("  " * depth + f"[{item.label}] {item.title}" if item.label else "  " * depth + item.title)
        for child in item.children:
            tell(child, depth + 1)

    for day in read(textwrap.dedent(text)).agenda.days:
        lines.append(f"{day.label or '-'} {day.date or '-'}")
        for block in day.blocks:
            lines.append(
                " ".join(part for part in (block.start or "-", block.end or "-", block.kind, block.room) if part)
            )
            for item in block.items:
                tell(item, 1)
    return lines


EXAMPLES = {
    "rules with times part the text": (
        """
        Working meeting
        Monday, 12 June 2017
        Welcome, START OF DAY 09:00 h
        1. Opening
        ----- break 10:30 h - 11:00 h -----
        2. Reports
        END OF DAY 18:00 h
        """,
        [
            "- 2017-06-12",
            "09:00 10:30 items",
            "  [1] Opening",
            "10:30 11:00 break",
            "  break",
            "11:00 18:00 items",
            "  [2] Reports",
        ],
    ),
    "a row that says what it is gives the title": (
        """
        Forum 2019
        Day 1 - Monday 3 June 2019
        10:00 – 10:30
        10:30 – 11:30 |
        What it is | A town hall
        Where | Main hall
        11:30 - 12:00 | Coffee
        """,
        [
            "Day 1 2019-06-03",
            "10:00 10:30 items",
            "10:30 11:30 items Main hall",
            "  A town hall",
            "11:30 12:00 break",
            "  Coffee",
        ],
    ),
    "sub-items whose parent was lost stand at the top": (
        """
        23 February 2010
        10.00 – 13.00
        1. Opening
           a. Remarks
        15.00 – 18.00
        c. Logistics
        2. Planning
        24 February 2010
        10.00 – 13.00
        3. Reports
        """,
        [
            "- 2010-02-23",
            "10:00 13:00 items",
            "  [1] Opening",
            "    [a] Remarks",
            "15:00 18:00 items",
            "  [c] Logistics",
            "  [2] Planning",
            "- 2010-02-24",
            "10:00 13:00 items",
            "  [3] Reports",
        ],
    ),
    "labels nest by sense where indentation misleads": (
        """
        Agenda
              1. Items
           (a) Review
                 (i) One
             (ii) Two
        (b) Draft
          2. Close
        """,
        [
            "- -",
            "- - items",
            "  [1] Items",
            "    [a] Review",
            "      [i] One",
            "      [ii] Two",
            "    [b] Draft",
            "  [2] Close",
        ],
    ),
    "a column for every room makes parallel blocks": (
        """
        Time | Room 1 | Room 2
        10:00-11:00 | Talk A | Talk B |
        """,
        ["- -", "10:00 11:00 items Room 1", "  Talk A", "10:00 11:00 items Room 2", "  Talk B"],
    ),
    "times at the ends of lines": (
        """
        1. Call to order 9:00 AM
        2. Minutes 9:05 AM
        3. Adjourn 1:00 PM
        """,
        [
            "- -",
            "09:00 - items",
            "  [1] Call to order",
            "09:05 - items",
            "  [2] Minutes",
            "13:00 - items",
            "  [3] Adjourn",
        ],
    ),
    "a session's own time above its points": (
        """
        Day 1
        Morning session (9:30 - 12:30)
        1. Opening
        2. Reports
        Afternoon session (14:00 - 17:00)
        3. Budget
        """,
        [
            "Day 1 -",
            "09:30 12:30 items",
            "  Morning session",
            "    [1] Opening",
            "    [2] Reports",
            "14:00 17:00 items",
            "  Afternoon session",
            "    [3] Budget",
        ],
    ),
    "French times and a break": (
        """
        Réunion du comité
        Paris, le 14 juin 2017
        Ordre du jour
        9h00 à 10h30 : 1. Adoption
        10h30 – 11h00 : Pause café
        12h30 Déjeuner
        """,
        [
            "- 2017-06-14",
            "09:00 10:30 items",
            "  [1] Adoption",
            "10:30 11:00 break",
            "  Pause café",
            "12:30 - break",
            "  Déjeuner",
        ],
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_layout_is_read(name: str) -> None:
    text, expected = EXAMPLES[name]
    assert _outline(text) == expected


def test_a_clock_that_falls_back_past_noon_has_twelve_hours_and_is_doubted() -> None:
    reading = read("Workshop\n3 March 2016\n9:00 - 12:00: Talks\n12:00 - 1:30: Lunch\n1:30 - 3:00: Panel\n")
    times = [(block.start, block.end) for block in reading.agenda.days[0].blocks]
    assert times == [("09:00", "12:00"), ("12:00", "13:30"), ("13:30", "15:00")]
    assert [(one.code, one.path) for one in reading.warnings] == [
        (Code.CLOCK_OF_TWELVE, (0, 1)),
        (Code.CLOCK_OF_TWELVE, (0, 2)),
    ]


def test_a_weekday_that_does_not_fit_its_date_is_doubted() -> None:
    reading = read("Meeting\nDay 1: Tuesday, 12 June 2017\n10:00 Opening\nDay 2: Tuesday, 13 June 2017\n10:00 Close\n")
    assert [(one.code, one.path) for one in reading.warnings] == [(Code.DATE_IMPOSSIBLE, (0,))]
