"""What imports hold about people."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from convenor.cycle import retention
from convenor.cycle.models import Forum
from convenor.cycle.retention import Done, Rule
from convenor.people.models import Person
from convenor.people.privacy import Holding, acts, register, stays
from convenor.proposals.importing.models import Import, ImportRow


def rows_naming(person: Person) -> QuerySet[ImportRow]:
    """Find rows that hold somebody's address: of files not taken over, and refused ones."""
    rows = ImportRow.objects.filter(cells__icontains=person.email or "")
    return rows if person.email else rows.none()


def files(forum: Forum | None) -> Mapping[int, date]:
    """Find the files that were handed in for a forum."""
    if forum is None:
        return {}
    found = Import.objects.filter(cycle__forum=forum)
    return {key: at.date() for key, at in found.values_list("pk", "handed_in_at")}


def _delete(keys: Collection[int], _at: datetime) -> Done:
    return Done(Import.objects.filter(pk__in=keys).delete()[1].get("proposals.Import", 0))


def register_all() -> None:
    """Register what imports hold."""
    paths = ("cycle__name", "file_name", "handed_in_at")
    register(
        acts("imports", _("Files of proposals that you handed in"), Import, "by", *paths, "state"),
        acts(
            "imports-confirmed", _("Files of proposals that you took over"), Import, "confirmed_by", *paths, "done_at"
        ),
        Holding(
            "import-rows",
            _("Rows of files of proposals that name you"),
            _("Your name and address are struck out of them; the files go when their time of keeping is over."),
            find=rows_naming,
            paths=("source__cycle__name", "source__file_name", "number", "cells"),
            erase=stays,
            covers=("proposals.importrow.cells",),
        ),
    )
    retention.register(
        Rule(
            "imports",
            gettext_noop("files that proposals were imported from"),
            _("Are deleted with what became of their rows; the proposals stay. Counted from the day of handing in."),
            months=12,
            since=files,
            act=_delete,
        )
    )
