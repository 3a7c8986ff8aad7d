"""From the outbox to a mail server."""

import smtplib
import ssl
from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _

from convenor.shared.errors import Refused
from convenor.shared.mail.bounced import mark_bounced
from convenor.shared.mail.bounces import is_dead
from convenor.shared.mail.envelope import message_of
from convenor.shared.mail.models import RETRY_DAYS, Mail, State

SECONDS = 10
PERMANENT = 500  # RFC 5321, 4.2.1: 4yz may pass, 5yz will not
BACK_OFF_MINUTES = (5, 15, 60, 240)  # after the first, second, … try; the last counts from then on


def deliver(mails: Iterable[Mail], *, at: datetime) -> int:
    """Hand mails to the server that the settings name, over one connection; give how many it took.

    A failure is kept with its mail and raised to nobody: what may pass is tried again later, what will not has failed.
    """
    backend, taken = EmailBackend(), 0
    try:
        backend.connection = connect(settings.SMTP_URL)
    except (OSError, ValueError, Refused) as error:  # smtplib's own errors are OSErrors
        for mail in mails:
            _put_off(mail, in_words(error), at=at)
        return 0
    try:
        for mail in mails:
            taken += _deliver_one(backend, mail, at=at)
    finally:
        backend.close()
    return taken


def _deliver_one(backend: EmailBackend, mail: Mail, *, at: datetime) -> bool:
    try:
        backend.send_messages([message_of(mail, at=at)])
    except (OSError, ValueError) as error:  # a header or an address that cannot be written is a ValueError
        if is_final(error):
            _note(mail, State.FAILED, failure=in_words(error))
            _mark_dead_address(mail, error, at=at)
        else:
            _put_off(mail, in_words(error), at=at)
        return False
    _note(mail, State.SENT, sent_at=at)
    return True


def is_final(error: Exception) -> bool:
    """Say whether another try would end the same: the server said so for good, or the mail cannot be written.

    A refused sender or password is the fault of the settings: those are mended, so the mail waits.
    """
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPAuthenticationError):
        return False
    if (answer := _answer(error)) is not None:
        return answer.smtp_code >= PERMANENT
    return not isinstance(error, OSError)


def _put_off(mail: Mail, failure: str, *, at: datetime) -> None:
    """Have a mail tried again later; codes go stale, and after five days a mail has failed."""
    is_too_late = at - (mail.released_at or mail.queued_at) >= timedelta(days=RETRY_DAYS)
    if mail.is_code or is_too_late:
        _note(mail, State.FAILED, failure=failure)
        return
    minutes = BACK_OFF_MINUTES[min(mail.attempts, len(BACK_OFF_MINUTES) - 1)]
    _note(mail, State.WAITING, failure=failure, due_at=at + timedelta(minutes=minutes))


def _note(
    mail: Mail, state: State, *, failure: str = "", sent_at: datetime | None = None, due_at: datetime | None = None
) -> None:
    mail.state, mail.failure, mail.sent_at, mail.due_at = state, failure, sent_at, due_at
    mail.attempts, mail.lease_until = mail.attempts + 1, None
    mail.save(update_fields=["state", "failure", "sent_at", "due_at", "attempts", "lease_until"])


def _mark_dead_address(mail: Mail, error: Exception, *, at: datetime) -> None:
    """Note at its person that an address does not exist; only what was said of the recipient counts."""
    if isinstance(error, smtplib.SMTPRecipientsRefused) and is_dead(in_words(error)):
        mark_bounced(mail, at=at)


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
    if (answer := _answer(error)) is None:
        return str(error) or type(error).__name__
    said = answer.smtp_error
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{answer.smtp_code} {' '.join(words.split())}"


def _answer(error: Exception) -> smtplib.SMTPResponseException | None:
    """Give what the server answered, or None where it did not get that far."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return smtplib.SMTPResponseException(*next(iter(error.recipients.values())))
    return error if isinstance(error, smtplib.SMTPResponseException) else None
