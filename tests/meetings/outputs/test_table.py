"""The agenda as CSV: a row per item, no time lost, nothing a spreadsheet would run."""

import csv
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from convenor.meetings.agenda import Agenda, Block, Day, Item, Kind
from convenor.meetings.models import Meeting
from convenor.meetings.outputs.table import COLUMNS, agenda_csv

AGENDA = Agenda(
    "Meeting",
    days=(
        Day(
            "2017-06-12",
            "Day 1",
            "Open",
            place="Hall",
            blocks=(
                Block(
                    "10:00",
                    "11:00",
                    items=(
                        Item(
                            "1",
                            "=HYPERLINK(1);-2",
                            5,
                            (Item("a", "Host, “words”"),),
                            presenters=("Ann", "Ben"),
                            documents=("D/1", "D/2"),
                        ),
                    ),
                ),
                Block("11:00", None, Kind.BREAK, room="Foyer", zone="UTC+2"),
            ),
        ),
        Day(None, blocks=(Block(None, None, items=(Item(None, "Other matters"),)),)),
    ),
)


def rows(text: str) -> list[list[str]]:
    """Read a table as a program does."""
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:], newline="")))


def test_every_item_is_a_row() -> None:
    first = ["Day 1: Open", "2017-06-12", "10:00", "11:00", "Europe/Zurich", "Hall", "items"]
    assert rows(agenda_csv(AGENDA, zone="Europe/Zurich")) == [
        list(COLUMNS),
        [*first, "1", "0", "'=HYPERLINK(1);'-2", "5", "Ann; Ben", "D/1; D/2"],
        [*first, "a", "1", "Host, “words”", "", "", ""],
        ["Day 1: Open", "2017-06-12", "11:00", "", "UTC+2", "Foyer", "break", "", "", "", "", "", ""],
        ["2", "", "", "", "Europe/Zurich", "", "items", "", "0", "Other matters", "", "", ""],
    ]


@pytest.mark.django_db
def test_the_page_hands_out_a_file(client: Client, june: Meeting) -> None:
    answer = client.get(reverse("meetings:csv", args=(*june.cycle.address, "june")))

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="2017-june.csv"'
    table = rows(answer.content.decode())
    assert len(table) == 1 + sum(day.blocks.count() and items_of(day) for day in june.days.all())
    assert {len(row) for row in table} == {len(COLUMNS)}


def items_of(day: object) -> int:
    """Count the items of a day."""
    return sum(block.items.count() for block in day.blocks.all())  # type: ignore[attr-defined]  # a row of the model
