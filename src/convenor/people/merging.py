"""Two rows of one person made one.

A part that knows better than "the kept person's row stays" how two of its rows become one registers it in its
`apps.ready()`: `merging.JOINERS.append(join)`, where `join(kept, lost)` leaves no two rows in each other's way.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from convenor.people.affiliations import begin_history, keep_in_step
from convenor.people.links import is_of_account, links_to
from convenor.people.models import Affiliation, Person, RoleTerm
from convenor.shared.errors import Refused

JOINERS: list[Callable[[Person, Person], Counter[str]]] = []  # each gives what it joined, by kind of row
FILLED = ("name", "country", "group", "gender", "language")  # what the kept row takes where it says nothing


@dataclass(slots=True)
class Folded:
    """What a merge did: rows moved, and per kind those left out because they stood on both sides."""

    moved: int = 0
    dropped: Counter[str] = field(default_factory=Counter)


def fold(kept: Person, lost: Person, *, email: str) -> Folded:
    """Move every row that points at one person to another, then remove the first; call it inside a transaction.

    Where both had a row that only one may have, the kept person's stays and the other is counted as dropped; terms of
    one role are joined to one term that covers both. The lost account's own rows (ways to sign in) go with it.

    Raises:
        Refused: a row that would have to go is still needed by another.
    """
    done = Folded()
    begin_history(kept)
    begin_history(lost)
    for join in (_join_terms, *JOINERS):
        done.dropped.update(join(kept, lost))
    for model, key in links_to(Person):
        if model is Affiliation or not is_of_account(model):
            _move(model, key, kept, lost, done)
    for name in FILLED:
        setattr(kept, name, getattr(kept, name) or getattr(lost, name))
    kept.joined_at = min(filter(None, (kept.joined_at, lost.joined_at)), default=None)
    kept.former_keys = [*kept.former_keys, *lost.keys]
    lost.delete()
    kept.email = email or None
    kept.save()
    keep_in_step(kept)
    return done


def _move(model: type[models.Model], key: str, kept: Person, lost: Person, done: Folded) -> None:
    rows = model._base_manager.filter(**{key: lost})
    try:
        with transaction.atomic():
            done.moved += rows.update(**{key: kept})
    except IntegrityError:
        for row in rows.order_by("pk"):
            _move_one(row, key, kept, done)


def _move_one(row: models.Model, key: str, kept: Person, done: Folded) -> None:
    try:
        with transaction.atomic():
            done.moved += type(row)._base_manager.filter(pk=row.pk).update(**{key: kept})
    except IntegrityError:
        try:
            row.delete()
        except ProtectedError as error:
            raise Refused(
                _("The two were not merged: “%(row)s” stands on both sides and other rows need it. Nothing changed.")
                % {"row": row._meta.verbose_name}
            ) from error
        done.dropped[str(row._meta.label_lower)] += 1


def _join_terms(kept: Person, lost: Person) -> Counter[str]:
    """Widen the kept person's terms by the lost one's where they meet, so that nobody loses a day of a role."""
    joined = 0
    for theirs in lost.role_terms.all():
        own = kept.role_terms.filter(
            role=theirs.role, forum=theirs.forum, cycle=theirs.cycle, meeting=theirs.meeting
        ).first()
        if own is not None and _meet(own, theirs):
            own.since = min(own.since, theirs.since) if own.since and theirs.since else None
            own.until = max(own.until, theirs.until) if own.until and theirs.until else None
            theirs.delete()
            own.save(update_fields=["since", "until"])
            joined += 1
    return Counter({"people.roleterm": joined} if joined else {})


def _meet(one: RoleTerm, other: RoleTerm) -> bool:
    def before(first: RoleTerm, second: RoleTerm) -> bool:
        return first.until is not None and second.since is not None and first.until < second.since

    return not before(one, other) and not before(other, one)
