"""DOCX: numbers as they would be printed, merged cells, boxes, fields, changes, and what is not shown."""
# ruff: noqa: E501 - a document is easier to read in one line than in pieces

import pytest

from convenor.meetings.formats import text_of
from tests.meetings.formats.wordfiles import W, docx, item, numbering, p

DELETED = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'


def _lines(data: bytes) -> list[str]:
    return text_of(data).split("\n")


def test_a_list_counts_its_levels_and_begins_again_below_each_item():
    body = item("A") + item("B", 1) + item("C", 1) + item("D") + item("E", 1) + item("F", 2)
    parts = numbering("decimal %1.", "lowerLetter %2)", "lowerRoman (%3)")

    assert _lines(docx(body, parts)) == [
        "  1. A",
        "      a) B",
        "      b) C",
        "  2. D",
        "      a) E",
        "          (i) F",
    ]


def test_a_number_may_name_the_levels_above_it():
    body = item("A") + item("B", 1) + item("C", 1)

    assert [line.strip() for line in _lines(docx(body, numbering("decimal %1", "decimal %1.%2")))] == [
        "1 A",
        "1.1 B",
        "1.2 C",
    ]


def test_a_list_in_another_instance_goes_on_unless_it_says_where_it_begins():
    lists = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>'
        "</w:lvlOverride></w:num>"
    )
    body = item("A") + item("B", key=2) + item("C", key=3) + item("D", key=3)

    assert [line.strip() for line in _lines(docx(body, numbering("upperRoman %1.", lists=lists)))] == [
        "I. A",
        "II. B",
        "VII. C",
        "VIII. D",
    ]


def test_a_level_that_never_begins_again_counts_on():
    parts = numbering("decimal %1.", "lowerLetter %2)")
    parts["word/numbering.xml"] = str(parts["word/numbering.xml"]).replace(
        '<w:numFmt w:val="lowerLetter"/>', '<w:numFmt w:val="lowerLetter"/><w:lvlRestart w:val="0"/>'
    )
    body = item("A") + item("B", 1) + item("C") + item("D", 1)

    assert [line.strip() for line in _lines(docx(body, parts))] == ["1. A", "a) B", "2. C", "b) D"]


@pytest.mark.parametrize(("sign", "printed"), [("\uf0b7", "•"), ("-", "-"), ("§", "•"), ("o", "o")])
def test_bullets_of_picture_fonts_become_plain_ones(sign: str, printed: str):
    assert _lines(docx(item("A"), numbering(f"bullet {sign}"))) == [f"  {printed} A"]


def test_empty_paragraphs_and_those_taken_out_of_their_list_have_no_number():
    body = item("A") + item("") + item("B", key=0) + item("C")

    assert [line.strip() for line in _lines(docx(body, numbering("decimal %1.")))] == ["1. A", "", "B", "2. C"]


def test_a_style_numbers_and_heads_its_paragraphs_whatever_language_it_is_called_in():
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Sub">'
        '<w:name w:val="Sub"/><w:basedOn w:val="Titre1"/></w:style></w:styles>'
    )
    body = p("A", '<w:pStyle w:val="Titre1"/>') + p("B", '<w:pStyle w:val="Sub"/>')

    assert _lines(docx(body, {**numbering("decimal %1."), "word/styles.xml": styles})) == ["# 1. A", "# 2. B"]


def _table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def _cell(*texts: str, merge: str = "") -> str:
    return f"<w:tc><w:tcPr>{merge}</w:tcPr>{''.join(map(p, texts))}</w:tc>"


def test_cells_that_span_rows_or_columns_stand_in_the_first_of_them():
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = _table(
        _cell("Day 1", merge='<w:gridSpan w:val="3"/>'),
        _cell("10:00", merge=down) + _cell("1. A") + _cell("Ann"),
        _cell("", merge=on) + _cell("2. B", merge='<w:gridSpan w:val="2"/>'),
    )

    assert _lines(docx(body)) == ["Day 1", "10:00\t1. A\tAnn", "\t2. B"]


def test_the_paragraphs_of_a_cell_stand_below_each_other_and_a_broken_time_is_one():
    body = _table(_cell("10:00 –", "10:50") + _cell("1. A", "2. B"))

    assert _lines(docx(body)) == ["10:00 – 10:50\t1. A", "\t2. B"]


def test_a_table_that_frames_another_is_no_table():
    body = _table("<w:tc>" + p("Agenda") + _table(_cell("10:00") + _cell("A")) + "</w:tc>" + _cell("Menu"))

    assert _lines(docx(body)) == ["Agenda", "10:00\tA", "Menu"]


def test_changes_are_taken_as_accepted():
    body = (
        '<w:p><w:r><w:t>Wel</w:t></w:r><w:del w:id="1"><w:r><w:delText>gone</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>come</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>old place</w:t></w:r></w:moveFrom></w:p>'
        + p("one ", DELETED)
        + p("line")
        + _table("<w:trPr><w:del/></w:trPr>" + _cell("gone"), _cell("10:00") + _cell("kept"))
    )

    assert _lines(docx(body)) == ["Welcome", "one line", "10:00\tkept"]


def test_fields_show_their_result_and_hidden_words_nothing():
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    body = (
        "<w:p>" + mark.format("begin") + "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>" + mark.format("separate")
        + "<w:r><w:t>Link</w:t></w:r>" + mark.format("end")
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:tab/><w:t>after</w:t><w:br/><w:t>below</w:t></w:r>"
        + '<w:r><w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0A7"/></w:r></w:p>'
    )  # fmt: skip

    assert _lines(docx(body)) == ["Link\tafter", "below-•"]


def test_a_text_box_is_read_once_after_the_paragraph_that_holds_it():
    box = f"<w:txbxContent>{p('Room K')}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    choice = f"<mc:AlternateContent {mc}><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
    body = f"<w:p><w:r><w:t>Title</w:t>{choice}<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"

    assert _lines(docx(body + p("Next"))) == ["Title", "Room K", "Next"]


def test_a_table_of_contents_is_left_out():
    styles = f'<w:styles xmlns:w="{W}"><w:style w:styleId="T"><w:name w:val="toc 1"/></w:style></w:styles>'
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('1 Opening .... 3')}</w:sdtContent></w:sdt>"
    )
    body = contents + p("2 Closing .... 4", '<w:pStyle w:val="T"/>') + p("Opening")

    assert _lines(docx(body, {"word/styles.xml": styles})) == ["Opening"]


def test_headers_and_footers_are_left_out_and_the_main_part_may_have_any_name():
    parts = {
        "_rels/.rels": '<Relationships xmlns="x"><Relationship Type="http://purl.oclc.org/ooxml/officeDocument/'
        'relationships/officeDocument" Target="/word/document2.xml"/></Relationships>',
        "word/document2.xml": f'<w:document xmlns:w="{W}"><w:body>{p("Agenda")}</w:body></w:document>',
        "word/footer1.xml": f'<w:ftr xmlns:w="{W}">{p("Page 1")}</w:ftr>',
    }

    assert _lines(docx(p("other"), parts)) == ["Agenda"]
