"""Finished documents: keep, find, hand out, forget. Nothing here makes one, so that pages may import it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language, ngettext

from convenor.shared.documents import Made
from convenor.shared.documents.models import File
from convenor.shared.jobs import Report

KEPT = timedelta(days=7)
MEDIA: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LONGEST_STEM = 120


@transaction.atomic
def keep(
    made: Made, *, kind: str, scope: str, subject: int, form: str, stem: str, at: datetime, version: int = 0
) -> File:
    """Store a document in the language it was made in, in the place of the one before; what is too old goes."""
    sweep(at=at)
    language = get_language() or "en"
    file, _is_new = File.objects.update_or_create(
        kind=kind,
        subject=subject,
        form=form,
        language=language,
        defaults={
            "scope": scope,
            "version": version,
            "name": f"{slugify(stem)[:LONGEST_STEM].strip('-') or 'document'}-{language}.{form}",
            "data": made.data,
            "size_bytes": len(made.data),
            "missing": [(one.code, one.count) for one in made.missing],
            "made_at": at,
            "kept_until": at + KEPT,
        },
    )
    return file


def sweep(*, at: datetime) -> int:
    """Delete what is kept no longer; give how many documents went."""
    return File.objects.filter(kept_until__lt=at).delete()[0]


def remove_old(_values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Remove, as a job of every day, what is kept no longer."""
    gone = sweep(at=at)
    return ngettext("%(count)s old document was removed.", "%(count)s old documents were removed.", gone) % {
        "count": gone
    }


def forget(scopes: str) -> int:
    """Delete everything of a forum: all scopes that begin with its name and a stroke."""
    return File.objects.filter(scope__startswith=f"{scopes}/").delete()[0]


def answer(file: File) -> HttpResponse:
    """Hand a document out, to be saved and not to be run by a browser."""
    return HttpResponse(
        bytes(file.data),
        headers={
            "Content-Type": MEDIA[file.form],
            "Content-Disposition": f'attachment; filename="{file.name}"',
            "Cache-Control": "private, no-store",
        },
    )
