"""What proposals hold about people."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from convenor.cycle import retention
from convenor.cycle.models import Forum
from convenor.cycle.retention import Done, Rule
from convenor.people.privacy import Holding, Outcome, Rows, emptied, register
from convenor.proposals.contributing import privacy as contributing
from convenor.proposals.drafting import privacy as drafting
from convenor.proposals.importing import privacy as importing
from convenor.proposals.models import Contributor, Proposal, State

TEXTS = (
    "summary",
    "issue",
    "policy_questions",
    "expected_outcomes",
    "online_participation",
    "session_agenda",
    "tags",
    "answers",
)


def _drop_drafts(rows: Rows, _at: datetime) -> Outcome:
    """Drop drafts that were never handed in; what was is the organisation's, too, and was decided on."""
    gone = rows.filter(state=State.DRAFT, submitted_at=None).delete()[0]
    return Outcome(gone=gone, kept=rows.count())


def drafts(forum: Forum | None) -> Mapping[int, date]:
    """Find a forum's drafts that were never handed in."""
    if forum is None:
        return {}
    found = Proposal.objects.filter(cycle__forum=forum, state=State.DRAFT, submitted_at=None)
    return dict(found.values_list("pk", "cycle__ends_on"))


def _delete(keys: Collection[int], _at: datetime) -> Done:
    return Done(Proposal.objects.filter(pk__in=keys).delete()[1].get("proposals.Proposal", 0))


def register_all() -> None:
    """Register what this part holds."""
    importing.register_all()
    drafting.register_all()
    contributing.register_all()
    register(
        Holding(
            "proposals",
            _("Proposals that you made"),
            _(
                "Those handed in stay, under the name of the organisation and without yours, because others work on "
                "them and the committee decided on them. Drafts go."
            ),
            find=lambda person: Proposal.objects.filter(owner=person.pk),
            paths=("cycle__name", "number", "kind", "title", "organisation__name", "state", "submitted_at", *TEXTS),
            erase=_drop_drafts,
            covers=("proposals.proposal.owner",),
        ),
        Holding(
            "contributions",
            _("Your parts in proposals"),
            _("Stay as “(erased)”, so that past figures on speakers still add up; name and organisation go."),
            find=lambda person: Contributor.objects.filter(person=person.pk),
            paths=(
                "proposal__cycle__name",
                "proposal__number",
                "proposal__title",
                "part",
                "named_as",
                "organisation__name",
                "is_on_site",
                "is_confirmed",
            ),
            erase=emptied(organisation=None, named_as=""),
            covers=("proposals.contributor.person",),
        ),
    )
    retention.register(
        Rule(
            "proposal-drafts",
            gettext_noop("drafts of proposals that were never handed in"),
            _("Are deleted with everybody they name. Counted from the last day of the year's annual meeting."),
            months=12,
            since=drafts,
            act=_delete,
        )
    )
