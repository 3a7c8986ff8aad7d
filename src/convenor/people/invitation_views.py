"""The page behind the link of an invitation."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from convenor.people import invitations
from convenor.people.invitation_forms import DeclineForm
from convenor.people.models import Answer, Invitation, Person
from convenor.people.roles import Role
from convenor.people.terms import NAMES
from convenor.shared.errors import Refused
from convenor.shared.pages.access import everybody, signed_in


def _found(token: str) -> Invitation:
    found = invitations.find(token)
    if found is None:
        raise Http404
    return found


@everybody
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is offered; with a POST decline it. Whoever has the link may."""
    found = _found(token)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.decline(found, words=form.cleaned_data["words"], at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("people:invitation", token)
    reader = request.user if isinstance(request.user, Person) else None
    context = {
        "invitation": found,
        "form": form,
        "token": token,
        "role": NAMES[Role(found.role)],
        "place": invitations.place_name(found),
        "is_open": found.state == Answer.OPEN and not found.is_expired(timezone.now()),
        "is_expired": found.is_expired(timezone.now()),
        "is_mine": reader is not None and (reader.email or "").lower() == found.email,
    }
    return render(request, "people/invitation.html", context)


@signed_in
@require_POST
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Take the role."""
    found = _found(token)
    person = request.user
    if not isinstance(person, Person):
        raise Http404
    try:
        invitations.accept(found, by=person, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("people:invitation", token)
    messages.success(request, _("The role “%(role)s” is yours.") % {"role": NAMES[Role(found.role)]})
    return redirect("people:account")
