"""Hostile and broken texts are refused by a code, or read in time."""

import time

import pytest

from convenor.meetings.formats.limits import MAX_CHARACTERS, MAX_LINE, MAX_LINES
from convenor.meetings.reader import Unreadable, read
from convenor.meetings.reader.source import normalise

SECONDS = 30  # far above what is needed: a fault shows as minutes, a busy machine does not


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a\n" * 1_000_000, "too_long"),
        ("a\n" * (MAX_LINES + 1), "too_many_lines"),
        ("a" * (MAX_LINE + 1), "line_too_long"),
        ("PK\x03\x04\x00\x00\x01\x02" * 50, "not_text"),
    ],
)
def test_what_cannot_be_read_is_refused_by_a_code(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(text)
    assert refusal.value.code == code


WIDE = MAX_LINE - 100


SHARDS = (
    "a",
    "1",
    "[",
    "(",
    "[a",
    "`a",
    "|a",
    "\ta",
    "*a ",
    "1 June ",
    "1, ",
    "10:00-",
    "a) ",
    "5 min ",
    "draft ",
    "1.",
)
CLOSED = {"-": " 10:00", "webcast ": "x", " ": "b", "(continued ": "", "<a ": ""}
LINES = [
    *(shard * (WIDE // len(shard)) for shard in SHARDS),
    *(s * (WIDE // len(s)) + end for s, end in CLOSED.items()),
]


@pytest.mark.parametrize("line", LINES, ids=lambda line: repr(line[:11]))
def test_long_lines_do_not_make_the_reader_slow(line: str) -> None:
    before = time.process_time()
    read((line + "\n") * ((MAX_CHARACTERS - 1) // (len(line) + 1)))
    assert time.process_time() - before < SECONDS


@pytest.mark.parametrize("line", ["1. item", "10:00 - 11:00 Talk", "1. Continue talk", "Day 1: 12 June 2017", "- x"])
def test_many_lines_do_not_make_the_reader_slow(line: str) -> None:
    before = time.process_time()
    read((line + "\n") * (MAX_LINES - 1))
    assert time.process_time() - before < SECONDS


@pytest.mark.parametrize(
    "line", ["and the", "a" * 69, "Lorem ipsum dolor sit amet consectetur", "Ada Sample, Director"]
)
@pytest.mark.parametrize("first", ["10:00 Welcome", "1. Title"])
def test_many_lines_under_one_title_do_not_make_the_reader_slow(first: str, line: str) -> None:
    before = time.perf_counter()
    read(f"{first}\n" + (line + "\n") * min(MAX_LINES - 2, (MAX_CHARACTERS - 20) // (len(line) + 1)))
    assert time.perf_counter() - before < SECONDS


def test_a_title_is_read_over_eight_lines_at_most() -> None:
    reading = read("10:00 Welcome\n" + "and the\n" * 20)
    assert reading.agenda.days[0].blocks[0].items[0].title == "Welcome" + " and the" * 7


def test_hypertext_becomes_lines_and_cells() -> None:
    page = "<html><body><h1>Title</h1><table><tr><td>10:00</td><td>A &amp; B<br>C</td></tr></table></body></html>"
    assert normalise(page) == "# Title\n\n10:00\tA & B\n\tC"


def test_an_empty_text_gives_an_empty_agenda() -> None:
    reading = read("")
    assert (reading.agenda.title, reading.agenda.days, [one.code for one in reading.warnings]) == (
        None,
        (),
        ["nothing_found"],
    )
