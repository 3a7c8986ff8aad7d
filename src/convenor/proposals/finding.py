"""Filters of the list of proposals; they live in the address."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict

from convenor.people.regions import GROUPS
from convenor.proposals.models import Proposal, State

PER_PAGE = 100
LONGEST_NUMBER = 6


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody looks for; empty means all."""

    theme: str = ""
    format: str = ""
    group: str = ""
    region: str = ""
    words: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Filters":
        """Read them from an address; anything unknown simply finds nothing."""
        return cls(
            theme=query.get("theme", "")[:40],
            format=query.get("format", "")[:40],
            group=query.get("group", "")[:3],
            region=query.get("region", "")[:8],
            words=query.get("q", "").replace("\0", "").strip()[:100],
        )

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return any((self.theme, self.format, self.group, self.region, self.words))

    @property
    def address(self) -> str:
        """The filters as the query of an address, for the links to further pages."""
        named = {
            "theme": self.theme,
            "format": self.format,
            "group": self.group,
            "region": self.region,
            "q": self.words,
        }
        return urlencode({name: value for name, value in named.items() if value})

    def apply(self, proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
        """Narrow a list of proposals."""
        wanted = Q()
        if self.theme:
            wanted &= Q(theme=self.theme)
        if self.format:
            wanted &= Q(format=self.format)
        if self.group:
            wanted &= Q(organisation__group=self.group)
        if self.region:
            wanted &= Q(organisation__country__in=GROUPS.get(self.region, frozenset()))
        for word in self.words.split():
            number = (
                Q(number=int(word)) if word.isascii() and word.isdigit() and len(word) <= LONGEST_NUMBER else Q(pk=None)
            )
            wanted &= (
                Q(title__icontains=word) | Q(summary__icontains=word) | Q(organisation__name__icontains=word) | number
            )
        return proposals.filter(wanted)


def public_list(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Give what everybody may see: what was handed in and not withdrawn, with what a row shows."""
    return proposals.filter(state__in=(State.SUBMITTED, State.SCREENED_OUT)).select_related("organisation")
