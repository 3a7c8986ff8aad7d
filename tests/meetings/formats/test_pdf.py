"""PDF: lines put together, columns, tables with and without rules, furniture left out, scripts of both directions."""
# ruff: noqa: E501 - a document is easier to read in one line than in pieces

import pytest
import typst

from convenor.meetings.formats import text_of
from convenor.meetings.formats.errors import Unreadable, Why
from convenor.meetings.formats.pdf.bidi import in_reading_order
from convenor.meetings.formats.pdf.reading import text_here
from convenor.shared.documents.pdf import fonts
from tests.meetings.formats.wordfiles import page, shown

PAGE = '#set page(paper: "a4", margin: 2cm)\n#set text(font: ("Noto Sans", "Noto Sans Arabic"), size: 10pt)\n'


def _set(source: str) -> list[str]:
    return text_here(typst.compile((PAGE + source).encode(), font_paths=fonts(), ignore_system_fonts=True)).split("\n")


def test_the_child_process_reads_what_this_one_reads():
    data = page(shown((60, 700, "10:00 - 10:50"), (60, 680, "1. Opening")))

    assert text_of(data) == text_here(data) == "10:00 - 10:50\n1. Opening"


def test_broken_lines_are_put_together_and_set_lines_are_not():
    long = " ".join(["Briefing on the state of preparations from the secretariat and the host country"] * 3)

    assert _set(f"1. {long}\n\nWelcome\n\nAdoption\n\n2. {long}") == [f"1. {long}", "Welcome", "Adoption", f"2. {long}"]


def test_a_hyphen_goes_where_the_word_is_printed_without_it_elsewhere():
    lines = ["The governance of", "gover-", "nance and multi-", "stakeholder"]
    data = page(shown(*((60, 700 - 12 * at, line) for at, line in enumerate(lines))))

    assert text_here(data) == "The governance of governance and multi-stakeholder"


def test_a_table_with_rules_is_read_by_its_cells():
    source = (
        "#table(columns: (3cm, 1fr, 2cm), [Time], [Agenda Item], [Who], table.cell(colspan: 3)[Day 1: 12 June 2017],"
        "table.cell(rowspan: 2)[10:00 - 10:50], [1. Welcome by the chair of the committee and a long title that is broken "
        "over two lines at least], [Ann], [2. Adoption], [], [11:00 - 12:00], [3\\. Reports \\ 4\\. Other], [Bob])"
    )

    assert _set(source) == [
        "Time\tAgenda Item\tWho",
        "Day 1: 12 June 2017",
        "10:00 - 10:50\t1. Welcome by the chair of the committee and a long title that is broken over two lines at least\tAnn",
        "\t2. Adoption",
        "11:00 - 12:00\t3. Reports\tBob",
        "\t4. Other",
    ]


def test_a_table_without_rules_is_read_by_its_columns():
    source = (
        "Draft agenda of the committee\n\n#grid(columns: (3cm, 1fr), row-gutter: 1em, [10:00 - 10:50], [1. Welcome by the chair of the "
        "committee and a long title that is broken over two lines], [11:00], [2. Reports], [12:00], [Lunch])"
    )

    assert _set(source) == [
        "Draft agenda of the committee",
        "10:00 - 10:50\t1. Welcome by the chair of the committee and a long title that is broken over two lines",
        "11:00\t2. Reports",
        "12:00\tLunch",
    ]


def test_two_columns_of_text_are_read_one_after_the_other():
    items = "\n\n".join(
        f"{number}. Report of working group {number} on the themes of the year" for number in range(1, 41)
    )
    found = _set(f"= Agenda\n#columns(2)[{items}]".replace(". Report", "\\. Report"))

    assert found[0] == "# Agenda"
    assert [line.split(".")[0] for line in found[1:]] == [str(number) for number in range(1, 41)]


def test_headers_footers_and_page_numbers_are_left_out():
    lines = [(60.0, 820.0, "Committee: draft of 3 May"), (60.0, 700.0, "1. Opening"), (290.0, 20.0, "Page 1 of 1")]
    items = "\n\n".join(f"{number}\\. Report {number}" for number in range(1, 90))
    # Not marked as artefacts: placed by hand, as older programs do.
    place = "#set page(foreground: [#place(top + left, dy: 1cm, dx: 2cm)[Draft 3 May] #place(bottom + center, dy: -1cm)[#context counter(page).display()]])\n"

    assert text_here(page(shown(*lines))) == "Committee: draft of 3 May\n\n\n1. Opening"
    assert _set(place + items) == [f"{number}. Report {number}" for number in range(1, 90)]


def test_turned_words_and_words_printed_twice_are_read_as_they_are_meant():
    content = (
        shown((60, 700, "Opening"), (60.3, 700, "Opening"), (60, 680, "Report"))
        + b"\nBT /F1 10 Tf 0 1 -1 0 30 400 Tm (Draft) Tj ET"
    )

    assert text_here(page(content)) == "Opening\nReport"


def test_arabic_is_read_in_its_order():
    found = _set(
        '#set text(lang: "ar", dir: rtl)\nمشروع جدول الأعمال\n\n10:00 - 10:50 الترحيب (ITU) لعام 2017\n\n+ اعتماد IGF 2017'
    )

    assert found == ["مشروع جدول الأعمال", "10:00 - 10:50 الترحيب (ITU) لعام 2017", "1. اعتماد IGF 2017"]


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (["ب", "أ"], "أب"),
        (["(", "a", ")"], "(a)"),
        (["1", "2", "ب", "أ"], "أب12"),
    ],
)
def test_words_are_turned_where_their_script_asks_for_it(seen: list[str], said: str):
    assert in_reading_order([seen]) == said


def test_a_page_of_pictures_is_refused_with_its_reason():
    image = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\nx\nendstream"
    data = page(b"q 500 0 0 700 0 0 cm /I Do Q", b"", image, resources=b"/XObject << /I 6 0 R >>")
    with pytest.raises(Unreadable) as refusal:
        text_of(data)

    assert (refusal.value.code, refusal.value.values) == (Why.NO_TEXT, {"pages": 1})
