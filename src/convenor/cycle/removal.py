"""Removing a forum with everything that hangs on it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, cast

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.deletion import get_candidate_relations_to_delete
from django.utils.translation import gettext_noop

from convenor.cycle.models import Forum
from convenor.people.links import is_of_account
from convenor.people.models import Distinct, Invitation, Merge, Organisation, Person, RoleTerm
from convenor.shared.jobs.models import Job
from convenor.shared.journal import record, typed
from convenor.shared.journal.models import Entry

# What a domain clears away before the cascade, because no foreign key leads there; registered in its apps.ready().
CLEANERS: list[Callable[[Forum], object]] = []


@transaction.atomic
def remove_forum(forum: Forum, *, by: Person | None, at: datetime) -> int:
    """Remove a forum, its years, their rows and journal; give the number of rows removed.

    Example people and organisations go with it unless something else here still points to them, or one of them is the
    person who removes. The installation's own journal keeps one entry. Already removed: nothing happens.
    """
    if not Forum.objects.select_for_update().filter(pk=forum.pk).exists():
        return 0
    name, slug, was_example = forum.name, forum.slug, forum.is_example
    for clean in CLEANERS:
        clean(forum)
    scopes = [cycle.scope for cycle in forum.cycles.select_related("forum")]
    years = list(forum.cycles.values_list("pk", flat=True))
    removed = Forum.objects.filter(pk=forum.pk).delete()[0]
    removed += Job.objects.filter(Q(values__cycle__in=years) | Q(scope__in=scopes)).delete()[0]
    removed += Entry.objects.remove(scopes)
    for model in (RoleTerm, Invitation, Merge, Distinct):
        removed += model._base_manager.filter(forum=slug).delete()[0]
    if was_example:
        removed += _remove_unused(Person, keep=by.pk if by else 0)
        removed += _remove_unused(Organisation)
    record(
        scope="",
        verb="forum.removed",
        at=at,
        actor=by,
        template=gettext_noop("The forum “%(name)s” was removed with all its rows, %(rows)s in number."),
        values={"rows": removed},
        private={"name": typed(name)},
    )
    return removed


def _remove_unused(model: type[Person] | type[Organisation], *, keep: int = 0) -> int:
    rows = model._base_manager.filter(is_example=True).exclude(pk=keep)
    for relation in model._meta.related_objects:
        if _counts_as_use(relation):
            users = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            rows = rows.exclude(Exists(users))
    return _let_go(model, rows) + rows._raw_delete(rows.db)


def _let_go(model: type[Person] | type[Organisation], rows: models.QuerySet[Any]) -> int:
    """Do with what still points to rows that go as each relation says; give how many other rows went with them.

    Most tables point to none of them any more, and are asked once: the cascade would ask each for every hundred rows.
    """
    removed, relations = 0, cast("Iterable[Any]", get_candidate_relations_to_delete(cast("Any", model._meta)))
    for relation in relations:
        name, pointing = relation.field.name, relation.related_model._base_manager
        if not pointing.filter(**{f"{name}__is_example": True}).exists():
            continue
        found = pointing.filter(**{f"{name}__in": rows.values("pk")})
        if relation.on_delete is models.SET_NULL:
            found.update(**{name: None})
        else:
            removed += found.delete()[0]
    return removed


def _counts_as_use(relation: models.ForeignObjectRel) -> bool:
    """Say whether a row that points here is work of a forum: not the account's own rows, jobs or who made something."""
    module = relation.related_model.__module__
    if not module.startswith("convenor.") or module.startswith("convenor.shared."):
        return False
    if relation.model is Person and is_of_account(relation.related_model):
        return False
    is_membership = relation.related_model is Person  # an organisation with people left is still somebody's
    return relation.many_to_many or is_membership or relation.on_delete is not models.SET_NULL
