"""What the call puts on the year's page: the way to propose while it is open, its deadlines, and its page."""

from collections.abc import Sequence
from datetime import UTC

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from convenor.cycle.deadlines import MINUTE
from convenor.cycle.home import Document, Event, Offer
from convenor.cycle.models import Cycle
from convenor.proposals.call_models import CallDeadline
from convenor.proposals.call_words import kind_name
from convenor.proposals.calls import calls_of, kinds_taken
from convenor.shared.languages.lists import listed


def offers(_request: HttpRequest, cycle: Cycle) -> Sequence[Offer]:
    """Offer everybody the call while it takes something."""
    taken = kinds_taken(calls_of(cycle), cycle.moment(timezone.now()).astimezone(UTC))
    if not taken:
        return []
    ends = min(call.window.closes_at for call in taken if call.window)
    until = (ends - MINUTE).astimezone(cycle.zone_info).date()
    kinds = listed(kind_name(call.kind) for call in taken)
    return [Offer(_("Make a proposal"), reverse("call:page", args=cycle.address), kinds, until)]


def dates(cycle: Cycle) -> Sequence[Event]:
    """Give the days on which the kinds with a call of their own close."""
    newest = {
        row.call_id: row for row in CallDeadline.objects.filter(call__cycle=cycle).select_related("call").order_by("pk")
    }
    url, now = reverse("call:page", args=cycle.address), cycle.moment(timezone.now())
    kinds = [(row, cycle.rules.kind(row.call.kind)) for row in newest.values()]
    return [
        Event(
            row.moment.astimezone(cycle.zone_info).date(),
            (_("The call closed: %(kind)s") if row.moment + MINUTE <= now else _("The call closes: %(kind)s"))
            % {"kind": kind_name(kind)},
            f"{url}#kind-{kind.code}",
        )
        for row, kind in kinds
        if kind is not None
    ]


def documents(cycle: Cycle) -> Sequence[Document]:
    """Lead to the page of the call at any time: what may be proposed, by whom, and by which rules."""
    return [Document(_("Call for proposals"), reverse("call:page", args=cycle.address), is_standing=True)]
