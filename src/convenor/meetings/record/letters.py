"""Mails about minutes: that they are circulated, and what became of a proposed correction."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_noop, override

from convenor.cycle.members import terms_in
from convenor.meetings.models import Meeting
from convenor.meetings.participants.models import State as Registered
from convenor.meetings.participants.opening import until_words
from convenor.meetings.record.models import Answer, Correction, Minutes
from convenor.people.models import Person, running
from convenor.people.roles import Role
from convenor.shared.mail import kinds
from convenor.shared.mail.actions import Letter, write, write_all
from convenor.shared.mail.kinds import Example, Kind, Placeholder

CIRCULATED, ANSWERED = "meetings.minutes-circulated", "meetings.minutes-correction-answered"
READERS = (Role.MEMBER, Role.CHAIR, Role.SECRETARIAT, Role.RAPPORTEUR)
MOST_CHOICES = 50


def register_kinds() -> None:
    """Register them; called once, when the parts are ready."""
    for kind in _kinds():
        kinds.register(kind)


def _kinds() -> tuple[Kind, ...]:
    return (
        Kind(
            code=CIRCULATED,
            title=gettext_noop("Minutes for correction"),
            purpose=gettext_noop(
                "Goes to everybody who took part and to the committee when the minutes are circulated, after the "
                "secretariat released it."
            ),
            subject=gettext_noop("{meeting}: the minutes, for your corrections"),
            text=gettext_noop(
                "Dear {name},\n\nthe draft minutes of “{meeting}” are ready to be read. Propose a correction to any "
                "paragraph until {until}.\n\nThey stand here:\n{link}"
            ),
            placeholders=(*_placeholders(), Placeholder("until", gettext_noop("until when"), "26 June 2017, 23:59")),
            choices=_choices_of_minutes,
            example=_example_of_minutes,
        ),
        Kind(
            code=ANSWERED,
            title=gettext_noop("Answer to a proposed correction"),
            purpose=gettext_noop("Goes at once to whoever proposed a correction to minutes, when it is answered."),
            subject=gettext_noop("{meeting}: your correction of the minutes"),
            text=gettext_noop(
                "Dear {name},\n\nyour correction of the minutes of “{meeting}” has an answer: {answer}. {sentence}\n\n"
                "You proposed: {proposed}\n\nWhat became of every correction stands here:\n{link}"
            ),
            placeholders=(
                *_placeholders(),
                Placeholder("answer", gettext_noop("what became of it"), "accepted in other words"),
                Placeholder("sentence", gettext_noop("what the rapporteur adds, or nothing"), "The figure is right."),
                Placeholder("proposed", gettext_noop("what was proposed"), "Read “three” instead of “two”."),
            ),
            choices=_choices_of_answers,
            example=_example_of_answer,
        ),
    )


def _placeholders() -> tuple[Placeholder, ...]:
    return (
        Placeholder("name", gettext_noop("name of the person"), "Amina Diallo"),
        Placeholder("meeting", gettext_noop("title of the meeting"), "2nd Open Consultations"),
        Placeholder(
            "link",
            gettext_noop("address of the minutes"),
            f"{settings.ORIGIN}/igf/2017/meetings/june/record/",
            is_link=True,
        ),
    )


def readers_of(meeting: Meeting, *, at: datetime) -> list[Person]:
    """Give everybody to whom circulated minutes go: who takes part, the committee, secretariat and rapporteurs."""
    confirmed = Person.objects.filter(registrations__meeting=meeting, registrations__state=Registered.CONFIRMED)
    terms = terms_in(meeting.cycle).filter(
        running(meeting.cycle.day_of(at)), role__in=READERS, meeting__in=("", meeting.slug)
    )
    held = Person.objects.filter(pk__in=terms.order_by().values("person"))
    people = {person.pk: person for person in (*confirmed, *held) if person.email and person.erased_at is None}
    return [people[key] for key in sorted(people)]


def send_circulated(minutes: Minutes, *, by: Person, at: datetime) -> int:
    """Write to everybody who reads them, as one batch that the secretariat releases; give how many."""
    meeting = minutes.meeting
    letters = []
    for person in readers_of(meeting, at=at):
        language = person.language or meeting.language or meeting.cycle.language
        with override(language):
            letters.append(Letter(person, _circulated(minutes, person.name), language))
    if letters:
        write_all(CIRCULATED, letters, forum=meeting.cycle.forum.slug, at=at, by=by)
    return len(letters)


def send_answered(row: Correction, *, at: datetime) -> None:
    """Tell whoever proposed a correction what became of it; who is gone, or has no address, is not told."""
    to, meeting = row.by, row.minutes.meeting
    if to is None or not to.email:
        return
    language = to.language or meeting.language or meeting.cycle.language
    with override(language):
        values = _answered(row, to.name)
    write(ANSWERED, to=to, context=values, language=language, forum=meeting.cycle.forum.slug, at=at)


def _circulated(minutes: Minutes, name: str) -> dict[str, str]:
    until = minutes.corrections_until
    return {**_values(minutes, name), "until": until_words(until, minutes.meeting.zone) if until else "…"}


def _answered(row: Correction, name: str) -> dict[str, str]:
    said = {"answer": str(row.get_state_display()), "sentence": row.sentence, "proposed": row.text}
    values = _values(row.minutes, name) | said
    return values | {"link": f"{settings.ORIGIN}{row.minutes.get_absolute_url()}corrections/#correction-{row.pk}"}


def _values(minutes: Minutes, name: str) -> dict[str, str]:
    link = f"{settings.ORIGIN}{minutes.get_absolute_url()}"
    return {"name": name, "meeting": minutes.meeting.title, "link": link}


def _minutes(cycle: Any) -> QuerySet[Minutes]:
    return Minutes.objects.filter(meeting__cycle=cycle).select_related("meeting__cycle__forum").order_by("-pk")


def _answers(cycle: Any) -> QuerySet[Correction]:
    rows = Correction.objects.filter(minutes__meeting__cycle=cycle).exclude(state=Answer.OPEN).order_by("-pk")
    return rows.select_related("minutes__meeting__cycle__forum", "by")


def _choices_of_minutes(cycle: Any) -> list[tuple[str, str]]:
    return [(str(row.pk), str(row.meeting)) for row in _minutes(cycle)[:MOST_CHOICES]]


def _example_of_minutes(cycle: Any, key: str) -> Example | None:
    row = _minutes(cycle).filter(pk=int(key)).first() if key.isdecimal() and key.isascii() else None
    return None if row is None else Example(_circulated(row, "…"), row.meeting.language or row.meeting.cycle.language)


def _choices_of_answers(cycle: Any) -> list[tuple[str, str]]:
    return [(str(row.pk), f"{row.text[:60]}, {row.minutes.meeting}") for row in _answers(cycle)[:MOST_CHOICES]]


def _example_of_answer(cycle: Any, key: str) -> Example | None:
    row = _answers(cycle).filter(pk=int(key)).first() if key.isdecimal() and key.isascii() else None
    if row is None:
        return None
    language = row.minutes.meeting.language or row.minutes.meeting.cycle.language
    return Example(_answered(row, row.by.name if row.by else ""), language)
