"""A forum's mail for its secretariat: what is held, what left, letters to many."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convenor.cycle.access import in_cycle, person_of
from convenor.cycle.mail_desk import (
    LATELY,
    MOST_BOUNCED,
    Search,
    batches_of,
    bounced_people,
    mails_of,
    titles,
)
from convenor.cycle.mail_forms import LetterForm
from convenor.cycle.mail_kinds import LETTER, holders, values_for
from convenor.cycle.models import Cycle
from convenor.cycle.permissions import READ_THE_MAIL, SEND_MAIL
from convenor.people.models import Person, RoleTerm, running
from convenor.shared.errors import Refused
from convenor.shared.mail import actions, wording
from convenor.shared.mail.actions import Letter
from convenor.shared.mail.kinds import KINDS
from convenor.shared.mail.models import Batch, Mail, State
from convenor.shared.mail.views import is_withheld

PER_PAGE = 50


@in_cycle(READ_THE_MAIL)
@require_safe
@never_cache
def desk(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Show what is held, what was released lately, and whose address takes no mail."""
    batches = batches_of(cycle)
    held = list(batches.filter(held__gt=0))
    lately = list(batches.filter(held=0)[:LATELY])
    kinds = titles({batch.kind for batch in held})
    context = {
        "held": [(batch, kinds[batch.kind]) for batch in held],
        "lately": lately,
        "held_mails": sum(batch.held for batch in held),
        "bounced": bounced_people(cycle)[:MOST_BOUNCED],
        "has_server": bool(settings.SMTP_URL),
        "per_minute": settings.MAIL_PER_MINUTE,
    }
    return render(request, "mail/desk.html", context)


