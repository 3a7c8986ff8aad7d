"""Tells Django about this part."""

from django.apps import AppConfig


class Cycle(AppConfig):
    """The part named `cycle`."""

    name = "convenor.cycle"

    def ready(self) -> None:
        """Register a cycle's page for references, its dates for its home, and what people read on their account."""
        from convenor.cycle import (  # noqa: PLC0415 - models load only now
            home,
            jobs_on_schedule,
            mail_kinds,
            privacy,
            processes,
            retention_notice,
            retention_rules,
        )
        from convenor.cycle.jobs_page import my_jobs  # noqa: PLC0415 - as above
        from convenor.cycle.mail_desk import my_mails  # noqa: PLC0415 - as above
        from convenor.cycle.models import Cycle as CycleModel  # noqa: PLC0415 - as above
        from convenor.cycle.owing import owed_by  # noqa: PLC0415 - as above
        from convenor.cycle.roles import role_places  # noqa: PLC0415 - as above
        from convenor.people import account_sections, terms  # noqa: PLC0415 - as above
        from convenor.shared import references  # noqa: PLC0415 - as above

        references.register("cycle.cycle", references.by_model(CycleModel, "forum"))
        home.DATES.append(home.phase_starts)
        home.OFFERS.append(retention_notice.offers)
        terms.PLACES.append(role_places)
        account_sections.SECTIONS.append(owed_by)
        account_sections.SECTIONS.append(my_mails)
        account_sections.SECTIONS.append(my_jobs)
        mail_kinds.register()
        processes.register_rules()
        retention_notice.register()
        jobs_on_schedule.register_all()
        privacy.register_all()
        retention_rules.register_all()
