"""The worker's part: read a file, take its rows over. Loads heavy libraries: no page may import it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from convenor.proposals.importing.actions import check_size
from convenor.proposals.importing.checking import Prepared, check, prepare, store
from convenor.proposals.importing.csv_table import read_csv
from convenor.proposals.importing.guessing import guess_columns
from convenor.proposals.importing.known import shelf_of
from convenor.proposals.importing.models import Import, ImportMemory, ImportRow, ImportState
from convenor.proposals.importing.pretalx import read_pretalx
from convenor.proposals.importing.tables import Note, Table, Unreadable
from convenor.proposals.importing.vocabulary import vocabulary
from convenor.proposals.importing.wording import is_template, known_headings, sentence
from convenor.proposals.importing.writing import write as write_rows
from convenor.proposals.importing.xlsx_table import read_xlsx
from convenor.shared.errors import Refused
from convenor.shared.jobs import Report, effects

_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def table_from(data: bytes, beside: bytes = b"") -> Table:
    """Read a file by its content, whatever it is called.

    Raises:
        Unreadable: it is no table.
    """
    names = frozenset(known_headings())
    if data.startswith(_PACKED):
        return read_xlsx(data, names)
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start in (b"[", b"{"):
        return read_pretalx(data, beside)
    return read_csv(data, names)


def read(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Read a file that was handed in and say what would become of its rows.

    Raises:
        Refused: it cannot be read; the import keeps why.
    """
    source = Import.objects.select_related("cycle__forum", "cycle__rule_set").filter(pk=values["import"]).first()
    if source is None or source.state != ImportState.READING:
        raise Refused(_("Nothing was read: the file is gone, or was read before. Hand it in once more."))
    report(None, _("The file is being read."))
    try:
        table = table_from(bytes(source.data), bytes(source.beside))
    except Unreadable as refusal:
        _refuse(source, refusal.note)
        raise Refused(_not_read(source, refusal.note)) from refusal
    report(0.5, _("The rows are being compared with what is here."))
    return effects.keep(lambda: _keep(source, table))


def _not_read(source: Import, note: Note) -> str:
    return _("“%(name)s” was not read: %(why)s") % {"name": source.file_name, "why": sentence(note)}


def _refuse(source: Import, note: Note) -> None:
    source.state, source.notes, source.data, source.beside = ImportState.REFUSED, [note.stored()], b"", b""
    source.save(update_fields=["state", "notes", "data", "beside"])


@transaction.atomic
def _keep(source: Import, table: Table) -> str:
    """Store the rows, guess what the columns say, and give every row its fate."""
    memory = ImportMemory.objects.filter(forum=source.cycle.forum).first()
    known = memory.columns if memory else {}
    source.kind, source.header = table.kind, list(table.header)
    source.is_template = table.fields is None and is_template(table.header)
    source.columns = list(guess_columns(table, vocabulary(source.cycle.rules), known, known_headings()))
    source.otherwise = memory.otherwise if memory else {}
    source.notes = [note.stored() for note in table.notes]
    source.state, source.data, source.beside = ImportState.LOOKED_AT, b"", b""
    source.save()
    rows = (ImportRow(source=source, number=number, cells=cells) for number, cells in table.rows)
    ImportRow.objects.bulk_create(rows, batch_size=500)
    checked = check(prepare(source), shelf_of(source.cycle))
    store(source, checked)
    source.save(update_fields=["counts", "mark"])
    return read_sentence(source)


def read_sentence(source: Import) -> str:
    """Say in one sentence what would become of the rows."""
    return _(
        "“%(name)s” was read. New: %(new)s; changed: %(updated)s; as they are: %(unchanged)s; rows refused: "
        "%(refused)s. Nothing is taken over yet."
    ) % {"name": source.file_name, **source.counts}


def write(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Take the rows over that somebody confirmed.

    Raises:
        Refused: it was not confirmed, or is done.
    """
    source = (
        Import.objects.select_related("cycle__forum", "cycle__rule_set", "confirmed_by")
        .filter(pk=values["import"])
        .first()
    )
    if source is None or source.state != ImportState.WRITING:
        raise Refused(_("Nothing was taken over: the file is gone, or was taken over before."))
    ready = prepare(source, lambda share: report(share / 2, _("The rows are being read.")))
    report(0.5, _("The rows are being taken over, all of them or none."))
    return effects.keep(lambda: _write(source, ready, at=at))


def _write(source: Import, ready: Prepared, *, at: datetime) -> str:
    counts = write_rows(source, ready, by=source.confirmed_by, at=at)
    return done_sentence(source.file_name, counts)


def done_sentence(name: str, counts: Mapping[str, int]) -> str:
    """Say in one sentence what became of the rows."""
    return _(
        "“%(name)s” was taken over. New: %(new)s; changed: %(updated)s; as they were: %(unchanged)s; rows refused: "
        "%(refused)s."
    ) % {"name": name, **counts}


def read_now(source: Import) -> Import:
    """Read a file at once, as the command line does.

    Raises:
        Refused: it is too large or cannot be read.
    """
    check_size(len(source.data) + len(source.beside), source.file_name)
    try:
        table = table_from(bytes(source.data), bytes(source.beside))
    except Unreadable as refusal:
        raise Refused(_not_read(source, refusal.note)) from refusal
    _keep(source, table)
    return source
