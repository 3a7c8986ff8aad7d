"""What a row is, by its own words and by its neighbours."""

import textwrap

import pytest

from convenor.meetings.reader.classify import Classified, Sort, classify
from convenor.meetings.reader.context import in_context
from convenor.meetings.reader.lines import split
from convenor.meetings.reader.rows import rows_of


def rows(text: str) -> tuple[Classified, ...]:
    return in_context(classify(rows_of(split(textwrap.dedent(text).strip("\n")), dotted=False), dotted=False))


def _told(text: str) -> list[tuple[str, str]]:
    return [(one.sort.name, one.text.words) for one in rows(text)]


@pytest.mark.parametrize(
    ("line", "sort", "text"),
    [
        ("Day 1: 12 June 2017 - Open Consultations", "DAY", "Day 1: 12 June 2017 - Open Consultations"),
        ("Wednesday, 16 October 09:00-10:30", "DAY", "Wednesday, 16 October 09:00-10:30"),
        ("10:00 - 10:50 Welcome", "TIME", "Welcome"),
        ("Morning session (9:30 - 12:30)", "TIME", "Morning session"),
        ("----- break 10:30 h - 11:00 h -----", "MARKER", "----- break 10:30 h - 11:00 h -----"),
        ("END OF DAY 18:00 h", "MARKER", "END OF DAY 18:00 h"),
        ("4. Budget", "LABEL", "Budget"),
        ("• Budget", "BULLET", "Budget"),
        ("• B1. Budget", "LABEL", "Budget"),
        ("• Ann Example, Director, Example Institute", "PERSON", "Ann Example, Director, Example Institute"),
        ("Moderator: Ann Example", "FIELD", "Ann Example"),
        ("Место: Москва", "FIELD", "Москва"),
        ("## Talks", "HEADING", "Talks"),
        ("## Agenda", "AGENDA", "Agenda"),
        ("Draft Agenda", "AGENDA", "Draft Agenda"),
        ("Webcast / Captioning", "GRID", "Webcast / Captioning"),
        ("https://example.org/x", "GRID", "https://example.org/x"),
        ("(5:00 LA, 8:00 New York, 14:00 Brussels)", "GRID", "(5:00 LA, 8:00 New York, 14:00 Brussels)"),
        ("< End of Day 1 >", "GRID", "< End of Day 1 >"),
        ("The session will discuss the state of play and what is to be done.", "PROSE", None),
        ("Budget and plan", "PLAIN", "Budget and plan"),
    ],
)
def test_a_row_is_known_by_its_words(line: str, sort: str, text: str | None) -> None:
    assert _told(line) == [(sort, text or line)]


def test_words_with_several_numbers_count_the_items_and_stay_in_the_titles() -> None:
    assert _told("Item 1: Opening\nItem 2: Budget\n") == [("LABEL", "Item 1: Opening"), ("LABEL", "Item 2: Budget")]
    assert _told("Item 1: Opening\nBudget\n") == [("PLAIN", "Item 1: Opening"), ("PLAIN", "Budget")]


def test_the_head_of_a_mail_its_greeting_and_its_close_are_left_out() -> None:
    text = """
        From: Ada Sample <ada@example.org>
        Date: Mon, 3 Mar 2008 10:12:31 +0100
        Subject: Agenda of the call

        Hi all,

        1. Roll call

        Regards,
        Ada
        """
    assert _told(text) == [("PLAIN", "Agenda of the call"), ("LABEL", "Roll call")]


def test_a_line_among_fields_is_a_field() -> None:
    text = "Format: panel\nParticipants: all\nEnfoque: datos\nDuration: 90 minutes\n"
    assert [(one.sort, one.name) for one in rows(text)] == [
        (Sort.FIELD, "format"),
        (Sort.FIELD, "participants"),
        (Sort.FIELD, "enfoque"),
        (Sort.FIELD, "duration"),
    ]


def test_a_day_and_its_date_on_two_lines_are_one_day_line() -> None:
    (one,) = rows("DAY 1\n22 JUNE 2021: OPEN CONSULTATIONS\n")
    assert one.day is not None
    assert (one.day.label.words, one.day.date and one.day.date.iso(), one.day.heading.words) == (
        "DAY 1",
        "2021-06-22",
        "OPEN CONSULTATIONS",
    )


def test_names_alone_under_timed_titles_are_speakers_where_that_is_the_custom() -> None:
    once = "9:00 Rights\nDigital Governance\n9:30 Close\n"
    often = "9:00 Rights\nA.B. Sample\n9:30 Data\nBen Model and Cleo Type\n10:00 Names\nDan Example\n"
    doubtful = often.replace("A.B. Sample", "Digital Governance")
    assert [sort for sort, _ in _told(once)] == ["TIME", "PLAIN", "TIME"]
    assert [sort for sort, _ in _told(doubtful)] == ["TIME", "PLAIN"] * 3
    assert [sort for sort, _ in _told(often)] == ["TIME", "PERSON"] * 3


def test_headings_that_only_stand_over_timed_rows_are_left_out() -> None:
    over = "9:00 Welcome\n\nSession 1 - Data\n9:30 One\n\nSession 2 - Names\n10:00 Two\n"
    under = "9:00 Workshops\n\nWorkshop 1: Data\n\nWorkshop 2: Names\n\n10:00 Lunch\n"
    assert [text for _, text in _told(over)] == ["Welcome", "One", "Two"]
    assert [text for _, text in _told(under)] == ["Workshops", "Workshop 1: Data", "Workshop 2: Names", "Lunch"]


def test_roles_of_columns_put_cells_where_they_belong() -> None:
    text = """
        | Start | End | Topic | Room | Speaker | Slides | Stage |
        | 10:00 | 10:30 | Budget | A 1 | Ada Sample | one.pdf | 2 |
        """
    row = rows(text)[1].row
    assert row.timed is not None
    assert row.ends is not None
    assert (row.timed.start, row.ends.start, row.text.words, row.room.words, row.people.words, row.papers.words) == (
        "10:00",
        "10:30",
        "Budget",
        "A 1",
        "Ada Sample",
        "one.pdf",
    )
