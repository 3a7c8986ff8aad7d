"""Documents made to do harm, each with the refusal it deserves, or None where it is read without harm.

Where it depends on the machine whether a document is read in time, both outcomes are given.
"""
# ruff: noqa: E501 - a document is easier to read in one line than in pieces

import io
import zipfile
import zlib
from collections.abc import Iterator

from convenor.meetings.formats.errors import Why
from tests.meetings.formats.wordfiles import (
    ODT_TYPE,
    RELATIONS,
    TYPES,
    W,
    docx,
    item,
    numbering,
    odt,
    p,
    packed,
    page,
    pdf,
    shown,
    stream,
)

Outcome = Why | None
Case = tuple[str, bytes, Outcome | tuple[Outcome, ...]]
LAUGHS = "<!DOCTYPE d [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + at)} '{f'&{chr(97 + at)};' * 10}'>" for at in range(9)
) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
MEGABYTE = 1_000_000


def texts() -> Iterator[Case]:
    """Yield plain texts."""
    yield "a million lines", b"a\n" * MEGABYTE, Why.TOO_LONG
    yield "ten thousand lines", b"1. a\n" * 10_000, Why.TOO_MANY_LINES
    yield "a line of 10,001 characters", b"1. Opening\n" + b"x" * 10_001, Why.LINE_TOO_LONG
    yield "ten megabytes of one letter", b"a" * (10 * MEGABYTE), Why.TOO_LONG
    yield "binary", bytes(range(256)) * 4_000, Why.NOT_TEXT
    yield "zero bytes", bytes(MEGABYTE), Why.NOT_TEXT
    yield "half a letter of UTF-16", b"\xff\xfea", Why.NOT_TEXT
    yield "broken UTF-16", b"\xff\xfe\x00\xd8" * 1_000, Why.NOT_TEXT
    yield "mojibake without end", "â€".encode() * 60_000, Why.LINE_TOO_LONG
    yield "turning marks", "\u202e\u2066".encode() * 5_000, None


def pages() -> Iterator[Case]:
    """Yield hypertext."""
    start = b"<!doctype html><body>"
    yield "entities of its own", f"{LAUGHS}<html><p>&j;".replace("DOCTYPE d", "DOCTYPE html").encode(), Why.UNSAFE
    yield "an entity from outside", OUTSIDE.replace("DOCTYPE d", "DOCTYPE html").encode() + b"<html>&x;", Why.UNSAFE
    yield "a million signs that open", start + b"<" * MEGABYTE, Why.TOO_COMPLEX
    yield "tags that never end", start + b"<a " * 140_000, Why.EMPTY
    yield "quotes that never end", start + b'<a b="' * 140_000 + b">", Why.EMPTY
    yield "comments that never end", start + b"x<!--" * 140_000, None
    yield "tables in tables", start + b"<table><tr><td>" * 40_000 + b"x", Why.TOO_COMPLEX
    yield "lists in lists", start + b"<ol><li>" * 70_000 + b"x", None
    yield "cells that span everything", start + b"<table><tr><td colspan=99999999 rowspan=99999999>x<tr><td>y", None
    yield "a number beyond all", start + b"<ol start=99999999999><li value=888888888888>x", None
    yield "scripts that never end", start + b"<script>" * 100_000, Why.EMPTY
    yield "attributes without end", start + b"<td " + b"a=1 " * 200_000 + b">x", None
    yield "closing marks without opening", start + b"</td></table></ol>" * 40_000 + b"x", None
    yield "characters by number", start + b"&#0;&#1114112;&#xd800;&#99999999999;" * 1_000, Why.NOT_TEXT


