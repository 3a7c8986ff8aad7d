"""Read a mail that came back: which of ours it was, whether it failed, and whether the address is dead. Pure.

Read are delivery reports (RFC 3464) and the plain ones of older servers, which say a status in their words. An answer
of a person or a holiday notice is no bounce.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from enum import StrEnum

MOST_BYTES = 1024 * 1024
_STATUS = re.compile(r"(?<![\w.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\w)")  # RFC 3463; an address of a machine is none
_REPLY = re.compile(r"(?:^|[\s:(<])([45]\d\d)(?=[\s-])", re.MULTILINE)  # RFC 5321
_DEAD_REPLIES = {"550", "551", "553"}  # said of a mailbox; 552 is a full one, 554 anything
# Of the address: unknown, of no such system, badly written, moved, taking no mail; then mailbox closed, no such host.
_DEAD_STATUSES = {"1.0", "1.1", "1.2", "1.3", "1.6", "1.10", "2.1", "4.4"}
_SENDERS = re.compile(r"mailer-daemon|postmaster|mail delivery", re.IGNORECASE)
_WORDS_LETTERS = 300


class Fate(StrEnum):
    """What a mail that came back says of ours."""

    FAILED = "failed"
    DELAYED = "delayed"
    OTHER = "other"  # no bounce: an answer, a notice, a receipt


@dataclass(frozen=True, slots=True)
class Bounce:
    """What was read: our mail's row, or None; what became of it, why, and whether its address is dead."""

    mail_id: int | None
    fate: Fate
    reason: str
    is_dead: bool


def read_bounce(raw: bytes, *, envelope_to: str, find: Callable[[str], int | None]) -> Bounce:
    """Read one mail.

    Args:
        raw: the mail as it arrived; what is longer than a megabyte is cut.
        envelope_to: the address that it was delivered to, if known.
        find: gives our mail's row from a text that holds its token.

    Raises:
        ValueError: there is nothing to read.
    """
    if not raw.strip():
        raise ValueError("there is no mail to read")
    message = message_from_bytes(raw[:MOST_BYTES], policy=policy.default)
    words = raw[:MOST_BYTES].decode("utf-8", "replace")
    mail_id = find(envelope_to) or find(words)
    report = _report(message)
    if report is not None:
        return _of_report(mail_id, report)
    return _of_words(mail_id, message)


def is_dead(words: str) -> bool:
    """Say whether a server's words mean that the address does not exist, rather than that this mail was unwelcome."""
    statuses = {f"{part}.{detail}" for kind, part, detail in _STATUS.findall(words) if kind == "5"} - {"0.0"}
    if statuses:
        return bool(statuses & _DEAD_STATUSES)
    return bool(_DEAD_REPLIES & set(_REPLY.findall(words)))


def _report(message: EmailMessage) -> list[Message] | None:
    """Give the fields per recipient of a delivery report, or None where it is none."""
    for part in message.walk():
        if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status"):
            groups = part.get_payload()
            return [group for group in groups if isinstance(group, Message)] if isinstance(groups, list) else []
    return None


def _of_report(mail_id: int | None, groups: list[Message]) -> Bounce:
    """Read the first recipient that says what became of it: a mail of ours has one."""
    for group in groups:
        action = _field(group, "Action").lower()
        if not action:
            continue
        status, said = _field(group, "Status"), _field(group, "Diagnostic-Code").partition(";")[2].strip()
        fate = {"failed": Fate.FAILED, "delayed": Fate.DELAYED}.get(action, Fate.OTHER)
        words = f"{status} {said}".strip()
        return Bounce(mail_id, fate, _line(words), fate is Fate.FAILED and is_dead(words))
    return Bounce(mail_id, Fate.OTHER, "", is_dead=False)


def _of_words(mail_id: int | None, message: EmailMessage) -> Bounce:
    text = _text(message)
    is_from_server = bool(_SENDERS.search(_field(message, "From"))) or _field(message, "Return-Path") == "<>"
    if _field(message, "Auto-Submitted").lower().startswith("auto-replied") or not is_from_server:
        return Bounce(mail_id, Fate.OTHER, "", is_dead=False)
    said = next((line for line in text.splitlines() if _STATUS.search(line) or _REPLY.search(line)), "")
    kinds = {kind for kind, _part, _detail in _STATUS.findall(said)} | {code[0] for code in _REPLY.findall(said)}
    fate = Fate.DELAYED if kinds and "5" not in kinds else Fate.FAILED
    return Bounce(mail_id, fate, _line(said), fate is Fate.FAILED and is_dead(said))


def _text(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _field(message: Message, name: str) -> str:
    """Give a header's text, whatever is wrong with it: it was written by a stranger."""
    try:
        return str(message.get(name, "")).strip()
    except (ValueError, IndexError, AttributeError, TypeError):  # the parser of the standard library on broken headers
        return ""


def _line(words: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())[:_WORDS_LETTERS]
