"""What Convenor writes of an agenda is read back into the same agenda: days, blocks, items, presenters, papers."""

import os
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from django.conf import settings

from convenor.meetings.agenda import Agenda, to_interchange
from convenor.meetings.agenda.edits import part_to_dict
from convenor.meetings.reader import read_document
from convenor.meetings.syncing import as_stored
from tests.meetings.outputs.writing import paper_of, stored, written
from tests.meetings.reader.corpus import CORPUS, needs_corpus

FORMS = ("text", "html", "docx", "pdf")
PROOF = bool(os.environ.get("CONVENOR_PROOF"))  # every language and form of every text
DEV = sorted((CORPUS / "dev" / "texts").glob("*.txt"))
SHIPPED = sorted((Path(__file__).parents[1] / "reader" / "unseen").glob("*.txt"))
SEED = files("convenor.example").joinpath("data/seed_agenda.txt").read_text("utf-8")
# Read differently: an item whose title begins in square brackets, a title with its closing full stop, letters with
# numbers under letters, headings over numbered items, sub-items of a last item, an office before a name.
LIGHT = {
    "48_html_letters_in_bullets", "52_weekly_notes", "65_wrapped_titles_under_times", "39_am_pm_colons_prose",
}  # fmt: skip
OTHERWISE = {
    "text": {*LIGHT, "27_wiki_lists"},
    "html": {*LIGHT, "135_unmarked_sections_decimals", "142_unmarked_sections_german"},
    "docx": {*LIGHT, "135_unmarked_sections_decimals", "142_unmarked_sections_german"},
}
LANGUAGE_OF = {"32_arabic_agenda": "ar", "33_chinese_agenda": "zh-hans", "02_french_sessions": "fr"}


def again(data: bytes) -> Agenda:
    """Read a written document as it would be stored."""
    return as_stored(read_document(data).agenda)


def test_the_agenda_of_june_comes_back_in_every_form_and_language() -> None:
    agenda, about = stored(SEED)
    for language in settings.OFFERED_LANGUAGES:
        for form in FORMS:
            found = again(written(agenda, about, form, language))
            assert (form, language, part_to_dict(found)) == (form, language, part_to_dict(agenda))


@needs_corpus
@pytest.mark.parametrize("language", ["en", "fr", "zh-hans", "ar"] if PROOF else ["en", "ar"])
@pytest.mark.parametrize("form", ["text", "html", "docx"])
@pytest.mark.parametrize("path", DEV, ids=lambda path: path.stem)
def test_every_agenda_of_the_corpus_comes_back(path: Path, form: str, language: str) -> None:
    agenda, about = stored(path.read_text("utf-8"))

    assert part_to_dict(again(written(agenda, about, form, language))) == part_to_dict(agenda)


@needs_corpus
@pytest.mark.parametrize("language", ["en", "fr", "zh-hans"] if PROOF else ["en"])
@pytest.mark.parametrize("path", DEV, ids=lambda path: path.stem)
def test_every_agenda_of_the_corpus_comes_back_from_its_pdf(path: Path, language: str) -> None:
    """All but addresses that are longer than a line, which are cut there."""
    agenda, about = stored(path.read_text("utf-8"))

    assert to_interchange(again(written(agenda, about, "pdf", language))) == to_interchange(agenda)


@pytest.mark.parametrize("form", ["text", "html", "docx"] if PROOF else ["docx"])
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_agendas_of_other_layouts_come_back_but_for_those_that_are_known(path: Path, form: str) -> None:
    agenda, about = stored(path.read_text("utf-8"))
    found = again(written(agenda, about, form, "en"))

    assert (part_to_dict(found) == part_to_dict(agenda)) is (path.stem not in OTHERWISE[form])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("stem", "language"), LANGUAGE_OF.items())
def test_an_agenda_comes_back_in_its_own_language(stem: str, language: str, form: str) -> None:
    text = next(path for path in SHIPPED if path.stem == stem).read_text("utf-8")
    agenda, about = stored(text)

    assert part_to_dict(again(written(agenda, about, form, language))) == part_to_dict(agenda)


def test_a_paper_never_mixes_directions() -> None:
    agenda, about = stored(SEED)
    arabic, about_arabic = stored(next(path for path in SHIPPED if path.stem == "32_arabic_agenda").read_text("utf-8"))

    taken = [paper_of(agenda, about, "ar"), paper_of(agenda, about, "fr"), paper_of(arabic, about_arabic, "en")]
    assert [(paper.language, paper.direction) for paper in taken] == [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")]
    assert paper_of(arabic, replace(about_arabic, language="en"), "ru").language == "ar"
