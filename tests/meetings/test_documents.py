"""From bytes to text, and from what the reader refuses to a sentence that says what to do."""

import pytest

from convenor.meetings.documents import LIMIT_BYTES, check_size, text_of, understood
from convenor.meetings.reader import Why
from convenor.meetings.sentences import REFUSALS
from convenor.shared.errors import Refused
from tests.meetings.formats.wordfiles import docx, item, numbering, odt, packed, page, shown


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("10:00 – Ouverture\nقبول\n".encode("utf-16"), "10:00 – Ouverture\nقبول\n"),
        ("10:00 – Séance “plénière”".encode("cp1252"), "10:00 – Séance “plénière”"),
        (docx(item("Opening"), numbering("decimal %1.")), "  1. Opening"),
        (odt("<text:h>Opening</text:h>"), "# Opening"),
        (b"<!DOCTYPE html><h1>Opening", "# Opening"),
        (rb"{\rtf1 Opening\par}", "Opening"),
        (page(shown((60, 700, "1. Opening"))), "1. Opening"),
    ],
    ids=["UTF-16", "Windows-1252", "DOCX", "ODT", "HTML", "RTF", "PDF"],
)
def test_every_kind_of_document_becomes_text(data: bytes, text: str):
    assert text_of(data) == text


def test_every_reason_has_a_sentence():
    assert set(REFUSALS) == set(Why)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7 ...", "The file looks like PDF, but it is damaged or cut off."),
        (b"PK\x03\x04rest", "The file looks like ZIP, but it is damaged or cut off."),
        (b"\x89PNG\r\n\x1a\n", "The file is PNG, and no agenda can be read from it."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "The file has the format of Word before 2007."),
        (
            packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
            "The file is ODS, and no agenda can be",
        ),
        (docx("", {"word/vbaProject.bin": b""}), r"The file carries macros \(DOCM\)"),
        (page(b""), r"The document has no text; its pages are pictures \(1\)\. Have the text recognised"),
        (bytes(range(256)) * 8, "Line 1 holds signs that are no text."),
        (b" \n\t\n", "The document is empty."),
        (b"a" * (LIMIT_BYTES + 1000), "The document has 10001 kB, and 10000 kB are allowed"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data: bytes, sentence: str):
    with pytest.raises(Refused, match=sentence):
        text_of(data)


def test_a_file_is_refused_by_its_size_before_it_is_read():
    check_size(LIMIT_BYTES)
    with pytest.raises(Refused, match="The document has 10001 kB"):
        check_size(LIMIT_BYTES + 1000)


def test_a_line_of_100_kilobytes_is_refused_with_its_number():
    with pytest.raises(Refused, match=r"^Line 2 has 100000 characters, and "):
        understood("10:00 Opening\n" + "x" * 100_000)
