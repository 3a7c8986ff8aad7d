"""Pages on which a proposal is handed in, and withdrawn."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convenor.cycle.access import in_cycle, person_of
from convenor.cycle.models import Cycle
from convenor.proposals.drafting import sending, standing
from convenor.proposals.drafting.content import written
from convenor.proposals.drafting.finding import own_key, own_proposal, owned_proposal
from convenor.proposals.drafting.page import Whole
from convenor.proposals.permissions import PROPOSE
from convenor.shared.errors import Refused
from convenor.shared.pages.arrival import arrived_at

FORM = ["GET", "HEAD", "POST"]


@in_cycle(PROPOSE)
@require_http_methods(FORM)
@never_cache
def submit(request: HttpRequest, cycle: Cycle, key: int) -> HttpResponse:
    """Show everything once more; hand it in."""
    at = arrived_at(request)
    sentence = ""
    if request.method == "POST":
        try:
            sending.submit(own_key(cycle, key, person_of(request)), by=person_of(request), at=at)
            return redirect("proposals:receipt", *cycle.address, key)
        except Refused as refusal:
            sentence = str(refusal)
    row = own_proposal(cycle, key, person_of(request))
    page = Whole(row, written(row), **standing.time_of(row, at=at))
    context = {"page": page, "standing": standing.standing_of(row, at=at), "sentence": sentence}
    return render(request, "proposals/drafting/submit.html", context, status=422 if sentence else 200)


@in_cycle(PROPOSE)
@require_safe
@never_cache
def receipt(request: HttpRequest, cycle: Cycle, key: int) -> HttpResponse:
    """Say that it has arrived, with the whole text."""
    row = own_proposal(cycle, key, person_of(request))
    if row.number is None:
        return redirect("proposals:draft", *cycle.address, row.pk)
    page = Whole(row, written(row), **standing.time_of(row, at=timezone.now()))
    sent = row.versions.filter(why="submitted").last()
    return render(request, "proposals/drafting/receipt.html", {"page": page, "sent": sent})


@in_cycle(PROPOSE)
@require_http_methods(FORM)
@never_cache
def withdraw(request: HttpRequest, cycle: Cycle, key: int) -> HttpResponse:
    """Withdraw what was handed in; delete a draft that was not."""
    row, reason, sentence = owned_proposal(cycle, key, person_of(request)), request.POST.get("reason", ""), ""
    if request.method == "POST":
        try:
            messages.success(request, _withdrawn(request, cycle, key, reason))
            return redirect("proposals:mine", *cycle.address)
        except Refused as refusal:
            sentence = str(refusal)
    context = {"proposal": row, "reason": reason, "most": sending.LONGEST_REASON, "sentence": sentence}
    return render(request, "proposals/drafting/withdraw.html", context, status=422 if sentence else 200)


def _withdrawn(request: HttpRequest, cycle: Cycle, key: int, reason: str) -> str:
    row = owned_proposal(cycle, key, person_of(request))
    if row.number is None:
        sending.discard(row)
        return _("The draft is deleted.")
    sending.withdraw(row, reason, by=person_of(request), at=arrived_at(request))
    return _("Proposal %(number)s is withdrawn. Its text is kept.") % {"number": row.number}


@in_cycle(PROPOSE)
@require_POST
def take_back(request: HttpRequest, cycle: Cycle, key: int) -> HttpResponse:
    """Take a withdrawal back."""
    row = owned_proposal(cycle, key, person_of(request))
    try:
        sending.take_back(row, by=person_of(request), at=arrived_at(request))
        messages.success(request, _("Proposal %(number)s counts again.") % {"number": row.number})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("proposals:draft", *cycle.address, row.pk)
