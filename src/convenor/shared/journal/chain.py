"""The chain of the journal: write an entry, and say it in words.

Each entry's digest is the SHA-256 of its own content and of the digest before it, so that a changed, removed or
inserted row breaks every row after it. Rows cut off at the end leave a whole, shorter chain: compare the last number
and digest with a copy of the page (Haber and Stornetta, "How to time-stamp a digital document", 1991). Texts about
people stand beside the chain, which holds only their salted digests: see `texts`.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from unicodedata import bidirectional

from django.db import connection, models, transaction
from django.utils.translation import get_language_bidi, gettext

from convenor.shared.journal.models import FIRST_FORMAT, FORMAT, Entry, JournalPayload
from convenor.shared.journal.texts import PUBLIC, Keyed, Private, sealed, texts_of

Value = str | int | float
START = "0" * 64  # stands before the first entry of a scope
_TURNING = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}  # marks that turn the text after them
WORD = "_word"  # a value of such a name is a marked word and is translated with its sentence


def record(
    *,
    scope: str,
    verb: str,
    template: str,
    at: datetime,
    values: Mapping[str, Value] | None = None,
    private: Mapping[str, str | Private] | None = None,
    actor: Keyed | None = None,
    subject: models.Model | None = None,
) -> Entry:
    """Append a decision to the journal of a scope (`cycle.scope`, or "" for the installation).

    `template` is an English sentence marked with gettext_noop, filled from `values`: numbers, days, codes and marked
    words, never what somebody typed. Names and what else is about a person come in `private`, titles and reasons too
    (`typed`): they can be erased, and the chain holds. A plain text there belongs to the subject, if that is a person.
    Two writers get two numbers: SQLite writes one transaction at a time, PostgreSQL waits for the scope's lock.

    Raises:
        ValueError: the sentence is empty or wants other values, or the moment has no zone.
    """
    kept, about = dict(values or {}), _owned(private or {}, subject)
    _check(template, kept, about, at)
    seals, texts = sealed(about)
    with transaction.atomic(savepoint=False):  # it stands or falls with the action that it tells of
        _lock(scope)
        last = Entry.objects.filter(scope=scope).order_by("-number").first()
        entry = Entry(
            scope=scope,
            number=last.number + 1 if last else 1,
            format=FORMAT,
            at=at,
            actor=str(actor.key) if actor else "",
            verb=verb,
            template=template,
            values=kept,
            sealed=seals,
            subject_kind=subject._meta.label_lower if subject else "",
            subject_id=subject.pk if subject else None,
            previous=last.digest if last else START,
        )
        entry.digest = digest_of(entry)
        entry.save(force_insert=True)
        _keep(texts, entry)
    return entry


def digest_of(entry: Entry) -> str:
    """Compute the digest of an entry from its content and the digest before it, as its format says."""
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
    if entry.format != FIRST_FORMAT:
        content = [entry.format, *content, entry.sealed]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def sentences(entries: Iterable[Entry], *, seers: Collection[str] = (PUBLIC,)) -> list[str]:
    """Say entries in the reader's language; one query at most. See `sentence`."""
    rows = list(entries)
    texts = texts_of(rows)
    return [sentence(entry, seers=seers, texts=texts.get(entry.pk, {})) for entry in rows]


def sentence(entry: Entry, *, seers: Collection[str] = (PUBLIC,), texts: Mapping[str, str] | None = None) -> str:
    """Say an entry in the reader's language; a row that was tampered with shows its bare template.

    Args:
        seers: as whom the reader sees: texts about people are shown where they are meant for one of these.
        texts: the entry's own texts where they were read before.
    """
    if texts is None:
        texts = texts_of([entry]).get(entry.pk, {})
    words = {key: gettext(value) if key.endswith(WORD) else _isolated(value) for key, value in entry.values.items()}
    words |= {field: _shown(seal, texts.get(field), seers) for field, seal in entry.sealed.items()}
    try:
        return gettext(entry.template) % words
    except (KeyError, TypeError, ValueError):
        return entry.template


def _shown(seal: Mapping[str, str], text: str | None, seers: Collection[str]) -> Value:
    if text is None:
        return gettext("(erased)")
    return _isolated(text) if seal["seen_by"] in seers else gettext("(name not shown here)")


def _owned(private: Mapping[str, str | Private], subject: models.Model | None) -> dict[str, Private]:
    owner: Any = subject if hasattr(subject, "key") else None
    return {field: one if isinstance(one, Private) else Private(one, of=owner) for field, one in private.items()}


def _keep(texts: Iterable[JournalPayload], entry: Entry) -> None:
    for row in texts:
        row.entry = entry
        row.save(force_insert=True)


def _isolated(value: Value) -> Value:
    """Wrap a name that runs against the sentence, so that it turns neither quotes nor full stop around."""
    if not isinstance(value, str):
        return value
    plain = "".join(letter for letter in value if bidirectional(letter) not in _TURNING)
    against = {"L"} if get_language_bidi() else {"R", "AL"}
    return f"\u2068{plain}\u2069" if against & {bidirectional(letter) for letter in plain} else plain


def _check(template: str, values: Mapping[str, Value], private: Mapping[str, Private], at: datetime) -> None:
    if at.tzinfo is None:
        raise ValueError("a journal entry needs a moment with a zone")
    for key, value in values.items():
        if not isinstance(value, str | int | float):
            raise ValueError(f"the journal keeps words and numbers; {key} is a {type(value).__name__}")  # noqa: TRY004 - one error for callers
    if twice := sorted(values.keys() & private.keys()):
        raise ValueError(f"the journal keeps {twice[0]} once, with the values or apart from them")
    try:
        said = template % {**values, **{field: one.text for field, one in private.items()}}
    except (KeyError, TypeError) as error:
        raise ValueError(f"“{template}” cannot be filled: {error}") from error
    if not said.strip():
        raise ValueError("a journal entry needs a sentence")


def _lock(scope: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"journal {scope}"])
