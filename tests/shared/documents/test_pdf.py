"""PDF: tagged for reading aloud, the same bytes for the same document, and no text stops it."""

import io
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from convenor.shared.documents import Document, Heading, Item, Listing, Made, Paragraph, Run, Table
from convenor.shared.documents import pdf as pdf_module
from convenor.shared.documents.pdf import to_pdf
from convenor.shared.errors import Refused
from tests.examples import examples
from tests.shared.documents.making import AT, NAME, SVG, TABLE, WHOLE, document, said


def reader(made: Made) -> PdfReader:
    """Open what was made."""
    return PdfReader(io.BytesIO(made.data))


def words(made: Made) -> str:
    """Give all words, spaces and breaks alike."""
    return " ".join(" ".join(page.extract_text() for page in reader(made).pages).replace("\u200b", "").split())


def tags(node: Any) -> Iterator[Any]:
    """Yield the elements of the structure tree in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from tags(child)
    elif hasattr(node, "get") and "/S" in node:
        yield node
        if "/K" in node and not isinstance(node["/K"], int):
            yield from tags(node["/K"])


def names(made: Made) -> list[str]:
    """Give the names of all elements, in reading order."""
    return [str(node["/S"])[1:] for node in tags(reader(made).trailer["/Root"]["/StructTreeRoot"]["/K"])]


@pytest.fixture(scope="module")
def whole() -> Made:
    """Give a document with every part."""
    return to_pdf(document(*WHOLE))


def test_it_says_that_it_is_tagged_in_which_language_and_shows_its_title(whole: Made):
    root, about = reader(whole).trailer["/Root"], reader(whole).metadata

    assert root["/MarkInfo"]["/Marked"].value is True
    assert (root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == ("en", True)
    assert about is not None
    assert (about.title, about.author, about.subject) == ("Agenda", "The secretariat", "What is on the table")
    assert about.creation_date == AT


def test_it_claims_the_standard_it_was_checked_against(whole: Made):
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader(whole).trailer["/Root"]["/Metadata"].get_data()


def test_every_part_has_its_element(whole: Made):
    found = Counter(names(whole))

    wanted = ("Title", "H1", "H2", "L", "Lbl", "Table", "THead", "TH", "TD", "Caption", "Figure", "Link")
    assert {name: found[name] for name in wanted} == {
        "Title": 1, "H1": 1, "H2": 1, "L": 4, "Lbl": 5, "Table": 2, "THead": 2, "TH": 4, "TD": 8, "Caption": 2,
        "Figure": 1, "Link": 1,
    }  # fmt: skip


def test_a_drawing_has_words(whole: Made):
    figures = [
        node for node in tags(reader(whole).trailer["/Root"]["/StructTreeRoot"]["/K"]) if node["/S"] == "/Figure"
    ]

    assert [node["/Alt"] for node in figures] == ["A bar of one half"]


def test_printed_labels_are_kept(whole: Made):
    assert "2. two a) a point A2.3 deep • bullet" in words(whole)


def test_the_page_break_breaks(whole: Made):
    assert reader(whole).pages[-1].extract_text().startswith("the end")


def test_the_same_document_gives_the_same_bytes_and_another_moment_others(whole: Made):
    assert to_pdf(document(*WHOLE)).data == whole.data
    assert to_pdf(document(*WHOLE, at=AT + timedelta(days=1))).data != whole.data


@pytest.mark.parametrize(
    "hostile",
    [
        '#eval("1+1") #panic() #import "@preview/x:1.0.0": *',
        r"\u{41} \ \\ $ x^2 $ `raw` ```raw``` *b* _i_ <label> @ref = == - + / // /* ~ ' \" %",
        '"); #read("/etc/passwd"); ("',
        '{"text": "json"} ]]] [[[',
        "{{ template }} {% tag %} <script>alert(1)</script> &amp;",
    ],
)
def test_text_is_never_code(hostile: str):
    made = to_pdf(said(hostile))

    assert words(made).count(" ".join(hostile.split())[:20]) >= 5
    assert made.missing == ()


def test_a_name_of_five_scripts_is_drawn_and_what_is_missing_is_listed():
    made = to_pdf(document(Paragraph.of(NAME)))

    assert [(str(one), one.count) for one in made.missing] == [("U+1F947", 1)]
    fonts = {str(font.get_object()["/BaseFont"]).partition("+")[2] for font in fonts_of(made)}
    assert fonts >= {"NotoSansArabic-Regular", "NotoSansDevanagari-Regular", "NotoSansEthiopic-Regular"}
    assert any(name.startswith("NotoSansCJKsc-Regular") for name in fonts)


def fonts_of(made: Made) -> list[Any]:
    """Give the fonts of the first page."""
    return list(reader(made).pages[0]["/Resources"]["/Font"].values())


def test_a_document_of_nothing_is_a_page():
    assert len(reader(to_pdf(document())).pages) == 1
    assert len(reader(to_pdf(said(""))).pages) == 1


def test_a_word_without_end_is_broken_and_whole():
    made = to_pdf(document(Table(("a", "b", "c"), (("w" * 300, "1", "2"),)), Paragraph.of("v" * 300)))

    assert (words(made).count("w"), words(made).count("v")) == (300, 300)
    right = max(float(reader(made).pages[0].mediabox.right), 0)
    assert right == pytest.approx(595.28, abs=0.1)


def test_a_word_of_100_kilobytes_is_set():
    assert len(reader(to_pdf(document(Paragraph.of("x" * 100_000)))).pages) > 10


def test_a_table_too_large_is_refused_with_a_sentence():
    huge = document(Table(("a", "b", "c"), (("1", "2", "3"),) * 50_000))

    with pytest.raises(Refused, match="150000 cells, and a document holds 100000"):
        to_pdf(huge)


def test_a_long_table_repeats_its_header_on_every_page():
    made = to_pdf(document(Table(("Number", "Square"), tuple((str(n), str(n * n)) for n in range(200)))))

    pages = [page.extract_text() for page in reader(made).pages]
    assert len(pages) > 3
    assert [page.count("Square") for page in pages] == [1] * len(pages)
    assert names(made).count("TH") == 2


def test_right_to_left_is_said_and_read():
    arabic = to_pdf(document(Heading("جدول الأعمال"), language="ar", direction="rtl", title="جدول"))

    root = reader(arabic).trailer["/Root"]
    assert (root["/Lang"], root["/ViewerPreferences"]["/Direction"]) == ("ar", "/R2L")


def test_a_link_leads_only_where_links_may():
    runs = (
        Run("a", link="javascript:alert(1)"),
        Run("b", link="file:///etc/passwd"),
        Run("c", link="https://example.org/"),
    )

    assert names(to_pdf(document(Paragraph(runs)))).count("Link") == 1


TEXT = st.text(st.characters(codec=None), max_size=60)
LETTERS = (
    "aéq̃ \u0301\u093f\u200d\u200c\u200e\u064b\u0e33ก็ကိုក្រ각가👩🏽🏳\ufe0f⃣1𓀀"
    "\ud83d\u202e\u2066\n\t\u25cc\u0d4d\u0dca\u1039\u17d2"
)


@settings(max_examples=examples(40), deadline=None)
@given(TEXT)
def test_no_text_stops_a_document(text: str):
    assert to_pdf(said(text)).data.startswith(b"%PDF")


@settings(max_examples=examples(60), deadline=None)
@given(st.text(LETTERS, min_size=1, max_size=30))
def test_no_mix_of_marks_and_joiners_stops_a_document(text: str):
    assert to_pdf(said(text)).data.startswith(b"%PDF")


def test_text_inside_a_drawing_is_drawn_or_replaced():
    figure = pdf_module.Figure(SVG.replace("Half", "𓀀"), "𓀀", TABLE)

    assert [(str(one), one.count) for one in to_pdf(document(figure)).missing] == [("U+13000", 2)]


def test_a_drawing_whose_words_svg_cannot_shape_becomes_a_picture():
    made = to_pdf(document(pdf_module.Figure(SVG.replace("Half", "देवनागरी"), "देवनागरी", TABLE)))

    assert (made.missing, names(made).count("Figure")) == ((), 1)
    assert pdf_module.drawing(SVG) == SVG


def test_nested_lists_stand_in_cells():
    cell = Listing((Item((Run("Opening"),), "1.", (Item((Run("words"),), "a)"),)),), marker="")
    made = to_pdf(document(Table(("Time", "Item"), (("10:00", cell),))))

    assert "10:00 1. Opening a) words" in words(made)
    assert isinstance(document(), Document)


def test_a_text_that_cannot_be_shaped_costs_no_other_text_its_marks(monkeypatch: pytest.MonkeyPatch):
    everything = pdf_module.drawable
    # No known text gets here any more, so one is made up: what is drawn holds a character that no font has.
    monkeypatch.setattr(pdf_module, "drawable", lambda text, lost: everything(text, lost).replace("q̃", "𓀀"))

    made = to_pdf(document(Paragraph.of("हिन्दी कि"), Paragraph.of("q̃x"), Paragraph.of("bãr")))

    assert [(str(one), one.count) for one in made.missing] == [("U+0303", 1)]
    assert "q□x bãr" in words(made)


def test_only_refused_texts_are_found():
    assert pdf_module.unshaped(["plain", "हिन्दी", "王小明"], "en") == set()


@pytest.mark.parametrize("text", ["\n\u0303\u200f\u200d\u0e4d\u200e", "\u034e\u200c\u2de5\u200f\u270f\u2010\ufd85"])
def test_marks_that_once_stopped_a_document_cost_no_other_text_its_own(text: str):
    made = to_pdf(document(Paragraph.of(text), Paragraph.of("bãr q̃")))

    assert {one.code for one in made.missing} & {ord(letter) for letter in "ãq̃"} <= {ord(letter) for letter in text}
    assert "bãr q" in words(made)
