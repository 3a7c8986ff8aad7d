"""What this part registers with those below it, when Django is ready."""

from convenor.cycle import home, members
from convenor.meetings.participants import home as taking_part
from convenor.meetings.participants import letters, privacy
from convenor.people import account_sections


def register_all() -> None:
    """Register what people are offered on the year's page, who takes part, their mails, and what is held about them."""
    home.OFFERS.append(taking_part.offers)
    members.APPEARANCES.append(("", taking_part.participants))
    account_sections.SECTIONS.append(taking_part.mine)
    letters.register_kinds()
    privacy.register_all()
