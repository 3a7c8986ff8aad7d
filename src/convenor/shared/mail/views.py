"""The outbox as pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from convenor.shared.mail.models import Mail

P = ParamSpec("P")
ROWS = 50


def outbox_reader(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a secretariat in, of whichever forum; in the demo everybody, nothing there leaves the machine."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        person: Any = request.user  # the people's layer stands above this one
        if not settings.DEMO and not person.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not settings.DEMO and not person.holds("secretariat", on=timezone.now().date()):
            raise PermissionDenied(_("Only a secretariat may read the outbox: it holds other people's mail."))
        return view(request, *args, **kwargs)

    inner.open_to = "secretariat"  # type: ignore[attr-defined]  # read by the test that walks every route
    return inner


@outbox_reader
@require_safe
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """List the mails, newest first."""
    mails = Mail.objects.defer("text", "html")
    page = Paginator(mails, ROWS).get_page(request.GET.get("page"))
    return render(request, "mail/outbox.html", {"page": page, "has_server": bool(settings.SMTP_URL)})


@outbox_reader
@require_safe
@never_cache
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one mail; a text that lets its reader in only in the demo."""
    found = get_object_or_404(Mail, pk=pk)
    return render(request, "mail/mail.html", {"mail": found, "is_withheld": found.is_code and not settings.DEMO})
