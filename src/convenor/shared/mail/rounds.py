"""Sending what is due, round after round: in the worker, or once by `convenor send-mail`.

Mails of a batch leave not faster than the settings say, however many send: each takes its share under one lock. A mail
is leased before it is tried, so that it leaves once; whose deliverer vanished is tried again when the lease is over.
"""

import logging
import threading
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convenor.shared.errors import Refused
from convenor.shared.mail.delivery import deliver
from convenor.shared.mail.message import CODE
from convenor.shared.mail.models import Beat, Mail, State

logger = logging.getLogger(__name__)
BEAT = "mail"
SECONDS_BETWEEN_ROUNDS = 5
PIECE = 20  # mails in one hand, so that a slow server never outlasts a lease
MINUTE = timedelta(minutes=1)


def send_waiting(*, at: datetime, is_early: bool = False) -> tuple[int, int]:
    """Try every mail that is due once, as far as the pace allows; give how many were taken and how many still wait.

    Args:
        at: now.
        is_early: whether those that wait for a later try are tried too.

    Raises:
        Refused: no mail server is set.
    """
    if not settings.SMTP_URL:
        raise Refused(_("No mail was sent: no mail server is set. Set CONVENOR_SMTP_URL; the mails are kept."))
    _let_codes_go_stale(at=at)
    taken = 0
    while mails := _take_in_hand(at=at, is_early=is_early):
        taken += deliver(mails, at=at)
    return taken, Mail.objects.filter(state=State.WAITING).count()


def keep_sending(ended: threading.Event) -> None:
    """Send what is due until told to end; nothing stops the rounds, each says by its beat that somebody is there."""
    while True:
        try:
            _round(at=timezone.now())
        except Exception:  # the database may be away for a while
            logger.exception("A round of mails failed")
            connection.close()
        if ended.wait(SECONDS_BETWEEN_ROUNDS):
            break
    connection.close()


def _round(*, at: datetime) -> None:
    Beat.objects.update_or_create(name=BEAT, defaults={"at": at})
    if settings.SMTP_URL and Mail.objects.filter(state=State.WAITING).exists():
        send_waiting(at=at)


@transaction.atomic
def _take_in_hand(*, at: datetime, is_early: bool) -> list[Mail]:
    """Lease the next few mails: those that go alone first, then of batches what this minute has room for."""
    Beat.objects.get_or_create(name=BEAT, defaults={"at": at})
    Beat.objects.select_for_update().get(name=BEAT)
    due = Mail.objects.free(at=at).exclude(kind=CODE) if is_early else Mail.objects.due(at=at)
    due = due.exclude(tried_at__gte=at).order_by("due_at", "pk")
    mails = list(due.filter(batch=None)[:PIECE])
    mails += due.exclude(batch=None)[: max(0, min(PIECE - len(mails), _room(at)))]
    for mail in mails:
        mail.take_in_hand(at=at)
    Mail.objects.bulk_update(mails, ["tried_at", "lease_until"])
    return mails


def _room(at: datetime) -> int:
    """Give how many mails of batches may still leave in this minute."""
    return settings.MAIL_PER_MINUTE - Mail.objects.exclude(batch=None).filter(tried_at__gt=at - MINUTE).count()


def _let_codes_go_stale(*, at: datetime) -> None:
    """Give up codes whose deliverer vanished: the person has asked for a new one by now."""
    Mail.objects.free(at=at).filter(kind=CODE).update(state=State.FAILED, failure=_("The code went stale."))
