"""What the page of an import shows: its rows by fate, one page at a time, and what is to be said of the whole file."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _

from convenor.cycle.rule_life import EVERY_FORMAT
from convenor.proposals.importing.checking import left_out
from convenor.proposals.importing.entries import asked_columns
from convenor.proposals.importing.fates import Fate
from convenor.proposals.importing.fields import FIELDS
from convenor.proposals.importing.models import Import, ImportRow
from convenor.proposals.importing.tables import FORMULAS
from convenor.proposals.importing.wording import FATE_NAMES, FATE_TONES, SAID, name_of, sentences
from convenor.proposals.models import Proposal
from convenor.shared.languages.lists import listed

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as the page shows it."""

    number: int
    title: str
    who: str
    fate: str
    fate_name: str
    tone: str
    changes: list[str]
    told: list[str]
    proposal: Proposal | None


@dataclass(frozen=True, slots=True)
class Tab:
    """The rows of one fate."""

    fate: str
    name: str
    count: int


def tabs(source: Import) -> list[Tab]:
    """Give the fates that rows have, with their numbers."""
    counted = [(fate, source.counts.get(fate.value, 0)) for fate in Fate]
    return [Tab(fate.value, str(FATE_NAMES[fate]), count) for fate, count in counted if count]


def rows_page(source: Import, fate: str, number: str | None) -> Page[ImportRow]:
    """Give a page of rows, of one fate or of all."""
    rows = source.rows.select_related("proposal").order_by("pk")
    rows = rows.filter(fate=fate) if fate in set(Fate) else rows
    return Paginator(rows, PER_PAGE).get_page(number)


def shown(source: Import, rows: Sequence[ImportRow]) -> list[Shown]:
    """Give rows as the page shows them."""
    places = {code: place for place, code in enumerate(source.columns) if code}
    return [_shown(row, places, source) for row in rows]


def _shown(row: ImportRow, places: dict[str, int], source: Import) -> Shown:
    def cell(code: str) -> str:
        place = places.get(code)
        return row.cells[place] if place is not None and place < len(row.cells) else ""

    if row.proposal is not None:
        row.proposal.cycle = source.cycle
    title = cell("title") or (row.proposal.title if row.proposal else "")
    return Shown(
        number=row.number,
        title=title[:200],
        who=(cell("proposer-name") or cell("proposer-email"))[:100],
        fate=row.fate,
        fate_name=str(FATE_NAMES.get(row.fate, "")),
        tone=FATE_TONES.get(row.fate, ""),
        changes=[name_of(code) for code in row.changes],
        told=sentences(row.told),
        proposal=row.proposal,
    )


def file_sentences(source: Import) -> list[str]:
    """Say what is to be said of the whole file: how it was read, and what the rules ask for that no column says."""
    said = sentences(source.notes)
    if source.columns and "title" not in source.columns:
        said.append(str(SAID["no-title-column"]))
    lacking = asked_for(source)
    if lacking:
        said.append(str(SAID["no-column"]) % {"fields": lacking})
    return said


def asked_for(source: Import) -> str:
    """Name the fields that every proposal must have and no column says."""
    there = asked_columns(source.columns)
    wanted = source.cycle.rules.required.get(EVERY_FORMAT, ())
    return listed(name_of(code) for code in wanted if code in FIELDS and code not in there)


def left_out_named(source: Import) -> list[str]:
    """Name the columns that nothing is taken from."""
    return [heading or _("(without a heading)") for heading in left_out(source)]


def refused_csv(source: Import) -> HttpResponse:
    """Give the refused rows as they were, with the reasons beside them, to be corrected and handed in again."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="refused-rows-{source.pk}.csv"'
    answer.write("\ufeff")  # so that spreadsheets read it as UTF-8
    lines = csv.writer(answer)
    lines.writerow([plain(cell) for cell in (*source.header, _("Why it was refused"))])
    lines.writerows(_refused(source))
    return answer


def _refused(source: Import) -> Iterator[list[Any]]:
    for row in source.rows.filter(fate=Fate.REFUSED).order_by("pk").iterator(chunk_size=500):
        yield [plain(str(cell)) for cell in (*row.cells, " ".join(sentences(row.told)))]


def plain(text: str) -> str:
    """Keep a spreadsheet from running what somebody typed."""
    return f"'{text}" if text.startswith(FORMULAS) else text
