"""Settings of the reader that need no account, and the pages for errors."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from convenor.shared.pages.access import everybody
from convenor.shared.pages.context import DARK_MEDIA, THEME_COOKIE
from convenor.shared.pages.middleware import LANGUAGE_COOKIE

YEAR_SECONDS = 365 * 24 * 3600


def back(request: HttpRequest) -> str:
    """Give the page of this site to return to."""
    target = request.GET.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else "/"


def _keep(request: HttpRequest, name: str, value: str) -> HttpResponse:
    response = HttpResponseRedirect(back(request))
    response.set_cookie(name, value, max_age=YEAR_SECONDS, samesite="Lax", secure=settings.SECURE)
    return response


@everybody
@require_safe
def set_language(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the chosen language on this device."""
    return _keep(request, LANGUAGE_COOKIE, code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)


@everybody
@require_safe
def set_theme(request: HttpRequest, name: str) -> HttpResponse:
    """Keep light or dark on this device."""
    return _keep(request, THEME_COOKIE, name if name in DARK_MEDIA else "")


def typed_in(request: HttpRequest) -> Sequence[str]:
    """Give the texts of several words that came with a form of this site: a refusal shows them, to be copied.

    What another site sends is never shown as if its reader had typed it.
    """
    if request.method != "POST" or urlsplit(request.headers.get("Origin", "")).netloc != request.get_host():
        return []
    try:
        sent = request.POST.lists()
    except (SuspiciousOperation, MultiPartParserError, OSError):  # too much, or nothing readable
        return []
    texts = [text.strip() for name, values in sent if not _is_hidden(name) for text in values]
    return [text for text in texts if len(text.split()) > 1]


def _is_hidden(name: str) -> bool:
    """Whether it is the form's own, or what nobody else may read on a screen."""
    return name == "was" or "password" in name


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page."""
    return render(request, "pages/not_found.html", {"typed": typed_in(request)}, status=404)


def too_much(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that more was sent than is taken at once, or nothing readable, and that what was typed is not lost."""
    is_large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return render(request, "pages/too_much.html", status=413 if is_large else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say which right is missing."""
    context = {"sentence": str(exception), "typed": typed_in(request)}
    return render(request, "pages/forbidden.html", context, status=403)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was opened before its reader signed in, and show what they typed."""
    return render(request, "pages/stale.html", {"typed": typed_in(request)}, status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours."""
    return render(request, "pages/failed.html", status=500)
