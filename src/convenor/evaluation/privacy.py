"""What the evaluation holds about people."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from convenor.cycle import retention
from convenor.cycle.models import Forum
from convenor.cycle.retention import Done, Rule
from convenor.evaluation.models import Conflict, Evaluation
from convenor.people.privacy import Holding, emptied, register


def comments(forum: Forum | None) -> Mapping[int, date]:
    """Find a forum's evaluations that have a comment."""
    if forum is None:
        return {}
    found = Evaluation.objects.filter(proposal__cycle__forum=forum).exclude(comment="")
    return dict(found.values_list("pk", "proposal__cycle__ends_on"))


def _empty(keys: Collection[int], _at: datetime) -> Done:
    return Done(Evaluation.objects.filter(pk__in=keys).update(comment=""))


def register_all() -> None:
    """Register what this part holds."""
    register(
        Holding(
            "evaluations",
            _("Evaluations that you gave"),
            _("The grades stay, without your name: the results that were decided on rest on them. Your comments go."),
            find=lambda person: Evaluation.objects.filter(member=person.pk),
            paths=(
                "proposal__cycle__name",
                "proposal__number",
                "proposal__title",
                "grades",
                "has_abstained",
                "comment",
                "reasons",
                "merge_with__number",
            ),
            erase=emptied(comment=""),
            covers=("evaluation.evaluation.member", "evaluation.evaluation.comment"),
        ),
        Holding(
            "conflicts",
            _("Conflicts of interest that you declared"),
            _("Stay as a number, without your name and the reason: they say why a proposal has fewer grades."),
            find=lambda person: Conflict.objects.filter(member=person.pk),
            paths=("proposal__cycle__name", "proposal__number", "proposal__title", "reason"),
            erase=emptied(reason=""),
            covers=("evaluation.conflict.member", "evaluation.conflict.reason"),
        ),
    )
    retention.register(
        Rule(
            "comments",
            gettext_noop("comments in evaluations"),
            _("Are emptied; grades and standard reasons stay. Counted from the last day of the year's annual meeting."),
            months=36,
            since=comments,
            act=_empty,
        )
    )
