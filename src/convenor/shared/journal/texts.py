"""Texts about people beside the chain: sealed by a salted digest, shown to those who may see them, erased on demand.

Whatever somebody typed may name people, too: titles, reasons, names of forums. Such words stand beside the chain as
well, as nobody's, and go when somebody whom they name is erased.
"""

import re
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from django.db.models import Q

from convenor.shared.journal.models import Entry, JournalPayload, Texts

PUBLIC, COMMITTEE, SECRETARIAT = "public", "committee", "secretariat"  # who may see a text, as rule sets say it
ERASED_TEXTS = "erased_texts"  # the value of an entry that names texts which were erased: "3.name 7.name"
SALT_BYTES = 16
Seal = Mapping[str, str]


class Keyed(Protocol):
    """A person: somebody with a random key."""

    key: UUID


@dataclass(frozen=True, slots=True)
class Private:
    """A text about a person for an entry's sentence: whose it is, so that it goes with them, and who may see it."""

    text: str
    of: Keyed | None = None
    seen_by: str = COMMITTEE


def typed(text: str) -> Private:
    """Give words that somebody typed and everybody may read: they may name people, so the chain only seals them."""
    return Private(text, seen_by=PUBLIC)


def sealed(private: Mapping[str, Private]) -> tuple[dict[str, dict[str, str]], list[JournalPayload]]:
    """Give what the entry keeps of texts, and the rows that hold them; their salts are new and random."""
    seals, rows = {}, []
    for field, one in private.items():
        salt, key = secrets.token_hex(SALT_BYTES), str(one.of.key) if one.of else ""
        seals[field] = {"of": key, "seen_by": one.seen_by, "digest": digest_of_text(one.text, salt)}
        rows.append(JournalPayload(field=field, person_key=key, text=one.text, salt=salt))
    return seals, rows


def digest_of_text(text: str, salt: str) -> str:
    """Compute the digest that an entry keeps of a text."""
    return sha256(f"{salt}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()


def texts_of(entries: Iterable[Entry]) -> dict[int, dict[str, str]]:
    """Give the texts that still exist, by entry and field; no query where no entry has any."""
    keys = [entry.pk for entry in entries if entry.sealed]
    found: dict[int, dict[str, str]] = {key: {} for key in keys}
    if keys:
        for entry, field, text in JournalPayload.objects.filter(entry__in=keys).values_list("entry", "field", "text"):
            found[entry][field] = text
    return found


def whole_word(word: str) -> re.Pattern[str]:
    """Find a name or an address where it stands alone, whatever its case."""
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", flags=re.IGNORECASE)


def texts_holding(word: str) -> dict[int, str]:
    """Give the scope of each text about nobody's account that holds a name or an address, by its key."""
    if not word:
        return {}
    rows = JournalPayload.objects.filter(person_key="", text__icontains=word)
    found = whole_word(word)
    return {key: scope for key, text, scope in rows.values_list("pk", "text", "entry__scope") if found.search(text)}


def texts_about(keys: Collection[str], *, words: Collection[str] = (), rows: Collection[int] = ()) -> Texts:
    """Narrow to the texts about a person's keys, those of nobody that are exactly one of the words, and some rows."""
    known = [word for word in words if word]
    about = Q(person_key__in=keys) | Q(person_key="", text__in=known) | Q(pk__in=rows)
    texts: Texts = JournalPayload.objects.filter(about)
    return texts


def erase_texts(rows: Texts) -> dict[str, list[str]]:
    """Delete texts; give, by scope, what the journal has to say is gone ("12.name").

    The caller writes that into an entry of each scope under `ERASED_TEXTS`; without it `verify` names the first hole.
    """
    places = rows.order_by("entry__scope", "entry__number", "field").values_list(
        "entry__scope", "entry__number", "field"
    )
    gone: dict[str, list[str]] = {}
    for scope, number, field in places:
        gone.setdefault(scope, []).append(f"{number}.{field}")
    rows.erase()
    return gone
