"""Tells Django about this part."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Shared(AppConfig):
    """The part named `shared`."""

    name = "convenor.shared"

    def ready(self) -> None:
        """Have a sign-in take the mark of a dead address away, and old jobs and documents removed every day."""
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415 - apps are loaded only now

        from convenor.shared.jobs import schedules  # noqa: PLC0415 - as above
        from convenor.shared.mail.bounced import forgive  # noqa: PLC0415 - as above

        user_logged_in.connect(forgive, dispatch_uid="convenor.shared.mail.forgive")
        schedules.register(
            "jobs.remove-old",
            every=timedelta(days=1),
            task="convenor.shared.jobs.sweep.remove_old",
            title=_("Removal of old jobs"),
        )
        schedules.register(
            "documents.remove-old",
            every=timedelta(days=1),
            task="convenor.shared.documents.files.remove_old",
            title=_("Removal of old documents"),
        )
