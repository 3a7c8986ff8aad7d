"""What action items hold about people."""

from django.utils.translation import gettext_lazy as _

from convenor.meetings.followup.models import ActionItem, ActionStep
from convenor.people.privacy import Holding, acts, emptied, register


def register_all() -> None:
    """Register what this part holds."""
    register(
        Holding(
            "action-items",
            _("Action items for you"),
            _("Stay with the meeting that asked for them, and no longer say whose they are."),
            find=lambda person: ActionItem.objects.filter(owner=person.pk),
            paths=("meeting__title", "number", "what", "owner_words", "due", "state", "sentence", "made_at"),
            erase=emptied(owner=None, owner_words="", sentence=""),
            covers=("meetings.actionitem.owner", "meetings.actionitem.owner_words"),
        ),
        acts("action-steps", _("What you reported of action items"), ActionStep, "by", "action__what", "note", "at"),
    )
