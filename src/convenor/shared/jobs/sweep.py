"""The job that removes old jobs."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Max, Q
from django.utils.translation import ngettext
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from convenor.shared.jobs import Report
from convenor.shared.jobs.models import Job

KEPT_DAYS = 30


def remove_old(_values: Mapping[str, int], *, at: datetime, report: Report) -> str:
    """Remove jobs that ended long ago, and the rows of the package below them.

    A job with a key stays, because its key must never run twice. Of a schedule only the newest one stays: the keys of
    past periods do not come again.
    """
    before = at - timedelta(days=KEPT_DAYS)
    newest = Job.objects.exclude(schedule="").order_by().values("schedule").annotate(newest=Max("pk")).values("newest")
    old = Job.objects.filter(ended_at__lt=before).filter(Q(key=None) | ~Q(schedule=""))
    gone = old.exclude(pk__in=list(newest.values_list("newest", flat=True))).delete()[1].get("shared.Job", 0)
    # A row whose worker was killed says "running" for ever. What waits stays, however long it has waited.
    DBTaskResult.objects.exclude(status=TaskResultStatus.READY).filter(started_at__lt=before).delete()
    return ngettext("%(count)s old job was removed.", "%(count)s old jobs were removed.", gone) % {"count": gone}
