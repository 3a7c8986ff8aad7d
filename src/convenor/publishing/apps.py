"""Tells Django about this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Publishing(AppConfig):
    """The part named `publishing`."""

    name = "convenor.publishing"

    def ready(self) -> None:
        """Say which page the agenda's items about this part lead to."""
        from convenor.cycle import places  # noqa: PLC0415 - models load only now

        places.register("programme", "publishing:programme", _("Programme"), phase="timetable", content="releases")
