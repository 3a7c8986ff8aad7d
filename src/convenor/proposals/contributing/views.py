"""The page behind the link of somebody whom a proposal names; no account is needed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from convenor.cycle.access import in_cycle
from convenor.cycle.models import Cycle
from convenor.proposals.contributing import actions, own
from convenor.proposals.contributing.forms import AnswerForm
from convenor.proposals.contributing.links import rows_of
from convenor.proposals.contributing.opening import is_over
from convenor.proposals.permissions import SEE
from convenor.shared.errors import Refused

FORM = ["GET", "HEAD", "POST"]


@in_cycle(SEE)
@require_http_methods(FORM)
@never_cache
def answer(request: HttpRequest, cycle: Cycle, token: str) -> HttpResponse:
    """Confirm or decline with a link from a mail, or change what one said."""
    rows, now = list(rows_of(cycle, token)), timezone.now()
    if not rows or is_over(cycle, at=now):
        typed = [text for name in ("words", "needs") if (text := request.POST.get(name, "").strip())]
        over = {"why": own.why_over(cycle, rows), "typed": typed}
        return render(request, "proposals/contributing/link_over.html", over, status=404)
    page = own.page_of(cycle, rows, at=now)
    form = AnswerForm(request.POST or None, cycle=cycle, rows=rows, needs=page.needs)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(rows[0].proposal, rows[0].person, form.answer, at=now)
            messages.success(
                request,
                _("Thank you: your answer is kept. You can change it here until %(day)s.") % {"day": page.until},
            )
            return redirect(request.path)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "proposal": rows[0].proposal, "rows": rows, "page": page}
    return render(request, "proposals/contributing/answer.html", context, status=422 if form.errors else 200)
