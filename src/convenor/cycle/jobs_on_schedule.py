"""What the worker does for every forum by itself, day after day."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy, ngettext

from convenor.cycle import retention_notice
from convenor.cycle.models import Forum
from convenor.cycle.retention import carry_out
from convenor.shared.jobs import Report, schedules

logger = logging.getLogger(__name__)


def erase_due(_values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Erase what every forum, and the installation, has kept as long as it says; an example is left alone.

    A forum in which it cannot be done does not keep the others from it; the job fails after all had their turn.
    """
    forums: list[Forum | None] = [*Forum.objects.filter(is_example=False).order_by("slug"), None]
    count, faults = 0, list[Exception]()
    for place, forum in enumerate(forums):
        report(place / len(forums), "")
        try:
            count += (
                retention_notice.run(forum, at=at) if forum else sum(rows for _rule, rows in carry_out(None, at=at))
            )
        except Exception as fault:
            logger.exception("What is due in %s could not be erased", forum.slug if forum else "the installation")
            faults.append(fault)
    if faults:
        raise ExceptionGroup("what is due could not be erased everywhere", faults)
    return ngettext("%(count)s row was erased.", "%(count)s rows were erased.", count) % {"count": count}


def register_all() -> None:
    """Hand it in once a day."""
    schedules.register(
        "privacy.erase-due",
        every=timedelta(days=1),
        task=f"{__name__}.{erase_due.__name__}",
        title=gettext_lazy("Erasing what was kept long enough"),
    )
