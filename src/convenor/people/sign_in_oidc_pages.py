"""The way to a provider and back."""

from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from convenor.people import sign_in_oidc as oidc
from convenor.people.models import Person
from convenor.people.sessions import end_others
from convenor.people.sign_in_entry import aim, let_in, proved, with_aim
from convenor.people.sign_in_limits import in_words, network_of, wait
from convenor.shared.errors import Refused
from convenor.shared.pages.access import everybody, signed_in

LOGIN, LINK = "login", "connect"


@everybody
@never_cache
@require_POST
def start(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider."""
    name = oidc.name_of(provider_id)
    if seconds := wait("provider", network=network_of(request), at=timezone.now()):
        sentence = _("Too many tries from your network. Try %(provider)s again in %(time)s.")
        return _back(request, sentence % {"provider": name, "time": in_words(seconds)}, LOGIN, aim(request))
    return _onward(request, provider_id, process=LOGIN, target=aim(request))


@signed_in
@never_cache
@require_POST
@proved
def start_linking(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider, to link it to the account that is signed in."""
    oidc.name_of(provider_id)
    return _onward(request, provider_id, process=LINK, target="")


def _onward(request: HttpRequest, provider_id: str, *, process: str, target: str) -> HttpResponse:
    """Show a page that goes on by itself: the page's policy lets no form lead to another site, not even by redirect."""
    try:
        address = oidc.way_there(request, provider_id, process=process, target=target)
    except Refused as refusal:
        return _back(request, str(refusal), process, target)
    page = {"name": oidc.name_of(provider_id), "address": address}
    return render(request, "socialaccount/onward.html", page)


@everybody
@never_cache
@require_safe
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the provider's answer: let in, or link."""
    oidc.name_of(provider_id)
    state = oidc.asked(request, provider_id)
    process, target = state.get("process", LOGIN), state.get("next", "")
    try:
        claims = oidc.told(request, provider_id, state)
        if process == LINK:
            return _linked(request, provider_id, state["by"], claims)
        return let_in(request, oidc.person_of_claims(provider_id, claims), target=target)
    except Refused as refusal:
        return _back(request, str(refusal), process, target)


def _linked(request: HttpRequest, provider_id: str, by: int, claims: dict[str, object]) -> HttpResponse:
    """Link, if the person who set out is still the one who is signed in."""
    if not isinstance(request.user, Person) or request.user.pk != by:
        raise Refused(_("Nothing was linked: you signed out on the way. Sign in and try again."))
    oidc.link(request.user, provider_id, claims)
    sentence = _("%(provider)s is linked: from now on you can sign in with it.")
    messages.success(request, sentence % {"provider": oidc.name_of(provider_id)})
    return HttpResponseRedirect(reverse("sign-in:ways"))


def _back(request: HttpRequest, sentence: str, process: str, target: str) -> HttpResponse:
    """Say why it did not go on, where the other ways are."""
    messages.error(request, sentence)
    is_inside = request.user.is_authenticated and (process == LINK or not target)
    return HttpResponseRedirect(reverse("sign-in:ways") if is_inside else with_aim(reverse("account_login"), target))


@signed_in
@never_cache
@require_POST
@proved
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a link away; other browsers are signed out, since one of them may have come in by it."""
    link = get_object_or_404(SocialAccount, pk=pk, user=request.user)
    names = dict(oidc.buttons())
    link.delete()
    end_others(link.user, here=request.session.session_key)
    sentence = _("%(provider)s is no longer linked. Your other browsers were signed out.")
    messages.success(request, sentence % {"provider": names.get(link.provider, link.provider)})
    return HttpResponseRedirect(reverse("sign-in:ways"))
