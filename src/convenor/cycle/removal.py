"""Removing a forum with everything that hangs on it."""

from collections.abc import Callable
from datetime import datetime

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
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
    return rows.delete()[0]


def _counts_as_use(relation: models.ForeignObjectRel) -> bool:
    """Say whether a row that points here is work of a forum: not the account's own rows, jobs or who made something."""
    module = relation.related_model.__module__
    if not module.startswith("convenor.") or module.startswith("convenor.shared."):
        return False
    if relation.model is Person and is_of_account(relation.related_model):
        return False
    is_membership = relation.related_model is Person  # an organisation with people left is still somebody's
    return relation.many_to_many or is_membership or relation.on_delete is not models.SET_NULL
