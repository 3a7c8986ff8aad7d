"""Filters of the list of proposals; they live in the address."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db.models import Q, QuerySet
from django.http import QueryDict

from convenor.people.regions import GROUPS
from convenor.proposals.models import Proposal, State
from convenor.shared.references import Page

PER_PAGE = 100
LONGEST_NUMBER = 6
# What no table shows: left in the database where many rows are read.
LONG_TEXTS = (
    "summary",
    "issue",
    "policy_questions",
    "expected_outcomes",
    "online_participation",
    "session_agenda",
    "tags",
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody looks for; empty means all."""

    theme: str = ""
    format: str = ""
    group: str = ""
    region: str = ""
    words: str = ""
    hidden: frozenset[str] = frozenset()  # fields that the reader may not see: what they hold finds nothing

    @classmethod
    def of(cls, query: QueryDict, hidden: frozenset[str] = frozenset()) -> "Filters":
        """Read them from an address; anything unknown simply finds nothing, what is hidden is not asked for."""
        return cls(
            theme=_clean(query, "theme"),
            format=_clean(query, "format"),
            group="" if "group" in hidden else _clean(query, "group"),
            region="" if "region" in hidden else _clean(query, "region"),
            words=_clean(query, "q"),
            hidden=hidden,
        )

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return self != Filters(hidden=self.hidden)

    def apply(self, proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
        """Narrow a list of proposals; every word must be found."""
        wanted = [_has_word(word, self.hidden) for word in self.words.split()]
        if self.theme:
            wanted.append(Q(theme=self.theme))
        if self.format:
            wanted.append(Q(format=self.format))
        if self.group:
            wanted.append(Q(organisation__group=self.group))
        if self.region:
            wanted.append(Q(organisation__country__in=GROUPS.get(self.region, frozenset())))
        return proposals.filter(reduce(and_, wanted)) if wanted else proposals


def _clean(query: QueryDict, name: str) -> str:
    return query.get(name, "").replace("\0", "").strip()[:100]


def _has_word(word: str, hidden: frozenset[str]) -> Q:
    found = Q(title__icontains=word)
    if "summary" not in hidden:
        found |= Q(summary__icontains=word)
    if "organisation" not in hidden:
        found |= Q(organisation__name__icontains=word)
    if word.isascii() and word.isdigit() and len(word) <= LONGEST_NUMBER:
        found |= Q(number=int(word))
    return found


def numbered(scope: str, numbers: Collection[int]) -> dict[int, Page]:
    """Give the pages of the public proposals of a year by their numbers."""
    forum, _slash, year = scope.partition("/")
    found = public_list(Proposal.objects.filter(cycle__forum__slug=forum, cycle__slug=year, number__in=numbers))
    return {
        one.number: Page(one.get_absolute_url(), one.title)
        for one in found.select_related("cycle__forum")
        if one.number is not None
    }


def id_of(scope: str, number: int) -> int | None:
    """Give the row of a public proposal of a year by its number."""
    forum, _slash, year = scope.partition("/")
    rows = public_list(Proposal.objects.filter(cycle__forum__slug=forum, cycle__slug=year, number=number))
    return rows.values_list("pk", flat=True).first()


def public_list(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Give what everybody may see: what was handed in and not withdrawn, with what a row shows."""
    return proposals.filter(state__in=(State.SUBMITTED, State.SCREENED_OUT)).select_related("organisation")
