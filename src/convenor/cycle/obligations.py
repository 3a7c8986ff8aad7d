"""What people and organisations owe a forum: written by the parts that know (reports), read by screening.

obligations.owe(forum, subject=person, what=_("Report of “…”"), due_on=day, source=session)
obligations.file(obligation, reference=report, at=now)
obligations.open_for(person, on=day, forum=forum)
"""

from datetime import date, datetime

from django.db import models, transaction

from convenor.cycle.models import Forum, Obligation, ObligationQuerySet
from convenor.people.models import Organisation, Person

WHAT_LENGTH = 200


@transaction.atomic
def owe(
    forum: Forum,
    *,
    subject: Person | Organisation,
    what: str,
    due_on: date,
    source: models.Model | None = None,
) -> Obligation:
    """Write down that somebody owes a forum something by a day.

    The same debt is written once: owed again for the same source (or, without one, under the same words), what is
    still open takes the new day, and what was filed stays filed.
    """
    Forum.objects.select_for_update().get(pk=forum.pk)
    what = what.strip()[:WHAT_LENGTH]
    if not what:
        raise ValueError("an obligation says what is owed")
    kind, id = _reference(source)
    same = {"source_kind": kind, "source_id": id} if source else {"source_kind": "", "what": what}
    found = Obligation.objects.filter(forum=forum, **same).of(subject).first()
    if found is None:
        owing = {"person": subject} if isinstance(subject, Person) else {"organisation": subject}
        return Obligation.objects.create(forum=forum, what=what, due_on=due_on, source_kind=kind, source_id=id, **owing)
    if found.filed_at is None and (found.due_on, found.what) != (due_on, what):
        found.due_on, found.what = due_on, what
        found.save(update_fields=["due_on", "what"])
    return found


@transaction.atomic
def file(obligation: Obligation, *, at: datetime, reference: models.Model | None = None) -> Obligation:
    """Write down that something owed was filed; filed twice, the first filing stands."""
    found = Obligation.objects.select_for_update().get(pk=obligation.pk)
    if found.filed_at is None:
        found.filed_at = at
        found.filed_kind, found.filed_id = _reference(reference)
        found.save(update_fields=["filed_at", "filed_kind", "filed_id"])
    return found


def open_for(subject: Person | Organisation, *, on: date, forum: Forum | None = None) -> ObligationQuerySet:
    """Give what somebody still owed at the end of a day; screening asks for one forum, nothing crosses.

    Without a forum it is everything they owe here, for their own eyes only.
    """
    found = Obligation.objects.of(subject).open_on(on)
    return found if forum is None else found.filter(forum=forum)


def _reference(row: models.Model | None) -> tuple[str, int | None]:
    return (row._meta.label_lower, row.pk) if row is not None else ("", None)
