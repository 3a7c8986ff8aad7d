"""Tells Django about this part."""

from django.apps import AppConfig


class Cycle(AppConfig):
    """The part named `cycle`."""

    name = "convenor.cycle"

    def ready(self) -> None:
        """Register the page of a cycle for references, its phases as dates of its home, its name for people's roles."""
        from convenor.cycle import home  # noqa: PLC0415 - models are loaded only now
        from convenor.cycle.models import Cycle as CycleModel  # noqa: PLC0415 - as above
        from convenor.cycle.roles import role_places  # noqa: PLC0415 - as above
        from convenor.people import terms  # noqa: PLC0415 - as above
        from convenor.shared import references  # noqa: PLC0415 - as above

        references.register("cycle.cycle", references.by_model(CycleModel, "forum"))
        home.DATES.append(home.phase_starts)
        terms.PLACES.append(role_places)