@in_cycle(READ_THE_MAIL)
@require_safe
@never_cache
def batch(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Show the mails of a batch, one of them in full."""
    found: Any = get_object_or_404(batches_of(cycle), pk=pk)
    mails = found.mails.select_related("person").defer("text", "html").order_by("pk")
    page = Paginator(mails, PER_PAGE).get_page(request.GET.get("page"))
    shown = _shown(request, found) or next(iter(found.mails.order_by("pk")[:1]), None)
    context = {
        "batch": found,
        "page": page,
        "shown": shown,
        "is_withheld": shown is not None and is_withheld(shown),
        "upto": found.mails.aggregate(last=Max("pk"))["last"] or 0,
        "kind": titles({found.kind})[found.kind],
        "zone": cycle.zone,
        "has_server": bool(settings.SMTP_URL),
        "per_minute": settings.MAIL_PER_MINUTE,
    }
    return render(request, "mail/batch.html", context)


def _shown(request: HttpRequest, found: Batch) -> Mail | None:
    asked = request.GET.get("mail", "")
    return found.mails.filter(pk=int(asked)).first() if _is_key(asked) else None


def _is_key(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) < len(str(2**63))


@in_cycle(SEND_MAIL)
@require_POST
def decide(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Release, discard or hold back the mails of a batch, all or those ticked."""
    found = get_object_or_404(Batch, pk=pk, forum=cycle.forum.slug)
    verb, _slash, scope = request.POST.get("do", "").partition("-")
    chosen = [int(key) for key in request.POST.getlist("mail") if _is_key(key)] if scope == "chosen" else None
    try:
        messages.success(request, _decided(request, cycle, found, verb, chosen))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("mail-desk:batch", *cycle.address, pk)


def _decided(request: HttpRequest, cycle: Cycle, found: Batch, verb: str, chosen: list[int] | None) -> str:
    """Carry out what was decided; say what happened."""
    who: dict[str, Any] = {"scope": cycle.scope, "by": person_of(request), "at": timezone.now()}
    if chosen == []:
        raise Refused(_("Nothing was changed: no mail is ticked."))
    if verb == "back":
        count = actions.hold_again(found, **who)
        return ngettext("%(n)s mail is held again.", "%(n)s mails are held again.", count) % {"n": count}
    upto = request.POST.get("upto", "")
    meant: dict[str, Any] = {"chosen": chosen, "upto": int(upto) if _is_key(upto) else 0}
    if verb == "release":
        count = actions.release(found, **who, **meant)
        return ngettext("%(n)s mail is released.", "%(n)s mails are released.", count) % {"n": count}
    if verb == "discard":
        count = actions.discard(found, **who, **meant)
        return ngettext("%(n)s mail is discarded.", "%(n)s mails are discarded.", count) % {"n": count}
    raise Refused(_("Nothing was changed: choose whether to release or to discard."))


@in_cycle(READ_THE_MAIL)
@require_safe
@never_cache
def log(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """List the forum's mails, newest first, narrowed by words, state, kind or person."""
    search = Search.of(request.GET)
    mails = search.apply(mails_of(cycle)).select_related("person").defer("text", "html")
    page = Paginator(mails, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "search": search,
        "page": page,
        "states": State.choices,
        "kinds": sorted(titles(set(KINDS)).items(), key=lambda one: one[1]),
        "named": titles({mail.kind for mail in page if mail.kind}),
        "zone": cycle.zone,
    }
    return render(request, "mail/log.html", context)


@in_cycle(READ_THE_MAIL)
@require_safe
@never_cache
def one(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Show one mail of the forum."""
    mail = get_object_or_404(mails_of(cycle).select_related("person", "batch"), pk=pk)
    context = {
        "mail": mail,
        "is_withheld": is_withheld(mail),
        "kind": titles({mail.kind})[mail.kind],
        "zone": cycle.zone,
    }
    return render(request, "mail/one.html", context)


@in_cycle(SEND_MAIL)
@require_POST
def again(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Put a mail that failed on its way once more."""
    mail = get_object_or_404(mails_of(cycle), pk=pk)
    try:
        actions.send_again(mail, at=timezone.now())
        messages.success(request, _("The mail is on its way again."))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("mail-desk:one", *cycle.address, pk)


@in_cycle(SEND_MAIL)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def letter(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Write to everybody in some roles; the letters are held until they are released."""
    kind, today = KINDS[LETTER], cycle.day_of(timezone.now())
    language = get_language() or "en"
    begun = wording.words_of(kind, cycle.forum.slug).get(language) or wording.shipped(kind, language)
    initial = {"subject": begun.subject, "text": begun.text, "language": language}
    form = LetterForm(request.POST or None, kind=kind, counts=_counts(cycle), initial=initial)
    if request.method == "POST" and form.is_valid():
        people = list(holders(cycle, form.chosen, on=today))
        written = _write(request, cycle, form, people)
        if written:
            return _written(request, cycle, written, len(people))
        form.add_error("roles", _("Nobody in these roles has an e-mail address, so no letter was written."))
    status = 422 if form.errors else 200
    return render(request, "mail/letter.html", {"form": form, "kind": kind, "known": kind.placeholders}, status=status)


def _counts(cycle: Cycle) -> dict[str, int]:
    """Count the people per role, in one query."""
    today = cycle.day_of(timezone.now())
    terms = RoleTerm.objects.filter(running(today), forum=cycle.forum.slug, cycle__in=("", cycle.slug), meeting="")
    return Counter(role for role, _person in set(terms.values_list("role", "person")))


def _write(request: HttpRequest, cycle: Cycle, form: LetterForm, people: list[Person]) -> list[Mail]:
    language = form.cleaned_data["language"]
    letters = [Letter(person, values_for(person, cycle), language) for person in people if person.email]
    if not letters:
        return []
    by, at = person_of(request), timezone.now()
    return actions.write_all(LETTER, letters, forum=cycle.forum.slug, by=by, at=at, words=form.words)


def _written(request: HttpRequest, cycle: Cycle, mails: list[Mail], people: int) -> HttpResponse:
    held = sum(mail.state == State.HELD for mail in mails)
    said = ngettext("%(n)s letter is written and held.", "%(n)s letters are written and held.", held) % {"n": held}
    if without := people - len(mails):
        words = ngettext("%(n)s person has no e-mail address.", "%(n)s people have no e-mail address.", without)
        said += " " + words % {"n": without}
    if stopped := len(mails) - held:
        words = ngettext("%(n)s person wants no such letters.", "%(n)s people want no such letters.", stopped)
        said += " " + words % {"n": stopped}
    messages.success(request, said)
    return redirect("mail-desk:batch", *cycle.address, mails[0].batch_id)
