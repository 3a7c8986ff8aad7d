"""Pages on which a proposal is written: one's own, a new one, the form, what was kept of it."""

from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from convenor.cycle.access import in_cycle, person_of
from convenor.cycle.models import Cycle
from convenor.proposals.drafting import answering, saving, standing
from convenor.proposals.drafting.buttons import Pressed, press
from convenor.proposals.drafting.content import written
from convenor.proposals.drafting.finding import own_key, own_proposal, own_proposals
from convenor.proposals.drafting.handed import Handed, handed_of
from convenor.proposals.drafting.history import history_of
from convenor.proposals.drafting.page import FormPage, Whole
from convenor.proposals.drafting.saving import Saved
from convenor.proposals.permissions import PROPOSE
from convenor.shared.errors import Refused
from convenor.shared.pages.arrival import arrived_at

FORM = ["GET", "HEAD", "POST"]


@in_cycle(PROPOSE)
@require_safe
@never_cache
def mine(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """List the proposals that one writes or wrote, and what may still be proposed."""
    rows, at = own_proposals(cycle, person_of(request)), timezone.now()
    return render(request, "proposals/drafting/mine.html", {"rows": rows, "kinds": standing.kinds_open(cycle, at=at)})


@in_cycle(PROPOSE)
@require_http_methods(FORM)
@never_cache
def new(request: HttpRequest, cycle: Cycle, kind: str) -> HttpResponse:
    """Make a draft of a kind, or say why not."""
    named = request.POST.get("organisation", "")
    start = standing.start_of(cycle, kind, person_of(request), at=arrived_at(request), organisation=named)
    organisation = request.POST.get("organisation", start.organisation)
    if request.method == "POST":
        code = request.POST.get("code", "")
        try:
            row = saving.begin(start, organisation, code=code, by=person_of(request), at=arrived_at(request))
            return redirect("proposals:draft", *cycle.address, row.pk)
        except Refused as refusal:
            context = {"start": start, "organisation": organisation, "code": code, "sentence": str(refusal)}
            return render(request, "proposals/drafting/new.html", context, status=422)
    return render(request, "proposals/drafting/new.html", {"start": start, "organisation": organisation})


@in_cycle(PROPOSE)
@require_http_methods(FORM)
@never_cache
def draft(request: HttpRequest, cycle: Cycle, key: int) -> HttpResponse:
    """Show the form; store what it says, whole or in place, and do what its button asks."""
    person, at = person_of(request), arrived_at(request)
    if request.method != "POST":
        row = own_proposal(cycle, key, person)
        return show_form(request, FormPage(row, written(row), **standing.time_of(row, at=at)))
    row = own_key(cycle, key, person)
    handed = handed_of(request.POST, row)
    saved = saving.save(row, handed.said, by=person, at=at)
    if "X-In-Place" in request.headers:
        return JsonResponse(answering.answer(saved, at=at))
    pressed = press(saved, handed, by=person, at=at)
    if pressed.is_done and pressed.sentence:
        messages.success(request, pressed.sentence)
    if saved.is_whole and pressed.is_done and not pressed.page:
        return redirect(pressed.address)
    return _form_again(request, saved, handed, pressed)


def _form_again(request: HttpRequest, saved: Saved, handed: Handed, pressed: Pressed) -> HttpResponse:
    """Show the form with everything that was typed and could not be stored."""
    row = saved.proposal
    page = FormPage(
        row,
        saved.content,
        said=handed.said.fields,
        saved=saved,
        **pressed.page,
        **standing.time_of(row, at=timezone.now()),
    )
    return show_form(request, page, status=200 if saved.is_whole and (pressed.is_done or pressed.is_reading) else 422)


def show_form(request: HttpRequest, page: FormPage, *, status: int = 200) -> HttpResponse:
    """Show the form of a draft."""
    row, person = page.proposal, person_of(request)
    context: dict[str, Any] = {
        "page": page,
        "standing": standing.standing_of(row, at=timezone.now()),
        "is_owner": row.owner_id == person.pk,
        "is_shared": any(one.one.may_edit for one in page.people),
        "person_key": person.pk,
        "token": token_hex(16),
        "saved_words": answering.saved_words(row),
    }
    return render(request, "proposals/drafting/form.html", context, status=status)


@in_cycle(PROPOSE)
@require_safe
@never_cache
def news(request: HttpRequest, cycle: Cycle, key: int) -> HttpResponse:
    """Tell an open form what others stored since."""
    row = own_proposal(cycle, key, person_of(request))
    if request.GET.get("since", "") == str(row.revision):
        return HttpResponse(status=204)
    return JsonResponse(answering.news(row, person_of(request)))


@in_cycle(PROPOSE)
@require_safe
@never_cache
def preview(request: HttpRequest, cycle: Cycle, key: int) -> HttpResponse:
    """Show what is written as others will see it."""
    row = own_proposal(cycle, key, person_of(request))
    page = Whole(row, written(row), **standing.time_of(row, at=timezone.now()))
    return render(request, "proposals/drafting/preview.html", {"page": page})


@in_cycle(PROPOSE)
@require_safe
@never_cache
def history(request: HttpRequest, cycle: Cycle, key: int) -> HttpResponse:
    """Show the texts that were kept, and what differs between two."""
    row = own_proposal(cycle, key, person_of(request))
    kept = history_of(row, request.GET.get("from", ""), request.GET.get("to", ""))
    return render(request, "proposals/drafting/history.html", {"proposal": row, "kept": kept})
