"""Printed times are read in every form, and what is no time is left alone."""

import pytest

from convenor.meetings.reader.clocks import when_at, whens


def _said(text: str, *, dotted: bool = False) -> tuple[str, str | None] | None:
    when = when_at(text, 0, dotted=dotted)
    return (when.first.said, when.last.said if when.last else None) if when else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9:00 Welcome", ("09:00", None)),
        ("09.00-09.45", ("09:00", "09:45")),
        ("0930-1230 hours", ("09:30", "12:30")),
        ("9h30 – 10h", ("09:30", "10:00")),
        ("9h00 à 10h30", ("09:00", "10:30")),
        ("10.30 bis 11.30 Uhr", ("10:30", "11:30")),
        ("8:30 às 10 h.", ("08:30", "10:00")),
        ("8:30 a 10:00 am", ("08:30", "10:00")),
        ("11:00 - 1:00 pm", ("11:00", "13:00")),
        ("1:30 p.m.", ("13:30", None)),
        ("08:30AM    09:10AMSession", ("08:30", "09:10")),
        ("12 noon", ("12:00", None)),
        ("12:15 am", ("00:15", None)),
        ("2 pm to 4 pm", ("14:00", "16:00")),
    ],
)
def test_a_printed_time_is_read(text: str, expected: tuple[str, str | None]) -> None:
    assert _said(text) == expected


@pytest.mark.parametrize("text", ["2017-2018 plan", "3-5 speakers", "25:00", "9.15 Reports", "12.06.2017"])
def test_what_is_no_time_is_left_alone(text: str) -> None:
    assert _said(text) is None


def test_a_dotted_time_alone_counts_where_the_document_prints_times_so() -> None:
    assert _said("9.15 Reports", dotted=True) == ("09:15", None)


def test_every_time_of_a_line_is_found_in_order() -> None:
    found = whens("9:00 to 9:30, then 10:15 and 11:00-12:00")
    assert [when.first.said for when in found] == [
        "09:00",
        "10:15",
        "11:00",
    ]
