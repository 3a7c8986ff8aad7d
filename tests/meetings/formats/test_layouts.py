"""The agenda the product grew from, laid out in every format, is read back as it is from the text."""

import json
from collections.abc import Callable
from functools import partial
from importlib.resources import files
from pathlib import Path

import pytest

from convenor.meetings.agenda import to_interchange
from convenor.meetings.reader import read, read_document, said
from tests.meetings.formats.making.as_docx import as_docx
from tests.meetings.formats.making.as_html import as_html
from tests.meetings.formats.making.as_odt import as_odt
from tests.meetings.formats.making.as_pdf import as_pdf
from tests.meetings.formats.making.as_text import as_text
from tests.meetings.formats.making.sheets import FROM_GOLD, FROM_TEXT, Sheet

SEED = (files("convenor.example") / "data" / "seed_agenda.txt").read_text("utf-8")
GOLD = json.loads((Path(__file__).parents[1] / "reader" / "00_seed.json").read_text("utf-8"))
FORMATS: dict[str, Callable[[Sheet], bytes]] = {
    "html": as_html,
    "docx": as_docx,
    "odt": as_odt,
    "pdf": as_pdf,
    "pdf without rules": partial(as_pdf, has_rules=False),
}


def _sheets() -> dict[str, Sheet]:
    return {
        **{name: lay(SEED) for name, lay in FROM_TEXT.items()},
        **{name: lay(GOLD) for name, lay in FROM_GOLD.items()},
    }


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("layout", [*FROM_TEXT, *FROM_GOLD])
def test_every_layout_is_read_as_its_text_is(layout: str, form: str):
    sheet = _sheets()[layout]
    reading = read_document(FORMATS[form](sheet))

    assert _days(to_interchange(reading.agenda)) == _days(to_interchange(read(as_text(sheet).decode()).agenda))


def test_every_word_of_a_document_stands_in_its_source():
    reading = read_document(as_docx(_sheets()["merged"]))
    items = [part for day in reading.agenda.days for block in day.blocks for top in block.items for part in top.walk()]

    assert len(items) > 30
    assert [said(reading.source, item.spans["title"]) for item in items] == [item.title for item in items]
    assert [said(reading.source, item.spans.get("label", ())) for item in items] == [item.label or "" for item in items]


def _days(agenda: dict[str, object]) -> object:
    return agenda["days"]
