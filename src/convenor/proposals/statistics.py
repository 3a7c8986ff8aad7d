"""How proposals divide by theme, region, stakeholder group and format."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from convenor.cycle.rules import Choice, Rules
from convenor.people.regions import region_of
from convenor.proposals.models import Proposal
from convenor.shared.charts import Balance, balance

DIMENSIONS = ("theme", "region", "group", "format")
CLASSES = ("theme", "organisation__country", "organisation__group", "format")  # columns they are read from
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
    return divided(proposals.order_by().values_list(*CLASSES))


def divided(rows: Iterable[tuple[str, str, str, str]]) -> Counts:
    """Count rows of `CLASSES` by every dimension, each column at once."""
    themes, countries, groups, formats = zip(*rows, strict=True) if (rows := list(rows)) else ((), (), (), ())
    regions: Counter[str] = Counter()
    for country, number in Counter(countries).items():
        regions[region_of(country)] += number
    return {"theme": Counter(themes), "region": regions, "group": Counter(groups), "format": Counter(formats)}


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
