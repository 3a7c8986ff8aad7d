"""What the floor holds about people: keys in its log, words and names beside it."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db.models import Exists, Max, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from convenor.cycle import retention
from convenor.cycle.models import Forum
from convenor.cycle.retention import Done, Rule
from convenor.meetings.floor_models import FloorAnswered, FloorEntry, FloorGuest, FloorWords
from convenor.people.models import Person
from convenor.people.privacy import Holding, Rows, goes, register, stays
from convenor.people.privacy_words import LEAST_WORDS


def entries_about(person: Person) -> Rows:
    """Find what somebody entered, and what was entered for them."""
    return FloorEntry.objects.filter(Q(by__in=person.keys) | Q(values__person__in=person.keys))


def guests_called(person: Person) -> Rows:
    """Find guests who have somebody's full name, where that surely means this person."""
    if len(person.name.split()) < LEAST_WORDS:
        return FloorGuest.objects.none()
    namesakes = Person.objects.filter(name__iexact=OuterRef("name")).exclude(pk=person.pk)
    return FloorGuest.objects.filter(~Exists(namesakes), name__iexact=person.name)


def guests(forum: Forum | None) -> Mapping[int, date]:
    """Find guests by the last day of their meeting; every meeting has a forum."""
    if forum is None:
        return {}
    found = FloorGuest.objects.filter(meeting__cycle__forum=forum).annotate(last=Max("meeting__days__date"))
    rows = found.order_by().values_list("pk", "last", "meeting__created_at")
    return {key: last or made_at.date() for key, last, made_at in rows}


def _drop_guests(keys: Collection[int], _at: datetime) -> Done:
    return Done(FloorGuest.objects.filter(pk__in=keys).delete()[0])


def register_all() -> None:
    """Register what the floor holds."""
    register(
        Holding(
            "floor",
            _("Meetings: when you asked for the floor, spoke, objected, answered or steered"),
            _("Stays under a random number that then leads to nobody: who spoke in which order has to hold."),
            find=entries_about,
            paths=("meeting__title", "sequence", "kind", "at", "channel", "values"),
            erase=stays,
            covers=("meetings.floorentry.by", "meetings.floorentry.values"),
        ),
        Holding(
            "floor-words",
            _("Words of proposals, decisions and minuted points that you entered in meetings"),
            _("Stay, because they are the meeting's; your name is struck out of them."),
            find=lambda person: FloorWords.objects.filter(entry__by__in=person.keys),
            paths=("entry__meeting__title", "field", "text"),
            erase=stays,
            covers=("meetings.floorwords.text",),
        ),
        Holding(
            "floor-answers",
            _("Anonymous checks that you answered; what you answered is held nowhere"),
            _("Stays under a random number that then leads to nobody."),
            find=lambda person: FloorAnswered.objects.filter(person_key__in=person.keys),
            paths=("meeting__title", "check_number"),
            erase=stays,
            covers=("meetings.flooranswered.person_key",),
        ),
        Holding(
            "floor-guests",
            _("Guests of meetings who have your name"),
            _("Go; the meeting's log keeps that somebody spoke."),
            find=guests_called,
            paths=("meeting__title", "name", "organisation", "country", "group", "gender"),
            erase=goes,
            covers=("meetings.floorguest.name", "meetings.floorguest.gender"),
        ),
    )
    retention.register(
        Rule(
            "floor-guests",
            gettext_noop("names of guests who spoke in meetings without an account"),
            _("Are deleted; the meeting's log keeps that somebody spoke. Counted from the last day of the meeting."),
            months=12,
            since=guests,
            act=_drop_guests,
        )
    )
