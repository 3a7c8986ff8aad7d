"""Text becomes lines with layout; what extraction tore apart is put together; every word keeps its place."""

import textwrap

import pytest

from convenor.meetings.reader import read, said
from convenor.meetings.reader.lines import Line, split
from convenor.meetings.reader.relines import cut_at_times, restacked, with_lone_labels, with_whole_ranges
from convenor.meetings.reader.spaced import with_columns
from convenor.meetings.reader.wikitext import unfolded


def _text(text: str) -> str:
    return textwrap.dedent(text).strip("\n")


def _cells(lines: tuple[Line, ...] | list[Line]) -> list[list[str]]:
    return [[cell.words for cell in line.cells] for line in lines]


def test_a_line_knows_its_indentation_the_gap_above_it_and_its_level() -> None:
    lines = split("# Title\n\n\n  indented\nnext\n== Wiki ==\n")
    assert [(line.run.text, line.indent, line.gap, line.level) for line in lines] == [
        ("Title", 0, 0, 1),
        ("indented", 2, 2, 0),
        ("next", 0, 0, 0),
        ("Wiki", 0, 0, 2),
    ]


def test_comments_code_link_targets_and_rules_of_tables_are_no_lines() -> None:
    text = "one\n<!-- two\nthree -->\n```\nfour\n```\n[1]: https://example.org\n| a | b |\n|---|---|\n| c | d |\n"
    assert _cells(split(text)) == [["one"], ["a", "b"], ["c", "d"]]


def test_a_long_line_is_cut_at_its_rules_and_a_rule_stays_before_a_time() -> None:
    text = (
        "Meeting ------ "
        + "1. Opening " * 20
        + "----- break 15:30 h - 16:00 h ------ 2. Close ----- END ------ 18:00 h -----"
    )
    lines = split(text)
    assert [line.run.text.strip() for line in lines] == [
        "Meeting",
        ("1. Opening " * 20).strip(),
        "----- break 15:30 h - 16:00 h",
        "2. Close",
        "----- END ------ 18:00 h",
    ]


def test_letters_set_apart_are_a_word() -> None:
    (line,) = split("--- M O N D A Y  12  M A Y --- 14:00")
    assert line.run.text == "--- MONDAY  12  MAY --- 14:00"


def test_labels_and_bullets_on_lines_of_their_own_join_the_next_line() -> None:
    source = "1.\n\nCall to order\n\n2.\n\nMinutes\n•\nLast meeting\n"
    lines = with_lone_labels(split(source), source)
    assert [line.run.words for line in lines] == ["1. Call to order", "2. Minutes", "• Last meeting"]
    assert [said(source, line.run.spans) for line in lines] == ["1. Call to order", "2. Minutes", "• Last meeting"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("08:00\nto\n08:45\nCoffee\n", ["08:00 to 08:45", "Coffee"]),
        ("4:00 pm -\n6:00 pm\nTalk\n", ["4:00 pm - 6:00 pm", "Talk"]),
        ("10:00\n11:00\nTalk\n", ["10:00", "11:00", "Talk"]),
        ("Talk to\n11:00\n", ["Talk to", "11:00"]),
    ],
)
def test_a_range_torn_over_lines_is_one_again(text: str, expected: list[str]) -> None:
    assert [line.run.words for line in with_whole_ranges(split(text), text)] == expected


def test_cells_closed_by_pipes_make_rows_that_begin_at_times_and_days() -> None:
    cells = ["Monday, May 10th", "07:00 - 09:00", "Meeting", "Room 4", "09:00 - 10:00", "BREAK", "Tuesday, May 11th"]
    text = "".join(f"{cell} |\n" for cell in [*cells, "10:00", "Talk"])
    assert _cells(restacked(split(text), dotted=False)) == [
        ["Monday, May 10th"],
        ["07:00 - 09:00", "Meeting", "Room 4"],
        ["09:00 - 10:00", "BREAK"],
        ["Tuesday, May 11th"],
        ["10:00", "Talk"],
    ]


def test_a_line_of_several_times_is_cut_where_each_begins() -> None:
    (line,) = split("9:00 - 10:00 Talk 10:00 - 11:00 Panel")
    assert [part.run.text for part in cut_at_times(line, dotted=False)] == ["9:00 - 10:00 Talk", "10:00 - 11:00 Panel"]


def test_a_heading_over_columns_of_spaces_cuts_the_lines_under_it() -> None:
    text = _text(
        """
        Time   Length  Topic            Presenter
        -----  ------  ---------------  ---------
        11:20  5m      Agenda bashing   Chairs
                       Second draft     J. Model
        Notes are taken.
        """
    )
    assert _cells(with_columns(split(text))) == [
        ["Time", "Length", "Topic", "Presenter"],
        ["11:20", "5m", "Agenda bashing", "Chairs"],
        ["", "", "Second draft", "J. Model"],
        ["Notes are taken."],
    ]


def test_a_wiki_table_becomes_rows_of_pipes() -> None:
    text = _text(
        """
        {| class="wikitable"
        ! Time !! Topic
        |-
        | 10:00 || [[Page|Budget]]
        |-
        | style="x" | 11:00
        | Close
        |}
        after
        || a || b ||
        ^ Time ^ Item ^
        """
    )
    assert unfolded(text).split("\n") == [
        "| Time | Topic |",
        "| 10:00 | Budget |",
        "| 11:00 | Close |",
        "after",
        "| a | b |",
        "| Time | Item |",
    ]


def test_a_comment_inside_a_title_is_cut_out_and_the_spans_say_the_title() -> None:
    reading = read("10:00 - 11:00 Budget<!-- not yet --> of the year\n<!-- a -->11:00 - 12:00 Elections <!-- b -->\n")

    first, second = (block.items[0] for block in reading.agenda.days[0].blocks)
    assert [item.title for item in (first, second)] == ["Budget of the year", "Elections"]
    assert [said(reading.source, item.spans["title"]) for item in (first, second)] == [first.title, second.title]
