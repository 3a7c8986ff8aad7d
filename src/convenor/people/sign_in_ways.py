"""The account's page about signing in: password, passkeys, providers, and the browsers that are signed in."""

from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from convenor.people import sessions
from convenor.people.models import Person
from convenor.people.sign_in_entry import has_proved, person_in, proved
from convenor.people.sign_in_forms import NewPasswordForm, PasskeyForm
from convenor.people.sign_in_oidc import buttons
from convenor.people.sign_in_passkeys import passkeys_of
from convenor.people.sign_in_resume import has_password
from convenor.shared.pages.access import signed_in


@signed_in
@never_cache
@require_safe
def ways(request: HttpRequest) -> HttpResponse:
    """Show the ways in and the browsers."""
    return _page(request, NewPasswordForm(person=person_in(request)))


def _page(request: HttpRequest, form: NewPasswordForm, *, status: int = 200) -> HttpResponse:
    person, now = person_in(request), timezone.now()
    page = {
        "form": form,
        "has_password": has_password(person),
        "has_proved": has_proved(request),
        "passkeys": [(row, _name_form(row.pk, row.data["name"])) for row in passkeys_of(person)],
        "passkey_form": PasskeyForm(),
        "providers": _providers(person),
        "browsers": sessions.listed(person, here=request.session.session_key, at=now),
        "now": now,
    }
    return render(request, "account/ways.html", page, status=status)


def _name_form(pk: int, name: str) -> PasskeyForm:
    """Give the form for one passkey's name; each has ids of its own."""
    form = PasskeyForm(initial={"name": name}, auto_id=f"id_{pk}_%s")
    form.fields["name"].help_text = ""
    return form


def _providers(person: Person) -> list[tuple[str, str, SocialAccount | None]]:
    """Give every provider with the link to it if there is one, and links to providers that are no longer set."""
    links = {link.provider: link for link in SocialAccount.objects.filter(user=person)}
    here = [(key, name, links.pop(key, None)) for key, name in buttons()]
    return here + [(key, key, link) for key, link in sorted(links.items())]


def _back(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return HttpResponseRedirect(reverse("sign-in:ways"))


@transaction.atomic
def _change_password(request: HttpRequest, person: Person, password: str | None) -> None:
    """Set the password, or take it away, and sign the other browsers out."""
    person.set_password(password)
    person.save(update_fields=["password"])
    update_session_auth_hash(request, person)
    sessions.end_others(person, here=request.session.session_key)


@signed_in
@never_cache
@require_POST
@proved
def set_password(request: HttpRequest) -> HttpResponse:
    """Set a password, or another one."""
    person = person_in(request)
    form = NewPasswordForm(request.POST, person=person)
    if not form.is_valid():
        return _page(request, form, status=422)
    _change_password(request, person, form.cleaned_data["new_password"])
    return _back(request, _("Your password is set. Your other browsers were signed out."))


@signed_in
@never_cache
@require_POST
@proved
def remove_password(request: HttpRequest) -> HttpResponse:
    """Take the password away."""
    _change_password(request, person_in(request), None)
    return _back(request, _("Your password is removed. Your other browsers were signed out."))


@signed_in
@never_cache
@require_POST
def end_browser(request: HttpRequest) -> HttpResponse:
    """Sign one browser out; this one too, if it is the one chosen."""
    number = request.POST.get("browser", "")
    if number == sessions.number_of(request.session.session_key or ""):
        logout(request)
        return HttpResponseRedirect("/")
    if not sessions.end(person_in(request), number):
        return _back(request, _("That browser was signed out already."))
    return _back(request, _("That browser is signed out."))


@signed_in
@never_cache
@require_POST
def end_other_browsers(request: HttpRequest) -> HttpResponse:
    """Sign all browsers out but this one."""
    count = sessions.end_others(person_in(request), here=request.session.session_key)
    sentence = ngettext("%(count)s other browser was signed out.", "%(count)s other browsers were signed out.", count)
    return _back(request, sentence % {"count": count})
