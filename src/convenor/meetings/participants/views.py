"""Pages of participants for everybody: the list, its papers, and one's own registration."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convenor.cycle.access import in_cycle, may, person_of, request_roles
from convenor.cycle.members import shown_to
from convenor.cycle.models import Cycle
from convenor.meetings.finding import meeting_at
from convenor.meetings.models import Day, Meeting
from convenor.meetings.participants import actions, actions_attendance
from convenor.meetings.participants.forms import RegisterForm
from convenor.meetings.participants.listing import (
    PER_PAGE,
    Search,
    as_csv,
    counts_of,
    rows_of,
    with_attendance,
)
from convenor.meetings.participants.models import Capacity, Mode, Registration, State
from convenor.meetings.participants.opening import registers_now, until_words
from convenor.meetings.participants.shelves import PUBLIC_LIST, WHOLE_LIST, list_shelf
from convenor.meetings.permissions import KEEP_PARTICIPANTS, REGISTER, SEE, SEE_ALL_PARTICIPANTS
from convenor.meetings.wording import dates_in_words
from convenor.people.models import Person
from convenor.shared.documents import shelf
from convenor.shared.documents.shelf import Shelf
from convenor.shared.errors import Refused

HERE = {"room": Mode.ROOM, "online": Mode.ONLINE}
MODES = {one.value: one.label for one in Mode}


@in_cycle(SEE)
@require_safe
@never_cache
def list_page(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """List those who take part: to the public whoever agreed to it, to the committee everybody."""
    found, now = meeting_at(cycle, meeting), timezone.now()
    shown, sees_all = shown_to(cycle, request_roles(request, cycle)), may(request, SEE_ALL_PARTICIPANTS, cycle)
    days, search = list(found.days.all()), Search.of(request.GET)
    rows = search.apply(rows_of(found, sees_all=sees_all), shown=shown, sees_all=sees_all)
    page = Paginator(with_attendance(rows) if sees_all else rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "meeting": found,
        "dates": dates_in_words(days),
        "days": days,
        "search": search,
        "page": page,
        "rows": [(one, _on_days(one, days) if sees_all else []) for one in page],
        "counts": counts_of(found, days, shown=shown, sees_all=sees_all),
        "shown": shown,
        "sees_all": sees_all,
        "keeps": may(request, KEEP_PARTICIPANTS, cycle),
        "choices": {"capacity": Capacity.choices, "mode": Mode.choices, "state": State.choices},
        "until": _until(found) if registers_now(found, cycle.moment(now)) else "",
        "own": _own(request, found),
    }
    return render(request, "meetings/participants/list.html", context)


def _on_days(row: Registration, days: list[Day]) -> list[tuple[str, bool]]:
    """Say per day from where somebody was there, or means to be, and whether they were."""
    there, coming = row.days_there, row.days_coming
    return [(str(MODES.get(there.get(day.pk) or coming.get(day.pk, ""), "")), day.pk in there) for day in days]


@in_cycle(SEE)
@require_safe
@never_cache
def export(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Give the list as its reader sees it, for a spreadsheet; no address goes out of the committee.

    What people need is the secretariat's to see.
    """
    found, sees_all = meeting_at(cycle, meeting), may(request, SEE_ALL_PARTICIPANTS, cycle)
    shown, days = shown_to(cycle, request_roles(request, cycle)), list(found.days.all()) if sees_all else []
    rows = Search.of(request.GET).apply(rows_of(found, sees_all=sees_all), shown=shown, sees_all=sees_all)
    keeps, shown = may(request, KEEP_PARTICIPANTS, cycle), shown if sees_all else shown - {"email"}
    return HttpResponse(
        as_csv(with_attendance(rows), found, days, shown=shown, sees_needs=keeps),
        headers={
            "Content-Type": "text/csv; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{cycle.slug}-{found.slug}-participants.csv"',
        },
    )


