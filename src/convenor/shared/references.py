"""From a kind of row and its id to the page and the words for it: lower parts point up without importing.

The kind is the model's label (`proposals.proposal`), as the journal keeps it. Every domain registers its own in
`apps.ready()`: `references.register("proposals.proposal", references.by_model(Proposal, "cycle__forum"))`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True, slots=True)
class Page:
    """Where a row is shown, and what it is called."""

    url: str
    sentence: str


Resolver = Callable[[Collection[int]], Mapping[int, Page]]
_RESOLVERS: dict[str, Resolver] = {}


def register(kind: str, resolver: Resolver) -> None:
    """Say how rows of a kind are found: many ids at once, so that a page costs one query per kind."""
    _RESOLVERS[kind] = resolver


Numbered = Callable[[str, Collection[int]], Mapping[int, Page]]
_NUMBERED: dict[str, Numbered] = {}


def register_numbered(kind: str, resolver: Numbered) -> None:
    """Say how rows are found by the numbers they have within a scope ("forum/year"), as people call them."""
    _NUMBERED[kind] = resolver


def resolve_numbers(kind: str, scope: str, numbers: Collection[int]) -> Mapping[int, Page]:
    """Give the pages of rows by their numbers in a scope; those that are not there, or not public, are left out."""
    return _NUMBERED[kind](scope, numbers) if numbers and kind in _NUMBERED else {}


IdOf = Callable[[str, int], int | None]
_IDS: dict[str, tuple[object, IdOf]] = {}


def register_id(kind: str, name: object, find: IdOf) -> None:
    """Say how one row is found by its number in a scope, and what such a row is called where one is chosen."""
    _IDS[kind] = (name, find)


def chosen_by_number() -> list[tuple[str, object]]:
    """Give the kinds whose rows can be chosen by number, with what each is called."""
    return [(kind, name) for kind, (name, _find) in _IDS.items()]


def id_of(kind: str, scope: str, number: int) -> int | None:
    """Give the row of a number; None where the kind is unknown or nothing public has this number."""
    return _IDS[kind][1](scope, number) if kind in _IDS else None


Mentions = Callable[[str, int], list[Page]]
_MENTIONS: dict[str, list[Mentions]] = {}


def register_mentions(kind: str, find: Mentions) -> None:
    """Say where rows of a kind are spoken of, by scope and number: upper parts tell the page of a lower one."""
    _MENTIONS.setdefault(kind, []).append(find)


def mentions_of(kind: str, scope: str, number: int) -> list[Page]:
    """Give the pages that speak of a row, found by its number in a scope."""
    return [page for find in _MENTIONS.get(kind, ()) for page in find(scope, number)]


def resolve(kind: str, id: int) -> Page | None:
    """Give the page of one row, or None where the kind is unknown or the row is gone."""
    return resolve_all([(kind, id)]).get((kind, id))


def resolve_all(wanted: Iterable[tuple[str, int | None]]) -> dict[tuple[str, int], Page]:
    """Give the pages of many rows; those that are gone or unknown are left out."""
    ids: defaultdict[str, set[int]] = defaultdict(set)
    for kind, id in wanted:
        if id is not None and kind in _RESOLVERS:
            ids[kind].add(id)
    return {(kind, id): page for kind, some in ids.items() for id, page in _RESOLVERS[kind](some).items()}


def by_model(model: type[models.Model], *related: str) -> Resolver:
    """Make the resolver of a model with `get_absolute_url`; `related` is what its address and name need."""

    def pages(ids: Collection[int]) -> dict[int, Page]:
        rows: models.QuerySet[Any] = model._default_manager.filter(pk__in=ids).select_related(*related or (None,))
        return {row.pk: Page(row.get_absolute_url(), str(row)) for row in rows}

    return pages
