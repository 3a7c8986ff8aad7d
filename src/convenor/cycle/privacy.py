"""What forums and years hold about people."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from convenor.cycle.models import Cycle, Deadline, Obligation, RuleDraft, RuleSet
from convenor.cycle.retention_models import Retention
from convenor.people.privacy import Holding, Outcome, Rows, acts, register


def _drop_open(rows: Rows, _at: datetime) -> Outcome:
    """Drop what nobody can file any more."""
    return Outcome(gone=rows.filter(filed_at=None).delete()[0], kept=rows.exclude(filed_at=None).count())


def register_all() -> None:
    """Register what this part holds."""
    register(
        Holding(
            "obligations",
            _("What you owe a forum, or owed"),
            _("Open ones go; what was filed stays filed, without your name."),
            find=lambda person: Obligation.objects.filter(person=person.pk),
            paths=("forum__name", "what", "due_on", "filed_at"),
            erase=_drop_open,
            covers=("cycle.obligation.person",),
        ),
        acts("years", _("Years that you started"), Cycle, "created_by", "forum__name", "name"),
        acts("rule-sets", _("Rule sets that you wrote"), RuleSet, "made_by", "name", "version", "reason", "made_at"),
        acts("rule-drafts", _("Drafts of rules that you changed last"), RuleDraft, "changed_by", "changed_at"),
        acts(
            "retentions", _("Times of keeping that you set"), Retention, "changed_by", "forum__name", "rule", "months"
        ),
        acts("deadlines", _("Deadlines that you set"), Deadline, "set_by", "on", "clock", "zone", "reason", "set_at"),
    )
