"""What the call holds about people: who stated its days, and who made an access code."""

from django.utils.translation import gettext_lazy as _

from convenor.people.privacy import acts, register
from convenor.proposals.call_models import AccessCode, CallDeadline


def register_all() -> None:
    """Register what this part holds."""
    stated = ("call__kind", "turn", "on", "clock", "zone", "reason", "set_at")
    register(
        acts("call-deadlines", _("Days of a call that you stated"), CallDeadline, "set_by", *stated),
        acts("access-codes", _("Access codes that you made"), AccessCode, "made_by", "kind", "label", "made_at"),
    )
