"""The seed agenda as a document of every kind, in several layouts, is read as it is read from its text."""

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

from convenor.meetings.agenda import to_interchange
from convenor.meetings.reader import Unreadable, read, text_of
from tests.meetings.formats.making.as_docx import as_docx
from tests.meetings.formats.making.as_html import as_html
from tests.meetings.formats.making.as_odt import as_odt
from tests.meetings.formats.making.sheets import FROM_GOLD, FROM_TEXT, Sheet

SEED = files("convenor.example").joinpath("data/seed_agenda.txt").read_text("utf-8")
MAKERS: dict[str, Callable[[Sheet], bytes]] = {"docx": as_docx, "odt": as_odt, "html": as_html}


@pytest.mark.parametrize("layout", FROM_TEXT)
@pytest.mark.parametrize("kind", MAKERS)
def test_the_text_as_a_document_gives_the_same_agenda(kind: str, layout: str):
    data = MAKERS[kind](FROM_TEXT[layout](SEED))

    assert to_interchange(read(text_of(data)).agenda) == to_interchange(read(SEED).agenda)


@pytest.mark.parametrize("layout", FROM_GOLD)
@pytest.mark.parametrize("kind", MAKERS)
def test_the_agenda_laid_out_anew_is_read_again(kind: str, layout: str):
    agenda = to_interchange(read(SEED).agenda)

    again = to_interchange(read(text_of(MAKERS[kind](FROM_GOLD[layout](agenda)))).agenda)

    assert said(again) == said(agenda)


def said(agenda: dict[str, Any]) -> list[Any]:
    """Give what the layouts print of an agenda: dates, times and items."""
    return [
        (day["date"], block["start"], block["end"], block["items"]) for day in agenda["days"] for block in day["blocks"]
    ]


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_a_document_that_is_cut_off_is_refused_by_name(kind: str):
    data = MAKERS[kind](FROM_TEXT["plain"](SEED))

    with pytest.raises(Unreadable):
        text_of(data[: len(data) // 3])


def test_a_pdf_is_refused_by_name():
    with pytest.raises(Unreadable) as refusal:
        text_of(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj")

    assert (refusal.value.code, refusal.value.values) == ("other_kind", {"kind": "PDF"})
