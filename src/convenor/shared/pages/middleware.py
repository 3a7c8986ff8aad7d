"""Middleware that every page passes through."""

from collections.abc import Callable
from wsgiref.headers import Headers

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from convenor.shared.errors import Refused

Answer = Callable[[HttpRequest], HttpResponseBase]
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
LANGUAGE_COOKIE = "language"


class ContentPolicy:
    """Send the content security policy: nothing inline, nothing from elsewhere."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the policy in the head."""
        response = self.answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


def guard_file(headers: Headers, _path: str, _url: str) -> None:
    """Send the same with a file, which no page passes through."""
    headers["Content-Security-Policy"] = POLICY
    headers["X-Content-Type-Options"] = "nosniff"


class PreferredLanguage:
    """Choose the language: what the reader set, else what the browser asks for."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in that language and say so to caches."""
        chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
        if chosen not in dict(settings.LANGUAGES):
            asked_for = translation.get_language_from_request(request)
            chosen = asked_for if asked_for in settings.OFFERED_LANGUAGES else settings.LANGUAGE_CODE
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = self.answer(request)
        response.headers.setdefault("Content-Language", chosen)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


class Refusals:
    """Turn a refusal that no form caught into a page that says it."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; the work is in `process_exception`."""
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Show the sentence of a `Refused`, status 409; leave everything else alone."""
        if not isinstance(error, Refused):
            return None
        return render(request, "pages/refused.html", {"sentence": str(error)}, status=409)
