"""Tells what kind of document some bytes are, by what stands in them; the name of the file is never asked."""

import re
from enum import Enum, auto

from convenor.meetings.formats.errors import Unreadable, Why
from convenor.meetings.formats.zips import Package


class Kind(Enum):
    """Every kind that is read."""

    TEXT = auto()
    """Plain text, Markdown or HTML: told apart when it is decoded."""
    PDF = auto()
    DOCX = auto()
    ODT = auto()
    FLAT_ODT = auto()
    RTF = auto()


# First bytes of what people hand in by mistake, with the name they know it by.
_OTHERS = (
    (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"\x1f\x8b", "GZIP"), (b"BZh", "BZIP2"),
    (b"7z\xbc\xaf", "7Z"), (b"Rar!", "RAR"), (b"\xfd7zXZ", "XZ"), (b"II*\x00", "TIFF"), (b"MM\x00*", "TIFF"),
    (b"%!PS", "PostScript"), (b"RIFF", "RIFF"), (b"\x7fELF", "ELF"),
)  # fmt: skip
_OPEN = {
    "spreadsheet": "ODS", "presentation": "ODP", "graphics": "ODG", "formula": "ODF",
}  # fmt: skip
_PDF = re.compile(rb"\s{0,1024}%PDF-\d")
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_ZIP_EMPTY = b"PK\x05\x06"
_PACKED_AWAY = "EncryptedPackage".encode("utf-16-le")
_ODF_TEXT = re.compile(rb"application/vnd\.oasis\.opendocument\.text(?:-template)?\s*$")


def kind_of(data: bytes) -> tuple[Kind, Package | None]:
    """Return the kind, and the opened package where it is a packed one.

    Raises:
        Unreadable: it is a kind that is not read, or is damaged, encrypted or full of programs.
    """
    if _PDF.match(data):
        return Kind.PDF, None
    if data.startswith((_ZIP, _ZIP_EMPTY)):
        return _packed(data)
    if data.startswith(_OLE):
        raise Unreadable(*((Why.ENCRYPTED, {"kind": "DOCX"}) if _PACKED_AWAY in data else (Why.OLD_WORD, {})))
    if data.startswith(b"{\\rtf"):
        return Kind.RTF, None
    if other := next((name for start, name in _OTHERS if data.startswith(start)), None):
        raise Unreadable(Why.OTHER_KIND, {"kind": other})
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:5] == b"<?xml" and b"opendocument.text" in data[:4096]:
        return Kind.FLAT_ODT, None
    return Kind.TEXT, None


def _packed(data: bytes) -> tuple[Kind, Package]:
    package = Package(data)
    names = package.names
    if "[Content_Types].xml" in names:
        if any(name.casefold().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
            raise Unreadable(Why.MACROS, {"kind": "DOCM"})
        if not any(name.startswith("word/") for name in names):
            other = next((kind for start, kind in (("xl/", "XLSX"), ("ppt/", "PPTX")) if _any(names, start)), "ZIP")
            raise Unreadable(Why.OTHER_KIND, {"kind": other})
        return Kind.DOCX, package
    sort = package.part("mimetype") or b""
    if _ODF_TEXT.match(sort) or ("content.xml" in names and not sort):
        if _any(names, "Basic/") or _any(names, "Scripts/"):
            raise Unreadable(Why.MACROS, {"kind": "ODT"})
        return Kind.ODT, package
    said = sort[:100].decode("ascii", errors="replace")
    other = next((kind for word, kind in _OPEN.items() if f"opendocument.{word}" in said), "ZIP")
    raise Unreadable(Why.OTHER_KIND, {"kind": "EPUB" if "epub" in said else other})


def _any(names: frozenset[str], start: str) -> bool:
    return any(name.startswith(start) for name in names)
