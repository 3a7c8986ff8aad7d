"""The doors of pages outside any cycle; each notes on the view whom it lets in, for the test that walks every route."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def everybody(view: View[P]) -> View[P]:
    """Let everybody in."""
    view.open_to = "everybody"  # type: ignore[attr-defined]  # read by the test that walks every route
    return view


def signed_in(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Let people with an account in; send others to sign in and back."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    inner.open_to = "signed-in"  # type: ignore[attr-defined]  # read by the test that walks every route
    return inner


def a_secretariat(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Let the secretariat of any forum in."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        person: Any = request.user  # the people's layer stands above this one
        if not person.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not person.holds("secretariat", on=timezone.now().date()):
            raise PermissionDenied(_("Only the secretariat of a forum may do this."))
        return view(request, *args, **kwargs)

    inner.open_to = "secretariat"  # type: ignore[attr-defined]  # read by the test that walks every route
    return inner