@in_cycle(REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def me(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Register, look at one's registration, change it."""
    found, person, now = meeting_at(cycle, meeting), person_of(request), timezone.now()
    row = found.registrations.filter(person=person).first()
    held = request_roles(request, cycle)
    days = actions.days_for(found, actions.capacity_of(held))
    said = {} if row else _said_before(person)
    form = RegisterForm(request.POST or None, days=days, row=row, initial=said)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.register(found, person, form.said, held=held, at=now)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, stands(found, row))
            return redirect("meetings:participants:me", *cycle.address, found.slug)
    context = _own_page(request, found, row, form)
    return render(request, "meetings/participants/me.html", context, status=422 if form.errors else 200)


def _own_page(request: HttpRequest, meeting: Meeting, row: Registration | None, form: RegisterForm) -> dict[str, Any]:
    now = meeting.cycle.moment(timezone.now())
    today = actions_attendance.day_now(meeting, now) if row and row.state == State.CONFIRMED else None
    return {
        "meeting": meeting,
        "dates": dates_in_words(meeting.days.all()),
        "row": row,
        "form": form,
        "stands": stands(meeting, row) if row else "",
        "until": _until(meeting),
        "since": _since(meeting, now),
        "is_open": registers_now(meeting, now),
        "capacity": Capacity(actions.capacity_of(request_roles(request, meeting.cycle))).label,
        "full": actions.full_sentence(meeting) if actions.is_full(meeting) else "",
        "today": today,
        "here": row.attendance.filter(day=today).first() if row and today else None,
        "there": row.attendance.select_related("day") if row else (),
    }


@in_cycle(REGISTER)
@require_POST
def withdraw(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Take one's registration back."""
    found = meeting_at(cycle, meeting)
    row = get_object_or_404(found.registrations, person=person_of(request))
    row.meeting = found
    try:
        actions.withdraw(row, at=timezone.now())
        messages.success(request, _("Your registration is withdrawn; your place is free for others."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("meetings:participants:me", *cycle.address, found.slug)


@in_cycle(REGISTER)
@require_POST
def here(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Say that one is there today, in the room or online, or that one is not after all."""
    found, now = meeting_at(cycle, meeting), timezone.now()
    row = get_object_or_404(found.registrations, person=person_of(request))
    row.meeting = found
    try:
        if mode := HERE.get(request.POST.get("here", "")):
            actions_attendance.say_here(row, mode, at=now)
            messages.success(request, _("It is noted that you are here today."))
        else:
            actions_attendance.take_here_back(row, at=now)
            messages.success(request, _("It is noted that you are not here today."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("meetings:participants:me", *cycle.address, found.slug)


@in_cycle(SEE)
@require_safe
def documents(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show the public list as papers."""
    return shelf.show(request, _shelf(meeting_at(cycle, meeting), PUBLIC_LIST), at=timezone.now())


@in_cycle(SEE)
@require_POST
def make_document(request: HttpRequest, cycle: Cycle, meeting: str, form: str) -> HttpResponse:
    """Ask the worker for the public list."""
    return shelf.make(request, _shelf(meeting_at(cycle, meeting), PUBLIC_LIST), form, at=timezone.now())


@in_cycle(SEE)
@require_safe
def take_document(request: HttpRequest, cycle: Cycle, meeting: str, pk: int) -> HttpResponse:
    """Hand the public list out."""
    return shelf.take(_shelf(meeting_at(cycle, meeting), PUBLIC_LIST), pk, at=timezone.now())


@in_cycle(SEE_ALL_PARTICIPANTS)
@require_safe
def whole_documents(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Show the committee's list as papers."""
    return shelf.show(request, _shelf(meeting_at(cycle, meeting), WHOLE_LIST), at=timezone.now())


@in_cycle(SEE_ALL_PARTICIPANTS)
@require_POST
def make_whole_document(request: HttpRequest, cycle: Cycle, meeting: str, form: str) -> HttpResponse:
    """Ask the worker for the committee's list."""
    return shelf.make(request, _shelf(meeting_at(cycle, meeting), WHOLE_LIST), form, at=timezone.now())


@in_cycle(SEE_ALL_PARTICIPANTS)
@require_safe
def take_whole_document(request: HttpRequest, cycle: Cycle, meeting: str, pk: int) -> HttpResponse:
    """Hand the committee's list out."""
    return shelf.take(_shelf(meeting_at(cycle, meeting), WHOLE_LIST), pk, at=timezone.now())


def _shelf(meeting: Meeting, kind: str) -> Shelf:
    titles = {PUBLIC_LIST: _("List of participants"), WHOLE_LIST: _("List of participants, for the committee")}
    return list_shelf(meeting, kind, f"{meeting.title}: {titles[kind]}")


def _until(meeting: Meeting) -> str:
    return until_words(meeting.registers_until, meeting.zone) if meeting.registers_until else ""


def _since(meeting: Meeting, now: datetime) -> str:
    """Say when registration opens, where that is still to come."""
    since = meeting.registers_from
    return until_words(since, meeting.zone) if since and since > now else ""


def _own(request: HttpRequest, meeting: Meeting) -> Registration | None:
    if not isinstance(request.user, Person):
        return None
    return meeting.registrations.filter(person=request.user).first()


def _said_before(person: Person) -> dict[str, Any]:
    """Fill the form with what the person's last registration and account say."""
    last = person.registrations.exclude(position="").order_by("-registered_at", "-pk").first()
    organisation = person.organisation.name if person.organisation else last.organisation if last else ""
    return {"organisation": organisation, "position": last.position if last else ""}


def stands(meeting: Meeting, row: Registration) -> str:
    """Say where a registration stands."""
    if row.state == State.ASKED:
        if row.mode == Mode.ROOM and actions.is_full(meeting):
            return _("Your registration waits. %(full)s You hear from the secretariat, or come online.") % {
                "full": actions.full_sentence(meeting)
            }
        return _("Your registration waits for the secretariat. You get a mail.")
    said = {
        State.INVITED: _("The secretariat asks whether you take part. Say so here."),
        State.CONFIRMED: _("You are registered: %(capacity)s, %(mode)s."),
        State.DECLINED: _("The secretariat declined your registration: %(sentence)s"),
        State.WITHDRAWN: _("You withdrew your registration."),
    }
    values = {"capacity": row.get_capacity_display(), "mode": row.get_mode_display(), "sentence": row.sentence}
    return said[State(row.state)] % values
