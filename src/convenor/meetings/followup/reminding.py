"""Reminds owners of action items: a week before the due day, and when it is past, once each."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy, ngettext

from convenor.meetings.followup import letters
from convenor.meetings.followup.models import ActionItem, State
from convenor.shared.jobs import Report, schedules

BEFORE = timedelta(days=7)
ANYWHERE = timedelta(days=1)  # by which a zone can be ahead


def remind(_values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Write to everybody whose open action item has come so near, or is past; of an example nobody is written to."""
    rows = ActionItem.objects.filter(state=State.OPEN, due__lte=at.date() + BEFORE + ANYWHERE, owner__erased_at=None)
    rows = rows.exclude(owner=None).filter(meeting__cycle__forum__is_example=False, reminders__lt=2)
    count = sum(_remind(row, at=at) for row in rows.select_related("owner", "meeting__cycle__forum"))
    return ngettext("%(count)s reminder written.", "%(count)s reminders written.", count) % {"count": count}


@transaction.atomic
def _remind(row: ActionItem, *, at: datetime) -> int:
    """Write the reminder that is due, once, whichever worker comes first."""
    wanted = reminders_by(row.due, at.astimezone(row.meeting.cycle.zone_info).date())
    if row.reminders >= wanted:
        return 0
    known = ActionItem.objects.filter(pk=row.pk, reminders=row.reminders, state=State.OPEN)
    if not known.update(reminders=F("reminders") + wanted - row.reminders):
        return 0
    letters.send_due(row, at=at)
    return 1


def reminders_by(due: date | None, today: date) -> int:
    """Say how many reminders are to have been sent on a day: none, the one before, and the one that it is past."""
    if due is None or today < due - BEFORE:
        return 0
    return 1 if today <= due else 2


def register_all() -> None:
    """Hand it in every day."""
    schedules.register(
        "meetings.remind-of-actions",
        every=timedelta(days=1),
        task=f"{__name__}.{remind.__name__}",
        title=gettext_lazy("Reminding of action items"),
    )
