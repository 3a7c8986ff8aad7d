"""The secretariat's pages of the call: days of each kind, closing early, access codes."""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from convenor.cycle.access import in_cycle, person_of
from convenor.cycle.deadlines import MINUTE, zone_of
from convenor.cycle.models import Cycle
from convenor.proposals import call_sheet
from convenor.proposals.call_actions import Stating, close_early, state_call
from convenor.proposals.call_codes import make_code, revoke_code
from convenor.proposals.call_forms import CallForm, CloseForm, CodeForm
from convenor.proposals.call_models import AccessCode
from convenor.proposals.call_words import closing_words, kind_name
from convenor.proposals.calls import KindCall, call_of
from convenor.proposals.codes_listing import codes_of
from convenor.proposals.permissions import KEEP_THE_CALL
from convenor.shared.errors import Refused

FORM = ["GET", "HEAD", "POST"]
LAST_MINUTE = time(23, 59)


@in_cycle(KEEP_THE_CALL)
@require_safe
def desk(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """List every kind with its days and what can be done with it."""
    codes = codes_of(cycle)
    rows = [(sheet, codes.get(sheet.code, [])) for sheet in call_sheet.sheets(cycle, timezone.now())]
    return render(request, "proposals/call/desk.html", {"rows": rows})


@in_cycle(KEEP_THE_CALL)
@require_http_methods(FORM)
def state(request: HttpRequest, cycle: Cycle, kind: str) -> HttpResponse:
    """State when a kind opens and closes, move its deadline, or open it again."""
    call = _call(cycle, kind)
    form = _call_form(request, cycle, call)
    if request.method == "POST" and form.is_valid():
        try:
            wanted = _wanted(form, _given(cycle, call))
            reason = form.cleaned_data.get("reason", "")
            state_call(cycle, kind, wanted, by=person_of(request), at=timezone.now(), reason=reason)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, cycle, kind)
    sheet = call_sheet.sheet(call, cycle, timezone.now())
    context = {"form": form, "sheet": sheet, "closes": closing_words(call, cycle)}
    return render(request, "proposals/call/state.html", context, status=422 if form.errors else 200)


@in_cycle(KEEP_THE_CALL)
@require_http_methods(FORM)
def close(request: HttpRequest, cycle: Cycle, kind: str) -> HttpResponse:
    """Close a call before its time, with a reason."""
    call, form = _call(cycle, kind), CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            close_early(cycle, kind, reason=form.cleaned_data["reason"], by=person_of(request), at=timezone.now())
        except Refused as refusal:
            form.add_error("reason", str(refusal))
        else:
            return _done(request, cycle, kind)
    context = {"form": form, "sheet": call_sheet.sheet(call, cycle, timezone.now())}
    return render(request, "proposals/call/close.html", context, status=422 if form.errors else 200)


@in_cycle(KEEP_THE_CALL)
@require_http_methods(FORM)
@never_cache
def codes(request: HttpRequest, cycle: Cycle, kind: str) -> HttpResponse:
    """List the access codes of a kind and make one, which is shown on the page that answers, and never again."""
    call, form, code = _call(cycle, kind), CodeForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _row, code = make_code(cycle, kind=kind, **form.cleaned_data, by=person_of(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            form = CodeForm()
    context = {
        "form": form,
        "code": code,
        "sheet": call_sheet.sheet(call, cycle, timezone.now()),
        "codes": codes_of(cycle).get(kind, []),
    }
    return render(request, "proposals/call/codes.html", context, status=422 if form.errors else 200)


@in_cycle(KEEP_THE_CALL)
@require_POST
def revoke(request: HttpRequest, cycle: Cycle, pk: int) -> HttpResponse:
    """Revoke an access code."""
    row = get_object_or_404(AccessCode, cycle=cycle, pk=pk)
    revoke_code(cycle, pk=row.pk, by=person_of(request), at=timezone.now())
    messages.success(request, _("The code “%(label)s” lets nobody in any more.") % {"label": row.label})
    return redirect("call:codes", *cycle.address, row.kind)


def _call(cycle: Cycle, kind: str) -> KindCall:
    found = call_of(cycle, kind)
    if found is None:
        raise Http404(_("The rules of this year have no such kind of proposal."))
    return found


def _given(cycle: Cycle, call: KindCall) -> dict[str, Any]:
    """Give what the form starts with: what counts now."""
    if call.window is None:
        return {"opens_clock": time(0), "clock": LAST_MINUTE, "zone": cycle.zone}
    zone = call.deadline.zone if call.deadline else cycle.zone
    opens, last = (
        moment.astimezone(zone_of(zone)) for moment in (call.window.opens_at, call.window.closes_at - MINUTE)
    )
    return {
        "opens_on": opens.date(),
        "opens_clock": opens.time(),
        "on": last.date(),
        "clock": last.time(),
        "zone": zone,
    }


def _call_form(request: HttpRequest, cycle: Cycle, call: KindCall) -> CallForm:
    now: datetime = cycle.moment(timezone.now())
    has_opened = call.window is not None and now >= call.window.opens_at
    given, is_first = _given(cycle, call), call.call is None and not has_opened
    return CallForm(request.POST or None, initial=given, is_first=is_first, has_opened=has_opened)


def _wanted(form: CallForm, given: dict[str, Any]) -> Stating:
    """Give what is stated; the opening of a call that has opened is no field of the form and stays."""
    values = {**given, **form.cleaned_data}
    return Stating(**{name: values[name] for name in ("opens_on", "opens_clock", "on", "clock", "zone")})


def _done(request: HttpRequest, cycle: Cycle, kind: str) -> HttpResponse:
    call = _call(cycle, kind)
    words = {"kind": kind_name(call.kind), "closes": closing_words(call, cycle)}
    if call.is_closed_early:
        messages.success(request, _("“%(kind)s” is closed. What was handed in stays, and drafts are kept.") % words)
    else:
        messages.success(request, _("“%(kind)s” closes on %(closes)s.") % words)
    if call.moves:
        messages.info(request, _("Letters to those with a draft, if there are any, wait in the mail to be released."))
    return redirect("call:desk", *cycle.address)
