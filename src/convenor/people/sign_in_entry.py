"""The last step of every way in, and the proof that changes of the account ask for."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from convenor.people.models import Person
from convenor.people.sessions import PROVED
from convenor.people.sign_in_limits import in_words, wait
from convenor.people.views import spoken
from convenor.shared.errors import Refused

P = ParamSpec("P")
BACKEND = settings.AUTHENTICATION_BACKENDS[0]
PROOF_SECONDS = 30 * 60


def aim(request: HttpRequest) -> str:
    """Give the page of this site that the reader was going to, or nothing."""
    target = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours else ""


def with_aim(path: str, target: str) -> str:
    """Give an address that remembers where the reader was going."""
    return f"{path}?{urlencode({'next': target})}" if target else path


def let_in(request: HttpRequest, person: Person, *, target: str) -> HttpResponse:
    """Sign a person in who has proved to be who they are, and lead on; without a name, by way of the account page.

    Raises:
        Refused: the account is closed.
    """
    if not person.is_active:
        raise Refused(closed(person))
    login(request, person, backend=BACKEND)
    target = target or settings.LOGIN_REDIRECT_URL
    answer = HttpResponseRedirect(target if person.name else with_aim(reverse("people:account"), target))
    return spoken(answer, person.language) if person.language else answer


def closed(person: Person) -> str:
    """Say that an account is closed; only somebody who has proved that it is theirs reads this."""
    sentence = _(
        "You were not signed in: the account of %(email)s is closed. The secretariat of your forum can open it again."
    )
    return sentence % {"email": person.email}


def person_in(request: HttpRequest) -> Person:
    """Give the person of a request behind a door that lets only signed-in people in.

    Raises:
        TypeError: nobody is signed in; the page lacks its door.
    """
    if not isinstance(request.user, Person):
        raise TypeError("this page has no door that asks for an account")
    return request.user


def has_proved(request: HttpRequest) -> bool:
    """Say whether the person proved lately, in this browser, to be who they are."""
    return timezone.now().timestamp() - float(request.session.get(PROVED, 0)) < PROOF_SECONDS


def proved(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let changes of the ways in happen only soon after a proof, and not too many of them.

    So an open browser that somebody else sits down at opens no lasting door.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        ways = reverse("sign-in:ways")
        if not has_proved(request):
            messages.warning(request, _("Nothing was changed: prove once more that it is you, then try again."))
            return HttpResponseRedirect(with_aim(reverse("sign-in:again"), ways))
        if seconds := wait("change", account=str(request.user.pk), at=timezone.now()):
            sentence = _("Nothing was changed: too many changes in a short time. Try again in %(time)s.")
            messages.error(request, sentence % {"time": in_words(seconds)})
            return HttpResponseRedirect(ways)
        return view(request, *args, **kwargs)

    return inner
