"""The page where minutes come from one stage to the next, and corrigenda."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from convenor.cycle.access import in_cycle, person_of
from convenor.cycle.deadlines import zone_of
from convenor.cycle.models import Cycle
from convenor.meetings.permissions import ADOPT_MINUTES
from convenor.meetings.record import stages
from convenor.meetings.record.deciding import choices_of
from convenor.meetings.record.forms import AdoptForm, CirculateForm, CorrigendumForm
from convenor.meetings.record.models import Stage
from convenor.meetings.record.showing import Opened, opened
from convenor.shared.errors import Refused

FORM = ["GET", "HEAD", "POST"]
USUAL_DAYS = 14  # between circulation and the end of corrections


@in_cycle(ADOPT_MINUTES)
@require_http_methods(FORM)
@never_cache
def stage(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Circulate a draft, or adopt what was circulated."""
    found = opened(request, cycle, meeting)
    form = _form(request, found)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            messages.success(request, _moved(request, found, form))
            return redirect(found.base)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    more = {"form": form, **found.now()}
    status = 422 if form is not None and form.errors else 200
    return render(request, "meetings/record/stage.html", found.shown(**more), status=status)


def _form(request: HttpRequest, found: Opened) -> Any:
    if found.minutes.stage == Stage.DRAFT:
        now = found.meeting.cycle.moment(timezone.now())
        day = now.astimezone(zone_of(found.meeting.zone)).date() + timedelta(days=USUAL_DAYS)
        return CirculateForm(request.POST or None, initial={"until_on": day})
    if found.minutes.stage == Stage.CIRCULATED:
        return AdoptForm(request.POST or None, decisions=choices_of(found.minutes))
    return None


def _moved(request: HttpRequest, found: Opened, form: Any) -> str:
    who: dict[str, Any] = {"by": person_of(request), "at": timezone.now()}
    if isinstance(form, CirculateForm):
        silence = form.cleaned_data["by_silence"]
        count = stages.circulate(found.meeting, until=form.until(found.meeting), by_silence=silence, **who)
        return ngettext(
            "The minutes are circulated. %(count)s mail waits in the outbox for you to release it.",
            "The minutes are circulated. %(count)s mails wait in the outbox for you to release them.",
            count,
        ) % {"count": count}
    decisions = {entry.pk: entry for entry in stages.deciding(found.minutes)}
    stages.adopt(found.meeting, decisions[form.cleaned_data["decision"]], **who)
    return _("The minutes are adopted. Enter what was amended with the adoption, and lock them.")


def _press(act: Callable[..., None], done: Callable[[], str]) -> Callable[..., Any]:
    """Make the view of a button that takes minutes to another stage."""

    @in_cycle(ADOPT_MINUTES)
    @require_POST
    def view(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
        found = opened(request, cycle, meeting)
        try:
            act(found.meeting, by=person_of(request), at=timezone.now())
            messages.success(request, done())
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(found.base)

    return view


take_back = _press(stages.take_back, lambda: _("The minutes are a draft again. The proposed corrections are kept."))
by_silence = _press(stages.adopt_by_silence, lambda: _("The minutes are adopted by silence."))
lock = _press(stages.lock, lambda: _("The minutes are locked."))


@in_cycle(ADOPT_MINUTES)
@require_http_methods(FORM)
@never_cache
def corrigendum(request: HttpRequest, cycle: Cycle, meeting: str) -> HttpResponse:
    """Add a corrigendum to locked minutes."""
    found = opened(request, cycle, meeting)
    form = CorrigendumForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = stages.add_corrigendum(
                found.meeting, form.cleaned_data["text"], by=person_of(request), at=timezone.now()
            )
            messages.success(request, _("Corrigendum %(number)s stands beside the minutes.") % {"number": row.number})
            return redirect(found.base)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.errors else 200
    return render(request, "meetings/record/corrigendum.html", found.shown(form=form), status=status)
