"""Small documents from which fuzzing begins, and the words of each format that it puts into them."""
# ruff: noqa: E501 - a document is easier to read in one line than in pieces

import io
import zipfile

from tests.meetings.formats.wordfiles import ODT_SPACES, W, docx, item, numbering, odt, p, page, shown

AGENDA = (
    "Draft Agenda of the Committee\nDay 1: 12 June 2017 - Open Consultations\nTime\tAgenda Item\n10:00 - 10:50\t1. Welcome\n"
    "\t2. Adoption of the agenda\n10:50 - 13:00 (continued below)\n  a) Report\n  b) Other\n13:00 - 15:00 Lunch\n"
)
_TABLE = (
    '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("Day 1") + "</w:tc></w:tr>"
    '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p("10:00")
    + "</w:tc><w:tc>" + item("A") + item("B", 1) + "</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc>"
    + p("C") + "<w:tbl><w:tr><w:tc>" + p("in") + "</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>"
)  # fmt: skip
_RUNS = (
    '<w:p><w:pPr><w:pStyle w:val="H"/><w:ind w:left="720" w:hanging="360"/><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>A</w:t><w:tab/>'
    '<w:br/><w:sym w:char="F0B7" w:font="Symbol"/><w:fldChar w:fldCharType="begin"/></w:r><w:ins><w:r><w:instrText>x</w:instrText>'
    '<w:fldChar w:fldCharType="separate"/><w:t>1</w:t><w:fldChar w:fldCharType="end"/></w:r></w:ins><w:del><w:r><w:delText>d</w:delText>'
    '</w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>h</w:t></w:r><w:hyperlink r:id="r"><w:r><w:t>link</w:t></w:r></w:hyperlink>'
    "<w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice><w:drawing><w:txbxContent>" + p("box") + "</w:txbxContent></w:drawing>"
    "</mc:Choice></mc:AlternateContent></w:r></w:p>"
)  # fmt: skip
_STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style><w:style '
    'w:styleId="H"><w:name w:val="heading 2"/><w:basedOn w:val="N"/><w:pPr><w:outlineLvl w:val="1"/><w:numPr><w:numId w:val="2"/>'
    "</w:numPr></w:pPr></w:style></w:styles>"
)
_LISTS = (
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride '
    'w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num>'
)
_ODT_STYLES = (
    '<style:style style:name="P" style:parent-style-name="Title"><style:paragraph-properties fo:margin-left="1cm" '
    'fo:text-indent="-5mm"/><style:text-properties text:display="true"/></style:style><text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="I" style:num-prefix="(" style:num-suffix=")" text:start-value="2"/>'
    '<text:list-level-style-bullet text:level="2" text:bullet-char="-"/></text:list-style>'
)
_ODT_BODY = (
    '<text:h text:outline-level="2">Agenda</text:h><text:p text:style-name="P">A<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d'
    "<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame></text:p>"
    '<text:list text:style-name="L" xml:id="l"><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>two</text:p>'
    '</text:list-item></text:list></text:list-item></text:list><text:list text:continue-list="l"><text:list-item '
    'text:start-value="4"><text:p>x</text:p></text:list-item></text:list><table:table><table:table-header-rows><table:table-row>'
    '<table:table-cell table:number-columns-repeated="2"><text:p>Time</text:p></table:table-cell></table:table-row>'
    '</table:table-header-rows><table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>10:00</text:p>'
    "</table:table-cell><table:covered-table-cell/></table:table-row></table:table>"
)
_HTML = (
    "<!DOCTYPE html><html><head><title>x</title></head><body><h1>Agenda</h1><nav>menu</nav><table><tr><th colspan=2>Day 1<tr>"
    '<td rowspan="2">10:00<td><p>1. A<br>B</p><ol type="a" start="2"><li value=3>C</ol><tr><td>D</table><ul><li>E<ul><li>F</ul>'
    "</ul><div style='margin-left:1cm;text-indent:2em'>&amp; G &#8211;</div><pre>1\n 2</pre><p hidden>h</p><!-- c --><script>s"
    "</script><footer>f</footer></body></html>"
)
_RTF = (
    r"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}{\*\generator x;}{\info{\title t}}\pard\li720\fi-360"
    r"{\listtext 1.\tab}S\'e9ance \u8211 ?x\par\f1\'cf\f0\par\trowd\pard\intbl 10:00\cell A\par B\cell\row\pard{\field{\*\fldinst "
    r"y}{\fldrslt z}}{\v h}\line\emdash\outlinelevel1 T\par}"
)
_RULES = b"0.5 w 50 600 m 500 600 l S 50 560 m 500 560 l S 50 520 m 500 520 l S 50 520 m 50 600 l S 150 520 m 150 600 l S 500 520 m 500 600 l S\n"
_PDF_WORDS = shown(
    (60, 800, "Draft Agenda"), (60, 580, "10:00 - 10:50"), (160, 580, "1. Welcome of the"), (160, 568, "chair"),
    (60, 540, "11:00"), (160, 540, "2. Report"), (60, 480, "12:00"), (200, 480, "Lunch"), (60, 466, "13:00"), (200, 466, "3. X"),
    (60, 400, "a line of gover-"), (60, 388, "nance that goes on"), (290, 20, "Page 1 of 1"),
)  # fmt: skip
_TYPE0 = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 7 0 R /DescendantFonts [8 0 R] >>"
)
_CMAP = b"<< /Length 96 >>\nstream\nbegincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <00> <ff> <0041> endbfrange endcmap\nendstream"
_CID = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (A) /Ordering (I) /Supplement 0 >> /W [0 9 500] >>"
_TAGGED = b"/Artifact << /Type /Pagination >> BDC BT /F1 9 Tf 9 9 Td (x) Tj ET EMC q 1 0 0 1 5 5 cm 60 90 200 30 re f Q BT /F2 9 Tf 90 90 Td <0001> Tj [(a) -300 (b)] TJ ET"


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a packed file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def seeds(form: str) -> list[bytes]:
    """Return the documents that fuzzing of a format begins with."""
    parts = {**numbering("decimal %1.", "lowerLetter %1.%2)", "bullet -", lists=_LISTS), "word/styles.xml": _STYLES}
    outline = f'<office:document-styles {ODT_SPACES}><office:styles><text:outline-style><text:outline-level-style text:level="2" style:num-format="1"/></text:outline-style></office:styles></office:document-styles>'
    found = {
        "text": [AGENDA.encode(), "Первый день\n10:00 Открытие".encode("cp1251"), AGENDA.encode("utf-16"), "â€™ Ã© Ã¨".encode()],
        "html": [_HTML.encode(), b"<p>a</p><p>b</p><p>c</p>\n10:00 x"],
        "docx": [docx(_TABLE, parts), docx(_RUNS + item("x"), parts)],
        "odt": [odt(_ODT_BODY, _ODT_STYLES, {"styles.xml": outline})],
        "rtf": [_RTF.encode()],
        "pdf": [page(_RULES + _PDF_WORDS), page(_TAGGED + b"\n" + _PDF_WORDS, b"", _TYPE0, _CMAP, _CID).replace(b"/F1 5 0 R", b"/F1 5 0 R /F2 6 0 R")],
    }  # fmt: skip
    return found[form]


