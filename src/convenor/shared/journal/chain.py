"""The chain of the journal: write an entry, say it in words, and check that nothing was changed.

Each entry's digest is the SHA-256 of its own content and of the digest before it, so that a changed, removed or
inserted row breaks every row after it. Rows cut off at the end leave a whole, shorter chain: compare the last number
and digest with a copy of the page (Haber and Stornetta, "How to time-stamp a digital document", 1991).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from unicodedata import bidirectional

from django.db import connection, models, transaction
from django.utils.translation import get_language_bidi, gettext

from convenor.shared.journal.models import Entry

Value = str | int | float
START = "0" * 64  # stands before the first entry of a scope
_TURNING = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}  # marks that turn the text after them
WORD = "_word"  # a value of such a name is a marked word and is translated with its sentence


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of one scope found; `bad_number` is the first entry that does not fit."""

    scope: str
    entries: int
    digest: str
    bad_number: int | None = None
    reason: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether every entry fits the one before."""
        return self.bad_number is None


def record(
    *,
    scope: str,
    verb: str,
    template: str,
    at: datetime,
    values: Mapping[str, Value] | None = None,
    actor: models.Model | None = None,
    subject: models.Model | None = None,
) -> Entry:
    """Append a decision to the journal of a scope (`cycle.scope`, or "" for the installation).

    `template` is an English sentence marked with gettext_noop, filled from `values`: plain words and numbers, never
    personal data. Two writers get two numbers: SQLite writes one transaction at a time, PostgreSQL waits for the
    scope's lock.

    Raises:
        ValueError: the sentence is empty or wants other values, or the moment has no zone.
    """
    kept = dict(values or {})
    _check(template, kept, at)
    with transaction.atomic():
        _lock(scope)
        last = Entry.objects.filter(scope=scope).order_by("-number").first()
        entry = Entry(
            scope=scope,
            number=last.number + 1 if last else 1,
            at=at,
            actor=f"p{actor.pk}" if actor else "",
            verb=verb,
            template=template,
            values=kept,
            subject_kind=subject._meta.label_lower if subject else "",
            subject_id=subject.pk if subject else None,
            previous=last.digest if last else START,
        )
        entry.digest = digest_of(entry)
        entry.save(force_insert=True)
    return entry


def digest_of(entry: Entry) -> str:
    """Compute the digest of an entry from its content and the digest before it."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    content = [
        entry.previous,
        entry.scope,
        entry.number,
        at,
        entry.actor,
        entry.verb,
        entry.template,
        entry.values,
        entry.subject_kind,
        entry.subject_id,
    ]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def verify(scope: str) -> Verdict:
    """Check the chain of a scope from its first entry and name the first row that does not fit."""
    number, previous = 0, START
    for entry in Entry.objects.filter(scope=scope).order_by("number").iterator():
        reason = _fault(entry, number + 1, previous)
        if reason:
            return Verdict(scope, number, previous, bad_number=entry.number, reason=reason)
        number, previous = entry.number, entry.digest
    return Verdict(scope, number, previous)


def sentence(entry: Entry) -> str:
    """Say an entry in the reader's language; a row that was tampered with shows its bare template."""
    words = {key: gettext(value) if key.endswith(WORD) else _isolated(value) for key, value in entry.values.items()}
    try:
        return gettext(entry.template) % words
    except (KeyError, TypeError, ValueError):
        return entry.template


def _isolated(value: Value) -> Value:
    """Wrap a name that runs against the sentence, so that it turns neither quotes nor full stop around."""
    if not isinstance(value, str):
        return value
    plain = "".join(letter for letter in value if bidirectional(letter) not in _TURNING)
    against = {"L"} if get_language_bidi() else {"R", "AL"}
    return f"\u2068{plain}\u2069" if against & {bidirectional(letter) for letter in plain} else plain


def _fault(entry: Entry, number: int, previous: str) -> str:
    if entry.number != number:
        return f"entry {number} is missing"
    if entry.previous != previous:
        return "it does not follow the entry before it"
    if entry.digest != digest_of(entry):
        return "its content was changed after it was written"
    return ""


def _check(template: str, values: Mapping[str, Value], at: datetime) -> None:
    if at.tzinfo is None:
        raise ValueError("a journal entry needs a moment with a zone")
    for key, value in values.items():
        if not isinstance(value, str | int | float):
            raise ValueError(f"the journal keeps words and numbers; {key} is a {type(value).__name__}")  # noqa: TRY004 - one error for callers
    try:
        said = template % values
    except (KeyError, TypeError) as error:
        raise ValueError(f"“{template}” cannot be filled: {error}") from error
    if not said.strip():
        raise ValueError("a journal entry needs a sentence")


def _lock(scope: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"journal {scope}"])
