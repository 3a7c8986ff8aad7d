"""Mails about action items: that somebody has one, and that it is due."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from convenor.meetings.followup.models import ActionItem
from convenor.shared.languages.days import date_format
from convenor.shared.mail import kinds
from convenor.shared.mail.actions import write
from convenor.shared.mail.kinds import Example, Kind, Placeholder

GIVEN, DUE = "meetings.action-given", "meetings.action-due"
MOST_CHOICES = 50
_WORDS = {
    GIVEN: (
        gettext_noop("An action item for somebody"),
        gettext_noop("Goes at once to whoever a meeting asks to do something."),
        gettext_noop("{meeting}: an action item for you"),
        gettext_noop(
            "Dear {name},\n\n“{meeting}” asked you to do this by {due}:\n\n{what}\n\nSay here when it is done:\n{link}"
        ),
    ),
    DUE: (
        gettext_noop("Reminder of an action item"),
        gettext_noop("Goes to its owner a week before the due day, and again when it is past."),
        gettext_noop("{meeting}: your action item is due {due}"),
        gettext_noop(
            "Dear {name},\n\n“{meeting}” asked you to do this by {due}, and it is still open:\n\n{what}\n\n"
            "Say here when it is done, or what keeps you from it:\n{link}"
        ),
    ),
}


def register_kinds() -> None:
    """Register them; called once, when the parts are ready."""
    for code, (title, purpose, subject, text) in _WORDS.items():
        kinds.register(
            Kind(
                code=code,
                title=title,
                purpose=purpose,
                subject=subject,
                text=text,
                placeholders=_placeholders(),
                choices=_choices,
                example=_example,
            )
        )


def _placeholders() -> tuple[Placeholder, ...]:
    return (
        Placeholder("name", gettext_noop("name of the owner"), "Amina Diallo"),
        Placeholder("meeting", gettext_noop("title of the meeting"), "2nd Open Consultations"),
        Placeholder("what", gettext_noop("what is to be done"), "Publish the call for main sessions."),
        Placeholder("due", gettext_noop("until when"), "30 June 2017"),
        Placeholder(
            "link",
            gettext_noop("address of the action item"),
            f"{settings.ORIGIN}/igf/2017/meetings/actions/1/",
            is_link=True,
        ),
    )


def send_given(row: ActionItem, *, at: datetime) -> None:
    """Tell the owner; a body, or somebody without an address, is not told."""
    _send(GIVEN, row, at=at)


def send_due(row: ActionItem, *, at: datetime) -> None:
    """Remind the owner."""
    _send(DUE, row, at=at)


def _send(code: str, row: ActionItem, *, at: datetime) -> None:
    to = row.owner
    if to is None or not to.email:
        return
    language = to.language or row.meeting.language or row.meeting.cycle.language
    with override(language):
        values = values_for(row)
    write(code, to=to, context=values, language=language, forum=row.meeting.cycle.forum.slug, at=at)


def values_for(row: ActionItem) -> dict[str, str]:
    """Give what fills a mail about an action item, in the language that is on."""
    return {
        "name": row.owner.name if row.owner else "",
        "meeting": row.meeting.title,
        "what": row.what,
        "due": date_format(row.due, "j F Y") if row.due else _("no set day"),
        "link": f"{settings.ORIGIN}{row.get_absolute_url()}",
    }


def _rows(cycle: Any) -> QuerySet[ActionItem]:
    rows = ActionItem.objects.filter(meeting__cycle=cycle).exclude(owner=None).order_by("-pk")
    return rows.select_related("owner", "meeting__cycle__forum")


def _choices(cycle: Any) -> list[tuple[str, str]]:
    return [(str(row.pk), f"{row.what[:60]}, {row.meeting}") for row in _rows(cycle)[:MOST_CHOICES]]


def _example(cycle: Any, key: str) -> Example | None:
    row = _rows(cycle).filter(pk=int(key)).first() if key.isdecimal() and key.isascii() else None
    if row is None:
        return None
    return Example(values_for(row), row.meeting.language or row.meeting.cycle.language)
