"""Documents of any kind → the text that the reader reads; every span of a reading refers to that text."""

from convenor.meetings.formats.errors import Unreadable, Why
from convenor.meetings.formats.html import flatten, is_hypertext
from convenor.meetings.formats.kinds import Kind, kind_of
from convenor.meetings.formats.plain import decoded
from convenor.meetings.formats.zips import Package

__all__ = ["MAX_BYTES", "text_of"]
MAX_BYTES = 10_000_000


def text_of(data: bytes) -> str:
    """Return the text of a document: plain text, Markdown, HTML, DOCX, ODT, RTF or PDF, told by its content.

    What is laid out comes as lines: a tab between the cells of a table, signs before headings, the numbers of
    automatic lists as they would be printed. Headers, footers and page numbers are left out.

    Raises:
        Unreadable: see `Why`.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(Why.TOO_LARGE, {"kilobytes": len(data) // 1000, "limit": MAX_BYTES // 1000})
    kind, package = kind_of(data)
    try:
        text = _text(kind, package, data)
    except RecursionError as error:  # parts within parts within parts
        raise Unreadable(Why.TOO_COMPLEX, {"kind": kind.name}) from error
    if not text.strip():
        raise Unreadable(Why.EMPTY, {})
    return text


def _text(kind: Kind, package: Package | None, data: bytes) -> str:
    # Each converter is loaded when it is needed: a web process that only reads text stays small.
    if kind is Kind.DOCX and package:
        from convenor.meetings.formats.docx import text_of_docx  # noqa: PLC0415 - see above

        return text_of_docx(package)
    if kind in (Kind.ODT, Kind.FLAT_ODT):
        from convenor.meetings.formats.odt import text_of_flat_odt, text_of_odt  # noqa: PLC0415 - see above

        return text_of_odt(package) if package else text_of_flat_odt(data)
    if kind is Kind.RTF:
        from convenor.meetings.formats.rtf import text_of_rtf  # noqa: PLC0415 - see above

        return text_of_rtf(data)
    if kind is Kind.PDF:
        from convenor.meetings.formats.pdf import text_of_pdf  # noqa: PLC0415 - see above

        return text_of_pdf(data)
    text = decoded(data)
    return flatten(text) if is_hypertext(text) else text
