"""The page where rules or a selection are put before an agenda item."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from convenor.cycle import processes
from convenor.cycle.access import in_cycle, person_of
from convenor.cycle.models import Cycle
from convenor.meetings.adopting import actions
from convenor.meetings.corrections.forms import whole_number
from convenor.meetings.finding import meeting_at
from convenor.meetings.models import Item, Meeting
from convenor.meetings.permissions import KEEP
from convenor.meetings.syncing import number_of
from convenor.shared.errors import Refused


@in_cycle(KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def process(request: HttpRequest, cycle: Cycle, meeting: str, key: str) -> HttpResponse:
    """Show rules or a selection at an item, or take them away."""
    found = meeting_at(cycle, meeting)
    item = get_object_or_404(Item, block__day__meeting=found, pk=number_of(key, Item))
    refusal = ""
    if request.method == "POST":
        try:
            messages.success(request, _changed(request, found, key))
            return redirect(item)
        except Refused as reason:
            refusal = str(reason)
    shown = {processes.at_address(cycle, line.split(" ")[0]) for line in item.links}
    rows = [(one, (one.kind, one.id) in shown) for one in processes.choices(cycle)]
    context = {"meeting": found, "item": item, "rows": rows, "refusal": refusal}
    return render(request, "meetings/process.html", context, status=422 if refusal else 200)


def _changed(request: HttpRequest, meeting: Meeting, key: str) -> str:
    kind, _sign, id = request.POST.get("process", "").partition(" ")
    act = actions.take_from if "away" in request.POST else actions.show_at
    act(meeting, key, kind, whole_number(id), by=person_of(request), at=timezone.now())
    if "away" in request.POST:
        return _("It is no longer shown at this item.")
    return _("It is shown at this item. The chair adopts it at the floor, under “It is about”.")
