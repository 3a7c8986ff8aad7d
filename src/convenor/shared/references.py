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
