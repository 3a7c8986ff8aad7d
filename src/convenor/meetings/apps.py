"""Tells Django about this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Meetings(AppConfig):
    """The part named `meetings`."""

    name = "convenor.meetings"

    def ready(self) -> None:
        """Say where the journal's subjects are found, and what the year's page tells of meetings."""
        from convenor.cycle import home, members, removal  # noqa: PLC0415 - models load only now
        from convenor.meetings import floor_privacy, linking, privacy  # noqa: PLC0415 - models load only now
        from convenor.meetings.adopting import registering as adopting  # noqa: PLC0415 - as above
        from convenor.meetings.agenda_live import PAGE, agenda_parts, ages, forget_topics  # noqa: PLC0415 - as above
        from convenor.meetings.editor import resting  # noqa: PLC0415 - as above
        from convenor.meetings.floorpages import channel as floor_pages  # noqa: PLC0415 - as above
        from convenor.meetings.floorpages import console_live  # noqa: PLC0415 - as above
        from convenor.meetings.followup import registering as follow_up  # noqa: PLC0415 - as above
        from convenor.meetings.home import dates, documents, meeting_names, role_places  # noqa: PLC0415 - as above
        from convenor.meetings.models import AgendaDraft, Meeting  # noqa: PLC0415 - as above
        from convenor.meetings.participants import registering as participants  # noqa: PLC0415 - as above
        from convenor.meetings.record import registering as the_record  # noqa: PLC0415 - as above
        from convenor.meetings.requests import registering as requests  # noqa: PLC0415 - as above
        from convenor.people import terms  # noqa: PLC0415 - as above
        from convenor.shared import references  # noqa: PLC0415 - as above
        from convenor.shared.documents import files  # noqa: PLC0415 - as above
        from convenor.shared.jobs import titles  # noqa: PLC0415 - as above
        from convenor.shared.live import feeds  # noqa: PLC0415 - as above

        feeds.register(PAGE, agenda_parts, ages=ages)
        floor_pages.register_all()
        console_live.register_all()
        references.register("meetings.meeting", references.by_model(Meeting, "cycle__forum"))
        linking.register_items()
        members.MEETINGS.append(meeting_names)
        terms.PLACES.append(role_places)
        home.DATES.append(dates)
        home.DOCUMENTS.append(documents)
        # A draft outlives its meeting, and would keep its owner; with the forum it goes.
        removal.CLEANERS.append(lambda forum: AgendaDraft.objects.filter(meeting__cycle__forum=forum).delete())
        removal.CLEANERS.append(forget_topics)
        removal.CLEANERS.append(lambda forum: files.forget(forum.slug))  # papers know their forum by name only
        privacy.register_all()
        resting.register_all()
        participants.register_all()
        adopting.register_all()
        requests.register_all()
        the_record.register_all()
        follow_up.register_all()
        floor_privacy.register_all()
        for form in ("pdf", "docx"):
            titles.register(f"convenor.meetings.papers.make_{form}", _("Document: agenda"))
            titles.register(f"convenor.meetings.participants.paper.make_{form}", _("Document: participants"))
            titles.register(f"convenor.meetings.participants.paper.make_{form}_of_all", _("Document: participants"))
