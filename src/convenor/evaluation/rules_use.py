"""What the evaluation knows of a change of rules: grades given under them, and which of those would still count."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import get_language, ngettext

from convenor.cycle.consequences import Consequence
from convenor.cycle.models import Cycle, RuleSet
from convenor.cycle.rules import Rules
from convenor.evaluation.models import Evaluation, Ranking


def uses(rule_set: RuleSet) -> list[str]:
    """Say how many evaluations and rankings were made under a rule set."""
    found = []
    if given := Evaluation.objects.filter(proposal__cycle__rule_set=rule_set).count():
        words = ngettext("%(n)s evaluation was given under it.", "%(n)s evaluations were given under it.", given)
        found.append(words % {"n": given})
    if computed := Ranking.objects.filter(rule_set=rule_set).count():
        words = ngettext("%(n)s ranking was computed under it.", "%(n)s rankings were computed under it.", computed)
        found.append(words % {"n": computed})
    return found


def changed(cycle: Cycle, before: Rules, after: Rules) -> Iterator[Consequence]:
    """Give the grades that would not count any more, criterion by criterion, and results to be computed again."""
    if before.criteria == after.criteria:
        return
    language = get_language() or "en"
    lost, outside = _lost(cycle, after)
    for criterion in before.criteria:
        words = {"name": criterion.name(language)}
        if number := lost[criterion.code]:
            said = ngettext(
                "%(n)s grade given on %(name)s will not count.",
                "%(n)s grades given on %(name)s will not count.",
                number,
            )
            yield Consequence(said % {**words, "n": number})
        if number := outside[criterion.code]:
            said = ngettext(
                "%(n)s grade given on %(name)s lies outside the new scale.",
                "%(n)s grades given on %(name)s lie outside the new scale.",
                number,
            )
            yield Consequence(said % {**words, "n": number})
    if number := Ranking.objects.filter(cycle=cycle).count():
        said = ngettext(
            "%(n)s ranking was computed under other criteria: compute the results again.",
            "%(n)s rankings were computed under other criteria: compute the results again.",
            number,
        )
        yield Consequence(said % {"n": number})


def _lost(cycle: Cycle, after: Rules) -> tuple[Counter[str], Counter[str]]:
    """Count grades by criterion: those whose criterion goes, and those outside its scale."""
    scales = {one.code: (one.low, one.high) for one in after.criteria}
    lost: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    given = Evaluation.objects.filter(proposal__cycle=cycle, has_abstained=False).order_by()
    for grades in given.values_list("grades", flat=True).iterator(chunk_size=2000):
        for code, grade in grades.items():
            if grade is None:
                continue
            if code not in scales:
                lost[code] += 1
            elif not scales[code][0] <= grade <= scales[code][1]:
                outside[code] += 1
    return lost, outside
