"""What requests to meetings hold about people."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from convenor.meetings.requests.models import SlotRequest, State
from convenor.people.privacy import Holding, Outcome, Rows, acts, register


def _drop_unplaced(rows: Rows, _at: datetime) -> Outcome:
    """Drop what came to nothing; of what is on the agenda, keep that it was asked for."""
    placed = rows.filter(state=State.PLACED)
    gone = rows.exclude(state=State.PLACED).delete()[0]
    return Outcome(gone=gone, kept=placed.update(asked_by=None, about="", speaker="", sentence=""))


def register_all() -> None:
    """Register what this part holds."""
    register(
        Holding(
            "meeting-requests",
            _("What you asked of meetings"),
            _("What stands on an agenda stays there, and no longer says that you asked; the rest goes."),
            find=lambda person: SlotRequest.objects.filter(asked_by=person.pk),
            paths=(
                "meeting__title", "kind", "title", "about", "organisation", "speaker", "minutes", "documents", "state",
                "sentence", "asked_at",
            ),
            erase=_drop_unplaced,
            covers=tuple(
                f"meetings.slotrequest.{column}"
                for column in ("asked_by", "title", "about", "organisation", "speaker", "documents", "sentence")
            ),
        ),
        acts(
            "meeting-requests-answered",
            _("Requests to meetings that you answered"),
            SlotRequest,
            "decided_by",
            "meeting__title",
            "decided_at",
        ),
    )  # fmt: skip
