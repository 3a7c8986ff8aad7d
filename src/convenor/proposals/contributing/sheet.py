"""The worker's part: everybody whom the proposals of a year name, as a spreadsheet for the secretariat."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.proposals.contributing.listing import cells, header, rows_of
from convenor.proposals.contributing.shelves import CONTRIBUTORS, table_title
from convenor.shared.documents import Column, Sheet, Workbook
from convenor.shared.documents.making import make
from convenor.shared.errors import Refused
from convenor.shared.jobs import Report


def make_xlsx(values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Make the table of a year.

    Raises:
        Refused: the year is gone.
    """
    cycle = Cycle.objects.select_related("forum", "rule_set").filter(pk=values["cycle"]).first()
    if cycle is None:
        raise Refused(_("No table was made: the year is no longer here."))
    report(None, _("Writing the document."))
    with timezone.override(cycle.zone_info):
        book = table_of(cycle, at=at)
    return make(book, "xlsx", kind=CONTRIBUTORS, scope=cycle.scope, subject=cycle.pk, at=at)


def table_of(cycle: Cycle, *, at: datetime) -> Workbook:
    """Give the table, in the reader's language."""
    columns = tuple(Column(title, 44 if place == 1 else 22) for place, title in enumerate(header()))
    rows = tuple(tuple(row) for row in cells(cycle, list(rows_of(cycle))))
    return Workbook(
        title=f"{table_title()} {cycle.name}",
        language=get_language() or "en",
        direction="rtl" if get_language_bidi() else "ltr",
        at=at,
        author=f"{cycle.forum}, {cycle}",
        sheets=(Sheet(_("People"), columns, rows),),
    )
