"""Settings of the reader that need no account, and the pages for errors."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
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


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page."""
    return render(request, "pages/not_found.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say which right is missing."""
    return render(request, "pages/forbidden.html", {"sentence": str(exception)}, status=403)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was opened before its reader signed in, and that what they typed is not lost."""
    return render(request, "pages/stale.html", status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours."""
    return render(request, "pages/failed.html", status=500)
