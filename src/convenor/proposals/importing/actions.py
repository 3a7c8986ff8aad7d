"""What a secretariat does with a file of proposals: hand it in, say how it is read, take it over, leave it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.people.models import Person
from convenor.people.names import tidy_name
from convenor.people.plainwords import bare
from convenor.proposals.importing.checking import Checked, check, mark, prepare, store
from convenor.proposals.importing.fields import FIELDS, KINDS
from convenor.proposals.importing.known import shelf_of
from convenor.proposals.importing.models import Import, ImportMemory, ImportState
from convenor.proposals.importing.tables import MOST_BYTES
from convenor.proposals.importing.wording import name_of
from convenor.shared.errors import Refused
from convenor.shared.jobs import enqueue
from convenor.shared.jobs.models import Job

MOST_REMEMBERED = 3_000  # headings, and spellings of a kind
READ, WRITE = "convenor.proposals.importing.jobs.read", "convenor.proposals.importing.jobs.write"


def check_size(size: int, name: str) -> None:
    """Refuse a file that is too large or empty.

    Raises:
        Refused: with the size.
    """
    if size > MOST_BYTES:
        raise Refused(
            _("“%(name)s” was not read: it has %(size)s MB, at most %(most)s are taken. Save only the rows, as CSV.")
            % {"name": name, "size": round(size / 1_000_000, 1), "most": MOST_BYTES // 1_000_000}
        )
    if not size:
        raise Refused(_("“%(name)s” was not read: it is empty. Choose another file.") % {"name": name})


@transaction.atomic
def hand_in(cycle: Cycle, data: bytes, *, name: str, beside: bytes = b"", by: Person | None, at: datetime) -> Import:
    """Keep a file to be read; nothing of it is a proposal before somebody confirms.

    Raises:
        Refused: it is empty or too large.
    """
    check_size(len(data) + len(beside), name)
    return Import.objects.create(
        cycle=cycle,
        by=by,
        file_name=tidy_name(name)[:200] or "–",
        data=data,
        beside=beside,
        handed_in_at=at,
        state=ImportState.READING,
    )


def ask_to_read(source: Import, *, by: Person, at: datetime) -> Job:
    """Let the worker read a file."""
    back, scope = source.get_absolute_url(), source.cycle.scope
    return enqueue(READ, {"import": source.pk}, by=by, at=at, back=back, scope=scope)


@transaction.atomic
def set_reading(
    source: Import,
    *,
    columns: Sequence[str],
    codes: Mapping[str, Mapping[str, str]],
    otherwise: Mapping[str, str],
    as_drafts: bool,
) -> Checked:
    """Say how the columns and spellings of a file are meant; the forum's next file is read alike.

    Raises:
        Refused: it is not open any more, or a column says what another one says.
    """
    source = _locked(source)
    _check_columns(source, columns)
    source.columns, source.as_drafts = list(columns), as_drafts
    source.otherwise = dict(otherwise)
    source.codes = {kind: {**source.codes.get(kind, {}), **codes.get(kind, {})} for kind in KINDS}
    _remember(source)
    return _checked(source)


@transaction.atomic
def look_again(source: Import) -> Checked:
    """Compute every row's fate anew, since something here may have changed.

    Raises:
        Refused: it is not open any more.
    """
    return _checked(_locked(source))


def _checked(source: Import) -> Checked:
    checked = check(prepare(source), shelf_of(source.cycle))
    store(source, checked)
    source.save(update_fields=["columns", "as_drafts", "otherwise", "codes", "counts", "mark", "state"])
    return checked


def confirm(source: Import, *, seen: str, by: Person, at: datetime) -> Job:
    """Let the worker take the rows over, if they would become what was shown.

    Raises:
        Refused: something has changed since, nothing would be done, or it is not open any more.
    """
    with transaction.atomic():
        checked = _checked(_locked(source))
    if mark(checked) != seen:
        raise Refused(
            _("Nothing was taken over: something here has changed since you looked. Look once more, then confirm.")
        )
    if not checked.counts["new"] + checked.counts["updated"]:
        raise Refused(_("Nothing was taken over: no row is new or changes anything."))
    with transaction.atomic():
        source = _locked(source)
        source.state, source.confirmed_by = ImportState.WRITING, by
        source.save(update_fields=["state", "confirmed_by"])
        values = {"import": source.pk}
        return enqueue(WRITE, values, by=by, at=at, back=source.get_absolute_url(), scope=source.cycle.scope)


@transaction.atomic
def drop(source: Import) -> None:
    """Forget a file that is not taken over.

    Raises:
        Refused: it is being taken over, or was.
    """
    found = Import.objects.select_for_update().get(pk=source.pk)
    if found.state == ImportState.DONE or (found.state == ImportState.WRITING and is_under_way(found)):
        raise Refused(_("“%(name)s” stays: it was taken over.") % {"name": found.file_name})
    found.delete()


def job_of(source: Import) -> Job | None:
    """Give the newest job that reads an import or takes it over."""
    task = WRITE if source.state in (ImportState.WRITING, ImportState.DONE) else READ
    return Job.objects.filter(task=task, values={"import": source.pk}).order_by("-pk").first()


def is_under_way(source: Import) -> bool:
    """Say whether a job is about to change an import."""
    job = job_of(source)
    return job is not None and job.is_open


def _locked(source: Import) -> Import:
    """Lock an import that waits for somebody to look at it.

    Raises:
        Refused: it does not.
    """
    found = Import.objects.select_for_update(of=("self",)).select_related("cycle__forum", "cycle__rule_set")
    found_one = found.get(pk=source.pk)
    if found_one.state == ImportState.WRITING and not is_under_way(found_one):
        found_one.state = ImportState.LOOKED_AT  # its worker gave up, or somebody called it off
    if found_one.state != ImportState.LOOKED_AT:
        raise Refused(
            _("“%(name)s” was not changed: it is %(state)s.")
            % {"name": found_one.file_name, "state": found_one.get_state_display()}
        )
    return found_one


def _check_columns(source: Import, columns: Sequence[str]) -> None:
    if len(columns) != len(source.header) or any(code and code not in FIELDS for code in columns):
        raise Refused(_("Nothing was saved: the columns are not those of this file. Load the page again."))
    for code in dict.fromkeys(columns):
        places = [source.header[place] or str(place + 1) for place, one in enumerate(columns) if one == code]
        if code and len(places) > 1 and not FIELDS[code].may_repeat:
            raise Refused(
                _("Nothing was saved: “%(first)s” and “%(second)s” both say the same: %(field)s. Leave one out.")
                % {"first": places[0], "second": places[1], "field": name_of(code)}
            )


def _remember(source: Import) -> None:
    """Keep what was told for the forum's next file; the newest stays where it is too much."""
    memory, _made = ImportMemory.objects.select_for_update().get_or_create(forum=source.cycle.forum)
    told = {bare(heading): code for heading, code in zip(source.header, source.columns, strict=True) if bare(heading)}
    memory.columns = _newest({**memory.columns, **told})
    memory.codes = {kind: _newest({**memory.codes.get(kind, {}), **source.codes.get(kind, {})}) for kind in KINDS}
    memory.otherwise = dict(source.otherwise)
    memory.save()


def _newest(told: dict[str, str]) -> dict[str, str]:
    return dict(list(told.items())[-MOST_REMEMBERED:])
