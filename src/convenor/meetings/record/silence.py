"""Adopts minutes by silence when their deadline is past and nobody has an open correction."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy, ngettext

from convenor.meetings.record.models import Minutes, Stage
from convenor.meetings.record.stages import adopt_by_silence
from convenor.shared.errors import Refused
from convenor.shared.jobs import Report, schedules


def adopt_due(_values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Adopt those whose deadline is past; where a correction is open they wait for its answer."""
    count = 0
    due = Minutes.objects.filter(stage=Stage.CIRCULATED, by_silence=True, corrections_until__lt=at)
    for minutes in due.select_related("meeting__cycle__forum"):
        try:
            adopt_by_silence(minutes.meeting, by=None, at=at)
        except Refused:
            continue
        count += 1
    words = ngettext("%(count)s set of minutes adopted.", "%(count)s sets of minutes adopted.", count)
    return words % {"count": count}


def register_all() -> None:
    """Hand it in every hour."""
    schedules.register(
        "meetings.adopt-minutes",
        every=timedelta(hours=1),
        task=f"{__name__}.{adopt_due.__name__}",
        title=gettext_lazy("Adopting minutes by silence"),
    )
