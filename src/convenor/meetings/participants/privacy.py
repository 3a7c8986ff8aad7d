"""What meetings hold about those who take part, how long, and how two entries of one person become one."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from convenor.cycle import retention
from convenor.cycle.models import Forum
from convenor.cycle.retention import Done, Rule, known_only_by
from convenor.meetings.participants.models import Attendance, Coming, Registration, State
from convenor.people import merging
from convenor.people.models import Person
from convenor.people.privacy import Holding, Outcome, Rows, acts, register, stays

STRENGTH = (
    State.CONFIRMED,
    State.ASKED,
    State.DECLINED,
    State.INVITED,
    State.WITHDRAWN,
)  # which of two registrations counts
EMPTY = {"organisation": "", "position": "", "needs": "", "contact": "", "sentence": "", "is_listed": False}


def _without_who(rows: Rows, _at: datetime) -> Outcome:
    """Keep for the figures that somebody took part; drop what came to nothing."""
    came = rows.filter(state=State.CONFIRMED)
    gone = rows.exclude(state=State.CONFIRMED).delete()[0]
    return Outcome(gone=gone, kept=came.update(**EMPTY))


def _ended(rows: QuerySet[Registration]) -> Mapping[int, date]:
    """Give the last day of each registration's meeting, or, where it has no dates, the day of the registration."""
    last = rows.annotate(last=Coalesce(Max("meeting__days__date"), TruncDate("registered_at")))
    return dict(last.order_by().values_list("pk", "last"))


def needs(forum: Forum | None) -> Mapping[int, date]:
    """Find registrations that still say what somebody needs, or an address."""
    if forum is None:
        return {}
    rows = Registration.objects.filter(meeting__cycle__forum=forum)
    return _ended(rows.exclude(needs="", contact="", sentence=""))


def guests(forum: Forum | None) -> Mapping[int, date]:
    """Find people who never signed in and are known by lists of participants only, with the last day of the last."""
    if forum is None:
        return {}
    people = Person.objects.filter(registrations__meeting__cycle__forum=forum)
    people = known_only_by(people, forum, "meetings.registration").distinct()
    last = Coalesce(Max("registrations__meeting__days__date"), TruncDate(Max("registrations__registered_at")))
    return dict(people.annotate(last=last).order_by().values_list("pk", "last"))


def _empty(keys: Collection[int], _at: datetime) -> Done:
    return Done(Registration.objects.filter(pk__in=keys).update(needs="", contact="", sentence=""))


def join(kept: Person, lost: Person) -> Counter[str]:
    """Make one of two registrations for a meeting: the further one counts, and every day that either was there."""
    joined = 0
    own = {row.meeting_id: row for row in kept.registrations.all()}
    for theirs in lost.registrations.filter(meeting__in=own):
        mine = own[theirs.meeting_id]
        better, other = sorted((mine, theirs), key=lambda row: (STRENGTH.index(State(row.state)), row.registered_at))
        there = list(better.attendance.values_list("day", flat=True))
        other.attendance.exclude(day__in=there).update(registration=better)
        other.delete()
        if better is theirs:
            better.person = kept
            better.save(update_fields=["person"])
        joined += 1
    return Counter({"meetings.registration": joined} if joined else {})


def register_all() -> None:
    """Register what this part holds, for how long, and how it merges."""
    merging.JOINERS.append(join)
    _register_holdings()
    _register_rules()


def _register_holdings() -> None:
    register(
        Holding(
            "registrations",
            _("Meetings that you registered for"),
            _("Those you took part in stay for the figures, without your name and words; the others go."),
            find=lambda person: Registration.objects.filter(person=person.pk),
            paths=(
                "meeting__title", "capacity", "mode", "state", "organisation", "position", "needs", "contact",
                "is_listed", "sentence", "registered_at",
            ),
            erase=_without_who,
            covers=tuple(
                f"meetings.registration.{column}"
                for column in ("person", "organisation", "position", "needs", "contact", "sentence")
            ),
        ),
        Holding(
            "attendance",
            _("Days of meetings on which you were there"),
            _("Stay for the figures, without your name."),
            find=lambda person: Attendance.objects.filter(registration__person=person.pk),
            paths=("registration__meeting__title", "day__label", "day__date", "mode", "marked_at"),
            erase=stays,
            covers=("meetings.attendance.registration",),
        ),
        Holding(
            "coming",
            _("Days of meetings on which you meant to be there"),
            _("Stay for the figures, without your name."),
            find=lambda person: Coming.objects.filter(registration__person=person.pk),
            paths=("registration__meeting__title", "day__label", "day__date", "mode"),
            erase=stays,
            covers=("meetings.coming.registration",),
        ),
        acts(
            "guests-entered",
            _("Guests of meetings that you entered"),
            Registration,
            "entered_by",
            "meeting__title",
            "registered_at",
        ),
    )  # fmt: skip


def _register_rules() -> None:
    retention.register(
        Rule(
            "participants-needs",
            gettext_noop("what participants of meetings need, and addresses of guests"),
            _("Are emptied, with the reasons of refusals; the list stays. Counted from the meeting's last day."),
            months=6,
            since=needs,
            act=_empty,
        ),
        Rule(
            "guests",
            gettext_noop("guests of meetings who have no account"),
            _("Name and words are erased; the figures stay. Counted from the last day of their last meeting."),
            months=24,
            since=guests,
            act=retention.wipe_all,
        ),
    )
