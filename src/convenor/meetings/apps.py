"""Tells Django about this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Meetings(AppConfig):
    """The part named `meetings`."""

    name = "convenor.meetings"

    def ready(self) -> None:
        """Say where the journal's subjects are found, and what the year's page tells of meetings."""
        from convenor.cycle import home, members, removal  # noqa: PLC0415 - models load only now
        from convenor.meetings import floor_privacy, privacy  # noqa: PLC0415 - models load only now
        from convenor.meetings.agenda_live import PAGE, agenda_parts, ages, forget_topics  # noqa: PLC0415 - as above
        from convenor.meetings.editor import resting  # noqa: PLC0415 - as above
        from convenor.meetings.floorpages import channel as floor_pages  # noqa: PLC0415 - as above
        from convenor.meetings.floorpages import console_live  # noqa: PLC0415 - as above
        from convenor.meetings.home import dates, documents, meeting_names, role_places  # noqa: PLC0415 - as above
        from convenor.meetings.models import AgendaDraft, Item, Meeting  # noqa: PLC0415 - as above
        from convenor.meetings.participants import home as taking_part  # noqa: PLC0415 - as above
        from convenor.meetings.participants import letters as registration_letters  # noqa: PLC0415 - as above
        from convenor.meetings.participants import privacy as participants_privacy  # noqa: PLC0415 - as above
        from convenor.meetings.requests import home as asking  # noqa: PLC0415 - as above
        from convenor.meetings.requests import letters as request_letters  # noqa: PLC0415 - as above
        from convenor.meetings.requests import privacy as requests_privacy  # noqa: PLC0415 - as above
        from convenor.people import account_sections, terms  # noqa: PLC0415 - as above
        from convenor.shared import references  # noqa: PLC0415 - as above
        from convenor.shared.documents import files  # noqa: PLC0415 - as above
        from convenor.shared.jobs import titles  # noqa: PLC0415 - as above
        from convenor.shared.live import feeds  # noqa: PLC0415 - as above

        feeds.register(PAGE, agenda_parts, ages=ages)
        floor_pages.register_all()
        console_live.register_all()
        references.register("meetings.meeting", references.by_model(Meeting, "cycle__forum"))
        references.register("meetings.item", references.by_model(Item, "block__day__meeting__cycle__forum"))
        members.MEETINGS.append(meeting_names)
        terms.PLACES.append(role_places)
        home.DATES.append(dates)
        home.DOCUMENTS.append(documents)
        # A draft outlives its meeting, and would keep its owner; with the forum it goes.
        removal.CLEANERS.append(lambda forum: AgendaDraft.objects.filter(meeting__cycle__forum=forum).delete())
        removal.CLEANERS.append(forget_topics)
        removal.CLEANERS.append(lambda forum: files.forget(forum.slug))  # papers know their forum by name only
        home.OFFERS.extend((taking_part.offers, asking.offers))
        members.APPEARANCES.append(("", taking_part.participants))
        account_sections.SECTIONS.extend((taking_part.mine, asking.mine))
        registration_letters.register_kinds()
        request_letters.register_kinds()
        privacy.register_all()
        resting.register_all()
        participants_privacy.register_all()
        requests_privacy.register_all()
        floor_privacy.register_all()
        for form in ("pdf", "docx"):
            titles.register(f"convenor.meetings.papers.make_{form}", _("Document: agenda"))
            titles.register(f"convenor.meetings.participants.paper.make_{form}", _("Document: participants"))
            titles.register(f"convenor.meetings.participants.paper.make_{form}_of_all", _("Document: participants"))
