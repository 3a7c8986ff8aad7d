"""The words of each kind of mail: those that ship, and a forum's own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils.formats import get_format
from django.utils.html import escape
from django.utils.translation import get_language_info, gettext_noop, ngettext, override
from django.utils.translation import gettext as _

from convenor.shared.errors import Refused
from convenor.shared.journal import record
from convenor.shared.languages.days import date_format
from convenor.shared.mail.kinds import Kind
from convenor.shared.mail.letter import fill, placeholders_in, to_html, to_text
from convenor.shared.mail.models import MailTemplate


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and text with their placeholders; version 0 is what ships."""

    subject: str
    text: str
    version: int = 0
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A mail as it will be read."""

    subject: str
    text: str
    html: str  # of the body only


def shipped(kind: Kind, language: str) -> Words:
    """Give the words that ship, in a language."""
    with override(language):
        return Words(_(kind.subject), _(kind.text))


def words_of(kind: Kind, forum: str, languages: Iterable[str] = ()) -> dict[str, Words]:
    """Give the words that count in a forum, by language, of these or of all; one query."""
    words = {code: shipped(kind, code) for code in languages or [code for code, _name in settings.LANGUAGES]}
    newest: dict[str, MailTemplate] = {}
    for row in MailTemplate.objects.filter(forum=forum, kind=kind.code).order_by("version"):
        newest[row.language] = row
    for language, row in newest.items():
        if language not in words:
            continue
        own, ships = Words(row.subject, row.text, row.version, is_own=True), words[language]
        words[language] = Words(ships.subject, ships.text, row.version) if row.is_default else own
    return words


def faults(kind: Kind, words: Words) -> dict[str, str]:
    """Say what keeps words from being used, by field: unknown placeholders, and missing ones."""
    known = [one.name for one in kind.placeholders]
    said = {}
    for field, template in (("subject", words.subject), ("text", words.text)):
        if unknown := [name for name in placeholders_in(template) if name not in known]:
            said[field] = _unknown(unknown, known)
    in_text = placeholders_in(words.text)
    if missing := [one.name for one in kind.placeholders if one.is_needed and one.name not in in_text]:
        said["text"] = " ".join(filter(None, [said.get("text"), _missing(missing)]))
    return said


def compose(kind: Kind, words: Words, values: Mapping[str, str]) -> Written:
    """Fill words in; a mail for its reader, in plain text and HTML.

    Raises:
        KeyError: a placeholder has no value.
    """
    subject = " ".join(fill(words.subject, values).split())
    return Written(subject, to_text(words.text, values), to_html(words.text, values, links=kind.links))


def page(body: str, *, subject: str, language: str) -> str:
    """Put the HTML of a body into a whole document of its language and direction."""
    direction = direction_of(language)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}" dir="{direction}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(subject)}</title></head>\n'
        f'<body lang="{escape(language)}" dir="{direction}">\n{body}\n</body></html>\n'
    )


def direction_of(language: str) -> str:
    """Give the direction that a language is written in."""
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


def history(kind: Kind, forum: str, language: str) -> models.QuerySet[MailTemplate]:
    """Give a forum's versions of the words, newest first."""
    rows = MailTemplate.objects.filter(forum=forum, kind=kind.code, language=language)
    return rows.select_related("by").order_by("-version")


def save_words(
    kind: Kind, *, forum: str, language: str, subject: str, text: str, seen: int, scope: str, by: Any, at: datetime
) -> MailTemplate:
    """Keep a forum's own words as a new version.

    Args:
        kind: of which mails.
        forum: slug.
        language: one of the settings.
        subject: with placeholders.
        text: with placeholders.
        seen: the version that the writer had before them.
        scope: the journal's.
        by: who wrote them.
        at: now.

    Raises:
        Refused: a placeholder is unknown or missing, or somebody else saved meanwhile.
    """
    words = Words(" ".join(subject.split()), text.replace("\r\n", "\n").strip())
    if said := faults(kind, words):
        raise Refused(" ".join(said.values()))
    row = MailTemplate(subject=words.subject, text=words.text)
    template = gettext_noop("The words of a mail were changed: %(kind_word)s, in the language %(language)s.")
    return _keep(row, kind, forum=forum, language=language, seen=seen, template=template, scope=scope, by=by, at=at)


def reset_words(kind: Kind, *, forum: str, language: str, seen: int, scope: str, by: Any, at: datetime) -> MailTemplate:
    """Go back to the words that ship; the forum's own stay among its versions.

    Raises:
        Refused: somebody else saved meanwhile.
    """
    row = MailTemplate(is_default=True)
    template = gettext_noop(
        "The words of a mail are those that ship again: %(kind_word)s, in the language %(language)s."
    )
    return _keep(row, kind, forum=forum, language=language, seen=seen, template=template, scope=scope, by=by, at=at)


@transaction.atomic
def _keep(
    row: MailTemplate,
    kind: Kind,
    *,
    forum: str,
    language: str,
    seen: int,
    template: str,
    scope: str,
    by: Any,
    at: datetime,
) -> MailTemplate:
    newest = next(iter(history(kind, forum, language)), None)
    if (newest.version if newest else 0) != seen:
        raise _overtaken(newest)
    row.forum, row.kind, row.language = forum, kind.code, language
    row.version, row.by, row.at = seen + 1, by, at
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # saved by somebody else between the look and now
        raise _overtaken(next(iter(history(kind, forum, language)), None)) from None
    values = {"kind_word": kind.title, "language": language}
    record(scope=scope, verb="mail.words-changed", template=template, values=values, actor=by, at=at)
    return row


def _overtaken(newest: MailTemplate | None) -> Refused:
    when = date_format(newest.at, get_format("DATETIME_FORMAT")) if newest else ""
    return Refused(
        _(
            "Your words were not saved: somebody else saved version %(version)s meanwhile (%(when)s UTC). "
            "What you typed is kept below; compare it with the version that counts now, then save again."
        )
        % {"version": newest.version if newest else 0, "when": when}
    )


def _unknown(names: list[str], known: list[str]) -> str:
    words = ngettext(
        "Nothing fills %(names)s: it is no placeholder of this mail. Known are %(known)s.",
        "Nothing fills %(names)s: they are no placeholders of this mail. Known are %(known)s.",
        len(names),
    )
    return words % {"names": in_braces(names), "known": in_braces(known) or "–"}


def _missing(names: list[str]) -> str:
    words = ngettext(
        "%(names)s is missing from the text: without it the mail is of no use to its reader.",
        "%(names)s are missing from the text: without them the mail is of no use to its reader.",
        len(names),
    )
    return words % {"names": in_braces(names)}


def in_braces(names: Iterable[str]) -> str:
    """Name placeholders as they are typed."""
    return ", ".join(f"{{{name}}}" for name in names)
