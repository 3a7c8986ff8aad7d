"""What the server says to a form that saves in place."""

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from convenor.people.models import Person
from convenor.proposals.drafting import standing
from convenor.proposals.drafting.content import written
from convenor.proposals.drafting.merging import Clash, digest
from convenor.proposals.drafting.page import Bound, Whole
from convenor.proposals.drafting.reading import typed
from convenor.proposals.drafting.saving import Saved
from convenor.proposals.drafting.showing import shown
from convenor.proposals.models import Proposal


def answer(saved: Saved, *, at: datetime) -> dict[str, Any]:
    """Give what the form needs: what is stored now, what clashes, what is not taken, what lacks."""
    page = Whole(saved.proposal, saved.content, **standing.time_of(saved.proposal, at=at))
    clashing = {one.field for one in saved.clashes}
    taken = [code for code in saved.read if code not in clashing]
    return {
        "said": _said(saved),
        "isWhole": saved.is_whole,
        "revision": saved.proposal.revision,
        "was": {code: digest(saved.read[code]) for code in taken},
        "news": {code: _field(page, code, value) for code, value in saved.news.items()},
        "clashes": {one.field: _clash(page, one) for one in saved.clashes},
        "faults": dict(saved.faults),
        "shape": page.shape,
        "meter": render_to_string("proposals/drafting/meter.html", {"page": page, "form_url": ""}),
    }


def _said(saved: Saved) -> str:
    if saved.clashes:
        return _("Somebody else changed the same while you wrote: choose below what stays. Both texts are kept.")
    if saved.faults:
        return _("Not everything is saved: see the fields that say why. What you typed stays here.")
    words = saved_words(saved.proposal)
    if saved.writer:
        return _("%(saved)s %(name)s has written here, too.") % {"saved": words, "name": saved.writer.shown_name}
    return words


def saved_words(proposal: Proposal) -> str:
    """Say when a proposal was saved last, by the clock of its forum."""
    if proposal.saved_at is None:
        return ""
    return _("Saved at %(time)s.") % {
        "time": f"{timezone.localtime(proposal.saved_at, proposal.cycle.zone_info):%H:%M:%S}"
    }


def _field(page: Whole, code: str, value: Any) -> dict[str, Any]:
    return {"values": typed(page.asks[code].sort, value), "was": digest(value)}


def _clash(page: Whole, clash: Clash) -> dict[str, Any]:
    ask = page.asks[clash.field]
    can_be_both = Bound(ask, [], "", 0).can_be_both
    return {
        **_field(page, clash.field, clash.theirs),
        "text": shown(ask, clash.theirs) or "–",
        "can": {"both": can_be_both},
    }


def news(proposal: Proposal, person: Person) -> dict[str, Any]:
    """Give every field as it is stored, and who stored it."""
    page, content = Whole(proposal, written(proposal)), written(proposal)
    writer = proposal.draft.saved_by if getattr(proposal, "draft", None) else None
    is_another = writer is not None and writer.pk != person.pk
    said = _("%(name)s has written here at the same time; what they changed is shown.")
    return {
        "revision": proposal.revision,
        "said": said % {"name": writer.shown_name} if writer and is_another else "",
        "fields": {code: _field(page, code, content.get(code)) for code, ask in page.asks.items() if not ask.is_people},
    }
