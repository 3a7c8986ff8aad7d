"""The page behind a link from a mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from convenor.people.sign_in_entry import with_aim
from convenor.people.sign_in_resume import RESUME_DAYS, Opened, is_protected, let_into_draft, open_resume
from convenor.shared.errors import Refused
from convenor.shared.pages.access import everybody


@everybody
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Ask with one button, so that programs which open the links of mails enter nothing; then open the draft."""
    opened = open_resume(token, at=timezone.now())
    if request.user.is_authenticated:
        return _inside(request, opened)
    if sentence := _why_sign_in(opened):
        messages.warning(request, sentence)
        return HttpResponseRedirect(with_aim(reverse("account_login"), opened.path))
    if request.method != "POST":
        return render(request, "account/resume.html", {"person": opened.person})
    let_into_draft(request, opened)
    messages.info(request, _("You came by a link from a mail: it opens this page alone. Sign in for everything else."))
    return HttpResponseRedirect(opened.path)


def _inside(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Lead somebody who is signed in straight on, if the link is theirs."""
    if request.user != opened.person:
        raise Refused(_("This link is for another account than the one you are signed in with. Sign out, then try it."))
    return HttpResponseRedirect(opened.path)


def _why_sign_in(opened: Opened) -> str:
    """Say why the link alone does not open the draft, or nothing."""
    if not opened.is_valid:
        sentence = _(
            "Links from mails work for %(days)s days, and until the address or password changes: this one no longer "
            "does. Sign in to go on, your draft is kept."
        )
        return sentence % {"days": RESUME_DAYS}
    if is_protected(opened.person):
        return _("Your account is guarded by more than your mailbox. Sign in to go on with your draft.")
    return ""
