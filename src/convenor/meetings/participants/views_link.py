"""Pages for people without an account: ask for a link by mail, register with it, change and withdraw."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from convenor.cycle.access import in_cycle
from convenor.cycle.models import Cycle
from convenor.meetings.finding import meeting_at
from convenor.meetings.models import Meeting
from convenor.meetings.participants import actions, actions_link
from convenor.meetings.participants.actions_attendance import today_of
from convenor.meetings.participants.forms import AddressForm, LinkForm
from convenor.meetings.participants.links import contact_of
from convenor.meetings.participants.models import Capacity, Registration, State
from convenor.meetings.participants.opening import registers_now, until_words
from convenor.meetings.participants.views import stands
from convenor.meetings.permissions import SEE
from convenor.meetings.wording import dates_in_words
from convenor.people.models import Person
from convenor.people.sign_in_limits import network_of
from convenor.shared.errors import Refused

FORM = ["GET", "HEAD", "POST"]


@in_cycle(SEE)
@require_http_methods(FORM)
@never_cache
def start(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Send a link to register to an address."""
    found, now = meeting_at(cycle, meeting), timezone.now()
    if isinstance(request.user, Person):
        return redirect("meetings:participants:me", *cycle.address, found.slug)
    form, sent = AddressForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            email = form.cleaned_data["email"]
            actions_link.ask_for_link(found, email, network=network_of(request), at=now)
            sent = email
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "meeting": found,
        "dates": dates_in_words(found.days.all()),
        "form": form,
        "sent": sent,
        "is_open": registers_now(found, cycle.moment(now)),
        "until": until_words(found.registers_until, found.zone) if found.registers_until else "",
    }
    return render(request, "meetings/participants/start.html", context, status=422 if form.errors else 200)


@in_cycle(SEE)
@require_http_methods(FORM)
@never_cache
def by_link(request: HttpRequest, cycle: Cycle, meeting: str, token: str) -> HttpResponse:
    """Register with a link from a mail, change what one said, or withdraw."""
    found, now = meeting_at(cycle, meeting), timezone.now()
    contact = contact_of(found, token)
    last = max((day.date for day in found.days.all() if day.date), default=None)
    if not contact or (last and last < today_of(found, now)):
        over = _("This link is not complete, or the meeting is over. Copy the whole of it from the mail.")
        return render(request, "meetings/participants/link_over.html", {"meeting": found, "over": over}, status=404)
    row = actions_link.row_of(found, contact)
    days = actions.days_for(found, Capacity(row.capacity) if row else Capacity.OBSERVER)
    form = LinkForm(request.POST if "withdraw" not in request.POST and request.POST else None, days=days, row=row)
    if request.method == "POST":
        try:
            if said := _said(found, row, contact, form, request):
                messages.success(request, said)
                return redirect(request.path)
        except Refused as refusal:
            if form.is_bound:
                form.add_error(None, str(refusal))
            else:
                messages.error(request, str(refusal))
    context = {
        "meeting": found,
        "dates": dates_in_words(found.days.all()),
        "row": row,
        "form": form,
        "contact": contact,
        "stands": stands(found, row) if row else "",
        "is_open": registers_now(found, cycle.moment(now)),
        "full": actions.full_sentence(found) if actions.is_full(found) else "",
        "until": until_words(found.registers_until, found.zone) if found.registers_until else "",
    }
    return render(request, "meetings/participants/by_link.html", context, status=422 if form.errors else 200)


def _said(meeting: Meeting, row: Registration | None, contact: str, form: LinkForm, request: HttpRequest) -> str:
    """Do what the form asks; give a sentence, or nothing where the form cannot be taken."""
    now = timezone.now()
    if "withdraw" in request.POST and row and row.state != State.WITHDRAWN:
        row.meeting = meeting
        actions.withdraw(row, at=now)
        return _("Your registration is withdrawn; your place is free for others.")
    if not form.is_valid():
        return ""
    return stands(meeting, actions_link.register_by_link(meeting, contact, form.who, form.said, at=now))
