"""Mails about what is asked of a meeting, in the language of whoever asked."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_noop, override

from convenor.meetings.models import Item
from convenor.meetings.requests.models import SlotRequest, State
from convenor.meetings.wording import day_name, label_as_printed, times_in_words
from convenor.shared.mail import kinds
from convenor.shared.mail.actions import write
from convenor.shared.mail.kinds import Example, Kind, Placeholder

KINDS = {
    State.OPEN: "meetings.request-received",
    State.PLACED: "meetings.request-placed",
    State.DECLINED: "meetings.request-declined",
}
MOST_CHOICES = 50
_WORDS = {
    State.OPEN: (
        gettext_noop("Receipt of a request to a meeting"),
        gettext_noop("Goes at once to whoever asks for a slot for a briefing, or for a point under other business."),
        gettext_noop("{meeting}: your request has arrived"),
        gettext_noop(
            "Dear {name},\n\nyour request “{title}” to “{meeting}” has arrived. The chair and the secretariat place it "
            "on the agenda or decline it, and you get a mail either way.\n\nChange it or withdraw it here:\n{link}"
        ),
    ),
    State.PLACED: (
        gettext_noop("A request is on the agenda"),
        gettext_noop("Goes at once to whoever asked, when the request is placed on the agenda."),
        gettext_noop("{meeting}: your request is on the agenda"),
        gettext_noop(
            "Dear {name},\n\n“{title}” is on the agenda of “{meeting}”: {place}, {minutes} minutes. {sentence}\n\n"
            "Times may still move; see the agenda:\n{link}"
        ),
    ),
    State.DECLINED: (
        gettext_noop("A request is declined"),
        gettext_noop("Goes at once to whoever asked, when the request is not taken up."),
        gettext_noop("{meeting}: your request"),
        gettext_noop("Dear {name},\n\n“{title}” could not be taken up in “{meeting}”.\n\n{sentence}\n\n{link}"),
    ),
}


def register_kinds() -> None:
    """Register them; called once, when the parts are ready."""
    for state, (title, purpose, subject, text) in _WORDS.items():
        kinds.register(
            Kind(
                code=KINDS[state],
                title=title,
                purpose=purpose,
                subject=subject,
                text=text,
                placeholders=_placeholders(),
                choices=_choices(state),
                example=_example,
            )
        )


def _placeholders() -> tuple[Placeholder, ...]:
    return (
        Placeholder("name", gettext_noop("name of whoever asked"), "Amina Diallo"),
        Placeholder("meeting", gettext_noop("title of the meeting"), "2nd Open Consultations"),
        Placeholder("title", gettext_noop("title of the request"), "A briefing on universal access"),
        Placeholder("place", gettext_noop("where it stands on the agenda, or nothing"), "Day 1, 09:00, 2. Briefings"),
        Placeholder("minutes", gettext_noop("how many minutes it has"), "10"),
        Placeholder("sentence", gettext_noop("what the secretariat adds, or nothing"), "Please send your slides."),
        Placeholder(
            "link",
            gettext_noop("address of the request, or of its place on the agenda"),
            f"{settings.ORIGIN}/igf/2017/meetings/june/requests/ask/",
            is_link=True,
        ),
    )


def send(request: SlotRequest, *, at: datetime) -> None:
    """Tell whoever asked where the request stands now; somebody who is gone, or has no address, is not told."""
    to, meeting = request.asked_by, request.meeting
    if to is None or not to.email:
        return
    language = language_of(request)
    with override(language):
        values = values_for(request)
    forum = meeting.cycle.forum.slug
    write(KINDS[State(request.state)], to=to, context=values, language=language, forum=forum, at=at)


def language_of(request: SlotRequest) -> str:
    """Give the language of whoever asked, else that of the meeting."""
    own = request.asked_by.language if request.asked_by else ""
    return own or request.meeting.language or request.meeting.cycle.language


def place_of(item: Item) -> str:
    """Say where an item stands: day, time, label and title."""
    named = f"{label_as_printed(item.label)} {item.title}".strip()
    day = item.block.day
    return ", ".join(part for part in (day_name(day), times_in_words(item.block), named) if part)


def values_for(request: SlotRequest) -> dict[str, str]:
    """Give what fills a mail about a request, in the language that is on."""
    meeting, item = request.meeting, request.item
    address = (*meeting.cycle.address, meeting.slug)
    link = f"{meeting.get_absolute_url()}#item-{item.pk}" if item else reverse("meetings:requests:ask", args=address)
    return {
        "name": request.asked_by.name if request.asked_by else "",
        "meeting": meeting.title,
        "title": request.title,
        "place": place_of(item) if item else "",
        "minutes": str(item.minutes if item and item.minutes else request.minutes),
        "sentence": request.sentence,
        "link": f"{settings.ORIGIN}{link}",
    }


def _rows(cycle: Any) -> QuerySet[SlotRequest]:
    rows = SlotRequest.objects.filter(meeting__cycle=cycle).order_by("-asked_at", "-pk")
    return rows.select_related("asked_by", "meeting__cycle__forum", "item__block__day")


def _choices(state: State) -> Any:
    def choices(cycle: Any) -> list[tuple[str, str]]:
        return [(str(row.pk), f"{row.title}, {row.meeting}") for row in _rows(cycle).filter(state=state)[:MOST_CHOICES]]

    return choices


def _example(cycle: Any, key: str) -> Example | None:
    row = _rows(cycle).filter(pk=int(key)).first() if key.isdecimal() and key.isascii() else None
    return None if row is None else Example(values_for(row), language_of(row))
