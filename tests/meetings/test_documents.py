"""From bytes to text: encodings found, everything else refused with a sentence."""

import pytest

from convenor.meetings.documents import LIMIT_BYTES, text_of, understood
from convenor.shared.errors import Refused

TEXT = "10:00 – Ouverture\nقبول جدول الأعمال\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_found_by_its_mark_or_its_bytes(encoding: str):
    text = "10:00 – Ouverture, été\n" * 3

    assert text_of(text.encode(encoding)) == text


def test_arabic_in_utf_8_and_marked_utf_16_is_read():
    assert text_of(TEXT.encode()) == TEXT
    assert text_of(TEXT.encode("utf-16")) == TEXT


def test_what_is_not_utf_8_is_read_as_windows_1252():
    assert text_of("10:00 – Séance “plénière”".encode("cp1252")) == "10:00 – Séance “plénière”"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00", "ELF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
    ],
)
def test_a_known_format_is_named_in_the_refusal(data: bytes, name: str):
    with pytest.raises(Refused, match=f"The file is {name}, and no agenda can be read from it"):
        text_of(data)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 8,
        b"abc\x00\x00\x00def",
        b"\xff\xfe\x00",
        b"\xff\xfea\x00\x00\x00",
    ],
)
def test_other_binary_is_refused(data: bytes):
    with pytest.raises(Refused, match=r"signs that are no text|The document is empty"):
        text_of(data)


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_document_is_refused(data: bytes):
    with pytest.raises(Refused, match="The document is empty"):
        text_of(data)


def test_the_limit_is_ten_megabytes():
    assert text_of(b"a" * LIMIT_BYTES) == "a" * LIMIT_BYTES
    with pytest.raises(Refused, match="The document has 10001 kB, and 10000 kB are allowed"):
        text_of(b"a" * (LIMIT_BYTES + 1000))


def test_a_line_of_100_kilobytes_is_refused_with_its_number():
    with pytest.raises(Refused, match=r"^Line 2 has 100000 characters, and "):
        understood("10:00 Opening\n" + "x" * 100_000)
