"""Tells Django about this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Selection(AppConfig):
    """The part named `selection`."""

    name = "convenor.selection"

    def ready(self) -> None:
        """Say which page the agenda's items about this part lead to."""
        from convenor.meetings import places  # noqa: PLC0415 - models load only now
        from convenor.meetings.matters import Matter  # noqa: PLC0415

        places.register(
            Matter.SELECTION, "selection:workbench", _("Selection workbench"), phase="committee", content="scenarios"
        )
