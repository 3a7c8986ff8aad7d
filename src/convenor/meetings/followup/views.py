"""Pages of action items: the list of the year, one of them, a new one, next steps, calendars."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from convenor.cycle.access import in_cycle, may, person_of
from convenor.cycle.models import Cycle
from convenor.meetings.finding import meeting_at
from convenor.meetings.floorpages.hands import Known, known_to
from convenor.meetings.followup import actions
from convenor.meetings.followup.calendar import calendar_of_actions
from convenor.meetings.followup.forms import ActionForm, SeenForm, SettleForm, items_of, stands
from convenor.meetings.followup.listing import Search, actions_of
from convenor.meetings.followup.models import ActionItem, State
from convenor.meetings.followup.steps import points_of
from convenor.meetings.models import Meeting
from convenor.meetings.permissions import KEEP_ACTIONS, REPORT_ACTIONS, SEE_FOLLOW_UP
from convenor.people.models import Person
from convenor.shared.errors import Refused

FORM = ["GET", "HEAD", "POST"]
PER_PAGE = 100


@in_cycle(SEE_FOLLOW_UP)
@require_safe
def list_page(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """List the action items of a year."""
    search, today = Search.of(request.GET), _today(cycle)
    rows = search.apply(actions_of(cycle), today=today, reader=request.user)
    context = {
        "search": search,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "today": today,
        "states": State.choices,
        "meetings": list(cycle.meetings.order_by("pk").values_list("slug", "title")),
        "keeps": may(request, KEEP_ACTIONS, cycle),
    }
    return render(request, "meetings/followup/list.html", context)


@in_cycle(SEE_FOLLOW_UP)
@require_safe
def calendar(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Give the due days as events."""
    return _calendar(request, cycle, as_tasks=False)


@in_cycle(SEE_FOLLOW_UP)
@require_safe
def tasks(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Give the action items as tasks."""
    return _calendar(request, cycle, as_tasks=True)


def _calendar(request: HttpRequest, cycle: Cycle, *, as_tasks: bool) -> HttpResponse:
    rows = actions_of(cycle).select_related("owner", "meeting", "item")
    if meeting := request.GET.get("meeting", "").replace("\0", ""):
        rows = rows.filter(meeting__slug=meeting)
    found = list(rows)
    for row in found:
        row.meeting.cycle = cycle
    content = calendar_of_actions(cycle, found, as_tasks=as_tasks)
    name = f"{cycle.slug}-{'tasks' if as_tasks else 'action-items'}.ics"
    headers = {"Content-Type": "text/calendar; charset=utf-8", "Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, headers=headers)


@in_cycle(SEE_FOLLOW_UP)
@require_safe
@never_cache
def one(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Show an action item with what happened to it."""
    row = _row(cycle, pk)
    return _show(request, cycle, row, SettleForm(row=row))


@in_cycle(REPORT_ACTIONS)
@require_http_methods(["POST"])
def settle(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Report one's own action item done or not; whoever keeps them settles anybody's."""
    row = _row(cycle, pk)
    if not _may_settle(request, cycle, row):
        raise PermissionDenied(_("This action item is somebody else's. Its owner and the secretariat report on it."))
    form = SettleForm(request.POST, row=row)
    if form.is_valid():
        given, state = form.cleaned_data, State(form.cleaned_data["state"])
        try:
            actions.settle(row, state, given["sentence"], seen=given["seen"], by=person_of(request), at=timezone.now())
            messages.success(request, _("The action item is: %(state)s.") % {"state": state.label})
            return redirect(row)
        except Refused as refusal:
            row = _refused(form, refusal, row)
    return _show(request, cycle, row, form)


@in_cycle(KEEP_ACTIONS)
@require_http_methods(FORM)
@never_cache
def change(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Change what is to be done, by whom or until when."""
    row = _row(cycle, pk)
    form = _form(request, row.meeting, stands(row), owner=row.owner)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(row, form.wanted, seen=form.cleaned_data["seen"], by=person_of(request), at=timezone.now())
            messages.success(request, _("The action item is changed."))
            return redirect(row)
        except Refused as refusal:
            row = _refused(form, refusal, row)
    context = {"row": row, "meeting": row.meeting, "form": form}
    return render(request, "meetings/followup/change.html", context, status=422 if form.errors else 200)


@in_cycle(KEEP_ACTIONS)
@require_http_methods(FORM)
@never_cache
def next_steps(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Turn what stands under “Next steps”, and what was noted, into dated tasks with owners."""
    found = meeting_at(cycle, meeting)
    form = _form(request, found, {"what": request.GET.get("what", "")[:1000], "item": request.GET.get("item", "")})
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter(found, form.wanted, by=person_of(request), at=timezone.now())
            messages.success(request, _("The action item is entered, and its owner is told."))
            return redirect("meetings:next-steps", *cycle.address, found.slug)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    rows = actions_of(cycle).filter(meeting=found)
    context = {"meeting": found, "form": form, "points": points_of(found), "rows": rows, "today": _today(cycle)}
    return render(request, "meetings/followup/next_steps.html", context, status=422 if form.errors else 200)


def _form(
    request: HttpRequest, meeting: Meeting, initial: dict[str, Any], *, owner: Person | None = None
) -> ActionForm:
    people = known_to(meeting, on=meeting.cycle.day_of(timezone.now()))
    if owner and all(owner != one.speaker for one in people):  # the term is over, or a registration was withdrawn
        people.append(Known(f"p{owner.pk}", owner.shown_name, "", owner))
    return ActionForm(request.POST or None, initial=initial, people=people, items=items_of(meeting))


def _show(request: HttpRequest, cycle: Cycle, row: ActionItem, form: SettleForm) -> HttpResponse:
    context = {
        "row": row,
        "meeting": row.meeting,
        "steps": row.steps.select_related("by"),
        "form": form,
        "settles": _may_settle(request, cycle, row),
        "keeps": may(request, KEEP_ACTIONS, cycle),
        "today": _today(cycle),
    }
    return render(request, "meetings/followup/one.html", context, status=422 if form.errors else 200)


def _may_settle(request: HttpRequest, cycle: Cycle, row: ActionItem) -> bool:
    is_own = isinstance(request.user, Person) and row.owner_id == request.user.pk
    return is_own or may(request, KEEP_ACTIONS, cycle)


def _refused(form: SeenForm, refusal: Refused, row: ActionItem) -> ActionItem:
    """Say why, and let what was typed be sent again over what stands now; give the action item as it stands."""
    now = _row(row.meeting.cycle, row.pk)
    form.add_error(None, str(refusal))
    form.read_again(now)
    return now


def _row(cycle: Cycle, pk: int) -> ActionItem:
    row = get_object_or_404(actions_of(cycle), pk=pk)
    row.meeting.cycle = cycle
    return row


def _today(cycle: Cycle) -> date:
    return cycle.day_of(cycle.moment(timezone.now()))
