"""Pages of requests to a meeting: asking, one's own, and the list of those who answer them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convenor.cycle.access import in_cycle, may, person_of
from convenor.cycle.models import Cycle
from convenor.meetings.finding import meeting_at
from convenor.meetings.models import Meeting
from convenor.meetings.participants.opening import is_open, until_words
from convenor.meetings.permissions import ASK_FOR_BRIEFING, ASK_FOR_OTHER_BUSINESS, PLACE_REQUESTS
from convenor.meetings.requests import actions
from convenor.meetings.requests.forms import AskForm, DeclineForm, PlaceForm, asked_before, items_of
from convenor.meetings.requests.listing import Search, requests_of
from convenor.meetings.requests.models import Kind, SlotRequest, State
from convenor.people.models import Person
from convenor.shared.errors import Refused

FORM = ["GET", "HEAD", "POST"]
PER_PAGE = 100


@in_cycle(ASK_FOR_BRIEFING)
@require_http_methods(FORM)
@never_cache
def ask(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Ask for something, and see what one asked for."""
    found, person = meeting_at(cycle, meeting), person_of(request)
    form = _ask_form(
        request, found, {"kind": Kind.BRIEFING, "organisation": _speaks_for(person), "speaker": person.name}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(found, form.wanted, by=person, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your request has arrived; you get a mail, and a second one with the answer."))
            return redirect("meetings:requests:ask", *cycle.address, found.slug)
    return _show_form(request, found, form, None)


def _ask_form(request: HttpRequest, meeting: Meeting, stands: dict[str, object]) -> AskForm:
    wide = may(request, ASK_FOR_OTHER_BUSINESS, meeting.cycle)
    return AskForm(request.POST or None, initial=stands, meeting=meeting, may_ask_other_business=wide)


def _speaks_for(person: Person) -> str:
    return person.organisation.name if person.organisation else ""


def _show_form(request: HttpRequest, meeting: Meeting, form: AskForm, row: SlotRequest | None) -> HttpResponse:
    own = requests_of(meeting).filter(asked_by=person_of(request))
    context = {
        "meeting": meeting,
        "form": form,
        "row": row,
        "own": own,
        "is_open": is_open(meeting.requests_until, meeting.cycle.moment(timezone.now())),
        "until": until_words(meeting.requests_until, meeting.zone) if meeting.requests_until else "",
        "answers": may(request, PLACE_REQUESTS, meeting.cycle),
    }
    return render(request, "meetings/requests/ask.html", context, status=422 if form.errors else 200)


@in_cycle(ASK_FOR_BRIEFING)
@require_http_methods(FORM)
@never_cache
def own(request: HttpRequest, cycle: Cycle, meeting: str, pk: int) -> HttpResponse:
    """Change what one asked for."""
    found = meeting_at(cycle, meeting)
    row = _own_row(request, found, pk)
    form = _ask_form(request, found, asked_before(row))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(row, form.wanted, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your request is changed."))
            return redirect("meetings:requests:ask", *cycle.address, found.slug)
    return _show_form(request, found, form, row)


@in_cycle(ASK_FOR_BRIEFING)
@require_POST
def withdraw(request: HttpRequest, cycle: Cycle, meeting: str, pk: int) -> HttpResponse:
    """Take one's request back."""
    found = meeting_at(cycle, meeting)
    try:
        actions.withdraw(_own_row(request, found, pk))
        messages.success(request, _("Your request is withdrawn."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("meetings:requests:ask", *cycle.address, found.slug)


@in_cycle(PLACE_REQUESTS)
@require_safe
@never_cache
def list_page(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """List what is asked of a meeting."""
    found, search = meeting_at(cycle, meeting), Search.of(request.GET)
    page = Paginator(search.apply(requests_of(found)), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "meeting": found,
        "search": search,
        "page": page,
        "minutes": sum(row.minutes for row in page),
        "kinds": Kind.choices,
        "states": State.choices,
        "until": until_words(found.requests_until, found.zone) if found.requests_until else "",
    }
    return render(request, "meetings/requests/list.html", context)


@in_cycle(PLACE_REQUESTS)
@require_http_methods(FORM)
@never_cache
def answer(request: HttpRequest, cycle: Cycle, meeting: str, pk: int) -> HttpResponse:
    """Show a request whole; place it on the agenda, or decline it."""
    found = meeting_at(cycle, meeting)
    row = get_object_or_404(requests_of(found), pk=pk)
    declines = "decline" in request.POST
    place = PlaceForm(request.POST if request.POST and not declines else None, request=row, items=items_of(found))
    decline = DeclineForm(request.POST if declines else None)
    form = decline if declines else place
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _answered(request, row, form))
            return redirect("meetings:requests:list", *cycle.address, found.slug)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"meeting": found, "row": row, "place": place, "decline": decline, "form": form}
    return render(request, "meetings/requests/answer.html", context, status=422 if form.errors else 200)


def _answered(request: HttpRequest, row: SlotRequest, form: PlaceForm | DeclineForm) -> str:
    by, at = person_of(request), timezone.now()
    if isinstance(form, PlaceForm):
        item = actions.place(row, form.placing, by=by, at=at)
        return _("“%(title)s” is on the agenda, and whoever asked is told so.") % {"title": item.title}
    actions.decline(row, form.cleaned_data["sentence"], by=by, at=at)
    return _("“%(title)s” is declined, and whoever asked is told why.") % {"title": row.title}


def _own_row(request: HttpRequest, meeting: Meeting, pk: int) -> SlotRequest:
    row = get_object_or_404(requests_of(meeting), pk=pk, asked_by=person_of(request))
    row.meeting = meeting
    return row
