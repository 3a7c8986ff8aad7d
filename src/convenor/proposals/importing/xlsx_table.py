"""Spreadsheets (XLSX) as hostile input: no formula is computed, no link followed, nothing unpacked to disk. Pure."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from convenor.proposals.importing.tables import MOST_COLUMNS, MOST_ROWS, Note, Table, Unreadable, table_of

MOST_ENTRIES, MOST_UNPACKED = 2_000, 64_000_000
_EMPTY_LINES = 3_000  # between rows, at most
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
Lines = list[tuple[int, list[str]]]
_ENCRYPTED = 0x1
_OLE = b"\xd0\xcf\x11\xe0"  # XLS of before 2007, and XLSX with a password


def read_xlsx(data: bytes, names: frozenset[str]) -> Table:
    """Read the first sheet that is shown and has rows.

    Raises:
        Unreadable: it is no spreadsheet, damaged, locked, or unpacks to more than is allowed.
    """
    check_package(data)
    try:
        sheets = list(_sheets(data))
    except Exception as error:  # openpyxl raises whatever a damaged part makes of it
        raise Unreadable("broken-xlsx") from error
    title, lines = next((one for one in sheets if one[1]), ("", []))
    if not lines:
        raise Unreadable("no-rows")
    table = table_of("xlsx", lines, names)
    if len(sheets) > 1:
        table.notes[:0] = [Note("sheet", {"name": title[:100]})]
    return table


def _sheets(data: bytes) -> Iterator[tuple[str, Lines]]:
    """Yield the sheets that are shown; once one has rows, the others come without theirs."""
    import openpyxl  # noqa: PLC0415 - heavy: only the worker and the command line come here

    book: Any = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    has_rows = False
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            lines = [] if has_rows else list(_lines(sheet))
            has_rows = has_rows or bool(lines)
            yield str(sheet.title), lines


def check_package(data: bytes) -> None:
    """Refuse what is no spreadsheet, has too many parts, unpacks to too much, or declares entities.

    Raises:
        Unreadable: with the reason.
    """
    if data.startswith(_OLE):
        raise Unreadable("old-xls")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES or sum(one.file_size for one in entries) > MOST_UNPACKED:
                raise Unreadable("inflates", most=MOST_UNPACKED // 1_000_000)
            if any(one.flag_bits & _ENCRYPTED for one in entries):
                raise Unreadable("old-xls")
            if "xl/workbook.xml" not in archive.namelist():
                raise Unreadable("broken-xlsx")
            for one in entries:
                if one.filename.endswith((".xml", ".rels")):
                    _check_part(archive.read(one))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Unreadable("broken-xlsx") from error


def _check_part(part: bytes) -> None:
    if any(word in part for word in _DOCTYPES):
        raise Unreadable("entities")


def _lines(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Give numbered rows; what a sheet says of its own size is not believed."""
    sheet.reset_dimensions()
    last, most = 0, MOST_ROWS + _EMPTY_LINES
    for number, row in enumerate(sheet.iter_rows(max_row=most, max_col=MOST_COLUMNS + 1, values_only=True), start=1):
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            last = number
            yield number, cells
        elif number - last > _EMPTY_LINES:
            return


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - exact up to there
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    text = str(value)
    # A cell that could not be computed where it was written says nothing.
    return "" if re.fullmatch(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)", text) else text
