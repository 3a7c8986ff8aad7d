"""The public pages of the call: what may be proposed until when, and what a proposer will be asked."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from convenor.cycle import wording
from convenor.cycle.access import in_cycle, may
from convenor.cycle.models import Cycle
from convenor.proposals import call_sheet
from convenor.proposals.call_forms import HereForm
from convenor.proposals.calls import call_of
from convenor.proposals.drafting.blank import blank_page
from convenor.proposals.permissions import KEEP_THE_CALL, SEE_THE_CALL


@in_cycle(SEE_THE_CALL)
@require_safe
def page(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Show the call: every kind with its days, and the rules in plain words."""
    form, here = _here(request)
    rules, language = cycle.rules, get_language() or "en"
    sheets = call_sheet.sheets(cycle, timezone.now(), here=here)
    is_common = len(sheets) > 1 and all(sheet.call.call is None for sheet in sheets)
    context = {
        "sheets": sheets,
        "common": sheets[0] if is_common else None,
        "form": form,
        "here": here,
        "rules": rules,
        "formats": [(one, wording.lengths(one.minutes)) for one in rules.formats],
        "limits": wording.limits(rules),
        "criteria": [(one, wording.scale(one)) for one in rules.criteria],
        "life": wording.life(rules, language),
        "may_keep": may(request, KEEP_THE_CALL, cycle),
    }
    return render(request, "proposals/call/page.html", context)


@in_cycle(SEE_THE_CALL)
@require_safe
def preview(request: HttpRequest, cycle: Cycle, kind: str) -> HttpResponse:
    """Show the form of a kind, in each of its formats, whether the call is open or not."""
    call = call_of(cycle, kind)
    if call is None:
        raise Http404(_("The rules of this year have no such kind of proposal."))
    sheet = call_sheet.sheet(call, cycle, timezone.now(), here=_here(request)[1])
    formats = [one for one in cycle.rules.formats if call.kind.allows(one.code)]
    wanted = request.GET.get("format", "")
    chosen = next((one.code for one in formats if one.code == wanted), "")
    context = {
        "sheet": sheet,
        "formats": formats,
        "chosen": chosen,
        "page": blank_page(cycle, call.kind, chosen),
        "depends": call_sheet.depends_on_format(cycle, call.kind),
    }
    return render(request, "proposals/call/preview.html", context)


def _here(request: HttpRequest) -> tuple[HereForm, str]:
    """Give the form for the reader's own zone, and the zone where one is asked for that exists."""
    form = HereForm(request.GET if "zone" in request.GET else None)
    return form, form.cleaned_data["zone"] if form.is_bound and form.is_valid() else ""
