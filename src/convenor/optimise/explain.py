"""Say of every candidate why it is in or out; as data, for sentences to be made elsewhere.

Reasons rest on exchanges: one chosen candidate leaves, one other enters, and every rule is looked at again.
So each can be checked by hand against the published list. Candidates are compared by score, then by lot.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from convenor.optimise.portfolio import (
    Apart,
    Barred,
    Candidate,
    Least,
    Most,
    Problem,
    Required,
    Rule,
    Selection,
    key_of,
    points_of,
)


class Code(StrEnum):
    """Why a candidate is in or out; beside each, a sentence that could be made of it."""

    IN_REQUIRED = "in_required"  # "In: the committee required it."
    IN_BY_SCORE = "in_by_score"  # "In by its score of 4.12; the line stands at 3.98."
    IN_BY_LOT = "in_by_lot"  # "In by lot: it shares the score of the line, 3.98, with 77, which is out."
    IN_FOR_QUOTA = "in_for_quota"  # "In because at least 12 from Africa are wanted; else 77 had its place."
    OUT_BELOW_LINE = "out_below_line"  # "Out: its score of 3.97 is below the line at 3.98."
    OUT_BY_LOT = "out_by_lot"  # "Out by lot: it shares the score of the line, 3.98, with 65, which is in."
    OUT_FOR_QUOTA = "out_for_quota"  # "Out: at least 12 from Africa are wanted, which keeps 12 in with 3.50."
    OUT_QUOTA_FULL = "out_quota_full"  # "Out: panels are full (25 at most); 88 has the last place with 4.05."
    OUT_APART = "out_apart"  # "Out: of it and 140 only one may be in, and 140 is in with 4.20."
    OUT_BARRED = "out_barred"  # "Out: the committee barred it."
    OUT_NO_OPEN_PLACE = "out_no_open_place"  # "Out: the places it could take are required or kept by minima."
    OUT_NOT_PROVEN = "out_not_proven"  # "Out, but 65 could give way to it: the search was stopped before its end."


Kept = tuple[int, tuple[Rule, ...]]  # who stands on the other side, and the minima that keep it so


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one candidate is in or out.

    `line` is the lowest chosen score that neither a requirement nor a minimum protects; None if there is
    none. `rules` are the minima that keep it in, or all the rules that an exchange for the candidate at the
    line would break. `other` is the candidate the sentence of the code names, `other_score` its score.
    """

    code: Code
    score: float
    line: float | None
    rules: tuple[Rule, ...] = ()
    other: int | None = None
    other_score: float | None = None


def why(problem: Problem, selection: Selection) -> Mapping[int, Reason]:
    """Give the reason for every candidate, in the order of the problem.

    Promises, for a proven selection: no OUT_NOT_PROVEN; whoever is in below the line is required or
    IN_FOR_QUOTA, and each IN_FOR_QUOTA has its own OUT_FOR_QUOTA; whoever else is out above the line is kept
    out by the rules named. The cost grows with the chosen times the different kinds of candidates outside.

    Raises:
        ValueError: the selection holds somebody who is no candidate.
    """
    standing = _Standing(problem, selection)
    return {candidate.id: _reason(standing, candidate.id) for candidate in problem.candidates}


def _reason(standing: "_Standing", one: int) -> Reason:
    if one in standing.chosen:
        return _reason_in(standing, one)
    if one in standing.problem.barred:
        return standing.reason(one, Code.OUT_BARRED, rules=(Barred(one),))
    if one in standing.displaced:
        other, rules = standing.displaced[one]
        return standing.reason(one, Code.OUT_FOR_QUOTA, other=other, rules=rules)
    return _reason_out(standing, one)


def _reason_in(standing: "_Standing", one: int) -> Reason:
    if one in standing.problem.required:
        return standing.reason(one, Code.IN_REQUIRED, rules=(Required(one),))
    if one in standing.protected:
        other, rules = standing.protected[one]
        return standing.reason(one, Code.IN_FOR_QUOTA, other=other, rules=rules)
    rival = standing.rival_by_lot(one)
    if rival is not None:
        return standing.reason(one, Code.IN_BY_LOT, other=rival)
    return standing.reason(one, Code.IN_BY_SCORE)


def _reason_out(standing: "_Standing", one: int) -> Reason:
    at_line = standing.at_line
    if at_line is None:
        return standing.reason(one, Code.OUT_NO_OPEN_PLACE)
    if standing.points(one) < standing.points(at_line):
        return standing.reason(one, Code.OUT_BELOW_LINE, other=at_line)
    rival = standing.rival_by_lot(one)
    if rival is not None:
        return standing.reason(one, Code.OUT_BY_LOT, other=rival)
    return _reason_above(standing, one, at_line)


def _reason_above(standing: "_Standing", one: int, at_line: int) -> Reason:
    """Say what keeps a candidate out whose score would do."""
    broken = standing.broken(at_line, one)
    pair = next((rule for rule in broken if isinstance(rule, Apart)), None)
    full = next((rule for rule in broken if isinstance(rule, Most)), None)
    if pair is not None:
        partner = pair.other if pair.one == one else pair.one
        return standing.reason(one, Code.OUT_APART, other=partner, rules=broken)
    if full is not None:
        return standing.reason(one, Code.OUT_QUOTA_FULL, other=standing.holder(full, one), rules=broken)
    if broken:
        return standing.reason(one, Code.OUT_NO_OPEN_PLACE, rules=broken)
    return standing.reason(one, Code.OUT_NOT_PROVEN, other=at_line)


