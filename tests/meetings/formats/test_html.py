"""Hypertext: lists, tables, what is not shown; broken markup is read as far as it goes."""
# ruff: noqa: E501 - a document is easier to read in one line than in pieces

import pytest

from convenor.meetings.formats import text_of
from convenor.meetings.formats.html import flatten, is_hypertext


def _lines(body: str) -> list[str]:
    return text_of(f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>".encode()).split("\n")


def test_lists_print_the_numbers_they_would_show():
    body = (
        '<ol start="3"><li>A<ol type="a"><li>B<li value="5">C</ol><li>D</ol>'
        '<ol style="list-style-type: upper-roman"><li>E</ol><ul><li>F<ul><li>G</ul></ul>'
    )

    assert _lines(body) == [
        "3. A", "", "    a. B", "    e. C", "", "4. D", "", "I. E", "", "- F", "", "    - G",
    ]  # fmt: skip


def test_cells_that_span_rows_or_columns_stand_in_the_first_of_them():
    body = '<table><tr><th colspan=2>Day 1<tr><td rowspan="2">10:00<td>1. A<tr><td>2. B<p>more</p><tr><td>11:00<td>3. C</table>'

    assert _lines(body) == ["Day 1", "10:00\t1. A", "\t2. B", "\tmore", "11:00\t3. C"]


def test_a_table_that_frames_the_page_is_no_table():
    body = (
        "<table><tr><td>Menu</td><td><h1>Agenda</h1><table><tr><td>10:00</td><td>A</td></tr></table></td></tr></table>"
    )

    assert _lines(body) == ["Menu", "# Agenda", "10:00\tA"]


def test_what_is_not_shown_is_left_out():
    body = (
        "<nav><ul><li>Home</ul></nav><p>A<span hidden>x</span><span style='display: none'>y<span>z</span></span></p>"
        "<script>var p = '<p>no</p>';</script><style>p{}</style><!-- <p>no</p> --><p>B &amp; C</p><footer>Imprint</footer>"
        "<template><p>no</p></template>"
    )

    assert _lines(body) == ["A", "", "B & C"]


def test_line_breaks_set_lines_and_empty_blocks_set_empty_ones():
    assert _lines("<div>A<br>B</div><div>&nbsp;</div><div>C</div><pre>1\n  2</pre>") == ["A", "B", "", "C", "1", "2"]


def test_blocks_that_are_moved_in_are_indented():
    assert _lines("<div>A</div><div style='margin-left:.5in;text-indent:-.25in'>B</div>") == ["A", "  B"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<p>A<p>B</div></p><p>C", ["A", "", "B", "", "C"]),
        ("<p>1 < 2 <3 & x", ["1 < 2 <3 & x"]),
        ("<td>A<td>B</table>", ["A\tB"]),
        ("<p>A<!-- never closed <p>B", ["A"]),
        ('<p>A<a href="never closed>B', ["AB"]),
        ("<p>A<b", ["A<b"]),
    ],
)
def test_broken_markup_is_read_as_far_as_it_goes(text: str, lines: list[str]):
    assert _lines(text)[: len(lines)] == lines


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<!doctype html><p>x", True),
        ('<?xml version="1.0"?>\n<html xmlns="x">', True),
        ("<p>a</p><p>b</p><table>", True),
        ("a < b, <p>c", False),
        ("plain", False),
    ],
)
def test_hypertext_is_told_from_text(text: str, *, said: bool):
    assert is_hypertext(text) is said


def test_a_long_page_on_one_line_is_read():
    rows = "".join(f"<tr><td>{hour}:00<td>Item {hour}" for hour in range(9, 18)) * 200

    assert len(flatten(f"<html><table>{rows}</table>").split("\n")) == 9 * 200


def test_a_page_is_read_in_the_encoding_it_names():
    page = '<html><meta http-equiv="Content-Type" content="text/html; charset={}"><body><p>{}</body></html>'

    assert text_of(page.format("iso-8859-2", "Závěrečná zpráva").encode("iso-8859-2")) == "Závěrečná zpráva"
    assert text_of(page.format("ISO-8859-1", "Séance “x”").encode("cp1252")) == "Séance “x”"
    assert text_of(page.format("windows-1251", "Séance").encode()) == "Séance"
