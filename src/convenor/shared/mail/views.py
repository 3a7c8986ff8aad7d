"""Mails as pages: the outbox, somebody's own, and the page where letters to many are stopped."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from convenor.shared.mail import actions
from convenor.shared.mail.envelope import mail_of_stop
from convenor.shared.mail.models import Mail, MailQuerySet, State, Stop
from convenor.shared.pages.access import everybody, signed_in

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


def open_to_reader(request: HttpRequest) -> MailQuerySet:
    """Narrow to what the reader may see: a secretariat its own forums' mails; in the demo, and a superuser, all."""
    person: Any = request.user
    if settings.DEMO or person.is_superuser:
        return Mail.objects.all()
    terms = person.terms_on(timezone.now().date()).filter(role="secretariat", meeting="")
    return Mail.objects.filter(forum__in=set(terms.values_list("forum", flat=True)) - {""})


def own_mails(person: Any) -> MailQuerySet:
    """Narrow to the mails that were sent to somebody: those still held, and those given up, never were."""
    is_theirs = Q(person=person.pk) | Q(person=None, to__iexact=person.email or "\0")
    return Mail.objects.filter(is_theirs, released_at__isnull=False).exclude(state=State.DISCARDED)


@outbox_reader
@require_safe
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """List the mails, newest first."""
    mails = open_to_reader(request).defer("text", "html")
    page = Paginator(mails, ROWS).get_page(request.GET.get("page"))
    return render(request, "mail/outbox.html", {"page": page, "has_server": bool(settings.SMTP_URL)})


@outbox_reader
@require_safe
@never_cache
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one mail; a text that lets its reader in only in the demo."""
    found = get_object_or_404(open_to_reader(request), pk=pk)
    return render(request, "mail/mail.html", {"mail": found, "is_withheld": is_withheld(found)})


def is_withheld(found: Mail) -> bool:
    """Say whether the text of a mail is shown to nobody: it lets its reader in."""
    return (found.is_secret or found.is_code) and not settings.DEMO


@signed_in
@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """List the mails that were written to the reader."""
    page = Paginator(own_mails(request.user).defer("text", "html"), ROWS).get_page(request.GET.get("page"))
    return render(request, "mail/mine.html", {"page": page})


@signed_in
@require_safe
@never_cache
def my_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one of them."""
    found = get_object_or_404(own_mails(request.user), pk=pk)
    return render(request, "mail/mail.html", {"mail": found, "is_withheld": is_withheld(found), "is_mine": True})


@csrf_exempt  # RFC 8058: the reader's mail program posts here, without a page of ours; the link itself is the proof
@everybody
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then stop letters to many from one forum to one address; or take that back."""
    found = mail_of_stop(token)
    if found is None:
        raise Http404
    if request.method == "POST" and request.POST.get("do") == "start":
        actions.start_again(found)
    elif request.method == "POST":
        actions.stop(found, at=timezone.now())
    is_stopped = Stop.objects.filter(forum=found.forum, address=found.to.lower()).exists()
    return render(request, "mail/stop.html", {"mail": found, "is_stopped": is_stopped})
