"""Says to the other parts what meetings have adopted; called once, when the parts are ready."""

from convenor.cycle import adoption, rules_in_use
from convenor.meetings.adopting.found import adopted_by, planned_in, uses


def register_all() -> None:
    """Register who adopted what, where it is to be decided, and that adopted rules are frozen."""
    adoption.FINDERS.append(adopted_by)
    adoption.PLANS.append(planned_in)
    rules_in_use.USERS.append(uses)