def zips() -> Iterator[Case]:
    """Yield packed files, whatever they say they are."""
    whole = docx(p("Opening"))
    yield "cut off", whole[: len(whole) // 2], Why.BROKEN
    yield "only a beginning", b"PK\x03\x04", Why.BROKEN
    yield "a part that unpacks to 200 MB", docx(b" " * (200 * MEGABYTE)), Why.INFLATES
    yield "nested", docx(packed({"a": bytes(50 * MEGABYTE)})), Why.BROKEN
    many = packed({f"{number}": b"" for number in range(20_000)})
    yield "20,000 parts", many, Why.TOO_COMPLEX
    yield "a list of parts that lies", whole.replace(b"PK\x01\x02", b"PK\x01\x02" * 1), None
    yield "a checksum that lies", _with_wrong_checksum(), Why.BROKEN
    yield "a password", _with_password(whole), Why.ENCRYPTED
    lzma = packed({"[Content_Types].xml": TYPES, "word/document.xml": "<x/>"}, method=zipfile.ZIP_LZMA)
    yield "another way of packing", lzma, Why.BROKEN
    tricks = {
        "../../etc/passwd": "x",
        "/etc/passwd": "x",
        "C:\\x": "x",
        "word/../../x": "x",
        "word/document.xml/..": "x",
    }
    yield "names that climb", docx(p("Opening"), tricks), None
    climbing = RELATIONS.replace("word/document.xml", "../../../../etc/passwd")
    yield "a main part outside", docx(p("Opening"), {"_rels/.rels": climbing}), None
    yield "twice the same part", _twice(), None


def _with_wrong_checksum() -> bytes:
    data = bytearray(
        packed(
            {"[Content_Types].xml": TYPES, "word/document.xml": "<x>" + "a" * 99 + "</x>"}, method=zipfile.ZIP_STORED
        )
    )
    data[data.index(b"a" * 50)] = ord("b")
    return bytes(data)


def _with_password(data: bytes) -> bytes:
    """Set the mark of encryption on every part."""
    found = bytearray(data)
    for sign, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = found.find(sign)
        while at >= 0:
            found[at + place] |= 1
            at = found.find(sign, at + 4)
    return bytes(found)


def _twice() -> bytes:
    out = io.BytesIO(docx(p("Opening")))
    with zipfile.ZipFile(out, "a") as archive:
        archive.fp.seek(0, io.SEEK_END)  # type: ignore[union-attr]  # open
        info = zipfile.ZipInfo("word/document.xml")
        archive.NameToInfo.pop("word/document.xml", None)
        archive.writestr(info, f'<w:document xmlns:w="{W}"><w:body>{p("Closing")}</w:body></w:document>')
    return out.getvalue()


def words() -> Iterator[Case]:
    """Yield DOCX."""
    yield "an entity from outside", docx(p("&x;"), head=OUTSIDE), Why.UNSAFE
    yield "a billion laughs", docx(p("&j;"), head=LAUGHS), Why.UNSAFE
    wide = f'{LAUGHS}<w:document xmlns:w="{W}"><w:body>{p("&j;")}</w:body></w:document>'
    yield "laughs in UTF-16", docx(wide.encode("utf-16")), Why.UNSAFE
    seven = b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE x+AD4-<x/>'
    yield "laughs in UTF-7", docx(seven), Why.BROKEN
    yield "laughs in the numbering", docx(item("A"), {"word/numbering.xml": f"{LAUGHS}<a>&j;</a>"}), Why.UNSAFE
    yield "300,000 elements", docx("<w:p/>" * 300_000), Why.TOO_COMPLEX
    yield "a million elements", docx("<w:p/>" * MEGABYTE), Why.TOO_COMPLEX
    yield "300,000 attributes", docx("<w:p " + " ".join(f'a{at}="1"' for at in range(300_000)) + "/>"), Why.EMPTY
    yield "elements within elements", docx("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000), Why.TOO_COMPLEX
    yield (
        "tables within tables",
        docx("<w:tbl><w:tr><w:tc>" * 30_000 + "</w:tc></w:tr></w:tbl>" * 30_000),
        Why.TOO_COMPLEX,
    )
    yield "runs within runs", docx("<w:p>" + "<w:ins>" * 90_000 + "</w:ins>" * 90_000 + "</w:p>"), Why.TOO_COMPLEX
    yield "more text than an agenda has", docx(p("Opening " * 60_000)), Why.TOO_LONG
    yield "a long line", docx(p("Opening " * 2_000)), Why.LINE_TOO_LONG
    span = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    yield "cells that span everything", docx(span + p("x")), None
    loop = f'<w:styles xmlns:w="{W}"><w:style w:styleId="A"><w:basedOn w:val="A"/></w:style></w:styles>'
    yield "a style based on itself", docx(p("x", '<w:pStyle w:val="A"/>'), {"word/styles.xml": loop}), None
    link = numbering("decimal %1.")
    link["word/numbering.xml"] = str(link["word/numbering.xml"]).replace(
        "<w:lvl ", '<w:styleLink w:val="s"/><w:numStyleLink w:val="s"/><w:lvl ', 1
    )
    yield "a list linked to itself", docx(item("x"), link), None
    start = str(numbering("upperRoman %1.")["word/numbering.xml"]).replace('start w:val="1"', 'start w:val="999999999"')
    yield "a number beyond all", docx(item("x"), {"word/numbering.xml": start}), None
    relation = '<Relationships><Relationship Id="r9" Type="x/attachedTemplate" Target="http://127.0.0.1:9/x" TargetMode="External"/></Relationships>'
    yield "a template from outside", docx(p("x"), {"word/_rels/document.xml.rels": relation}), None
    yield "no body", docx(b"<x/>"), Why.BROKEN
    yield "no XML", docx(b"\x00\x01\x02"), Why.BROKEN
    yield (
        "fields that never end",
        docx('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * 5_000 + p("x")),
        Why.EMPTY,
    )
    yield "macros", docx(p("x"), {"word/vbaProject.bin": b"\xd0\xcf"}), Why.MACROS


def opens() -> Iterator[Case]:
    """Yield ODT."""
    line = "<text:p>x</text:p>"
    yield "an entity from outside", odt("<text:p>&x;</text:p>", head=OUTSIDE), Why.UNSAFE
    yield "a billion laughs", odt("<text:p>&j;</text:p>", head=LAUGHS), Why.UNSAFE
    grid = '<table:table><table:table-row table:number-rows-repeated="999999999"><table:table-cell table:number-columns-repeated="999999999">{}</table:table-cell></table:table-row></table:table>'
    yield "cells repeated without end", odt(grid.format(line)), None
    yield (
        "lists within lists",
        odt("<text:list><text:list-item>" * 40_000 + "</text:list-item></text:list>" * 40_000),
        Why.TOO_COMPLEX,
    )
    yield (
        "spans within spans",
        odt("<text:p>" + "<text:span>" * 90_000 + "</text:span>" * 90_000 + "</text:p>"),
        Why.TOO_COMPLEX,
    )
    yield "spaces without end", odt('<text:p>x<text:s text:c="999999999"/>y</text:p>' * 90), None
    loop = '<style:style style:name="A" style:parent-style-name="A"/>'
    yield "a style based on itself", odt('<text:p text:style-name="A">x</text:p>', loop), None
    manifest = "<manifest:manifest xmlns:manifest='m'><manifest:encryption-data/></manifest:manifest>"
    yield "a password", odt(line, "", {"META-INF/manifest.xml": manifest}), Why.ENCRYPTED
    tart = {"mimetype": ODT_TYPE, "content.xml": "<a><body><tart/></body></a>"}
    yield "no text", packed(tart), Why.BROKEN
    flat = (
        b'<?xml version="1.0"?>'
        + LAUGHS.encode()
        + b"<office:document office:mimetype='application/vnd.oasis.opendocument.text'>&j;</office:document>"
    )
    yield "laughs in a flat file", flat, Why.UNSAFE


def riches() -> Iterator[Case]:
    """Yield RTF."""
    yield "groups within groups", b"{\\rtf1 " + b"{" * MEGABYTE, Why.TOO_COMPLEX
    yield "a million words", b"{\\rtf1 " + b"\\b" * MEGABYTE, Why.TOO_COMPLEX
    yield "groups that never end", b"{\\rtf1 x" + b"{\\b " * 100, None
    yield "numbers beyond all", b"{\\rtf1\\uc9999999999\\u-99999999 \\li999999999\\fi-9999999999 x\\par}", None
    yield "unknown encodings", b"{\\rtf1\\ansicpg99999\\f9999\\'ff x\\par}", None
    yield "half a pair", b"{\\rtf1\\u-10179 \\par x}", None
    yield "half a code", b"{\\rtf1 \\'", Why.EMPTY


def prints() -> Iterator[Case]:
    """Yield PDF."""
    good = page(shown((60, 700, "1. Opening")))
    yield "cut off", good[: len(good) // 2], Why.BROKEN
    yield "only a beginning", b"%PDF-1.7\n", Why.BROKEN
    yield "noise", b"%PDF-1.7\n" + bytes(range(256)) * 2_000, Why.BROKEN
    yield "no pages", pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]), Why.NO_TEXT
    yield (
        "a tree of pages that bites its tail",
        pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"]),
        Why.NO_TEXT,
    )
    kids = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + b"3 0 R " * 5_000 + b"] /Count 5000 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ]
    yield "one page 5,000 times", pdf(kids), Why.NO_TEXT
    leaves = b" ".join(b"%d 0 R" % number for number in range(3, 403))
    yield (
        "400 pages",
        pdf([kids[0], b"<< /Type /Pages /Count 400 /Kids [" + leaves + b"] >>", *([kids[2]] * 400)]),
        Why.TOO_MANY_PAGES,
    )
    yield "deep lists", page(b"[" * 200_000), Why.NO_TEXT
    yield "deep lists in an object", pdf([kids[0], b"<< /Kids " + b"[" * 300_000]), Why.NO_TEXT
    yield (
        "a stream that unpacks to 400 MB",
        page(shown((60, 700, "x")), b"", stream(_deflated(400), b"/Filter /FlateDecode")).replace(
            b"/Contents 4 0 R", b"/Contents 6 0 R"
        ),
        Why.TOO_COMPLEX,
    )
    form = stream(
        b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    )
    yield "a form that draws itself", page(b"/X Do", b"", form, resources=b"/XObject << /X 6 0 R >>"), Why.NO_TEXT
    yield (
        "a table of places that points to itself",
        good.replace(b"trailer\n<< ", b"trailer\n<< /Prev %d " % good.index(b"xref")),
        Why.TOO_COMPLEX,
    )
    yield (
        "150,000 objects",
        pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", *([b"null"] * 150_000)]),
        (Why.TOO_COMPLEX, Why.NO_TEXT),
    )
    yield "a scale beyond all", good.replace(b"1 0 0 1 60 700 Tm", b"9e99 0 0 1 60 700 Tm"), (Why.NO_TEXT, None)
    yield "a page beyond all", good.replace(b"[0 0 595 842]", b"[0 0 9e99 9e99]"), None
    yield "a million operators", page(b"q Q " * 500_000), (Why.TOO_COMPLEX, None)
    yield (
        "a page of nothing but rules",
        page(b"0 0 m 9 0 l S " * 20_000 + shown((60, 700, "x"))),
        (Why.TOO_COMPLEX, None),
    )
    yield "half a million letters", page(b"BT /F1 1 Tf (" + b"a" * 500_000 + b") Tj ET"), Why.TOO_LONG
    yield "an object that is itself", good.replace(b"/Contents 4 0 R", b"/Contents 3 0 R"), Why.NO_TEXT
    yield "a length that is itself", good.replace(b"/Length ", b"/Length 4 0 R %", 1), Why.BROKEN
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 7 0 R /DescendantFonts [8 0 R] >>"
    ranges = stream(
        b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 99 beginbfrange\n"
        + b"<00000000> <ffffffff> <0041>\n" * 99
        + b"endbfrange endcmap"
    )
    inner = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (A) /Ordering (I) /Supplement 0 >> /W [0 999999999 500] >>"
    yield (
        "letters for every code there is",
        page(b"BT /F2 9 Tf <00410042> Tj ET", b"", font, ranges, inner, resources=b"").replace(
            b"/F1 5 0 R", b"/F1 5 0 R /F2 6 0 R"
        ),
        Why.TOO_COMPLEX,
    )
    objects = stream(b"7 0 << /X 6 0 R >>", b"/Type /ObjStm /N 999999999 /First 4 /Extends 6 0 R")
    yield "a stream of objects that lies", page(shown((60, 700, "x")), b"", objects), None


def _deflated(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    block = b" " * MEGABYTE
    return b"".join([*(packer.compress(block) for _ in range(megabytes)), packer.flush()])


FAMILIES = {
    "text": texts, "html": pages, "zip": zips, "docx": words, "odt": opens, "rtf": riches, "pdf": prints,
}  # fmt: skip
