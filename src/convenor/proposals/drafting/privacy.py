"""What writing a proposal holds about people."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from convenor.people.privacy import Holding, Outcome, Rows, acts, register
from convenor.proposals.drafting.models import Draft, Version


def _drop_unsent(rows: Rows, _at: datetime) -> Outcome:
    """Drop what was written and not handed in since; what was handed in stands in the proposal."""
    return Outcome(gone=rows.delete()[0])


def register_all() -> None:
    """Register what this part holds."""
    register(
        Holding(
            "proposal-texts-unsent",
            _("What you wrote in proposals and did not hand in"),
            _("Goes."),
            find=lambda person: Draft.objects.filter(proposal__owner=person.pk),
            paths=("proposal__cycle__name", "proposal__number", "content"),
            erase=_drop_unsent,
            covers=(),
        ),
        Holding(
            "proposal-texts-earlier",
            _("Earlier texts of your proposals"),
            _("Go; of what was handed in, the last text stays with the proposal."),
            find=lambda person: Version.objects.filter(proposal__owner=person.pk),
            paths=("proposal__cycle__name", "proposal__number", "number", "why", "made_at", "content"),
            erase=_drop_unsent,
            covers=(),
        ),
        acts(
            "proposal-drafts-saved",
            _("Proposals in which you wrote last"),
            Draft,
            "saved_by",
            "proposal__cycle__name",
            "proposal__title",
        ),
        acts(
            "proposal-texts-made",
            _("Texts of proposals that were kept of your writing"),
            Version,
            "made_by",
            "proposal__cycle__name",
            "proposal__title",
            "made_at",
        ),
    )
