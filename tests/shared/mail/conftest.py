"""Mail goes where it goes in real life: into the outbox."""

import pytest


@pytest.fixture(autouse=True)
def outbox(settings) -> None:
    """Use our own backend, which the test runner replaces."""
    settings.EMAIL_BACKEND = "convenor.shared.mail.backend.Outbox"
    settings.SMTP_URL = ""
