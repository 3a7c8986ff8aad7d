"""Tells Django about this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Meetings(AppConfig):
    """The part named `meetings`."""

    name = "convenor.meetings"

    def ready(self) -> None:
        """Say where the journal's subjects are found, and what the year's page tells of meetings."""
        from convenor.cycle import home, members, removal  # noqa: PLC0415 - models load only now
        from convenor.meetings import privacy  # noqa: PLC0415 - models load only now
        from convenor.meetings.home import dates, documents, meeting_names, role_places  # noqa: PLC0415 - as above
        from convenor.meetings.models import AgendaDraft, Meeting  # noqa: PLC0415 - as above
        from convenor.people import terms  # noqa: PLC0415 - as above
        from convenor.shared import references  # noqa: PLC0415 - as above
        from convenor.shared.documents import files  # noqa: PLC0415 - as above
        from convenor.shared.jobs import titles  # noqa: PLC0415 - as above

        references.register("meetings.meeting", references.by_model(Meeting, "cycle__forum"))
        members.MEETINGS.append(meeting_names)
        terms.PLACES.append(role_places)
        home.DATES.append(dates)
        home.DOCUMENTS.append(documents)
        # A draft outlives its meeting, and would keep its owner; with the forum it goes.
        removal.CLEANERS.append(lambda forum: AgendaDraft.objects.filter(meeting__cycle__forum=forum).delete())
        removal.CLEANERS.append(lambda forum: files.forget(forum.slug))  # papers know their forum by name only
        privacy.register_all()
        for form in ("pdf", "docx"):
            titles.register(f"convenor.meetings.papers.make_{form}", _("Document: agenda"))
