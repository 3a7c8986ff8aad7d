"""What is done with mails: write them, hold them, release them, discard them, send them again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from convenor.shared.errors import Refused
from convenor.shared.journal import record
from convenor.shared.mail import wording
from convenor.shared.mail.delivery import deliver
from convenor.shared.mail.kinds import KINDS, Kind
from convenor.shared.mail.letter import fill, placeholders_in
from convenor.shared.mail.models import SUBJECT_LETTERS, Batch, Mail, MailQuerySet, State, Stop
from convenor.shared.mail.wording import Words


class Reader(Protocol):
    """Somebody with an account, as far as mail goes; the people's layer stands above this one."""

    pk: Any
    email: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail of many: to whom, and what fills it."""

    to: Reader | str
    context: Mapping[str, str]
    language: str = ""


@transaction.atomic
def write(
    kind: str,
    *,
    to: Reader | str,
    context: Mapping[str, str],
    forum: str,
    at: datetime,
    language: str = "",
    hold: bool = False,
    by: Any = None,
    words: Words | None = None,
) -> Mail:
    """Write a mail in the words of its forum, in its reader's language.

    Args:
        kind: code of a registered kind.
        to: a person, or an address.
        context: what fills the placeholders, all of them.
        forum: slug, or empty for the installation's own mails.
        at: now.
        language: of the mail; else the person's, else the page's.
        hold: put it into the open batch of its kind, for the secretariat to release; else it goes at once.
        by: who wrote it, for the batch.
        words: instead of the forum's; their placeholders were checked.

    Raises:
        Refused: the person has no e-mail address.
        KeyError: there is no such kind, or a placeholder has no value.
    """
    letter = Letter(to, context, language)
    if hold:
        return _hold(KINDS[kind], [letter], forum=forum, at=at, by=by, words=words)[0]
    rows = _rows(KINDS[kind], [letter], forum=forum, words=words)
    return send_at_once(rows, at=at)[0]


@transaction.atomic
def write_all(
    kind: str, letters: Iterable[Letter], *, forum: str, at: datetime, by: Any = None, words: Words | None = None
) -> list[Mail]:
    """Write many mails of a kind and hold them as one batch; see `write`.

    An address that stopped such letters gets none: its mail is discarded, with the reason.

    Raises:
        Refused: somebody has no e-mail address; nothing is written.
        KeyError: there is no such kind, or a placeholder has no value.
    """
    return _hold(KINDS[kind], list(letters), forum=forum, at=at, by=by, words=words)


def queue(kind: str, letters: Iterable[Letter], *, forum: str, at: datetime) -> list[Mail]:
    """Write many mails of a kind that leave with the next round: whoever caused them waits for no mail server.

    Raises:
        Refused: somebody has no e-mail address; nothing is written.
        KeyError: there is no such kind, or a placeholder has no value.
    """
    return put_into_queue(compose_all(kind, letters, forum=forum), at=at)


def compose_all(kind: str, letters: Iterable[Letter], *, forum: str) -> list[Mail]:
    """Compose what `queue` writes and store nothing: that takes time, in which nobody needs to wait for a lock."""
    return _rows(KINDS[kind], list(letters), forum=forum, words=None)


def put_into_queue(rows: list[Mail], *, at: datetime) -> list[Mail]:
    """Store what was composed, to leave with the next round."""
    for row in rows:
        row.queued_at = at
        if row.state != State.DISCARDED:
            row.set_out(at=at)
    return Mail.objects.bulk_create(rows, batch_size=200)


def send_at_once(rows: list[Mail], *, at: datetime) -> list[Mail]:
    """Keep mails, and deliver them once the transaction around is through, if a server is set."""
    going = [row for row in rows if row.state != State.DISCARDED]
    for row in rows:
        row.queued_at = at
    for row in going:
        row.set_out(at=at)
        if row.state == State.WAITING:
            row.take_in_hand(at=at)
    rows = Mail.objects.bulk_create(rows)
    if settings.SMTP_URL and going:
        transaction.on_commit(partial(deliver, going, at=at), robust=True)
    return rows


def _hold(
    kind: Kind, letters: Sequence[Letter], *, forum: str, at: datetime, by: Any, words: Words | None
) -> list[Mail]:
    rows = _rows(kind, letters, forum=forum, words=words)
    title = Truncator(_title(words, letters) if words else kind.title).chars(SUBJECT_LETTERS)
    batch, _is_new = Batch.objects.select_for_update().get_or_create(
        forum=forum, kind=kind.code, title=title, closed_at=None, defaults={"written_by": by, "written_at": at}
    )
    for row in rows:
        row.batch, row.queued_at = batch, at
    return Mail.objects.bulk_create(rows, batch_size=200)


def _title(words: Words, letters: Sequence[Letter]) -> str:
    """Give the subject that many letters share: what differs from letter to letter is left out."""
    names = placeholders_in(words.subject)
    shared = {name: {one.context[name] for one in letters} for name in names}
    return fill(words.subject, {name: values.pop() if len(values) == 1 else "…" for name, values in shared.items()})


def _rows(kind: Kind, letters: Sequence[Letter], *, forum: str, words: Words | None) -> list[Mail]:
    own = {} if words else wording.words_of(kind, forum, {_language(letter) for letter in letters})
    stopped = set(Stop.objects.filter(forum=forum).values_list("address", flat=True)) if kind.is_list else set()
    return [_row(kind, one, forum=forum, words=words, own=own, stopped=stopped) for one in letters]


def _row(
    kind: Kind, letter: Letter, *, forum: str, words: Words | None, own: Mapping[str, Words], stopped: set[str]
) -> Mail:
    to = letter.to
    address, person_id = (to, None) if isinstance(to, str) else (to.email, to.pk)
    if not address:
        raise Refused(_("No mail was written to %(name)s: no e-mail address is known.") % {"name": to})
    language = _language(letter)
    written = wording.compose(kind, words or own[language], letter.context)
    is_stopped = address.lower() in stopped
    return Mail(
        to=address,
        person_id=person_id,
        forum=forum,
        kind=kind.code,
        language=language,
        subject=Truncator(written.subject).chars(SUBJECT_LETTERS),
        text=written.text,
        html=wording.page(written.html, subject=written.subject, language=language),
        is_secret=kind.is_secret,
        state=State.DISCARDED if is_stopped else State.HELD,
        failure=_("The reader has asked for no more letters to many from this forum.") if is_stopped else "",
    )


def _language(letter: Letter) -> str:
    known = dict(settings.LANGUAGES)
    wanted = (letter.language, "" if isinstance(letter.to, str) else letter.to.language, get_language() or "")
    return next((code for code in wanted if code in known), settings.LANGUAGE_CODE)


@transaction.atomic
def release(batch: Batch, *, scope: str, by: Any, at: datetime, chosen: Sequence[int] | None = None, upto: int) -> int:
    """Send held mails off, all or those chosen; give how many.

    All means all up to the one that the reader saw last, and leaves mails held whose address came back for good; chosen
    ones go in any case.

    Raises:
        Refused: no mail server is set, or nothing of this is held any more.
    """
    if not settings.SMTP_URL and not settings.DEMO:
        raise Refused(
            _("Nothing was released: no mail server is set, so the mails would reach nobody. They are held as before.")
        )
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    held = _held(batch, chosen=chosen, upto=upto)
    if chosen is None:
        held = held.exclude(person__email_bounced_at__isnull=False)
    state = State.WAITING if settings.SMTP_URL else State.KEPT
    count = held.update(state=state, released_at=at, due_at=at)
    if not count:
        raise Refused(_("Nothing was released: none of these mails is held any more. What is held is as before."))
    batch.closed_at, batch.released_by, batch.released_at = batch.closed_at or at, by, at
    batch.save(update_fields=["closed_at", "released_by", "released_at"])
    template = gettext_noop("Mails were released, %(count)s in number: %(kind_word)s.")
    _record(batch, verb="mail.released", template=template, count=count, scope=scope, by=by, at=at)
    return count


@transaction.atomic
def discard(batch: Batch, *, scope: str, by: Any, at: datetime, chosen: Sequence[int] | None = None, upto: int) -> int:
    """Give held mails up, all or those chosen; they are kept in the log and never sent. Give how many.

    Raises:
        Refused: nothing of this is held any more.
    """
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    count = _held(batch, chosen=chosen, upto=upto).update(state=State.DISCARDED)
    if not count:
        raise Refused(_("Nothing was discarded: none of these mails is held any more."))
    if not batch.mails.filter(state=State.HELD).exists():
        batch.closed_at = batch.closed_at or at
        batch.save(update_fields=["closed_at"])
    template = gettext_noop("Held mails were discarded, %(count)s in number: %(kind_word)s.")
    _record(batch, verb="mail.discarded", template=template, count=count, scope=scope, by=by, at=at)
    return count


@transaction.atomic
def hold_again(batch: Batch, *, scope: str, by: Any, at: datetime) -> int:
    """Hold what was released and has not left yet; give how many.

    Raises:
        Refused: all of them have left.
    """
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    count = Mail.objects.free(at=at).filter(batch=batch).update(state=State.HELD, due_at=None, released_at=None)
    if not count:
        raise Refused(_("Nothing was held back: every released mail has left, or is leaving this moment."))
    template = gettext_noop("Released mails were held back before they left, %(count)s in number: %(kind_word)s.")
    _record(batch, verb="mail.held-back", template=template, count=count, scope=scope, by=by, at=at)
    return count


@transaction.atomic
def send_again(mail: Mail, *, at: datetime) -> Mail:
    """Put a mail that failed on its way once more.

    Raises:
        Refused: it did not fail, it holds a code, or no mail server is set.
    """
    mail = Mail.objects.select_for_update().get(pk=mail.pk)
    if not mail.may_go_again:
        raise Refused(_("The mail was not sent again: only a mail that failed is, and a code goes stale."))
    if not settings.SMTP_URL:
        raise Refused(_("The mail was not sent again: no mail server is set. The mail is kept."))
    mail.set_out(at=at)
    mail.attempts = 0
    mail.save(update_fields=["state", "released_at", "due_at", "attempts"])
    return mail


def stop(mail: Mail, *, at: datetime) -> None:
    """Keep that an address wants no more letters to many from the forum of a mail; those held for it are discarded."""
    Stop.objects.get_or_create(forum=mail.forum, address=mail.to.lower(), defaults={"at": at})
    lists = [kind.code for kind in KINDS.values() if kind.is_list]
    held = Mail.objects.filter(forum=mail.forum, to__iexact=mail.to, state=State.HELD, kind__in=lists)
    held.update(state=State.DISCARDED, failure=_("The reader has asked for no more letters to many from this forum."))


def start_again(mail: Mail) -> None:
    """Take such a wish back."""
    Stop.objects.filter(forum=mail.forum, address=mail.to.lower()).delete()


def _held(batch: Batch, *, chosen: Sequence[int] | None, upto: int) -> MailQuerySet:
    """Narrow to the held mails of a batch that are meant; none that came in after the reader looked."""
    meant = Q(pk__lte=upto) if chosen is None else Q(pk__in=chosen)
    return Mail.objects.filter(meant, batch=batch, state=State.HELD)


def _record(batch: Batch, *, verb: str, template: str, count: int, scope: str, by: Any, at: datetime) -> None:
    word = KINDS[batch.kind].title if batch.kind in KINDS else batch.kind
    record(scope=scope, verb=verb, template=template, values={"count": count, "kind_word": word}, actor=by, at=at)
