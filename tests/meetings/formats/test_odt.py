"""ODT: numbers as they would be printed, spanned cells, boxes, changes, and what is not shown."""
# ruff: noqa: E501 - a document is easier to read in one line than in pieces

from convenor.meetings.formats import text_of
from tests.meetings.formats.wordfiles import ODT_SPACES, odt

NUMBERS = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    '<text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="3"/></text:list-style>'
    '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="\uf0b7"/></text:list-style>'
)


def _lines(body: str, styles: str = NUMBERS) -> list[str]:
    return text_of(odt(body, styles)).split("\n")


def _p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def _item(*parts: str) -> str:
    return f"<text:list-item>{''.join(parts)}</text:list-item>"


def _list(*items: str, more: str = 'text:style-name="L"') -> str:
    return f"<text:list {more}>{''.join(items)}</text:list>"


def test_a_list_counts_its_levels():
    inner = _list(_item(_p("B"), _list(_item(_p("x")), more="")), _item(_p("C")), more="")
    body = _list(_item(_p("A"), inner), _item(_p("D"), _p("more of D")))

    assert _lines(body) == ["1. A", "    a) B", "        1.a.1 x", "    b) C", "2. D", "    more of D"]


def test_a_list_begins_again_unless_it_goes_on_or_says_where():
    body = (
        _list(_item(_p("A")), _item(_p("B")), more='text:style-name="L" xml:id="k"')
        + _list(_item(_p("C")))
        + _list(_item(_p("D")), more='text:style-name="L" text:continue-list="k"')
        + _list('<text:list-item text:start-value="9">' + _p("E") + "</text:list-item>")
    )

    assert _lines(body) == ["1. A", "2. B", "1. C", "3. D", "9. E"]


def test_an_item_that_only_holds_a_list_is_not_counted():
    wrapped = _list(_item(_list(_item(_p("B")), more="")), more='text:style-name="L" text:continue-numbering="true"')
    body = _list(_item(_p("A"))) + wrapped + wrapped.replace("B", "C")

    assert _lines(body) == ["1. A", "    a) B", "    b) C"]


def test_bullets_of_picture_fonts_become_plain_ones():
    assert _lines(_list(_item(_p("A")), more='text:style-name="B"')) == ["• A"]


def test_headings_get_their_signs_and_their_numbers():
    outline = (
        f'<office:document-styles {ODT_SPACES}><office:styles><text:outline-style><text:outline-level-style text:level="1" '
        'style:num-format="I" style:num-suffix="."/></text:outline-style></office:styles></office:document-styles>'
    )
    body = '<text:h text:outline-level="1">A</text:h><text:h text:outline-level="2">B</text:h><text:h>C</text:h>'

    assert text_of(odt(body, "", {"styles.xml": outline})).split("\n") == ["# I. A", "## B", "# II. C"]


def test_cells_that_span_rows_or_columns_stand_in_the_first_of_them():
    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell {more}>{_p(text)}</table:table-cell>"

    covered = "<table:covered-table-cell/>"
    rows = [
        cell("Day 1", 'table:number-columns-spanned="2"') + covered,
        cell("10:00", 'table:number-rows-spanned="2"') + cell("1. A"),
        covered + cell("2. B"),
        '<table:table-cell table:number-columns-repeated="1000000000"/>',
    ]
    body = "<table:table>" + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows) + "</table:table>"

    assert _lines(body) == ["Day 1", "10:00\t1. A", "\t2. B"]


def test_what_was_deleted_noted_or_hidden_is_left_out():
    hidden = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>" + _p("gone") + "</text:deletion></text:changed-region>"
        "</text:tracked-changes>"
        + _p('A<text:note><text:note-body><text:p>note</text:p></text:note-body></text:note>'
             '<text:s text:c="2"/>B<text:tab/>C<text:line-break/>D<text:span text:style-name="H">secret</text:span>')
        + '<text:section text:display="none">' + _p("secret") + "</text:section>"
        + "<text:table-of-content><text:index-body>" + _p("1 A ... 2") + "</text:index-body></text:table-of-content>"
    )  # fmt: skip

    assert _lines(body, hidden) == ["A  B\tC", "D"]


def test_a_text_box_is_read_after_the_paragraph_that_holds_it():
    body = _p("Title<draw:frame><draw:text-box>" + _p("Room K") + "</draw:text-box></draw:frame>") + _p("Next")

    assert _lines(body) == ["Title", "Room K", "Next"]


def test_a_document_that_is_one_file_of_xml_is_read():
    flat = (
        f'<?xml version="1.0"?><office:document {ODT_SPACES} office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:body><office:text>{_p('Agenda')}</office:text></office:body></office:document>"
    )

    assert text_of(flat.encode()) == "Agenda"
