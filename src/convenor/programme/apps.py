"""Tells Django about this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Programme(AppConfig):
    """The part named `programme`."""

    name = "convenor.programme"

    def ready(self) -> None:
        """Say where the journal's subjects are found, and what the year's page may tell of the timetable."""
        from convenor.cycle import home, members, places  # noqa: PLC0415 - models load only now
        from convenor.programme import privacy  # noqa: PLC0415 - models load only now
        from convenor.programme.home import facts, offers, session_id, session_people  # noqa: PLC0415
        from convenor.programme.models import Release, Session  # noqa: PLC0415
        from convenor.shared import references  # noqa: PLC0415
        from convenor.shared.jobs import titles  # noqa: PLC0415

        references.register("programme.release", references.by_model(Release, "cycle__forum"))
        references.register("programme.session", references.by_model(Session, "cycle__forum"))
        references.register_id("programme.session", _("Session"), session_id)
        members.APPEARANCES.append(("speakers", session_people))
        home.FACTS.append(facts)
        home.OFFERS.append(offers)
        places.register("timetable", "programme:board", _("Timetable"), phase="timetable", content="solutions")
        privacy.register_all()
        titles.register("convenor.programme.compute.solve_timetable", _("Timetable"))
