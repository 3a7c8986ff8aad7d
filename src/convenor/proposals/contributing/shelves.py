"""Where the table of contributors waits to be fetched as a spreadsheet."""

from django.urls import reverse
from django.utils.translation import gettext as _

from convenor.cycle.models import Cycle
from convenor.shared.documents.shelf import Shelf

CONTRIBUTORS = "proposals.contributors"


def table_title() -> str:
    """Name the table."""
    return _("People named in proposals")


def table_shelf(cycle: Cycle) -> Shelf:
    """Give the shelf of the table of a year."""
    return Shelf(
        kind=CONTRIBUTORS,
        scope=cycle.scope,
        subject=cycle.pk,
        is_settled=False,
        title=table_title(),
        tasks={"xlsx": "convenor.proposals.contributing.sheet.make_xlsx"},
        values={"cycle": cycle.pk},
        page=reverse("proposals:contributing:documents", args=cycle.address),
        back=reverse("proposals:contributing:list", args=cycle.address),
    )
