"""The page of the organisations somebody spoke for."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from convenor.people.affiliations import save_history
from convenor.people.history_forms import history_form, times
from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.pages.access import signed_in


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def history(request: HttpRequest) -> HttpResponse:
    """Show and save for whom the reader spoke, and when."""
    person = get_object_or_404(Person.objects.select_related("organisation"), pk=request.user.pk)
    form = history_form(request.POST or None, person=person)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            save_history(person, times(form), on=timezone.now().date())
        except Refused as said:
            refusal = str(said)
        else:
            messages.success(request, _("Saved. What you proposed or spoke at keeps the organisation of its time."))
            return redirect("people:account")
    wrong = bool(refusal) or (form.is_bound and not form.is_valid())
    context = {"form": form, "refusal": refusal, "person": person, "wrong": wrong}
    return render(request, "people/history.html", context, status=422 if wrong else 200)
