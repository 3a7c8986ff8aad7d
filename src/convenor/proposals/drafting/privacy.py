"""What writing a proposal holds about people, and how it merges."""

from collections import Counter
from datetime import datetime

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from convenor.people import merging
from convenor.people.models import Person
from convenor.people.privacy import Holding, Outcome, Rows, acts, register
from convenor.proposals.drafting.models import Draft, Version


def _drop_unsent(rows: Rows, _at: datetime) -> Outcome:
    """Drop what was written and not handed in since; what was handed in stands in the proposal."""
    return Outcome(gone=rows.delete()[0])


def join(kept: Person, lost: Person) -> Counter[str]:
    """Name the kept person in the texts that name the lost one; who stands there in a part twice stands there once."""
    said = Version.objects.annotate(said=Cast("people", TextField())).filter(said__contains=f"[{lost.pk}, ")
    for version in said:
        people = [(kept.pk if key == lost.pk else key, part) for key, part in version.people]
        version.people = [list(one) for one in dict.fromkeys(people)]
        version.save(update_fields=["people"])
    return Counter()


def register_all() -> None:
    """Register what this part holds, and how it merges."""
    merging.JOINERS.append(join)
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
