"""Mail goes where it goes in real life, into the outbox; a kind of mail for tests."""

from collections.abc import Iterator

import pytest

from convenor.shared.mail import kinds
from convenor.shared.mail.kinds import Kind, Placeholder
from tests.shared.mail.sink import Sink

RECEIPT, NEWS, DOOR = "test.receipt", "test.news", "test.door"


@pytest.fixture(autouse=True)
def outbox(settings) -> None:
    """Use our own backend, which the test runner replaces."""
    settings.EMAIL_BACKEND = "convenor.shared.mail.backend.Outbox"
    settings.SMTP_URL = ""


@pytest.fixture(autouse=True)
def test_kinds() -> Iterator[None]:
    """Register a receipt, news that can be stopped, and a mail that lets its reader in."""
    name = Placeholder("name", "the reader", "Amina")
    link = Placeholder("link", "the page", "https://example.org/", is_needed=True, is_link=True)
    made = [
        Kind(RECEIPT, "Receipt", "A test.", "Receipt for {name}", "Dear {name},\n\nsee {link}", (name, link)),
        Kind(NEWS, "News", "A test.", "News", "Dear {name}, hello.", (name,), is_list=True),
        Kind(DOOR, "Door", "A test.", "Your page", "Enter: {link}", (link,), is_secret=True),
    ]
    for kind in made:
        kinds.register(kind)
    yield
    for kind in made:
        del kinds.KINDS[kind.code]


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    """Run a mail server and send through it."""
    with Sink() as sink:
        settings.SMTP_URL = f"smtp://127.0.0.1:{sink.port}"
        yield sink
