"""What is done with the outbox by hand."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from convenor.shared.errors import Refused
from convenor.shared.mail.delivery import deliver
from convenor.shared.mail.models import Mail

BATCH = 50


def send_waiting(*, at: datetime) -> tuple[int, int]:
    """Try once more to deliver what failed, oldest first; give how many were taken and how many still wait.

    Each mail is claimed before it is tried, so that two runs at the same time deliver it once.

    Raises:
        Refused: no mail server is set.
    """
    if not settings.SMTP_URL:
        raise Refused(_("No mail was sent: no mail server is set. Set CONVENOR_SMTP_URL; the mails are kept."))
    keys = list(Mail.objects.waiting(at=at).order_by("queued_at", "pk").values_list("pk", flat=True))
    taken = 0
    for start in range(0, len(keys), BATCH):
        claimed = [pk for pk in keys[start : start + BATCH] if _claim(pk, at=at)]
        taken += deliver(list(Mail.objects.filter(pk__in=claimed).order_by("queued_at", "pk")), at=at)
    return taken, len(keys) - taken


def _claim(pk: int, *, at: datetime) -> bool:
    return Mail.objects.waiting(at=at).filter(pk=pk).update(tried_at=at, failure="") == 1
