"""What is no document is refused by its name, and a name never decides what a document is."""

import pytest

from convenor.meetings.formats import MAX_BYTES, text_of
from convenor.meetings.formats.errors import Unreadable, Why
from tests.meetings.formats.wordfiles import TYPES, docx, odt, p, packed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def _refusal(data: bytes) -> tuple[str, dict[str, int | str]]:
    with pytest.raises(Unreadable) as refusal:
        text_of(data)
    return refusal.value.code, refusal.value.values


@pytest.mark.parametrize(
    ("data", "code", "values"),
    [
        (b"", Why.EMPTY, {}),
        (b" \r\n\t", Why.EMPTY, {}),
        (b"\xef\xbb\xbf", Why.EMPTY, {}),
        (docx(p("")), Why.EMPTY, {}),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), Why.OTHER_KIND, {"kind": "PNG"}),
        (b"GIF89a" + bytes(50), Why.OTHER_KIND, {"kind": "GIF"}),
        (b"\xff\xd8\xff\xe0" + bytes(50), Why.OTHER_KIND, {"kind": "JPEG"}),
        (packed({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<x/>"}), Why.OTHER_KIND, {"kind": "XLSX"}),
        (packed({"[Content_Types].xml": TYPES, "ppt/presentation.xml": "<x/>"}), Why.OTHER_KIND, {"kind": "PPTX"}),
        (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), Why.OTHER_KIND, {"kind": "ODS"}),
        (packed({"mimetype": "application/epub+zip"}), Why.OTHER_KIND, {"kind": "EPUB"}),
        (packed({"agenda.txt": "10:00 Opening"}), Why.OTHER_KIND, {"kind": "ZIP"}),
        (packed({}), Why.OTHER_KIND, {"kind": "ZIP"}),
        (OLE, Why.OLD_WORD, {}),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Why.ENCRYPTED, {"kind": "DOCX"}),
        (docx(p("A"), {"word/vbaProject.bin": b"x"}), Why.MACROS, {"kind": "DOCM"}),
        (odt("<text:p>A</text:p>", "", {"Basic/Standard/Module1.xml": "x"}), Why.MACROS, {"kind": "ODT"}),
        (bytes(range(256)) * 8, Why.NOT_TEXT, {"line": 1}),
        (b"\x7fELF\x02\x01\x01\x00", Why.OTHER_KIND, {"kind": "ELF"}),
        (b"a\nb\x00\x00\x00", Why.NOT_TEXT, {"line": 2}),
        (bytes(MAX_BYTES + 1), Why.TOO_LARGE, {"kilobytes": 10_000, "limit": 10_000}),
    ],
)
def test_other_kinds_are_refused_by_their_name(data: bytes, code: Why, values: dict[str, int | str]):
    assert _refusal(data) == (code, values)
