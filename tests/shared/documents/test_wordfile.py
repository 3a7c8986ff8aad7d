"""DOCX: Word's own styles, marked header rows, the document's language and direction."""

import io
import zipfile
from datetime import timedelta

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from convenor.shared.documents import Heading, Made, Paragraph, Table
from convenor.shared.documents.wordfile import to_docx
from convenor.shared.errors import Refused
from tests.examples import examples
from tests.shared.documents.making import AT, NAME, WHOLE, document, said


def opened(made: Made) -> WordDocument:
    """Open what was made."""
    return docx.Document(io.BytesIO(made.data))


@pytest.fixture(scope="module")
def whole() -> Made:
    """Give a document with every part."""
    return to_docx(document(*WHOLE))


def test_parts_have_word_s_own_styles(whole: Made):
    assert [(one.style.name, one.text) for one in opened(whole).paragraphs if one.style and one.text.strip()] == [
        ("Title", "Agenda"),
        ("Heading 1", "First"),
        ("Normal", "plain bold italic there"),
        ("Heading 2", "Below"),
        ("List Paragraph", "2.\ttwo"),
        ("List Paragraph", "a)\ta point"),
        ("List Paragraph", "A2.3\tdeep"),
        ("List Bullet", "bullet"),
        ("List Bullet 2", "inner"),
        ("Caption", "Rooms"),
        ("Caption", "Rooms"),
        ("Normal", "the end"),
    ]


def test_the_header_row_is_marked_and_repeated(whole: Made):
    table = opened(whole).tables[0]

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Name", "Seats"],
        ["Room K", "60"],
        ["Room A", "1,000"],
    ]
    marks = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
    assert marks == [True, False, False]


def test_a_drawing_is_a_picture_with_words(whole: Made):
    shapes = opened(whole).inline_shapes

    assert [shape._inline.docPr.get("descr") for shape in shapes] == ["A bar of one half"]


def test_it_says_what_it_is(whole: Made):
    about = opened(whole).core_properties

    assert (about.title, about.author, about.subject, about.language) == (
        "Agenda",
        "The secretariat",
        "What is on the table",
        "en",
    )
    assert (about.created, about.modified) == (AT, AT)


def test_the_language_is_that_of_the_document():
    styles = opened(to_docx(document(language="fr"))).styles.element

    assert [node.get(qn("w:val")) for node in styles.iter(qn("w:lang"))][:1] == ["fr"]


@pytest.mark.parametrize(
    ("language", "direction", "tags"),
    [
        ("fr", "ltr", ("fr", "zh-CN", "ar-SA")),
        ("zh-hans", "ltr", ("zh-CN", "zh-CN", "ar-SA")),
        ("ar", "rtl", ("ar-SA", "zh-CN", "ar-SA")),
        ("ru", "ltr", ("ru", "zh-CN", "ar-SA")),
    ],
)
def test_word_is_told_the_language_of_each_kind_of_script_in_its_own_tags(
    language: str, direction: str, tags: tuple[str, ...]
):
    made = opened(to_docx(document(language=language, direction=direction)))

    names = [qn(f"w:{name}") for name in ("val", "eastAsia", "bidi")]
    said = [next(made.styles.element.iter(qn("w:lang"))), next(made.settings.element.iter(qn("w:themeFontLang")))]
    assert [tuple(one.get(name) for name in names) for one in said] == [tags] * 2


def test_right_to_left_paragraphs_say_so():
    made = opened(
        to_docx(document(Paragraph.of("مرحبا"), Paragraph.of("hello"), language="ar", direction="rtl", title="جدول"))
    )

    turned = [one._p.pPr is not None and one._p.pPr.find(qn("w:bidi")) is not None for one in made.paragraphs]
    assert turned == [True, True, False]
    assert [len(list(one._p.iter(qn("w:rtl")))) for one in made.paragraphs] == [1, 1, 0]
    assert made.sections[0]._sectPr.find(qn("w:bidi")) is not None


def test_paragraphs_of_both_directions_keep_their_properties_in_word_s_order():
    order = ["pStyle", "pageBreakBefore", "tabs", "bidi", "spacing", "ind", "jc", "rPr"]
    made = opened(to_docx(document(*WHOLE, *said("مرحبا").blocks, direction="rtl", language="ar")))
    parts = (made.element.body, made.sections[0].footer._element)
    found = [[one.tag.partition("}")[2] for one in each] for part in parts for each in part.iter(qn("w:pPr"))]

    assert found == [sorted(names, key=order.index) for names in found]


def test_letters_that_join_are_not_pulled_apart_and_a_new_page_begins_with_its_words(whole: Made):
    made = opened(whole)

    assert list(made.styles["Title"].element.rPr.iter(qn("w:spacing"), qn("w:kern"))) == []
    assert [one.text for one in made.paragraphs if one.paragraph_format.page_break_before] == ["the end"]
    assert list(made.element.body.iter(qn("w:br"))) == []


def test_the_same_document_gives_the_same_bytes_and_another_moment_others(whole: Made):
    assert to_docx(document(*WHOLE)).data == whole.data
    assert to_docx(document(*WHOLE, at=AT + timedelta(days=1))).data != whole.data


def test_names_are_kept_whole_and_only_what_cannot_be_stored_is_missing():
    made = to_docx(document(Paragraph.of(NAME), Heading("\ud800\x00\ufffe")))

    assert opened(made).paragraphs[1].text == NAME
    assert [(str(one), one.count) for one in made.missing] == [("U+D800", 1), ("U+FFFE", 1)]


def test_a_document_of_nothing_opens():
    assert [one.text for one in opened(to_docx(document())).paragraphs] == ["Agenda"]


def test_a_table_too_large_is_refused():
    with pytest.raises(Refused, match="Take the spreadsheet"):
        to_docx(document(Table(("a", "b", "c"), (("1", "2", "3"),) * 50_000)))


def test_links_to_scripts_are_words():
    from convenor.shared.documents import Run

    made = opened(
        to_docx(document(Paragraph((Run("x", link="javascript:alert(1)"), Run("y", link="https://example.org/")))))
    )

    assert [link.address for one in made.paragraphs for link in one.hyperlinks] == ["https://example.org/"]


@settings(max_examples=examples(60), deadline=None)
@given(st.text(st.characters(codec=None), max_size=60))
def test_no_text_stops_a_document(text: str):
    made = to_docx(said(text))

    assert opened(made).paragraphs[0].style is not None
    assert zipfile.ZipFile(io.BytesIO(made.data)).testzip() is None
