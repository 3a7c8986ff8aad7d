"""Says to the other parts what the record of meetings has for them; called once, when the parts are ready."""

from django.utils.translation import gettext_lazy

from convenor.meetings.record import letters, privacy, silence
from convenor.meetings.record.models import Minutes
from convenor.meetings.record.shelves import FORMS
from convenor.shared import references
from convenor.shared.jobs import titles


def register_all() -> None:
    """Register mails, what is held about people, what decisions can be about, and what runs by itself."""
    letters.register_kinds()
    privacy.register_all()
    silence.register_all()
    for form in FORMS:
        titles.register(f"convenor.meetings.record.papers.make_{form}", gettext_lazy("Document: minutes"))
        titles.register(
            f"convenor.meetings.record.papers.make_verbatim_{form}", gettext_lazy("Document: verbatim record")
        )
    references.register("meetings.minutes", references.by_model(Minutes, "meeting__cycle__forum"))
