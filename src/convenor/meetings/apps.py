"""Tells Django about this part."""

from django.apps import AppConfig


class Meetings(AppConfig):
    """The part named `meetings`."""

    name = "convenor.meetings"

    def ready(self) -> None:
        """Say where the journal's subjects are found, and what the year's page tells of meetings."""
        from convenor.cycle import home, removal  # noqa: PLC0415 - models load only now
        from convenor.meetings.home import dates, documents  # noqa: PLC0415 - as above
        from convenor.meetings.models import AgendaDraft, Meeting  # noqa: PLC0415 - as above
        from convenor.shared import references  # noqa: PLC0415 - as above

        references.register("meetings.meeting", references.by_model(Meeting, "cycle__forum"))
        home.DATES.append(dates)
        home.DOCUMENTS.append(documents)
        # A draft outlives its meeting, and would keep its owner; with the forum it goes.
        removal.CLEANERS.append(lambda forum: AgendaDraft.objects.filter(meeting__cycle__forum=forum).delete())
