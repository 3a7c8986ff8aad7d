"""Tells Django about this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Selection(AppConfig):
    """The part named `selection`."""

    name = "convenor.selection"

    def ready(self) -> None:
        """Say which page the agenda's items about this part lead to, and what the year's page may tell."""
        from convenor.cycle import consequences, home, places, rules_in_use  # noqa: PLC0415 - models load only now
        from convenor.selection import before_meetings, rules_use  # noqa: PLC0415
        from convenor.selection.home import facts, offers  # noqa: PLC0415
        from convenor.shared.jobs import titles  # noqa: PLC0415

        before_meetings.register_all()
        home.FACTS.append(facts)
        home.OFFERS.append(offers)
        places.register(
            "selection", "selection:workbench", _("Selection workbench"), phase="committee", content="scenarios"
        )
        rules_in_use.USERS.append(rules_use.uses)
        consequences.CHECKS.append(rules_use.changed)
        titles.register("convenor.selection.compute.compute_selection", _("Selection"))
        titles.register("convenor.selection.compute.find_changes", _("What would bring a proposal in"))
