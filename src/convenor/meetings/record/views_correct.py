"""Pages of corrections: proposing one, taking it back, answering it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from convenor.cycle.access import in_cycle, person_of
from convenor.cycle.models import Cycle
from convenor.meetings.minutes import Paragraph
from convenor.meetings.permissions import CORRECT_MINUTES, WRITE_MINUTES
from convenor.meetings.record import correcting
from convenor.meetings.record.corrections import shown_as
from convenor.meetings.record.forms import AnswerForm, ProposeForm, answer_start
from convenor.meetings.record.keeping import text_now
from convenor.meetings.record.models import Correction, Wish
from convenor.meetings.record.showing import Opened, opened, readable
from convenor.shared.errors import Refused

FORM = ["GET", "HEAD", "POST"]


@in_cycle(CORRECT_MINUTES)
@require_http_methods(FORM)
@never_cache
def propose(request: HttpRequest, cycle: Cycle, meeting: str, key: str) -> HttpResponse:
    """Propose a correction to a paragraph; what was typed stays on the page, whatever became of the minutes."""
    is_sent = request.method == "POST"
    found = (opened if is_sent else readable)(request, cycle, meeting)
    one = _paragraph(found, key, is_sent=is_sent and found.rights.took_part)
    words = one.text if one else ""
    form = ProposeForm(request.POST or None, initial={"text": words, "seen": words, "wish": Wish.WORDING})
    if is_sent and form.is_valid():
        try:
            _propose(request, found, key, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            form.read_again(words)
        else:
            messages.success(request, _("Your correction has arrived. You get a mail with what became of it."))
            return redirect(f"{found.base}corrections/")
    more = {"form": form, "paragraph": one, **found.now()}
    return render(request, "meetings/record/propose.html", found.shown(**more), status=422 if form.errors else 200)


def _propose(request: HttpRequest, found: Opened, key: str, given: dict[str, Any]) -> None:
    now = timezone.now()
    correcting.require_open(found.minutes, at=now)
    if not found.rights.corrects:
        raise Refused(_("Nothing was proposed: corrections are proposed by those who took part."))
    words = {"seen": given["seen"], "by": person_of(request), "at": now}
    correcting.propose(found.meeting, key, Wish(given["wish"]), given["text"], **words)


@in_cycle(CORRECT_MINUTES)
@require_POST
def withdraw(request: HttpRequest, cycle: Cycle, meeting: str, pk: int) -> HttpResponse:
    """Take back what one proposed."""
    found = readable(request, cycle, meeting)
    row = _row(found, pk)
    if row.by_id != person_of(request).pk:
        raise Http404(_("There is no such correction of yours."))
    try:
        correcting.withdraw(row, at=timezone.now())
        messages.success(request, _("Your correction is withdrawn."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{found.base}corrections/")


@in_cycle(WRITE_MINUTES)
@require_http_methods(FORM)
@never_cache
def answer(request: HttpRequest, cycle: Cycle, meeting: str, pk: int) -> HttpResponse:
    """Accept a correction as proposed or in other words, or decline it."""
    found = opened(request, cycle, meeting)
    row = _row(found, pk)
    text = {one.key: one for one in text_now(found.minutes).paragraphs()}.get(row.key)
    form = AnswerForm(request.POST or None, initial=answer_start(row, text.text if text else ""))
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _answered(request, row, form))
            return redirect(f"{found.base}corrections/#correction-{row.pk}")
        except Refused as refusal:
            form.add_error(None, str(refusal))
            form.read_again(text.text if text else "")
    shown = shown_as(row, text.number if text else 0, request.user)
    more = {"form": form, "one": shown, "text": text}
    return render(request, "meetings/record/answer.html", found.shown(**more), status=422 if form.errors else 200)


def _answered(request: HttpRequest, row: Correction, form: AnswerForm) -> str:
    given = form.cleaned_data
    who: dict[str, Any] = {"by": person_of(request), "at": timezone.now()}
    match request.POST.get("what", ""):
        case AnswerForm.ACCEPT:
            correcting.accept(row, sentence=given["sentence"], **who)
            return _("The correction stands in the minutes, and whoever proposed it is told.")
        case AnswerForm.REWORD:
            correcting.reword(row, given["text"], seen=given["seen"], sentence=given["sentence"], **who)
            return _("The paragraph is changed, and whoever proposed the correction is told.")
        case _:
            correcting.decline(row, given["sentence"], **who)
            return _("The correction is declined, and whoever proposed it is told why.")


def _row(found: Opened, pk: int) -> Correction:
    row = get_object_or_404(Correction.objects.select_related("by"), pk=pk, minutes=found.minutes.pk)
    row.minutes = found.minutes
    return row


def _paragraph(found: Opened, key: str, *, is_sent: bool) -> Paragraph | None:
    for one in text_now(found.minutes).paragraphs() if found.rights.reads else ():
        if one.key == key and not one.repeats:
            return one
    if is_sent:
        return None
    raise Http404(_("The minutes have no such paragraph."))
