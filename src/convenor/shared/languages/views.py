"""The pages for reviewers of the interface's languages."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convenor.shared.errors import Refused
from convenor.shared.languages import actions
from convenor.shared.languages.catalogue import entries, reviewed
from convenor.shared.languages.forms import WordingForm
from convenor.shared.languages.models import TranslationChange
from convenor.shared.languages.reading import narrowed, shown, standing, with_next
from convenor.shared.languages.strings import Entry
from convenor.shared.pages.access import a_secretariat, signed_in

ROWS = 25
FILTERS = ("show", "q", "page")


def _about(code: str) -> dict[str, Any]:
    """Give what every page of a language says of it.

    Raises:
        Http404: it is none of the translations.
    """
    if code not in reviewed():
        raise Http404(_("There is no such translation here."))
    info = get_language_info(code)
    return {
        "code": code,
        "name": info["name_translated"],
        "own_name": info["name_local"],
        "writing": "rtl" if info["bidi"] else "ltr",
    }


def _entry(code: str, key: str) -> Entry:
    entry = entries(code).get(key)
    if entry is None:
        raise Http404(_("This string is no longer in the interface."))
    return entry


def _may_confirm(request: HttpRequest) -> bool:
    person: Any = request.user  # the people's layer stands above this one
    return bool(person.holds("secretariat", on=timezone.now().date()))


@signed_in
@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Show how far each language is."""
    languages = [{**_about(code), "standing": standing(shown(code))} for code in reviewed()]
    return render(request, "languages/index.html", {"translations": languages})


@signed_in
@require_safe
@never_cache
def strings(request: HttpRequest, code: str) -> HttpResponse:
    """List the strings of a language, or what the filters leave."""
    about, rows = _about(code), shown(code)
    filters = {name: request.GET.get(name, "") for name in FILTERS}
    page = Paginator(with_next(narrowed(rows, show=filters["show"], words=filters["q"])), ROWS)
    context = {
        **about,
        "filters": filters,
        "standing": standing(rows),
        "page": page.get_page(filters["page"]),
        "at": request.GET.get("at", ""),
        "may_confirm": _may_confirm(request),
    }
    return render(request, "languages/strings.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def string(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Show one string with what was proposed for it, and take a better wording."""
    about, entry = _about(code), _entry(code, key)
    form = WordingForm(request.POST or None, language=code, entry=entry)
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose(code, entry, strings=form.strings(), by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your wording is kept. It goes into the next release once it is taken over."))
            return redirect(request.path)
    changes = TranslationChange.objects.filter(language=code, key=key)[:ROWS]
    row = next(row for row in shown(code) if row.entry.key == key)
    context = {**about, "row": row, "changes": changes, "form": form, "may_confirm": _may_confirm(request)}
    return render(request, "languages/string.html", context, status=422 if form.errors else 200)


@a_secretariat
@require_POST
def confirm(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Confirm a wording, and go on to the next string."""
    _about(code)
    digest = request.POST.get("digest", "")
    try:
        actions.confirm(code, _entry(code, key), digest=digest, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return _onward(request, code)


@a_secretariat
@require_POST
def withdraw(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Take the confirmation of a string back."""
    _about(code)
    actions.withdraw(code, digest=_entry(code, key).digest)
    return _onward(request, code)


def _onward(request: HttpRequest, code: str) -> HttpResponse:
    """Return to the list as it was filtered, at the string that the reader comes to next."""
    kept = {name: request.POST[name] for name in (*FILTERS, "at") if request.POST.get(name)}
    address = reverse("languages:strings", args=(code,))
    return redirect(f"{address}?{urlencode(kept)}" if kept else address)
