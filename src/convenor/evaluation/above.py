"""Who is above the line: by region and group of the proposer, and by gender of the speakers."""

from collections import Counter
from collections.abc import Collection

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from convenor.evaluation.models import Ranking
from convenor.evaluation.results import Results
from convenor.people.genders import gender_class, gender_names
from convenor.proposals.models import Part
from convenor.proposals.statistics import class_of, dimensions
from convenor.shared.charts import Balance, balance


def above_the_line(results: Results, language: str, *, hidden: Collection[str]) -> list[Balance]:
    """Compare those above the line with all that were evaluated, by what is not hidden from the reader.

    How the speakers divide by gender is a count, in four classes: it is shown although nobody's own gender is.
    """
    charts = [
        balance(
            one.title,
            [(choice.code, choice.name(language)) for choice in one.choices],
            Counter(class_of(result.proposal, one.code) for result in results.above),
            Counter(class_of(result.proposal, one.code) for result in results.everything),
        )
        for one in dimensions(results.cycle.rules)
        if one.code in ("region", "group", "theme") and one.code not in hidden
    ]
    return [*charts, genders(results.ranking)]


def genders(ranking: Ranking) -> Balance:
    """Count who speaks above the line, in their own words put into four classes."""
    part, whole = Counter[str](), Counter[str]()
    speakers = (
        ranking.results.filter(proposal__contributors__part=Part.SPEAKER)
        .order_by()
        .values_list("proposal__contributors__person__gender")
        .annotate(everywhere=Count("pk"), above=Count("pk", filter=Q(n__gt=0, calibrated_rank__lte=ranking.line)))
    )
    for words, everywhere, above in speakers:
        whole[gender_class(words)] += everywhere
        part[gender_class(words)] += above
    return balance(_("Gender of speakers"), gender_names(), part, whole)
