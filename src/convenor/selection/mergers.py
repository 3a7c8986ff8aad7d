"""Which proposals are worth merging. Loads the vectoriser; no page may import it."""

from collections import Counter

from convenor.cycle.models import Cycle
from convenor.evaluation.models import Evaluation
from convenor.optimise.similar import similar_pairs
from convenor.proposals.models import Proposal


def merger_pairs(cycle: Cycle) -> list[dict[str, int | float | None]]:
    """Join what members asked to merge with what reads alike, the most asked for first; proposals by number."""
    asked = _asked(cycle)
    alike = {(pair.a, pair.b): pair.likeness for pair in similar_pairs(_texts(cycle))}
    pairs = sorted(asked.keys() | alike.keys(), key=lambda pair: (-asked[pair], -alike.get(pair, 0.0), pair))
    return [
        {"one": one, "other": other, "likeness": alike.get((one, other)), "asked": asked[one, other]}
        for one, other in pairs
    ]


def _asked(cycle: Cycle) -> Counter[tuple[int, int]]:
    """Count the members who asked for each pair; one that asked on both sides counts once."""
    wishes = Evaluation.objects.filter(
        proposal__in=Proposal.objects.graded(cycle), merge_with__in=Proposal.objects.graded(cycle)
    ).values_list("member", "proposal__number", "merge_with__number")
    pairs = ((member, one or 0, other or 0) for member, one, other in wishes)  # handed in, so each has a number
    sides = {(member, min(one, other), max(one, other)) for member, one, other in pairs if one != other}
    return Counter((one, other) for _member, one, other in sides)


def _texts(cycle: Cycle) -> dict[int, str]:
    """Give the words that likeness is read from, by number; the title counts twice."""
    rows = Proposal.objects.graded(cycle).values_list("number", "title", "issue", "summary")
    return {number or 0: f"{title}\n{title}\n{issue}\n{summary}" for number, title, issue, summary in rows}
