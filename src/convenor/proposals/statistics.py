"""How proposals divide by theme, region, stakeholder group and format."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from convenor.cycle.rules import Choice, Rules
from convenor.people.regions import region_of
from convenor.proposals.models import Proposal
from convenor.shared.charts import Balance, balance

DIMENSIONS = ("theme", "region", "group", "format")
Counts = Mapping[str, Counter[str]]  # dimension → class → how many


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to divide proposals, with its title and the classes that the rule set names."""

    code: str
    title: str
    choices: Sequence[Choice]


def dimensions(rules: Rules) -> list[Dimension]:
    """Give the four ways in which proposals are balanced."""
    return [
        Dimension("theme", _("Theme"), rules.themes),
        Dimension("region", _("Region"), rules.regions),
        Dimension("group", _("Stakeholder group"), rules.groups),
        Dimension("format", _("Format"), rules.formats),
    ]


def class_of(proposal: Proposal, dimension: str) -> str:
    """Give the class of a proposal; region and group are those of its organisation."""
    return str(getattr(proposal if dimension in ("theme", "format") else proposal.organisation, dimension))


def count(proposals: QuerySet[Proposal]) -> Counts:
    """Count proposals by every dimension at once, in one query."""
    counts: dict[str, Counter[str]] = {code: Counter() for code in DIMENSIONS}
    grouped = (
        proposals.order_by()
        .values_list("theme", "organisation__country", "organisation__group", "format")
        .annotate(Count("pk"))
    )
    for theme, country, group, format_, number in grouped:
        for code, value in zip(DIMENSIONS, (theme, region_of(country), group, format_), strict=True):
            counts[code][value] += number
    return counts


def charts(
    rules: Rules, language: str, part: Counts, whole: Counts | None = None, *, hidden: Collection[str] = ()
) -> list[Balance]:
    """Draw every dimension that is not hidden from the reader, beside the whole where one is given."""
    return [
        balance(
            one.title,
            [(choice.code, choice.name(language)) for choice in one.choices],
            part[one.code],
            None if whole is None else whole[one.code],
        )
        for one in dimensions(rules)
        if one.code not in hidden
    ]
