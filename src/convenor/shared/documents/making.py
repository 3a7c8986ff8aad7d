"""The last step of a job that makes a document: write it, keep it, and say so. Only the worker imports this."""

from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from convenor.shared.documents import Document, Made, Workbook
from convenor.shared.documents.files import keep
from convenor.shared.documents.models import File
from convenor.shared.documents.pdf import to_pdf
from convenor.shared.documents.wordfile import to_docx
from convenor.shared.documents.workbook import to_xlsx
from convenor.shared.jobs import effects
from convenor.shared.languages.days import date_format

MOST_NAMED = 12  # missing characters that a sentence names


def write(document: Document | Workbook, form: str) -> Made:
    """Write a document in a form: pdf or docx, or xlsx for a workbook."""
    if isinstance(document, Workbook):
        return to_xlsx(document)
    return {"pdf": to_pdf, "docx": to_docx}[form](document)


def make(
    document: Document | Workbook, form: str, *, kind: str, scope: str, subject: int, at: datetime, version: int = 0
) -> str:
    """Write, keep, and say what came out.

    Raises:
        Refused: the document is larger than its form can hold.
    """
    made = write(document, form)

    def store() -> str:
        file = keep(
            made, kind=kind, scope=scope, subject=subject, form=form, stem=document.title, at=at, version=version
        )
        return " ".join([_ready(file), *losses(made)])

    return effects.keep(store)


def _ready(file: File) -> str:
    return _("%(name)s is ready, %(size)s. It is kept until %(day)s.") % {
        "name": file.name,
        "size": filesizeformat(file.size_bytes),
        "day": date_format(file.kept_until, "DATE_FORMAT"),
    }


def losses(made: Made) -> list[str]:
    """Say what a document could not show, one sentence each."""
    said = []
    if made.missing:
        names = ", ".join(str(one) for one in made.missing[:MOST_NAMED])
        more = len(made.missing) - MOST_NAMED
        said.append(
            ngettext(
                "One character cannot be shown and is replaced by a sign: %(names)s.",
                "%(count)s characters cannot be shown and are replaced by a sign: %(names)s.",
                len(made.missing),
            )
            % {"count": len(made.missing), "names": f"{names}, …" if more > 0 else names}
        )
    if made.cut:
        said.append(
            ngettext(
                "One cell was longer than a spreadsheet holds and was cut.",
                "%(count)s cells were longer than a spreadsheet holds and were cut.",
                made.cut,
            )
            % {"count": made.cut}
        )
    return said
