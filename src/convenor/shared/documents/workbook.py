"""Typed tables as spreadsheets (XLSX), written row by row so that long ones need little memory."""

import io
import math
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import zip_longest
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-not-found]  # not in its stubs

from convenor.shared.documents import Column, Made, Sheet, Value, Workbook
from convenor.shared.documents.text import listed, tidied
from convenor.shared.documents.zipped import dated
from convenor.shared.errors import Refused

MOST_ROWS = 1_048_575  # of the format, less the header
MOST_LETTERS = 32_767  # of the format, in one cell
MOST_DIGITS = 10**15  # larger whole numbers lose their last digits in a spreadsheet
LONGEST_NAME = 31
LISTED_ROWS = 5_001  # rows whose cells offer a list, the header among them
COMMANDS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet may take for a formula
Written = Any  # sheets and cells of openpyxl in its write-only mode, which its stubs do not know
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def to_xlsx(workbook: Workbook) -> Made:
    """Write sheets with a fixed header row, a filter and typed cells; the same values give the same bytes.

    No text becomes a formula, an error or a number: words are stored as words, and a cell that begins with a sign of
    formulas says so to the spreadsheet.

    Raises:
        Refused: a sheet has more rows than the format holds.
    """
    writer = _Writer(workbook)
    for sheet in workbook.sheets:
        writer.write(sheet)
    writer.write_lists()
    out = io.BytesIO()
    writer.file.save(out)
    return Made(dated(out.getvalue(), workbook.at), listed(writer.lost), writer.cut)


class _Writer:
    """Writes sheets and counts what they cannot hold."""

    def __init__(self, workbook: Workbook) -> None:
        self.of, self.lost, self.cut = workbook, Counter[int](), 0
        book: Written = openpyxl.Workbook(write_only=True)  # its properties are unknown to the stubs
        self.file, self.names = book, set[str]()
        self.offering: list[tuple[Written, str, tuple[str, ...]]] = []
        about: Written = self.file.properties
        about.title, about.creator, about.subject = map(self.text, (workbook.title, workbook.author, workbook.subject))
        about.language, about.created = workbook.language, workbook.at.replace(tzinfo=None)

    def write(self, sheet: Sheet) -> None:
        """Write one sheet."""
        if len(sheet.rows) > MOST_ROWS:
            raise Refused(
                _("“%(title)s” was not made: it has %(rows)s rows, and a spreadsheet holds %(most)s.")
                % {"title": self.of.title, "rows": len(sheet.rows), "most": MOST_ROWS}
            )
        target = self.file.create_sheet(self.name(sheet.name))
        self.look(target, sheet)
        target.append(self.header(target, sheet.columns))
        for row in sheet.rows:
            target.append(list(self.cells(target, row, sheet.columns)))
        self.offering += [
            (target, get_column_letter(place), column.choices)
            for place, column in enumerate(sheet.columns, start=1)
            if column.choices
        ]

    def write_lists(self) -> None:
        """Write the choices of columns into a hidden sheet and let cells offer them: inline they are too long."""
        if not self.offering:
            return
        name = self.name("lists")
        hidden = self.file.create_sheet(name)
        hidden.sheet_state = "hidden"
        lists = [choices for _target, _letter, choices in self.offering]
        for row in zip_longest(*lists, fillvalue=""):
            hidden.append([self.words(hidden, word) if word else None for word in row])
        for place, (target, letter, choices) in enumerate(self.offering, start=1):
            column = get_column_letter(place)
            rule = DataValidation("list", f"'{name}'!${column}$1:${column}${len(choices)}", allow_blank=True)
            rule.add(f"{letter}2:{letter}{LISTED_ROWS}")
            target.data_validations.append(rule)

    def look(self, target: Written, sheet: Sheet) -> None:
        """Set what stands before the rows: widths, the fixed header, the filter, the printed page."""
        last = get_column_letter(len(sheet.columns))
        for place, column in enumerate(sheet.columns, start=1):
            target.column_dimensions[get_column_letter(place)].width = column.width
        target.freeze_panes = "A2"
        target.auto_filter.ref = f"A1:{last}{len(sheet.rows) + 1}"
        target.sheet_view.rightToLeft = self.of.direction == "rtl"
        target.page_setup.orientation = "landscape"
        target.page_setup.fitToHeight = 0
        target.sheet_properties.pageSetUpPr.fitToPage = True
        target.print_title_rows = "1:1"

    def header(self, target: Written, columns: tuple[Column, ...]) -> list[Written]:
        """Give the header's cells."""
        cells = [self.words(target, column.header) for column in columns]
        for cell in cells:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        return cells

    def cells(self, target: Written, row: tuple[Value, ...], columns: tuple[Column, ...]) -> Iterator[Written]:
        """Give a row's cells, by their types."""
        for value, column in zip(row, columns, strict=True):
            if value is None or (isinstance(value, float) and not math.isfinite(value)):
                yield None
            elif isinstance(value, str) or (isinstance(value, int) and abs(value) > MOST_DIGITS):
                yield self.words(target, str(value))
            else:
                plain: Any = value.replace(tzinfo=None) if isinstance(value, datetime) else value
                cell = WriteOnlyCell(target, plain)
                if column.format and isinstance(value, (int, float)):
                    cell.number_format = column.format
                yield cell

    def words(self, target: Written, text: str) -> Written:
        """Give a cell of words, whatever they look like."""
        text = self.text(text)
        if len(text) > MOST_LETTERS:
            self.cut += 1
            text = text[: MOST_LETTERS - 1] + "…"
        cell: Written = WriteOnlyCell(target, text)
        cell.data_type = "s"  # openpyxl takes “=1” for a formula and “#N/A” for an error
        if text.startswith(COMMANDS):
            cell.quotePrefix = True
        return cell

    def text(self, text: str) -> str:
        """Give words that the format can store."""
        return tidied(text, self.lost)

    def name(self, wanted: str) -> str:
        """Give a sheet's name as the format allows it, numbered where another sheet has it."""
        tidy = _NOT_IN_NAMES.sub(" ", self.text(wanted)).replace("\n", " ").strip(" '") or "1"
        name, number = tidy[:LONGEST_NAME], 2
        while name.casefold() in self.names:
            name, number = f"{tidy[: LONGEST_NAME - len(str(number)) - 1]} {number}", number + 1
        self.names.add(name.casefold())
        return name
