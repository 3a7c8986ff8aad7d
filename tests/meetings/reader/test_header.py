"""What stands above the first item: title, dates, hours, places, zone and year."""

import textwrap

import pytest

from convenor.meetings.reader.classify import classify
from convenor.meetings.reader.context import in_context
from convenor.meetings.reader.header import Header, read_header
from convenor.meetings.reader.lines import split
from convenor.meetings.reader.rows import rows_of


def _header(text: str) -> Header:
    source = textwrap.dedent(text).strip("\n")
    return read_header(in_context(classify(rows_of(split(source), dotted=False), dotted=False)), source)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Draft Agenda\n3rd Meeting of the Group\n5 June 2019\n", "3rd Meeting of the Group"),
        ("Forum 2019 – 5-7 June, Berlin\n", "Forum 2019"),
        ("Agenda for the March 5 video call of the Group\n", "Agenda for the March 5 video call of the Group"),
        ("ANNOTATED AGENDA\nCommission on Networks\nFourteenth session\n", "Commission on Networks"),
        ("Agenda\n", ""),
    ],
)
def test_the_title_is_the_first_line_that_names_the_meeting(text: str, title: str) -> None:
    assert _header(text).title.words == title


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Meeting\n12 May 2017, 10:00-11:30\n", "10:00", "11:30"),
        ("Call\nDate: 3 May 2019\nTime: 14:00 UTC (16:00 CEST)\n", "14:00", None),
        ("Call\nCoordinated Universal Time UTC 12:00\n", "12:00", None),
        ("Meeting\nPlease come at 10:00\n", None, None),
    ],
)
def test_the_hours_of_the_meeting_are_told_beside_a_date_a_zone_or_in_a_field(
    text: str, start: str | None, end: str | None
) -> None:
    session = _header(text).session
    assert (session and session.start, session and session.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Meeting\nVenue: Room K, Geneva\n", "Room K, Geneva"),
        ("Meeting\nGeneva, 26 February 2008\n", "Geneva"),
        ("Meeting\n12 June 2017 – Room K, Tower\n", "Room K, Tower"),
        ("Meeting\n12 March 2019, 15:00, Paris\n", "Paris"),
        ("Meeting\nThe meeting will be held in Lusaka, Zambia, from 19 June 2013.\n", "Lusaka, Zambia"),
        ("Meeting\n12 June 2017\n\nThis agenda was adopted by the group.\n", ""),
    ],
)
def test_the_place_stands_in_a_field_beside_the_date_or_in_a_sentence(text: str, place: str) -> None:
    assert _header(text).place_of(None).words == place


def test_a_date_in_a_field_is_firm_and_a_date_of_revision_is_none() -> None:
    header = _header("Meeting\nLast updated: 1 May 2019\nDate: 3 May 2019\nTalk of 5 May 2019 (Sydney)\n")
    assert [date.iso() for date, _ in header.firm] == ["2019-05-03"]
    assert [date.iso() for date, _ in header.dates] == ["2019-05-03", "2019-05-05"]


def test_the_year_comes_from_the_title_where_the_dates_have_none() -> None:
    assert (_header("Forum 2021\n").year, _header("Forum 2021\n3 May 2020\n").year, _header("Forum\n").year) == (
        2021,
        2020,
        None,
    )
