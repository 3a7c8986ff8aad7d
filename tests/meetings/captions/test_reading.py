"""Reading WebVTT, SubRip and text, as it is sent and as somebody hostile would send it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenor.meetings.captions.reading import MOST_IN_LINE, Said, Unreadable, read

VTT = """WEBVTT - Day 1

NOTE written by a team
of two

STYLE
::cue { color: red }

1
00:00:01.000 --> 00:00:03.500 align:start
<v Jan Voorbeeld>Good morning, <i>everybody</i>.

01:02:03.004 --> 01:02:05.000
Rooms &amp; visas
on two lines
"""


def test_cues_are_read_with_their_times_and_voices():
    assert read(VTT) == [
        Said(timedelta(seconds=1), "Jan Voorbeeld: Good morning, everybody."),
        Said(timedelta(hours=1, minutes=2, seconds=3, milliseconds=4), "Rooms & visas on two lines"),
    ]


def test_minutes_alone_and_subrip_commas_are_read():
    text = "1\r\n00:01,500 --> 00:02,000\r\nOne\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nTwo\r\n"

    assert read(text) == [Said(timedelta(seconds=1, milliseconds=500), "One"), Said(timedelta(seconds=3), "Two")]


def test_lines_have_the_time_they_begin_with_or_that_of_the_line_before():
    text = "First\n\n10:12 Good morning.\nAnd welcome.\n[10:13:05] Thank you.\n10:15 is when we go on\n2017 was a year"

    assert read(text) == [
        Said(None, "First"),
        Said(timedelta(hours=10, minutes=12), "Good morning."),
        Said(timedelta(hours=10, minutes=12), "And welcome."),
        Said(timedelta(hours=10, minutes=13, seconds=5), "Thank you."),
        Said(timedelta(hours=10, minutes=15), "is when we go on"),
        Said(timedelta(hours=10, minutes=15), "2017 was a year"),
    ]


@pytest.mark.parametrize("text", ["", "\n \n", "WEBVTT\n\n", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<i></i>\n"])
def test_nothing_is_said_where_there_is_nothing(text: str):
    with pytest.raises(Unreadable, match="empty"):
        read(text)


def test_a_line_without_end_is_cut_and_signs_that_steer_go():
    [said] = read("a\x00b\x1b[31m" + "x" * 9000)

    assert said.text.startswith("a b [31mxxx")
    assert len(said.text) == MOST_IN_LINE


@given(st.text(max_size=300).map(lambda text: text.replace("\n", "\n00:01.000 --> 00:02.000\n")))
def test_any_text_is_read_or_refused(text: str):
    try:
        found = read(text)
    except Unreadable:
        return
    assert all(one.text and "\n" not in one.text and "\x00" not in one.text for one in found)
