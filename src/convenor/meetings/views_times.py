"""What can be done from the agenda while it is under way."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from convenor.cycle.access import in_cycle, person_of
from convenor.cycle.models import Cycle
from convenor.meetings import actions_times as actions
from convenor.meetings.corrections.forms import whole_number
from convenor.meetings.finding import meeting_at
from convenor.meetings.forms_times import GuestForm
from convenor.meetings.permissions import KEEP, PRESIDE
from convenor.meetings.timing import present
from convenor.shared.errors import Refused


@in_cycle(KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def guest(request: HttpRequest, cycle: Cycle, meeting: str, key: str) -> HttpResponse:
    """Note from when a guest of an item can be there; then the agenda shows what that does."""
    found = meeting_at(cycle, meeting)
    form, status = GuestForm(request.POST or None, meeting=found, key=key), 200
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            actions.note_guest(
                found, key, name=given["name"], arrives=f"{given['arrives']:%H:%M}", seen=given["seen"],
                by=person_of(request), at=timezone.now(),
            )  # fmt: skip
            return redirect(f"{found.get_absolute_url()}#agenda-notes")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    if form.is_bound:
        status = 422
    return render(request, "meetings/guest.html", {"meeting": found, "form": form}, status=status)


@in_cycle(KEEP)
@require_POST
def take_proposal(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Make the agenda that of a proposal."""
    found, now = meeting_at(cycle, meeting), timezone.now()
    seen, mark = request.POST.get("seen", ""), request.POST.get("mark", "")
    try:
        actions.take_proposal(
            found, mark, seen=whole_number(seen, otherwise=-1), by=person_of(request), at=now,
            now=now,
        )  # fmt: skip
        messages.success(request, _("The agenda was changed as proposed. It can be undone in the editor."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{found.get_absolute_url()}#agenda-notes")


@in_cycle(PRESIDE)
@require_POST
def move_on(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Open or adjourn a day; take up, continue, pause or close an item."""
    found, given = meeting_at(cycle, meeting), request.POST
    try:
        actions.move_on(
            found, given.get("do", ""), given.get("key", ""), seen=given.get("seen", ""), by=person_of(request),
            at=present(found, timezone.now()),
        )  # fmt: skip
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{found.get_absolute_url()}#agenda-now")
