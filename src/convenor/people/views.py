"""The account page, and the door of the demo."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from convenor.people.account_sections import sections_of
from convenor.people.actions import open_link, save_profile
from convenor.people.forms import ProfileForm
from convenor.people.models import Person
from convenor.people.terms import held_by
from convenor.shared.pages.access import everybody, signed_in
from convenor.shared.pages.middleware import LANGUAGE_COOKIE
from convenor.shared.pages.views import YEAR_SECONDS, back


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show and save what somebody says about themselves."""
    person = get_object_or_404(Person.objects.select_related("organisation"), pk=request.user.pk)
    form = ProfileForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        save_profile(person, **form.cleaned_data, on=timezone.now().date())
        messages.success(request, _("Saved."))
        target = back(request) if "next" in request.GET else reverse("people:account")
        answer = HttpResponseRedirect(target)
        return spoken(answer, person.language) if "language" in form.changed_data else answer
    today = timezone.now().date()
    context = {
        "form": form,
        "person": person,
        "terms": held_by(person, on=today),
        "history": person.affiliations.select_related("organisation"),
        "sections": sections_of(person, on=today),
    }
    return render(request, "people/account.html", context)


def spoken(answer: HttpResponse, language: str) -> HttpResponse:
    """Keep the chosen language on this device; without one the browser's counts again."""
    if language:
        answer.set_cookie(LANGUAGE_COOKIE, language, max_age=YEAR_SECONDS, samesite="Lax", secure=settings.SECURE)
    else:
        answer.delete_cookie(LANGUAGE_COOKIE, samesite="Lax")
    return answer


@everybody
@never_cache
@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign the person of a link in; there is no such page outside the demo."""
    if not settings.DEMO:
        raise Http404
    person = open_link(token, at=timezone.now())
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return HttpResponseRedirect(back(request))