class _Standing:
    """A selection with its counts, its line, and what each exchange would break."""

    def __init__(self, problem: Problem, selection: Selection) -> None:
        self.problem = problem
        self.candidates = {candidate.id: candidate for candidate in problem.candidates}
        self.chosen = frozenset(selection.chosen)
        if not self.chosen <= self.candidates.keys():
            raise ValueError(f"{sorted(self.chosen - self.candidates.keys())} are chosen, but no candidates")
        self.keys = {candidate.id: key_of(problem, candidate) for candidate in problem.candidates}
        self.counts = Counter(item for one in self.chosen for item in self.candidates[one].classes.items())
        self.quotas = {(quota.dimension, quota.value): quota for quota in problem.quotas}
        self.partners = _partners(problem, self.chosen)
        self.ranked_out = sorted(self.candidates.keys() - self.chosen - problem.barred, key=self._from_the_best)
        self.ranked_in = sorted(self.chosen - problem.required, key=self._from_the_best)
        self.protected = self._protected()
        self.displaced = {other: (one, rules) for one, (other, rules) in self.protected.items()}
        open_places = self.chosen - problem.required - self.protected.keys()
        self.at_line = min(open_places, key=self.keys.__getitem__, default=None)

    def points(self, one: int) -> int:
        """Return the score in whole points."""
        return points_of(self.candidates[one])

    def reason(self, one: int, code: Code, *, rules: tuple[Rule, ...] = (), other: int | None = None) -> Reason:
        """Fill in the scores."""
        line = None if self.at_line is None else self.candidates[self.at_line].score
        score_of_other = None if other is None else self.candidates[other].score
        return Reason(code, self.candidates[one].score, line, rules, other, score_of_other)

    def broken(self, leaving: int, entering: int) -> tuple[Rule, ...]:
        """Return the rules that an exchange would break, as far as the set obeys them now."""
        pairs = [
            Apart(min(entering, partner), max(entering, partner))
            for partner in self.partners.get(entering, ())
            if partner != leaving
        ]
        return (*self._quotas_broken(self.candidates[leaving], self.candidates[entering]), *pairs)

    def rival_by_lot(self, one: int) -> int | None:
        """Return the best candidate on the other side with the same score that could stand in its place."""
        if self.at_line is None or self.points(one) != self.points(self.at_line):
            return None
        inside = one in self.chosen
        others = self.ranked_out if inside else self.ranked_in
        for other in others:
            pair = (one, other) if inside else (other, one)
            in_order = self.keys[pair[0]] > self.keys[pair[1]]
            if self.points(other) == self.points(one) and in_order and not self.broken(*pair):
                return other
        return None

    def holder(self, full: Most, entering: int) -> int:
        """Return who has the last place of a full class: the lowest that could be exchanged, else the lowest."""
        of_class = [one for one in self.chosen if self.candidates[one].classes.get(full.dimension) == full.value]
        inside = sorted(of_class, key=lambda one: (one in self.problem.required, self.keys[one]))
        free = (one for one in inside if one not in self.problem.required and not self.broken(one, entering))
        return next(free, inside[0])

    def _from_the_best(self, one: int) -> tuple[int, int]:
        points, lot = self.keys[one]
        return -points, -lot

    def _quotas_broken(self, leaving: Candidate, entering: Candidate) -> list[Rule]:
        """List minima of the one that leaves, then maxima of the one that enters, each in alphabetical order."""
        broken: list[Rule] = []
        for item in sorted(leaving.classes.items() - entering.classes.items()):
            quota = self.quotas.get(item)
            if quota is not None and self.counts[item] == quota.least > 0:
                broken.append(Least(*item, quota.least))
        for item in sorted(entering.classes.items() - leaving.classes.items()):
            quota = self.quotas.get(item)
            if quota is not None and self.counts[item] == quota.most:
                broken.append(Most(*item, self.counts[item]))
        return broken

    def _kinds_out(self) -> list[list[int]]:
        """Group those outside by kind, each kind worst first: same classes and no partner inside.

        One of a kind breaks what the others break, so its best is tried for all. Who has a partner inside
        stands alone.
        """
        kinds: dict[object, list[int]] = {}
        for one in reversed(self.ranked_out):
            alone = one in self.partners
            kinds.setdefault(one if alone else frozenset(self.candidates[one].classes.items()), []).append(one)
        return list(kinds.values())

    def _protected(self) -> dict[int, Kept]:
        """Pair each chosen candidate that minima alone keep in with the better one outside that they keep out.

        The lowest inside is paired first, and with the best; nobody is paired twice.
        """
        kinds = self._kinds_out()
        protected: dict[int, Kept] = {}
        for one in reversed(self.ranked_in):
            better = [kind for kind in kinds if kind and self.keys[kind[-1]] > self.keys[one]]
            for kind in sorted(better, key=lambda kind: self._from_the_best(kind[-1])):
                broken = self.broken(one, kind[-1])
                if broken and all(isinstance(rule, Least) for rule in broken):
                    protected[one] = (kind.pop(), broken)
                    break
        return protected


def _partners(problem: Problem, chosen: frozenset[int]) -> dict[int, list[int]]:
    """Map a candidate to its partners inside, by number."""
    partners: dict[int, set[int]] = {}
    for one, other in problem.apart:
        if other in chosen:
            partners.setdefault(one, set()).add(other)
        if one in chosen:
            partners.setdefault(other, set()).add(one)
    return {one: sorted(inside) for one, inside in partners.items()}
