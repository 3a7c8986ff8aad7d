"""XLSX: numbers stay numbers, words stay words, whatever they begin with."""

import io
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenor.shared.documents import Column, Made, Sheet, Value, Workbook
from convenor.shared.documents import workbook as workbook_module
from convenor.shared.documents.workbook import to_xlsx
from convenor.shared.errors import Refused
from tests.examples import examples
from tests.shared.documents.making import AT

START = datetime(2017, 6, 12)  # noqa: DTZ001 - spreadsheets know no zones


def book(*rows: tuple[Value, ...], name: str = "Ranking", at: datetime = AT, direction: str = "ltr") -> Workbook:
    """Make a workbook of one sheet of two columns."""
    columns = (Column("Title", 40), Column("Mean", 10, "0.000"))
    return Workbook(
        "Synthesis", "en", at, (Sheet(name, columns, rows),), "rtl" if direction == "rtl" else "ltr", "Sec", "S"
    )


def opened(made: Made) -> openpyxl.Workbook:
    """Open what was made."""
    return openpyxl.load_workbook(io.BytesIO(made.data))


def test_values_keep_their_types():
    rows = [
        ("words", 3.5),
        ("12", 7),
        (None, None),
        ("day", date(2017, 6, 12)),
        ("moment", AT),
        ("nothing", float("nan")),
    ]
    sheet = opened(to_xlsx(book(*rows))).worksheets[0]

    assert [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)] == [
        ("words", 3.5), ("12", 7), (None, None), ("day", START), ("moment", START.replace(hour=8)),
        ("nothing", None),
    ]  # fmt: skip
    assert (sheet["B2"].number_format, sheet["A3"].data_type) == ("0.000", "s")


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "#N/A", "=", "'=1"])
def test_no_text_becomes_a_formula(text: str):
    sheet = opened(to_xlsx(book((text, 1)))).worksheets[0]

    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].quotePrefix) == (text, "s", text[0] in "=+-@")


def test_the_header_is_fixed_and_filters():
    sheet = opened(to_xlsx(book(("a", 1), ("b", 2)))).worksheets[0]

    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:B3", "$1:$1")
    assert [cell.font.b for cell in sheet[1]] == [True, True]
    assert sheet.column_dimensions["A"].width == 40


def test_a_sheet_of_a_language_from_right_to_left_lies_that_way():
    assert opened(to_xlsx(book(direction="rtl"))).worksheets[0].sheet_view.rightToLeft is True


def test_names_of_sheets_fit_the_format_and_differ():
    sheets = tuple(Sheet(name, (Column("x"),), ()) for name in ("a/b:c[d]" * 9, "a/b:c[d]" * 9, "", "'"))
    names = opened(to_xlsx(Workbook("t", "en", AT, sheets))).sheetnames

    assert len({name.casefold() for name in names}) == 4
    assert max(map(len, names)) <= 31


def test_what_is_too_long_is_cut_and_counted():
    made = to_xlsx(book(("x" * 100_000, 1), ("fits", 2)))

    assert made.cut == 1
    assert len(opened(made).worksheets[0]["A2"].value) == 32_767


def test_what_cannot_be_stored_is_listed():
    made = to_xlsx(book(("a\ud800\x00b", 1)))

    assert opened(made).worksheets[0]["A2"].value == "a\ufffdb"
    assert [str(one) for one in made.missing] == ["U+D800"]


def test_long_numbers_keep_their_last_digits():
    assert opened(to_xlsx(book(("id", 12_345_678_901_234_567)))).worksheets[0]["B2"].value == "12345678901234567"


def test_the_same_values_give_the_same_bytes_and_another_moment_others():
    made = to_xlsx(book(("a", 1)))

    assert to_xlsx(book(("a", 1))).data == made.data
    assert to_xlsx(book(("a", 1), at=AT + timedelta(days=1))).data != made.data
    assert opened(made).properties.modified == AT.replace(tzinfo=None)


def test_more_rows_than_the_format_holds_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workbook_module, "MOST_ROWS", 2)

    with pytest.raises(Refused, match="it has 3 rows, and a spreadsheet holds 2"):
        to_xlsx(book(*[("a", 1)] * 3))


@settings(max_examples=examples(60), deadline=None)
@given(st.text(st.characters(codec=None), max_size=60))
def test_no_text_stops_a_spreadsheet(text: str):
    assert opened(to_xlsx(book((text, 1), name=text))).worksheets[0]["B2"].value == 1
