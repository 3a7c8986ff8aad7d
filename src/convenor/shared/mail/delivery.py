"""From the outbox to a mail server."""

import smtplib
import ssl
from collections.abc import Iterable
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _

from convenor.shared.errors import Refused
from convenor.shared.mail.models import Mail

SECONDS = 10


def deliver(mails: Iterable[Mail], *, at: datetime) -> int:
    """Hand mails to the server that the settings name, over one connection; give how many it took.

    A failure is kept with its mail and raised to nobody.
    """
    backend, taken = EmailBackend(), 0
    try:
        backend.connection = connect(settings.SMTP_URL)
    except (OSError, ValueError, Refused) as error:  # smtplib's own errors are OSErrors
        for mail in mails:
            _note(mail, failure=in_words(error))
        return 0
    try:
        for mail in mails:
            taken += _deliver_one(backend, mail, at=at)
    finally:
        backend.close()
    return taken


def _deliver_one(backend: EmailBackend, mail: Mail, *, at: datetime) -> bool:
    message = EmailMultiAlternatives(mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.to])
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    try:
        backend.send_messages([message])
    except (OSError, ValueError) as error:  # a header or an address that cannot be written is a ValueError
        _note(mail, failure=in_words(error))
        return False
    _note(mail, sent_at=at)
    return True


def _note(mail: Mail, *, failure: str = "", sent_at: datetime | None = None) -> None:
    mail.failure, mail.sent_at = failure, sent_at
    mail.save(update_fields=["failure", "sent_at"])


def connect(url: str) -> smtplib.SMTP:
    """Open a connection to `smtp://user:password@host:port` or `smtps://…`.

    `smtps` is encrypted from the start; with `smtp` encryption is begun where the server offers it, except towards this
    machine itself. A password is never sent in clear.

    Raises:
        Refused: the address cannot be read, or a password would travel in clear.
        OSError: the server does not answer, refuses the password, or has no valid certificate.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise Refused(_("CONVENOR_SMTP_URL is not understood: write smtp://user:password@host:port or smtps://…"))
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            parts.hostname, parts.port or 465, timeout=SECONDS, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(parts.hostname, parts.port or 587, timeout=SECONDS)
    try:
        _secure_and_log_in(server, parts.hostname, user, password, is_encrypted=parts.scheme == "smtps")
    except BaseException:
        server.close()
        raise
    return server


def _secure_and_log_in(server: smtplib.SMTP, host: str, user: str, password: str, *, is_encrypted: bool) -> None:
    server.ehlo_or_helo_if_needed()
    if not is_encrypted and server.has_extn("starttls") and not is_this_machine(host):
        server.starttls(context=ssl.create_default_context())
        is_encrypted = True
    if not user:
        return
    if not is_encrypted and not is_this_machine(host):
        raise Refused(
            _("Nothing was sent: %(host)s offers no encryption, and the password would travel in clear. Use smtps://.")
            % {"host": host}
        )
    server.login(user, password)


def is_this_machine(host: str) -> bool:
    """Say whether a host name of the settings is the machine we run on."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def in_words(error: Exception) -> str:
    """Say a failure in one line that holds no password."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        error = smtplib.SMTPResponseException(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{error.smtp_code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
    return str(error) or type(error).__name__
