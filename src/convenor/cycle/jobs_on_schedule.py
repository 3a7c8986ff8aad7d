"""What the worker does for every forum by itself, day after day."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy, ngettext

from convenor.cycle.models import Forum
from convenor.cycle.retention import carry_out
from convenor.shared.jobs import Report, schedules


def erase_due(_values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Erase what every forum, and the installation, has kept as long as it says; an example is left alone."""
    forums: list[Forum | None] = [*Forum.objects.filter(is_example=False).order_by("slug"), None]
    count = 0
    for place, forum in enumerate(forums):
        report(place / len(forums), "")
        count += sum(rows for _rule, rows in carry_out(forum, at=at))
    return ngettext("%(count)s row was erased.", "%(count)s rows were erased.", count) % {"count": count}


def register_all() -> None:
    """Hand it in once a day."""
    schedules.register(
        "privacy.erase-due",
        every=timedelta(days=1),
        task=f"{__name__}.{erase_due.__name__}",
        title=gettext_lazy("Erasing what was kept long enough"),
    )
