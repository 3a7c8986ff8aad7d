"""What the public list shows: the page of what fits, how it divides beside the whole, the tags that occur most."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from convenor.cycle.models import Cycle
from convenor.proposals.finding import LONG_TEXTS, PER_PAGE, Filters
from convenor.proposals.models import Proposal
from convenor.proposals.statistics import CLASSES, Counts, divided

MOST_TAGS, TAGS_SECONDS = 24, 60
_Row = tuple[int, str, str, str, str]


@dataclass(frozen=True)
class Listing:
    """The public proposals of a year, and those of them that fit.

    Keys and classes are read once, and pages and figures are taken from them: the texts are searched once for both.
    """

    proposals: QuerySet[Proposal]
    filters: Filters

    @cached_property
    def _rows(self) -> list[_Row]:
        return list(self.proposals.order_by("number", "pk").values_list("pk", *CLASSES))

    @cached_property
    def _fitting(self) -> list[_Row]:
        if not self.filters.is_on:
            return self._rows
        narrowed = self.filters.by_columns(self.proposals)
        keys = self.filters.by_words(narrowed)
        if keys is None:
            keys = set(narrowed.order_by().values_list("pk", flat=True))
        return [row for row in self._rows if row[0] in keys]

    @property
    def total(self) -> int:
        """How many there are without filters."""
        return len(self._rows)

    @property
    def counts(self) -> tuple[Counts, ...]:
        """How what fits divides and, where anything is left out, the whole beside it."""
        whole = divided(row[1:] for row in self._rows)
        return (divided(row[1:] for row in self._fitting), whole) if self.filters.is_on else (whole,)

    def page(self, number: Any) -> Page[Any]:
        """Give a page of what fits, as a row of the list shows it."""
        page: Page[Any] = Paginator([row[0] for row in self._fitting], PER_PAGE).get_page(number)
        found = self.proposals.defer(*LONG_TEXTS).in_bulk(list(page.object_list))
        page.object_list = [found[key] for key in page.object_list if key in found]
        return page

    def tags(self, cycle: Cycle) -> Sequence[str]:
        """Give the tags that occur most in a year, each as it is written most often; a minute old at most."""
        name = f"proposal-tags-{cycle.pk}"
        known: Sequence[str] | None = cache.get(name)
        if known is None:
            known = commonest(self.proposals.order_by().exclude(tags=[]).values_list("tags", flat=True))
            cache.set(name, known, TAGS_SECONDS)
        return known


def commonest(lists: Iterable[Sequence[str]]) -> list[str]:
    """Give the words that occur most in lists of them, letter case aside."""
    counted = Counter(tag for tags in lists for tag in tags)
    together: dict[str, Counter[str]] = {}
    for tag, number in counted.items():
        together.setdefault(tag.casefold(), Counter())[tag] += number
    most = sorted(together.values(), key=lambda spellings: (-spellings.total(), min(spellings)))
    return [spellings.most_common(1)[0][0] for spellings in most[:MOST_TAGS]]
