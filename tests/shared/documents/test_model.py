"""The model refuses what no writer could write, and keeps the order of headings."""

from datetime import datetime

import pytest

from convenor.shared.documents import Document, Heading, Item, Missing, Run, Table
from tests.shared.documents.making import AT, document


def test_a_row_has_a_cell_for_each_column():
    with pytest.raises(ValueError, match="row 1 has 1 cells, the header has 2"):
        Table(("a", "b"), (("1", "2"), ("3",)))


def test_a_table_has_columns_and_looks_for_each_of_them():
    with pytest.raises(ValueError, match="without columns"):
        Table((), ())
    with pytest.raises(ValueError, match="for 2 columns"):
        Table(("a", "b"), (), widths=(1.0,))


def test_a_level_that_no_page_has_is_refused():
    with pytest.raises(ValueError, match="level 6"):
        Heading("too deep", level=6)


def test_a_document_has_a_language_and_a_moment_with_a_zone():
    with pytest.raises(ValueError, match="without a language"):
        Document("t", "", AT)
    with pytest.raises(ValueError, match="no zone"):
        Document("t", "en", datetime(2017, 6, 12))  # noqa: DTZ001 - the fault this test is about


def test_headings_never_skip_a_level():
    skipping = document(Heading("a", 3), Heading("b", 5), Heading("c", 1), Heading("d", 3), Heading("e", 2))

    assert [block.level for block in skipping.in_order() if isinstance(block, Heading)] == [1, 2, 1, 2, 2]


def test_a_point_is_walked_in_reading_order():
    point = Item((Run("1"),), "", (Item((Run("2"),), "", (Item((Run("3"),)),)), Item((Run("4"),))))

    assert [one.runs[0].text for one in point.walk()] == ["1", "2", "3", "4"]


def test_a_missing_character_names_its_code_point():
    assert [str(Missing(0x41, 1)), str(Missing(0x1F947, 2))] == ["U+0041", "U+1F947"]
