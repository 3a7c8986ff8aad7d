"""Mails that came back, and the people whose address does not take any."""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from convenor.shared.mail.bounces import Bounce, Fate
from convenor.shared.mail.models import NEXT, Mail, State


@transaction.atomic
def note_bounce(bounce: Bounce, *, at: datetime) -> str:
    """Mark the mail that came back, and its person where the address is dead; say in a sentence what was done."""
    mail = Mail.objects.select_for_update().filter(pk=bounce.mail_id).first() if bounce.mail_id else None
    if mail is None:
        return "Left alone: this is about no mail of ours."
    if bounce.fate is Fate.DELAYED:
        return f"Left alone: mail {mail.pk} is only delayed, its server goes on trying ({bounce.reason})."
    if bounce.fate is Fate.OTHER:
        return f"Left alone: this answers mail {mail.pk}, and is no bounce."
    if State.BOUNCED not in NEXT[State(mail.state)]:
        return f"Left alone: mail {mail.pk} is {mail.state} already."
    mail.state, mail.failure = State.BOUNCED, bounce.reason
    mail.save(update_fields=["state", "failure"])
    if not bounce.is_dead:
        return f"Mail {mail.pk} came back ({bounce.reason})."
    mark_bounced(mail, at=at)
    return f"Mail {mail.pk} came back, and its address takes none ({bounce.reason})."


def mark_bounced(mail: Mail, *, at: datetime) -> None:
    """Note at whoever has the address of a mail now, if anybody, that it is dead."""
    get_user_model()._default_manager.filter(email__iexact=mail.to).update(email_bounced_at=at)


def forgive(user: Any, **_signal: Any) -> None:
    """Take the mark away: whoever signs in is back. Listens to Django's `user_logged_in`."""
    if getattr(user, "email_bounced_at", None) is not None:
        user.email_bounced_at = None
        user.save(update_fields=["email_bounced_at"])
