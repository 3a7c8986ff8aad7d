"""What each request does for the session it comes with."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from convenor.people.sessions import ONLY, TOUCH, SessionStore
from convenor.people.sign_in_models import BrowserSession


class Sessions:
    """Note once an hour that a session is in use, and keep a session from a mail's link to its one path."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; requests without a session cookie cost nothing here."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            only = request.session.get(ONLY)
            if only is not None and not request.path_info.startswith(only):
                _be_nobody(request)
            _touch(request)
        return self.answer(request)


def _be_nobody(request: HttpRequest) -> None:
    """Treat the reader as anonymous, in both ways a view may ask."""

    async def auser() -> AnonymousUser:
        return AnonymousUser()

    request.user = AnonymousUser()
    request.auser = auser


def _touch(request: HttpRequest) -> None:
    """Write the hour of last use into the row alone, so that requests beside this one lose nothing."""
    now, session = timezone.now(), request.session
    if isinstance(session, SessionStore) and session.used_at and now - session.used_at >= TOUCH:
        BrowserSession.objects.filter(pk=session.session_key).update(used_at=now)
