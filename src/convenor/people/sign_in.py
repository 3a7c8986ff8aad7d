"""Signing in: an address with a code sent by e-mail, or with a password; and the way out.

Nobody is looked up when a code is asked for: a code goes to every address in the same way, and only the right code
finds or makes the account. A wrong password, an unknown address and an account without a password get one answer after
the same work. So the pages tell nobody who has an account, and no address is kept that was not proved.
"""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from convenor.people import sign_in_code as codes
from convenor.people.actions import arrive
from convenor.people.models import Person
from convenor.people.sign_in_entry import aim, let_in, person_in, with_aim
from convenor.people.sign_in_forms import AddressForm, CodeForm
from convenor.people.sign_in_limits import forget, in_words, network_of, wait
from convenor.people.sign_in_oidc import buttons
from convenor.shared.pages.access import everybody, signed_in

PAGE = ("GET", "HEAD", "POST")


@everybody
@never_cache
@require_http_methods(PAGE)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for an address, and let in by password or send a code."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(aim(request) or "/")
    return _ask(request, AddressForm(request.POST or None), again=False)


@signed_in
@never_cache
@require_http_methods(PAGE)
def again(request: HttpRequest) -> HttpResponse:
    """Have somebody who is signed in prove once more that it is them, in any of the ways."""
    email = person_in(request).email or ""
    typed = {**request.POST.dict(), "email": email} if request.method == "POST" else None
    form = AddressForm(typed, initial={"email": email})
    form.fields["email"].widget.attrs.update({"readonly": True, "autofocus": False})
    form.fields["email"].help_text = _("The address of your account.")
    return _ask(request, form, again=True)


def _ask(request: HttpRequest, form: AddressForm, *, again: bool) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        by = _by_password if form.cleaned_data["password"] else _by_code
        if (answer := by(request, form)) is not None:
            return answer
    if "password" in form.errors:  # there the reader goes on
        form.fields["email"].widget.attrs["autofocus"] = False
        form.fields["password"].widget.attrs["autofocus"] = True
    page = {"form": form, "target": aim(request), "again": again, "providers": buttons()}
    return render(request, "account/request_login_code.html", page)


def _by_code(request: HttpRequest, form: AddressForm) -> HttpResponse | None:
    """Send a code, whoever this is."""
    email, now = form.cleaned_data["email"], timezone.now()
    if seconds := wait("code", address=email, network=network_of(request), at=now):
        sentence = _(
            "Too many codes were asked for, so none was sent this time. The last one you got still works; "
            "otherwise ask again in %(time)s."
        )
        form.add_error("email", sentence % {"time": in_words(seconds)})
        return None
    codes.send(request.session, email, at=now)
    return HttpResponseRedirect(with_aim(reverse("account_confirm_login_code"), aim(request)))


def _by_password(request: HttpRequest, form: AddressForm) -> HttpResponse | None:
    """Let in by password, or say that it does not fit, in the same words for every reason."""
    email, typed = form.cleaned_data["email"], form.cleaned_data["password"]
    if seconds := wait("password", address=email, network=network_of(request), at=timezone.now()):
        sentence = _(
            "Too many passwords were tried, so this one was not looked at. Try again in %(time)s, "
            "or have a code sent to you now."
        )
        form.add_error("password", sentence % {"time": in_words(seconds)})
        return None
    if (person := person_of_password(email, typed)) is None:
        sentence = _(
            "This password does not belong to this address, or none was set. Try again, or have a code sent to you."
        )
        form.add_error("password", sentence)
        return None
    forget("password", "address", email)
    return let_in(request, person, target=aim(request))


def person_of_password(email: str, typed: str) -> Person | None:
    """Give the person of an address and a password, after the same work whether or not there is one."""
    person = Person.objects.by_email(email)
    if person is None:
        check_password(typed, make_password(None))  # without a password Django does the work all the same
        return None
    return person if person.check_password(typed) else None


@everybody
@never_cache
@require_http_methods(PAGE)
def confirm(request: HttpRequest) -> HttpResponse:
    """Take the code; say why it cannot be typed: none was asked for here, or it came too late."""
    waiting, now = codes.Waiting.of(request.session), timezone.now()
    if waiting is None:
        return _nothing_waits(request)
    page = {"email": waiting.email, "minutes": codes.MINUTES, "target": aim(request)}
    if waiting.is_late(now):
        return render(request, "account/late_code.html", {**page, "age": waiting.age_minutes(now)})
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        has_tries = not wait("typed", code=waiting.digest, at=now)
        if has_tries and form.is_valid() and waiting.is_right(form.cleaned_data["code"]):
            codes.drop(request.session)
            return let_in(request, arrive(waiting.email, at=now), target=aim(request))
        if not codes.count_wrong(request.session, waiting) or not has_tries:
            codes.drop(request.session)
            return _start_again(request, _("Three wrong tries: that code is no longer valid. Ask for a new one."))
        _say_wrong(form)
    return render(request, "account/confirm_login_code.html", {**page, "form": form})


def _nothing_waits(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return HttpResponseRedirect(aim(request) or "/")
    sentence = _(
        "No code is waiting here: a code works once, for %(minutes)s minutes, in the browser that asked for it. "
        "Ask for a new one."
    )
    return _start_again(request, sentence % {"minutes": codes.MINUTES})


def _say_wrong(form: CodeForm) -> None:
    if form.is_valid():
        sentence = _(
            "This is not the code of the last mail. Compare it once more; after three wrong tries a new code is needed."
        )
        form.add_error("code", sentence)


def _start_again(request: HttpRequest, sentence: str) -> HttpResponse:
    """Go to the first page, keeping where the reader was going."""
    messages.warning(request, sentence)
    return HttpResponseRedirect(with_aim(reverse("account_login"), aim(request)))


@everybody
@never_cache
@require_http_methods(PAGE)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session; those who only opened the address are asked first."""
    if request.method != "POST":
        return render(request, "account/logout.html", {"target": aim(request)})
    logout(request)
    return HttpResponseRedirect(aim(request) or "/")
