"""What readers do to the strings of a language: confirm, take that back, propose a better wording."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from convenor.shared.errors import Refused
from convenor.shared.languages.catalogue import forms_of
from convenor.shared.languages.models import Confirmation, TranslationChange
from convenor.shared.languages.reading import cache_name
from convenor.shared.languages.strings import Entry, digest_of, faults


@transaction.atomic
def confirm(language: str, entry: Entry, *, digest: str, by: Any, at: datetime) -> Confirmation:
    """Say that a wording is right, the one that ships or a proposed one; said twice, it counts once.

    Raises:
        Refused: the string has no such wording any more.
    """
    proposed = TranslationChange.objects.filter(language=language, key=entry.key, digest=digest)
    if not (entry.is_whole and digest == entry.digest) and not proposed.exists():
        raise Refused(
            _("The wording of “%(string)s” was not confirmed: it is another one now. Read the one that stands there.")
            % {"string": entry.originals[0]}
        )
    row, _made = Confirmation.objects.get_or_create(language=language, digest=digest, defaults={"by": by, "at": at})
    transaction.on_commit(lambda: cache.delete(cache_name(language)))
    return row


@transaction.atomic
def withdraw(language: str, *, digest: str) -> None:
    """Take a confirmation back that was given on this installation."""
    Confirmation.objects.filter(language=language, digest=digest).delete()
    transaction.on_commit(lambda: cache.delete(cache_name(language)))


@transaction.atomic
def propose(language: str, entry: Entry, *, strings: Sequence[str], by: Any, at: datetime) -> TranslationChange:
    """Keep a better wording of a string; the newest proposal stays one when it is sent twice.

    Raises:
        Refused: it is the wording that ships, or lacks something of the English.
    """
    strings = [one.strip("\r\n").replace("\r\n", "\n") for one in strings]
    if found := faults(entry, strings, forms=forms_of(language, entry)):
        raise Refused(" ".join(sentence(code, entry) for code in found))
    if tuple(strings) == entry.strings:
        raise Refused(_("This is the wording that stands already; nothing was changed."))
    digest = digest_of(entry, strings)
    newest = TranslationChange.objects.filter(language=language, key=entry.key).first()
    if newest is not None and newest.digest == digest:
        return newest
    return TranslationChange.objects.create(
        language=language, key=entry.key, strings=strings, digest=digest, by=by, at=at
    )


def sentence(code: str, entry: Entry) -> str:
    """Say what a wording lacks, and what to do."""
    english = entry.originals[-1]
    if code == "placeholders":
        return _(
            "The wording was not kept: what stands in brackets after a percent sign is filled in later and must stay "
            "letter by letter as in “%(english)s”. What you typed is still here."
        ) % {"english": english}
    if code == "tags":
        return _(
            "The wording was not kept: marks in angle brackets and straight double quotes must be those of the English "
            "“%(english)s”."
        ) % {"english": english}
    if code == "percent":
        return _("The wording was not kept: in this string a percent sign is written twice.")
    if code == "empty":
        return _("The wording was not kept: every form needs words.")
    return _("The wording was not kept: this language has another number of plural forms. Load the page again.")
