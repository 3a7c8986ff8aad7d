"""Filters of the list of proposals; they live in the address."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import QueryDict

from convenor.people.regions import GROUPS
from convenor.proposals.models import Proposal, State
from convenor.proposals.searching import keys_holding, keys_tagged, words_of
from convenor.shared.references import Page

PER_PAGE = 100
PUBLIC_STATES = (State.SUBMITTED, State.SCREENED_OUT)
# What no table shows: left in the database where many rows are read.
LONG_TEXTS = (
    "summary",
    "issue",
    "policy_questions",
    "expected_outcomes",
    "online_participation",
    "session_agenda",
    "tags",
    "searched_title",
    "searched_text",
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody looks for; empty means all."""

    theme: str = ""
    format: str = ""
    kind: str = ""
    group: str = ""
    region: str = ""
    state: str = ""
    language: str = ""
    tag: str = ""
    words: str = ""
    hidden: frozenset[str] = frozenset()  # fields that the reader may not see: what they hold finds nothing
    is_first_kind: bool = False  # proposals that are older than kinds are of the first one

    @classmethod
    def of(cls, query: QueryDict, hidden: frozenset[str] = frozenset(), first_kind: str = "") -> "Filters":
        """Read them from an address; anything unknown simply finds nothing, what is hidden is not asked for."""
        return cls(
            theme=_clean(query, "theme"),
            format=_clean(query, "format"),
            kind=_clean(query, "kind"),
            group="" if "group" in hidden else _clean(query, "group"),
            region="" if "region" in hidden else _clean(query, "region"),
            state=_clean(query, "state"),
            language=_clean(query, "language"),
            tag="" if "tags" in hidden else _clean(query, "tag"),
            words=_clean(query, "q"),
            hidden=hidden,
            is_first_kind=bool(first_kind) and _clean(query, "kind") == first_kind,
        )

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return self != Filters(hidden=self.hidden)

    def apply(self, proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
        """Narrow a list of proposals; every word must be found."""
        narrowed = self.by_columns(proposals)
        keys = self.by_words(narrowed)
        return narrowed if keys is None else narrowed.filter(pk__in=keys)

    def by_columns(self, proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
        """Narrow as far as plain columns tell."""
        same = {
            "theme": self.theme,
            "format": self.format,
            "organisation__group": self.group,
            "state": self.state,
        }
        proposals = proposals.filter(**{column: value for column, value in same.items() if value})
        if self.kind:
            proposals = proposals.filter(kind__in=("", self.kind) if self.is_first_kind else (self.kind,))
        if self.region:
            proposals = proposals.filter(organisation__country__in=GROUPS.get(self.region, frozenset()))
        if self.language:
            own = Q(language=self.language)
            proposals = proposals.filter(own | Q(language="", cycle__language=self.language))
        return proposals

    def by_words(self, proposals: QuerySet[Proposal]) -> set[int] | None:
        """Give the keys of those with the words and the tag looked for; None where neither is."""
        found = [keys_holding(proposals, words, self.hidden)] if (words := words_of(self.words)) else []
        if self.tag:
            found.append(keys_tagged(proposals, self.tag))
        return set.intersection(*found) if found else None


def _clean(query: QueryDict, name: str) -> str:
    return query.get(name, "").replace("\0", "").strip()[:100]


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
    return proposals.filter(state__in=PUBLIC_STATES).select_related("organisation")
