"""Says to the other parts what requests to meetings have for them; called once, when the parts are ready."""

from convenor.cycle import home as year
from convenor.meetings.requests import home, letters, privacy
from convenor.people import account_sections


def register_all() -> None:
    """Register mails, what is held about people, and what pages offer."""
    letters.register_kinds()
    privacy.register_all()
    year.OFFERS.append(home.offers)
    account_sections.SECTIONS.append(home.mine)
