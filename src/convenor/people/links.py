"""What points at a person: every foreign key of every part, found from the models themselves.

Rows of the account itself (`ACCOUNT`, and all rows of the libraries that sign people in) are nobody's work: they keep
no example alive and go with their account when two are merged.
"""

from collections.abc import Iterator
from functools import cache

from django.db import models

from convenor.people.models import Organisation, Person
from convenor.shared.journal.models import Entry

# Labels of our own models whose rows are part of an account; the owner of such a model adds its label here.
ACCOUNT = {"people.affiliation", "people.browsersession"}
FAR = 8  # foreign keys from a row to its forum, at most

Link = tuple[type[models.Model], str]  # a model and the name of its foreign key


def links_to(model: type[models.Model]) -> Iterator[Link]:
    """Give every foreign key that leads to a model, hidden ones and tables between two models too."""
    for field in model._meta.get_fields(include_hidden=True):
        if isinstance(field, models.ManyToOneRel):  # one-to-one is a kind of it; many-to-many has a table of its own
            yield field.related_model, field.field.name


def is_of_account(model: type[models.Model]) -> bool:
    """Say whether rows of a model are part of an account and of nothing else."""
    return not model.__module__.startswith("convenor.") or model._meta.label_lower in ACCOUNT or _is_between(model)


def _is_between(model: type[models.Model]) -> bool:
    """Say whether a model is a table between an account and the library's groups and rights."""
    owner: object = model._meta.auto_created
    return owner is Person


@cache
def ways_to_forum(model: type[models.Model]) -> tuple[str, ...]:
    """Give the look-ups that lead from a row to the short name of its forum; none where it belongs to no forum.

    None goes over a person or an organisation: whom they know is no place.
    """
    found: list[str] = []
    level: list[tuple[type[models.Model], str]] = [(model, "")]
    passed: set[type[models.Model]] = {Person, Organisation}
    for _step in range(FAR):
        ends = {way: _ends(*way) for way in level}
        found += [end for some in ends.values() for end in some]
        passed |= {here for here, _before in level}
        level = [
            (field.related_model, f"{before}{field.name}__")
            for (here, before), some in ends.items()
            if not some
            for field in here._meta.get_fields()
            if isinstance(field, models.ForeignKey) and field.related_model not in passed
        ]
    return tuple(found)


def forums_of(person: Person) -> frozenset[str]:
    """Give the short names of the forums in which anything points at a person, their acts in the journal included."""
    found = {
        slug
        for model, key in links_to(Person)
        if not is_of_account(model)
        for way in ways_to_forum(model)
        for slug in model._base_manager.filter(**{key: person}).values_list(way, flat=True).order_by().distinct()
    }
    acts = Entry.objects.filter(actor__in=person.keys).values_list("scope", flat=True).order_by().distinct()
    return frozenset(slug for slug in found | {scope.split("/")[0] for scope in acts} if slug)


def _ends(model: type[models.Model], before: str) -> list[str]:
    names = {field.name: field for field in model._meta.get_fields() if isinstance(field, models.Field)}
    if model._meta.label_lower == "cycle.forum":
        return [f"{before}slug"]
    if isinstance(names.get("forum"), models.CharField):  # a short name, in parts below the forum's
        return [f"{before}forum"]
    if isinstance(names.get("forum"), models.ForeignKey):
        return [f"{before}forum__slug"]
    return []
