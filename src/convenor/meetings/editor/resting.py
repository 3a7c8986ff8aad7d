"""Ends sittings that rest, so that the journal tells of them even where nobody comes back."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy, ngettext

from convenor.meetings.editor.sitting import finish_resting
from convenor.shared.jobs import Report, schedules


def end_resting(_values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """End the sittings in which nothing was changed for an hour."""
    count = finish_resting(at=at)
    return ngettext("%(count)s sitting ended.", "%(count)s sittings ended.", count) % {"count": count}


def register_all() -> None:
    """Hand it in every hour."""
    schedules.register(
        "meetings.end-resting",
        every=timedelta(hours=1),
        task=f"{__name__}.{end_resting.__name__}",
        title=gettext_lazy("Ending the editing of agendas that rests"),
    )
