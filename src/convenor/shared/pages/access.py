"""The doors of pages outside any cycle; each notes on the view whom it lets in, for the test that walks every route."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase

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
