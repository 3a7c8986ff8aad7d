"""Pages of the secretariat: how long what is kept, and erasing somebody who asked in writing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convenor.cycle import retention
from convenor.cycle.access import in_cycle, person_of
from convenor.cycle.models import Cycle
from convenor.cycle.permissions import ERASE_PEOPLE
from convenor.cycle.retention_forms import TimesForm
from convenor.cycle.retention_people import erase_on_request, hindrance, without_account
from convenor.people.models import Person
from convenor.people.privacy import lines
from convenor.people.privacy_forms import EraseForForm, EraseForm

PER_PAGE = 50


@in_cycle(ERASE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def times(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Show what is kept how long and what is due, and change the times."""
    now = timezone.now()
    plan = retention.plan(cycle.forum, on=retention.day_in(cycle.forum, now=now))
    form = TimesForm(request.POST if request.method == "POST" else None, lines=plan)
    if request.method == "POST" and form.is_valid():
        count = retention.set_months(cycle.forum, form.cleaned_data, by=person_of(request), at=now)
        messages.success(request, _("Saved.") if count else _("Nothing was changed."))
        return redirect("cycle:retention", *cycle.address)
    return _times(request, cycle, form, EraseForm())


def _times(request: HttpRequest, cycle: Cycle, form: TimesForm, sure: EraseForm) -> HttpResponse:
    due = sum(len(line.due) for line in form.lines)
    begins_on = cycle.forum.erases_from
    is_told = begins_on is not None and begins_on > cycle.day_of(timezone.now())
    page = {"form": form, "sure": sure, "due": due, "is_told": is_told}
    return render(request, "people/privacy_retention.html", page)


@in_cycle(ERASE_PEOPLE)
@require_POST
@never_cache
def carry(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Erase what is due now."""
    now, sure = timezone.now(), EraseForm(request.POST)
    if not sure.is_valid():
        plan = retention.plan(cycle.forum, on=retention.day_in(cycle.forum, now=now))
        return _times(request, cycle, TimesForm(None, lines=plan), sure)
    done = retention.carry_out(cycle.forum, at=now, by=person_of(request))
    count = sum(rows for _rule, rows in done)
    sentence = ngettext("%(count)s entry was erased.", "%(count)s entries were erased.", count) % {"count": count}
    messages.success(request, sentence if done else _("Nothing is due."))
    return redirect("cycle:retention", *cycle.address)


@in_cycle(ERASE_PEOPLE)
@require_safe
@never_cache
def people(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """List people without an account, to find the one who wrote."""
    words = request.GET.get("q", "").strip()[:200]
    page = Paginator(without_account(cycle.forum, words), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/privacy_people.html", {"page": page, "words": words})


@in_cycle(ERASE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def erase_for(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Show what erasing somebody would do, and do it on their written request."""
    person: Person = get_object_or_404(without_account(cycle.forum), pk=pk)
    now = timezone.now()
    form = EraseForForm(request.POST if request.method == "POST" else None, today=cycle.day_of(now))
    if request.method == "POST" and form.is_valid():
        asked_on = form.cleaned_data["asked_on"]
        erase_on_request(cycle, person, asked_on=asked_on, by=person_of(request), at=now)
        messages.success(request, _("Erased. The journal says so, and does not say whose data it was."))
        return redirect("cycle:erase-people", *cycle.address)
    page = {"form": form, "person": person, "lines": lines(person), "refusal": hindrance(person, cycle.forum)}
    return render(request, "people/privacy_erase_for.html", page)
