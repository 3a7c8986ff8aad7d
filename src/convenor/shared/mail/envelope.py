"""What stands on a mail besides its words: sender, date, identifiers, and how to stop it."""

import re
from datetime import datetime
from email.utils import format_datetime, parseaddr
from hmac import compare_digest
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from convenor.shared.mail.kinds import KINDS
from convenor.shared.mail.models import Mail

_SEAL_LETTERS = 20
_TOKEN = re.compile(r"(?:\+|<convenor\.)(\d{1,19})-([0-9a-f]{20})@", re.IGNORECASE)
_stops = Signer(salt="convenor.shared.mail.stop")


def token_of(mail_id: int) -> str:
    """Give what a mail that comes back is known by: its row, sealed so that nobody can guess another."""
    return f"{mail_id}-{_seal(mail_id)}"


def mail_of_token(text: str) -> int | None:
    """Find the token of one of our mails in an address, a Message-ID or a whole mail; give the mail's row."""
    for found in _TOKEN.finditer(text):
        if compare_digest(_seal(int(found[1])), found[2].lower()):
            return int(found[1])
    return None


def message_of(mail: Mail, *, at: datetime) -> EmailMultiAlternatives:
    """Write the message as it goes to the server: plain text, and HTML where there is one."""
    stop = stop_link(mail) if is_stoppable(mail) else ""
    message = EmailMultiAlternatives(
        mail.subject, _with_stop(mail, stop), _envelope_sender(mail), [mail.to], headers=_head(mail, stop, at)
    )
    if mail.html:
        message.attach_alternative(_html_with_stop(mail, stop), "text/html")
    return message


def is_stoppable(mail: Mail) -> bool:
    """Say whether its reader can ask for no more of these."""
    return bool(mail.forum) and mail.kind in KINDS and KINDS[mail.kind].is_list


def stop_link(mail: Mail) -> str:
    """Give the address where the reader of a mail asks for no more letters to many."""
    return f"{settings.ORIGIN}{reverse('mail:stop', args=[_stops.sign(str(mail.pk))])}"


def mail_of_stop(token: str) -> Mail | None:
    """Give the mail of such an address, or None where it was changed or the mail is gone."""
    try:
        return Mail.objects.filter(pk=int(_stops.unsign(token))).first()
    except (BadSignature, ValueError):
        return None


def site_domain() -> str:
    """Give the name of the machine that the site answers on."""
    return urlsplit(settings.ORIGIN).hostname or "localhost"


def _head(mail: Mail, stop: str, at: datetime) -> dict[str, str]:
    head = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Date": format_datetime(at),
        "Message-ID": f"<convenor.{token_of(mail.pk)}@{site_domain()}>",  # the same at every try
        "Auto-Submitted": "auto-generated",  # RFC 3834: no machine answers this
    }
    if mail.language:
        head["Content-Language"] = mail.language
    if stop:
        head |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return head


def _envelope_sender(mail: Mail) -> str:
    """Give the address that a mail comes back to: one of its own where the settings name a mailbox for that."""
    local, at_sign, domain = settings.MAIL_BOUNCE.partition("@")
    if not at_sign:
        return parseaddr(settings.DEFAULT_FROM_EMAIL)[1] or settings.DEFAULT_FROM_EMAIL
    return f"{local}+{token_of(mail.pk)}@{domain}"


def _with_stop(mail: Mail, stop: str) -> str:
    if not stop:
        return mail.text
    with override(mail.language or "en"):
        return f"{mail.text.rstrip()}\n\n-- \n{_('To get no more letters to many from this forum:')} {stop}\n"


def _html_with_stop(mail: Mail, stop: str) -> str:
    if not stop:
        return mail.html
    with override(mail.language or "en"):
        words = _("No more letters to many from this forum")
    line = f'<hr><p><small><a href="{escape(stop)}">{escape(words)}</a></small></p>'
    return mail.html.replace("\n</body>", f"\n{line}\n</body>")


def _seal(mail_id: int) -> str:
    return salted_hmac("convenor.shared.mail.token", str(mail_id), algorithm="sha256").hexdigest()[:_SEAL_LETTERS]
