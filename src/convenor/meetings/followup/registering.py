"""Says to the other parts what follow-up has for them; called once, when the parts are ready."""

from convenor.cycle import home as year
from convenor.meetings import floor_actions
from convenor.meetings.followup import home, letters, privacy, reminding
from convenor.meetings.followup.from_log import follow
from convenor.meetings.followup.models import ActionItem
from convenor.people import account_sections
from convenor.shared import references


def register_all() -> None:
    """Register mails, what is held about people, what pages offer, and what follows the floor."""
    letters.register_kinds()
    privacy.register_all()
    reminding.register_all()
    references.register("meetings.actionitem", references.by_model(ActionItem, "meeting__cycle__forum"))
    year.OFFERS.append(home.offers)
    year.DATES.append(home.dates)
    account_sections.SECTIONS.append(home.mine)
    floor_actions.FOLLOWERS.append(follow)
