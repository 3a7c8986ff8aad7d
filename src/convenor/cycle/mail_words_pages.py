"""The words of a forum's mails: every kind in every language, changed with a preview of real values."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from convenor.cycle.access import in_cycle, person_of
from convenor.cycle.mail_forms import WordsForm
from convenor.cycle.models import Cycle
from convenor.cycle.permissions import WORD_THE_MAIL
from convenor.shared.errors import Refused
from convenor.shared.mail import actions, wording
from convenor.shared.mail.kinds import KINDS, Example, Kind
from convenor.shared.mail.models import MailTemplate
from convenor.shared.mail.wording import Words

MOST_VERSIONS = 20


@in_cycle(WORD_THE_MAIL)
@require_safe
@never_cache
def kinds(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """List the kinds of mail with the languages in which the forum has words of its own."""
    own: dict[tuple[str, str], bool] = {}
    for row in MailTemplate.objects.filter(forum=cycle.forum.slug).order_by("version"):
        own[row.kind, row.language] = not row.is_default
    rows = [
        (kind, [(code, name, own.get((kind.code, code), False)) for code, name in settings.LANGUAGES])
        for kind in sorted(KINDS.values(), key=lambda kind: _(kind.title))
    ]
    return render(request, "mail/kinds.html", {"rows": rows, "changed": sum(own.values())})


@in_cycle(WORD_THE_MAIL)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def words(request: HttpRequest, cycle: Cycle, kind: str, language: str) -> HttpResponse:
    """Show the words of a kind in a language; preview, save, send to oneself, or go back to those that ship."""
    if kind not in KINDS or language not in dict(settings.LANGUAGES):
        raise Http404
    found, counts = KINDS[kind], wording.words_of(KINDS[kind], cycle.forum.slug)[language]
    initial = {"subject": counts.subject, "text": counts.text, "seen": counts.version}
    form = WordsForm(request.POST or None, kind=found, initial=initial)
    if request.method == "POST" and (answer := _acted(request, cycle, form, language)) is not None:
        return answer
    return _page(request, cycle, form, language, counts)


def _acted(request: HttpRequest, cycle: Cycle, form: WordsForm, language: str) -> HttpResponse | None:
    """Do what the button says; None where the page is shown again."""
    verb, kind = request.POST.get("do", "preview"), form.kind
    is_valid = form.is_valid()
    if not is_valid and verb != "reset":
        return None
    who: dict[str, Any] = {"scope": cycle.scope, "by": person_of(request), "at": timezone.now()}
    where: dict[str, Any] = {
        "forum": cycle.forum.slug,
        "language": language,
        "seen": form.cleaned_data.get("seen") or 0,
    }
    try:
        if verb == "save":
            wording.save_words(kind, subject=form.words.subject, text=form.words.text, **where, **who)
            messages.success(request, _("Saved. The next mails of this kind are written in these words."))
        elif verb == "reset":
            wording.reset_words(kind, **where, **who)
            messages.success(request, _("The words that ship count again. Your own are kept among the versions."))
        elif verb == "test":
            _send_test(request, cycle, form, language)
            return None
        else:
            return None
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    return redirect("mail-desk:words", *cycle.address, kind.code, language)


def _send_test(request: HttpRequest, cycle: Cycle, form: WordsForm, language: str) -> None:
    me, at = person_of(request), timezone.now()
    with override(language):
        subject = _("[Test] %(subject)s") % {"subject": form.words.subject}
    mail = actions.write(
        form.kind.code,
        to=me,
        context=_example(request, cycle, form.kind).values,
        forum=cycle.forum.slug,
        at=at,
        language=language,
        words=Words(subject, form.words.text),
    )
    messages.success(request, _("A test mail was written to %(email)s.") % {"email": mail.to})


def _chosen(request: HttpRequest) -> str:
    return str(request.POST.get("with", request.GET.get("with", "")))


def _example(request: HttpRequest, cycle: Cycle, kind: Kind) -> Example:
    """Give the real values that were asked for, else those of the first that there is, else samples."""
    keys = [_chosen(request), *(key for key, _name in _choices(cycle, kind)[:1])]
    for key in filter(None, keys):
        if kind.example is not None and (found := kind.example(cycle, key)) is not None:
            return found
    return Example(kind.samples)


def _choices(cycle: Cycle, kind: Kind) -> list[tuple[str, str]]:
    return list(kind.choices(cycle)) if kind.choices is not None else []


def _page(request: HttpRequest, cycle: Cycle, form: WordsForm, language: str, counts: Words) -> HttpResponse:
    kind = form.kind
    faulty = form.is_bound and bool({"subject", "text"} & set(form.errors))
    shown = counts if not form.is_bound or faulty else form.words
    with override(language):
        preview = wording.compose(kind, shown, _example(request, cycle, kind).values)
    context = {
        "form": form,
        "kind": kind,
        "language": language,
        "language_name": dict(settings.LANGUAGES)[language],
        "languages_of": settings.LANGUAGES,
        "counts": counts,
        "is_faulty": faulty,
        "preview": preview,
        "preview_html": mark_safe(preview.html),  # noqa: S308 - made by letter.to_html, which escapes everything
        "preview_direction": wording.direction_of(language),
        "choices": _choices(cycle, kind),
        "chosen": _chosen(request),
        "versions": wording.history(kind, cycle.forum.slug, language)[:MOST_VERSIONS],
    }
    return render(request, "mail/words.html", context, status=422 if form.is_bound and form.errors else 200)
