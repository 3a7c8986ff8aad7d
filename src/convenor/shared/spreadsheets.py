"""Tables as CSV for spreadsheets: read as UTF-8 by all of them, and nothing in them is ever run."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

MARK = "\ufeff"  # so that spreadsheets read every script
# A cell that begins so would be run; and where a semicolon parts the columns, what follows one begins a cell too.
_RUNS = re.compile(r"(\A|[;\t\r\n])(?=[=+@\t\r-])")


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table, each cell as text."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([as_text(cell) for cell in row] for row in rows)
    return MARK + out.getvalue()


def as_text(cell: str) -> str:
    """Keep a spreadsheet from running what somebody typed."""
    return _RUNS.sub(r"\1'", cell)
