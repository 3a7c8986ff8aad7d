"""Tells Django about this part."""

from django.apps import AppConfig


class Meetings(AppConfig):
    """The part named `meetings`."""

    name = "convenor.meetings"

    def ready(self) -> None:
        """Say where the journal's subjects are found, and what the year's page tells of meetings."""
        from convenor.cycle import home  # noqa: PLC0415 - models load only now
        from convenor.meetings.home import dates, documents  # noqa: PLC0415 - as above
        from convenor.meetings.models import Meeting  # noqa: PLC0415 - as above
        from convenor.shared import references  # noqa: PLC0415 - as above

        references.register("meetings.meeting", references.by_model(Meeting, "cycle__forum"))
        home.DATES.append(dates)
        home.DOCUMENTS.append(documents)
