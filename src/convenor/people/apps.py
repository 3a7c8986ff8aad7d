"""Tells Django about this part."""

from django.apps import AppConfig


class People(AppConfig):
    """The part named `people`."""

    name = "convenor.people"

    def ready(self) -> None:
        """Have every sign-in noted in its session."""
        from convenor.people import account_sections, mail_kinds, privacy_own, sessions  # noqa: PLC0415 - models come first

        sessions.watch()
        mail_kinds.register()
        privacy_own.register_all()
        account_sections.SECTIONS.append(privacy_own.my_data)