WORDS: dict[str, list[bytes]] = {
    "text": [b"10:00 - 11:00 ", b"\t", b"|", b"\n", b"1. ", b"a) ", b"&amp;", b"<br>", "“".encode(), b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"\xe2\x80", b"\xd0"],
    "html": [b"<table>", b"<tr>", b"<td colspan=9>", b"</td>", b"</table>", b"<ol type=I>", b"<li>", b"</ol>", b"<!--", b"-->", b"<pre>", b"<script>", b"&#0;", b"&lt;", b"<br>", b"<p hidden>", b"<!DOCTYPE [", b"<?", b"<![CDATA["],
    "docx": [b"<w:p>", b"</w:p>", b"<w:tbl>", b"</w:tbl>", b"<w:tr>", b"</w:tr>", b"<w:tc>", b"</w:tc>", b"<w:vMerge/>", b"<w:r>", b"<w:t>x</w:t>", b"<w:sdt>", b"999999999", b"-1", b"&#65;", b"<![CDATA[", b"]]>", b"%9"],
    "odt": [b"<text:p>", b"</text:p>", b"<text:list>", b"</text:list>", b"<text:list-item>", b"</text:list-item>", b"<table:table>", b"<table:table-row>", b"<text:s/>", b"<text:tab/>", b"999999999", b"-1", b"<text:h>"],
    "rtf": [b"{", b"}", b"\\par ", b"\\cell ", b"\\row ", b"\\intbl ", b"\\pard ", b"\\u-1 ", b"\\uc0 ", b"\\'", b"\\*", b"\\f9 ", b"\\bin9 ", b"\\v "],
    "pdf": [b"BT ", b" ET ", b"q ", b" Q ", b" cm ", b" re f ", b" l S ", b"0 0 m ", b"[", b"]", b"<<", b">>", b"(", b")", b"/", b" R ", b"obj", b"endobj", b"stream", b"endstream", b" Tf ", b" Tm ", b" Tj ", b"-9999999999", b"0.0000001", b"/Filter /FlateDecode", b"/Rotate 90", b" Do ", b" BDC ", b" EMC "],
}  # fmt: skip
