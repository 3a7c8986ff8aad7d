"""Pages of participants for the secretariat: settings, one registration, guests, many at once, attendance."""

from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from convenor.cycle.access import in_cycle, person_of
from convenor.cycle.models import Cycle
from convenor.meetings.finding import meeting_at
from convenor.meetings.models import Day, Meeting
from convenor.meetings.participants import actions, actions_attendance, pasted
from convenor.meetings.participants import actions_secretariat as deeds
from convenor.meetings.participants.forms import CorrectForm, DecisionForm, GuestForm, GuestsForm, SettingsForm
from convenor.meetings.participants.listing import PER_PAGE, Search, rows_of, with_attendance
from convenor.meetings.participants.models import NEXT, Capacity, Mode, Registration, State
from convenor.meetings.permissions import KEEP_PARTICIPANTS
from convenor.meetings.wording import day_with_date
from convenor.shared.errors import Refused

FORM = ["GET", "HEAD", "POST"]
LONGEST_KEY = 18  # digits that a key of the database holds


@in_cycle(KEEP_PARTICIPANTS)
@require_http_methods(FORM)
@never_cache
def settings(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Set until when people register and ask, how many fit into the room, and who is confirmed."""
    found = meeting_at(cycle, meeting)
    form = SettingsForm(request.POST or None, meeting=found)
    if request.method == "POST" and form.is_valid():
        changed = actions.set_up(found, form.settings, by=person_of(request), at=timezone.now())
        messages.success(request, _("Saved; it counts at once.") if changed else _("Nothing was changed."))
        return redirect("meetings:participants:list", *cycle.address, found.slug)
    context = {"meeting": found, "form": form, "taken": _taken(found)}
    return render(request, "meetings/participants/settings.html", context, status=422 if form.errors else 200)


def _taken(meeting: Meeting) -> int:
    return meeting.registrations.filter(state=State.CONFIRMED, mode="room").count()


@in_cycle(KEEP_PARTICIPANTS)
@require_http_methods(FORM)
@never_cache
def guest(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Enter a guest without an account."""
    found = meeting_at(cycle, meeting)
    form = GuestForm(request.POST or None, days=actions.days_for(found, Capacity.GUEST))
    if request.method == "POST" and form.is_valid():
        try:
            row = deeds.enter_guest(found, form.guest, by=person_of(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _entered(row))
            return redirect("meetings:participants:guest", *cycle.address, found.slug)
    context = {"meeting": found, "form": form, "row": None}
    return render(request, "meetings/participants/guest.html", context, status=422 if form.errors else 200)


def _entered(row: Registration) -> str:
    said = _("“%(name)s” is on the list. Enter the next guest, or go back to the list.")
    waits = _("“%(name)s” waits: the room is full.")
    return (said if row.state == State.CONFIRMED else waits) % {"name": row.person.shown_name}


@in_cycle(KEEP_PARTICIPANTS)
@require_http_methods(FORM)
@never_cache
def guests(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Enter many guests, pasted from a spreadsheet: whoever can be entered is, the other lines come back."""
    found = meeting_at(cycle, meeting)
    form, left = GuestsForm(request.POST or None), list[str]()
    if request.method == "POST" and form.is_valid():
        form, left = _enter(request, found, form)
        if not left:
            return redirect("meetings:participants:list", *cycle.address, found.slug)
    context = {"meeting": found, "form": form, "left": left}
    return render(request, "meetings/participants/guests.html", context, status=422 if form.errors or left else 200)


def _enter(request: HttpRequest, meeting: Meeting, form: GuestsForm) -> tuple[GuestsForm, list[str]]:
    """Enter whoever can be; give a form with the lines that are left, and why each is."""
    mode = form.cleaned_data["mode"]
    days = {day.pk: mode for day in actions.days_for(meeting, Capacity.GUEST)}
    read = pasted.read(form.cleaned_data["text"], mode=mode, days=days)
    good = [line for line in read.lines if line.guest]
    said = deeds.enter_guests(
        meeting, [line.guest for line in good if line.guest], by=person_of(request), at=timezone.now()
    )
    refused = dict(zip([line.number for line in good], said, strict=True))
    left = [(line, why) for line in read.lines if (why := line.fault or refused[line.number])]
    count = len(read.lines) - len(left)
    words = ngettext("%(count)s guest is on the list.", "%(count)s guests are on the list.", count)
    messages.success(request, words % {"count": count})
    text = "\n".join([part for part in (read.heading, *(line.text for line, _why in left)) if part])
    return GuestsForm(initial={"text": text, "mode": mode}), [pasted.said_of(line, why) for line, why in left]


@in_cycle(KEEP_PARTICIPANTS)
@require_POST
def ask_members(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Put the members of the committee on the list, and ask them."""
    found = meeting_at(cycle, meeting)
    count = deeds.ask_members(found, by=person_of(request), at=timezone.now())
    if count:
        said = ngettext(
            "%(count)s member is on the list; the question is held among the mails, to be released.",
            "%(count)s members are on the list; the question is held among the mails, to be released.",
            count,
        )
        messages.success(request, said % {"count": count})
    else:
        messages.info(request, _("Nothing was changed: every member is on the list."))
    return redirect(f"{reverse('meetings:participants:list', args=(*cycle.address, found.slug))}?state=invited")


@in_cycle(KEEP_PARTICIPANTS)
@require_http_methods(FORM)
@never_cache
def one(request: HttpRequest, cycle: Cycle, meeting: str, pk: int) -> HttpResponse:
    """Show one registration whole, and correct how it reads."""
    found = meeting_at(cycle, meeting)
    row = _row(found, pk)
    form = _form_of(row, request)
    if request.method == "POST" and form.is_valid():
        try:
            if isinstance(form, GuestForm):
                deeds.correct_guest(row, form.guest)
            else:
                deeds.correct(row, form.correction)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved; the list prints it so."))
            return redirect("meetings:participants:one", *cycle.address, found.slug, pk)
    return _show_one(request, found, row, form, DecisionForm())


def _form_of(row: Registration, request: HttpRequest | None = None) -> GuestForm | CorrectForm:
    typed = (request.POST or None) if request else None
    form = GuestForm if row.is_without_account else CorrectForm
    return form(typed, days=actions.days_for(row.meeting, Capacity(row.capacity)), row=row)


def _show_one(
    request: HttpRequest, meeting: Meeting, row: Registration, form: GuestForm | CorrectForm, decision: DecisionForm
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "row": row,
        "form": form,
        "decision": decision,
        "next": {state.value for state in NEXT[State(row.state)]},
        "full": actions.full_sentence(meeting) if actions.is_full(meeting) else "",
        "there": row.attendance.select_related("day"),
    }
    status = 422 if form.errors or decision.errors else 200
    return render(request, "meetings/participants/one.html", context, status=status)


@in_cycle(KEEP_PARTICIPANTS)
@require_POST
def decide(request: HttpRequest, cycle: Cycle, meeting: str, pk: int) -> HttpResponse:
    """Confirm, decline or withdraw one registration."""
    found = meeting_at(cycle, meeting)
    row, decision = _row(found, pk), DecisionForm(request.POST)
    if decision.is_valid():
        try:
            messages.success(request, _decided(request, row, decision.cleaned_data["sentence"]))
            return redirect("meetings:participants:one", *cycle.address, found.slug, pk)
        except Refused as refusal:
            decision.add_error("sentence", str(refusal))
    row = _row(found, pk)
    form = _form_of(row)
    return _show_one(request, found, row, form, decision)


def _decided(request: HttpRequest, row: Registration, sentence: str) -> str:
    by, at, name = person_of(request), timezone.now(), row.person.shown_name
    match request.POST.get("do"):
        case "confirm":
            deeds.confirm(row, by=by, at=at, sentence=sentence)
            return _("“%(name)s” is confirmed.") % {"name": name}
        case "decline":
            deeds.decline(row, by=by, at=at, sentence=sentence)
            return _("“%(name)s” is declined, and told so.") % {"name": name}
        case "withdraw":
            actions.withdraw(row, at=at)
            return _("The registration of “%(name)s” is withdrawn.") % {"name": name}
        case _other:
            raise Refused(_("Nothing was changed: choose what to do."))


@in_cycle(KEEP_PARTICIPANTS)
@require_POST
def confirm_many(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Confirm the registrations that were ticked."""
    found = meeting_at(cycle, meeting)
    asked = request.POST.getlist("row")
    keys = [int(key) for key in asked if key.isdecimal() and key.isascii() and len(key) <= LONGEST_KEY]
    done = deeds.confirm_all(found, keys, by=person_of(request), at=timezone.now())
    said = ngettext("%(count)s registration is confirmed.", "%(count)s registrations are confirmed.", done.confirmed)
    messages.success(request, said % {"count": done.confirmed})
    if done.left:
        waits = ngettext("%(count)s waits on: %(full)s", "%(count)s wait on: %(full)s", done.left)
        messages.warning(request, waits % {"count": done.left, "full": actions.full_sentence(found)})
    if done.mails:
        held = ngettext(
            "%(count)s confirmation is held among the mails, to be released.",
            "%(count)s confirmations are held among the mails, to be released.",
            done.mails,
        )
        messages.info(request, held % {"count": done.mails})
    return redirect("meetings:participants:list", *cycle.address, found.slug)


@in_cycle(KEEP_PARTICIPANTS)
@require_http_methods(FORM)
@never_cache
def attendance(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Mark who was there on a day, in the room or online, in pages of a hundred."""
    found, now = meeting_at(cycle, meeting), timezone.now()
    days, search = list(found.days.all()), Search.of(request.GET)
    day = _day_of(days, request.GET.get("day", ""), actions_attendance.today_of(found, now))
    if request.method == "POST" and day:
        was, marks = _marks(request, "was"), _marks(request, "now")
        come, gone = actions_attendance.mark(day, was=was, now=marks, at=now)
        messages.success(request, _("Saved. Marks set: %(come)s, taken away: %(gone)s.") % {"come": come, "gone": gone})
        return redirect(request.get_full_path())
    rows = replace(search, day="", state=State.CONFIRMED).apply(
        rows_of(found, sees_all=True), shown=("organisation", "group", "region"), sees_all=True
    )
    page = Paginator(with_attendance(rows), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "meeting": found,
        "search": search,
        "page": page,
        "day": day,
        "days": [(one, day_with_date(one)) for one in days],
        "lines": [_line(row, day) for row in page] if day else [],
    }
    return render(request, "meetings/participants/attendance.html", context)


def _day_of(days: list[Day], asked: str, today: date) -> Day | None:
    """Give the day that is asked for, else today, else the first."""
    order = [str(day.pk) == asked for day in days], [day.date == today for day in days], [True for _day in days]
    return next((day for fits in order for day, is_it in zip(days, fits, strict=True) if is_it), None)


def _line(row: Registration, day: Day) -> tuple[Registration, str, str]:
    """Give somebody with their mark on a day and from where they mean to come."""
    return row, row.days_there.get(day.pk, ""), row.days_coming.get(day.pk, "")


def _marks(request: HttpRequest, name: str) -> dict[int, str]:
    """Read marks as the form sends them: "now-12=room"; anything else is left out."""
    found = {}
    for field, mode in request.POST.items():
        start, _dash, key = field.partition("-")
        is_key = key.isdecimal() and key.isascii() and len(key) <= LONGEST_KEY
        if start == name and is_key and mode in ("", *Mode.values):
            found[int(key)] = str(mode)
    return found


def _row(meeting: Meeting, pk: int) -> Registration:
    row = get_object_or_404(meeting.registrations.select_related("person"), pk=pk)
    row.meeting = meeting
    return row
