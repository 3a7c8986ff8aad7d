"""Pages on which the agenda of a meeting is edited: the doors, and what is not shared with drafts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convenor.cycle.access import in_cycle, person_of
from convenor.cycle.models import Cycle
from convenor.meetings.agenda import Item
from convenor.meetings.agenda.edits import Impossible, Tree
from convenor.meetings.corrections import pages
from convenor.meetings.corrections.forms import RenumberForm
from convenor.meetings.corrections.verdict import ends_in_words
from convenor.meetings.editor import sitting
from convenor.meetings.editor.desk import MeetingDesk
from convenor.meetings.editor.lineup import LineUpForm
from convenor.meetings.editor.moving import move_days, move_to
from convenor.meetings.editor.page import edit_page
from convenor.meetings.finding import meeting_at
from convenor.meetings.models import Item as ItemRow
from convenor.meetings.permissions import KEEP
from convenor.meetings.syncing import LETTERS
from convenor.shared.errors import Refused

AGENDA = "agenda"  # where the page of a move may lead back to
Page = Callable[..., HttpResponse]


def _on_desk(page: Page, *methods: str) -> Callable[..., HttpResponseBase]:
    """Open a page on the agenda of a meeting."""

    @in_cycle(KEEP)
    @require_http_methods(methods)
    def view(request: HttpRequest, cycle: Cycle, /, meeting: str, **values: Any) -> HttpResponse:
        return page(request, MeetingDesk(request, meeting_at(cycle, meeting)), **values)

    return view


def _show(request: HttpRequest, desk: MeetingDesk) -> HttpResponse:
    """Show the agenda with everything that can be done to it."""
    shown = {
        **desk.shown,
        "base": desk.address,
        "page": edit_page(desk.work, reader=desk.by, now=desk.at),
        "numbers": RenumberForm(),
    }
    return render(request, "meetings/edit.html", shown)


def _line_up(request: HttpRequest, desk: MeetingDesk, key: str) -> HttpResponse:
    """Set who speaks how long within an item."""
    try:
        item = Tree(desk.agenda).node(key).part
        if not isinstance(item, Item):
            return redirect(desk.address_of(key))
        form, status = LineUpForm(request.POST or None, agenda=desk.agenda, key=key, seen=desk.log.version), 200
        if request.method == "POST" and form.is_valid():
            try:
                desk.change(form.operations(), seen=desk.seen)
            except (Refused, Impossible) as refusal:
                desk = desk.again()
                item = Tree(desk.agenda).node(key).part
                form = form.with_what_stands_now(desk.agenda, desk.log.version)
                form.add_error(None, pages.said(refusal))
                status = pages.CONFLICT
            else:
                return pages.back(desk, key)
    except Impossible as reason:  # the item is gone
        messages.error(request, pages.said(reason))
        return redirect(desk.address)
    shown = {
        **desk.shown,
        "base": desk.address,
        "address": f"{desk.address_of(key)}line-up/",
        "form": form,
        "key": key,
        "name": pages.part_in_words(item),
    }
    status = pages.INVALID if form.errors and status == 200 else status  # noqa: PLR2004 - as in `pages`
    return render(request, "meetings/line_up.html", shown, status=status)


def _move(request: HttpRequest, desk: MeetingDesk, key: str) -> HttpResponse:
    """Put an item at another place: two clicks, from the agenda and back to it."""
    given = request.POST if request.method == "POST" else request.GET
    leads = AGENDA if given.get("back") == AGENDA else ""
    before = desk.agenda
    try:
        item = Tree(before).node(key).part
        if request.method == "POST":
            desk.change([move_to(before, key, request.POST.get("place", ""))], seen=desk.seen)
            done = edit_page(desk.work, reader=desk.by).last
            messages.success(request, " ".join([done, *ends_in_words(before, desk.agenda)]))
            return _back(desk, key, leads)
    except (Refused, Impossible) as refusal:
        messages.error(request, pages.said(refusal))
        return _back(desk, key, leads)
    if not isinstance(item, Item):
        return redirect(desk.address_of(key))
    shown = {
        **desk.shown,
        "base": desk.address,
        "address": f"{desk.address_of(key)}move/",
        "seen": desk.log.version,
        "name": pages.part_in_words(item),
        "days": move_days(desk.agenda, key),
        "leads": leads,
    }
    return render(request, "meetings/move.html", shown)


def _back(desk: MeetingDesk, key: str, leads: str) -> HttpResponse:
    """Go back to where the reader came from."""
    if leads == AGENDA and key[:1] == LETTERS[ItemRow]:
        return redirect(f"{desk.work.meeting.get_absolute_url()}#item-{key[1:]}")
    return pages.back(desk, key)


def _take_back(request: HttpRequest, desk: MeetingDesk, number: int) -> HttpResponse:
    """Take one change back."""
    if number > desk.log.version:
        raise Http404
    return pages.step(request, desk, lambda: desk.take_back(number))


edit = _on_desk(_show, "GET", "HEAD")
part = _on_desk(pages.part_page, "GET", "HEAD", "POST")
add = _on_desk(pages.add_page, "GET", "HEAD", "POST")
drop_at = _on_desk(pages.drop_page, "GET", "HEAD", "POST")
move = _on_desk(_move, "GET", "HEAD", "POST")
line_up = _on_desk(_line_up, "GET", "HEAD", "POST")
renumber = _on_desk(pages.renumber_page, "POST")
undo = _on_desk(lambda request, desk: pages.step(request, desk, desk.undo), "POST")
redo = _on_desk(lambda request, desk: pages.step(request, desk, desk.redo), "POST")
take_back = _on_desk(_take_back, "POST")


@in_cycle(KEEP)
@require_safe
def latest(_request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Give the version of the agenda, so that open windows see when others change it."""
    return HttpResponse(str(meeting_at(cycle, meeting).sequence), content_type="text/plain")


@in_cycle(KEEP)
@require_POST
def finish(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """End the sitting and go back to the agenda."""
    edited = meeting_at(cycle, meeting)
    sitting.finish(edited, by=person_of(request), at=timezone.now())
    messages.success(request, _("Editing is finished. What was changed stands in the agenda."))
    return redirect(edited)
