"""Documents as plain text: columns stand below each other in every script."""

from datetime import UTC, datetime

from convenor.shared.documents import Document, Heading, Item, Listing, Paragraph, Run, Table
from convenor.shared.documents.plain import to_text

AT = datetime(2017, 6, 12, tzinfo=UTC)


def as_text(*blocks: Heading | Paragraph | Listing | Table) -> str:
    """Write blocks under a title."""
    return to_text(Document("The title", "en", AT, blocks=blocks, running="Draft"))


def test_parts_stand_apart_and_columns_below_each_other() -> None:
    points = Listing((Item((Run("Opening"),), "1.", (Item((Run("Host"),), "a)"),), ((Run("Presented by: Ann"),),)),))
    table = Table(("Time", "Item"), (("10:00 – 11:00", points), ("", "Lunch\nbreak")))

    assert as_text(Heading("Day 1"), Paragraph.of("Welcome."), table) == (
        "The title\n\nDraft\n\n\nDay 1\n\nWelcome.\n\n"
        "Time           Item\n"
        "10:00 – 11:00  1. Opening\n"
        "                   Presented by: Ann\n"
        "                   a) Host\n"
        "               Lunch\n"
        "               break\n"
    )


def test_letters_of_chinese_are_two_columns_wide_and_marks_none() -> None:
    table = Table(("时间", "项目"), (("10:00", "开幕"), ("e\u0301", "x")))

    assert as_text(table).splitlines()[-3:] == ["时间   项目", "10:00  开幕", "e\u0301      x"]


def test_a_cell_wider_than_its_column_keeps_a_gap() -> None:
    table = Table(("A", "B"), (("x" * 60, "y"),))

    assert as_text(table).splitlines()[-1] == "x" * 60 + "  y"
