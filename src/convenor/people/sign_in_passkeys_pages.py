"""Where passkeys are asked for and answered."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from convenor.people import sign_in_passkeys as passkeys
from convenor.people.sign_in_entry import aim, let_in, person_in, proved, with_aim
from convenor.people.sign_in_forms import PasskeyForm
from convenor.people.sign_in_limits import in_words, network_of, wait
from convenor.shared.errors import Refused
from convenor.shared.pages.access import everybody, signed_in


@everybody
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask the browser for a passkey, and let in whoever answers."""
    if request.method != "POST":
        return JsonResponse(passkeys.options_to_enter())
    if seconds := wait("passkey", network=network_of(request), at=timezone.now()):
        sentence = _("Too many tries from your network. Try again in %(time)s, or have a code sent to you.")
        return _back(request, sentence % {"time": in_words(seconds)})
    try:
        person = passkeys.person_of_answer(request.POST.get("credential", ""))
    except Refused as refusal:
        return _back(request, str(refusal))
    return let_in(request, person, target=aim(request))


def _back(request: HttpRequest, sentence: str) -> HttpResponse:
    """Say why, where the other ways are."""
    messages.error(request, sentence)
    page = "sign-in:again" if request.user.is_authenticated else "account_login"
    return HttpResponseRedirect(with_aim(reverse(page), aim(request)))


def _ways(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return HttpResponseRedirect(reverse("sign-in:ways"))


def _mine(request: HttpRequest, pk: int) -> Authenticator:
    return get_object_or_404(Authenticator, pk=pk, user=request.user, type=Authenticator.Type.WEBAUTHN)


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@proved
def add(request: HttpRequest) -> HttpResponse:
    """Ask the browser to make a passkey, and keep it."""
    person = person_in(request)
    if request.method != "POST":
        return JsonResponse(passkeys.options_to_make(person))
    form = PasskeyForm(request.POST)
    name = form.cleaned_data["name"] if form.is_valid() else ""
    try:
        row = passkeys.add(person, name=name, answer=request.POST.get("credential", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("sign-in:ways"))
    sentence = _("The passkey “%(name)s” is added: from now on you can sign in with it.")
    return _ways(request, sentence % {"name": row.data["name"]})


@signed_in
@never_cache
@require_POST
@proved
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a passkey another name; an empty one changes nothing."""
    row, form = _mine(request, pk), PasskeyForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["name"]:
        messages.error(request, _("The passkey keeps its name: type one of 1 to 60 characters."))
        return HttpResponseRedirect(reverse("sign-in:ways"))
    passkeys.rename(row, name=form.cleaned_data["name"])
    return _ways(request, _("The passkey has its new name."))


@signed_in
@never_cache
@require_POST
@proved
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a passkey away."""
    row = _mine(request, pk)
    passkeys.remove(row, request=request)
    sentence = _("The passkey “%(name)s” is removed. Your other browsers were signed out.")
    return _ways(request, sentence % {"name": row.data["name"]})
