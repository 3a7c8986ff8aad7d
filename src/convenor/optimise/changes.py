"""Find which single change would bring a candidate in; each is tried by selecting again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from convenor.optimise.portfolio import Problem, Quota, Selection, Undecided, best_set, key_of


class Step(StrEnum):
    """What would have to change; beside each, a sentence that could be made of it."""

    MORE_PLACES = "more_places"  # "74 places instead of 72."
    LEAST_RAISED = "least_raised"  # "A floor of 15 for Africa."
    LEAST_LOWERED = "least_lowered"  # "A floor of 9 for Europe instead of 12."
    MOST_RAISED = "most_raised"  # "Room for 26 panels instead of 25."
    REQUIRED = "required"  # "The committee requires it; then 65 leaves."
    BAR_LIFTED = "bar_lifted"  # "The committee lifts its bar."
    PAIR_LIFTED = "pair_lifted"  # "It need not be kept apart from 140."


@dataclass(frozen=True, slots=True)
class Change:
    """One change and what it does: `to` is the new number, `quota` the one changed, `other` the partner.

    `enters` and `leaves` compare the new selection with the old, the candidate asked about included.
    """

    step: Step
    enters: tuple[int, ...]
    leaves: tuple[int, ...]
    to: int | None = None
    quota: Quota | None = None
    other: int | None = None


def what_would_bring_in(
    problem: Problem, selection: Selection, candidate: int, *, seconds: float = 1.0
) -> tuple[Change, ...]:
    """Return the single changes after which the best set holds the candidate, each proven by selecting again.

    A number goes no further than it must: one step less does not bring the candidate in. Nothing for a
    candidate that is in. Each selection may take `seconds`; a change that cannot be proven in that time is
    left out.

    Raises:
        ValueError: it is no candidate.
    """
    if candidate not in {one.id for one in problem.candidates}:
        raise ValueError(f"{candidate} is no candidate")
    if candidate in selection.chosen:
        return ()
    trial = _Trial(problem, selection, candidate, seconds)
    if candidate in problem.barred:
        return tuple(_bar_lifted(trial))
    searches = (_more_places, _least_raised, _least_lowered, _most_raised, _pair_lifted, _required)
    return tuple(change for search in searches for change in search(trial))


class _Trial:
    """One candidate, and the selections tried for it."""

    def __init__(self, problem: Problem, selection: Selection, candidate: int, seconds: float) -> None:
        self.problem, self.candidate, self.seconds = problem, candidate, seconds
        self.before = frozenset(selection.chosen)
        self.classes = {one.id: one.classes for one in problem.candidates}
        own = next(one for one in problem.candidates if one.id == candidate)
        self.own = own.classes
        self.not_behind = {
            one.id
            for one in problem.candidates
            if key_of(problem, one) >= key_of(problem, own) and one.id not in self.before | problem.barred
        }

    def entered(self, changed: Problem) -> frozenset[int] | None:
        """Return the best set after the change if it is proven and holds the candidate."""
        try:
            found = best_set(changed, seconds=self.seconds)
        except Undecided:
            return None
        if found is None or not found.proven or self.candidate not in found.chosen:
            return None
        return frozenset(found.chosen)

    def first(self, changed: Callable[[int], Problem], guess: int, last: int) -> tuple[int, frozenset[int]] | None:
        """Return the fewest steps, from 1 to `last`, that bring the candidate in, and the set they give.

        Tries the guess, doubles it while it is too few, then halves the distance between too few and enough.
        """
        none, steps, enough = 0, max(1, min(guess, last)), None
        while enough is None and none < last:
            enough = self.entered(changed(steps))
            if enough is None:
                none, steps = steps, min(last, 2 * steps)
        while enough is not None and steps - none > 1:
            middle = steps - 1 if steps == guess else (none + steps) // 2
            fewer = self.entered(changed(middle))
            none, steps, enough = (middle, steps, enough) if fewer is None else (none, middle, fewer)
        return None if enough is None else (steps, enough)

    def change(self, step: Step, after: frozenset[int], *, to: int | None = None) -> Change:
        """Compare the set after a change with the one before."""
        return Change(step, tuple(sorted(after - self.before)), tuple(sorted(self.before - after)), to)

    def count(self, dimension: str, value: str) -> int:
        """Return how many of a class are in now."""
        return sum(self.classes[one].get(dimension) == value for one in self.before)

    def ahead(self, dimension: str, value: str) -> int:
        """Return how many of a class stand outside and not behind the candidate."""
        return sum(self.classes[one].get(dimension) == value for one in self.not_behind)


def _quota_of(problem: Problem, dimension: str, value: str) -> Quota:
    """Return the quota of a class; none is one that asks for nothing."""
    named = (one for one in problem.quotas if (one.dimension, one.value) == (dimension, value))
    return next(named, Quota(dimension, value))


def _with(problem: Problem, quota: Quota) -> Problem:
    """Return the problem with one quota in place of the one for the same class, if any."""
    former = _quota_of(problem, quota.dimension, quota.value)
    return replace(problem, quotas=(*(one for one in problem.quotas if one != former), quota))


def _more_places(trial: _Trial) -> Iterator[Change]:
    problem = trial.problem
    last = len(problem.candidates) - len(problem.barred) - problem.places

    def changed(steps: int) -> Problem:
        return replace(problem, places=problem.places + steps)

    found = trial.first(changed, len(trial.not_behind), last)
    if found:
        yield trial.change(Step.MORE_PLACES, found[1], to=problem.places + found[0])


def _least_raised(trial: _Trial) -> Iterator[Change]:
    for dimension, value in sorted(trial.own.items()):
        quota = _quota_of(trial.problem, dimension, value)
        now, most = trial.count(dimension, value), quota.most
        last = (trial.problem.places if most is None else min(most, trial.problem.places)) - now
        found = trial.first(_steps(trial, quota, "least", now, 1), trial.ahead(dimension, value), last)
        if found:
            yield replace(trial.change(Step.LEAST_RAISED, found[1], to=now + found[0]), quota=quota)


def _least_lowered(trial: _Trial) -> Iterator[Change]:
    for quota in trial.problem.quotas:
        binding = 0 < quota.least == trial.count(quota.dimension, quota.value)
        if not binding or not trial.entered(_with(trial.problem, replace(quota, least=0))):
            continue
        found = trial.first(_steps(trial, quota, "least", quota.least, -1), 1, quota.least)
        if found:
            yield replace(trial.change(Step.LEAST_LOWERED, found[1], to=quota.least - found[0]), quota=quota)


def _most_raised(trial: _Trial) -> Iterator[Change]:
    for dimension, value in sorted(trial.own.items()):
        quota = _quota_of(trial.problem, dimension, value)
        most = quota.most
        if most is None or trial.count(dimension, value) < most:
            continue
        if not trial.entered(_with(trial.problem, replace(quota, most=None))):
            continue
        last = len(trial.problem.candidates) - most
        found = trial.first(_steps(trial, quota, "most", most, 1), trial.ahead(dimension, value), last)
        if found:
            yield replace(trial.change(Step.MOST_RAISED, found[1], to=most + found[0]), quota=quota)


def _steps(
    trial: _Trial, quota: Quota, side: Literal["least", "most"], start: int, sign: int
) -> Callable[[int], Problem]:
    """Return the problem with one side of a quota moved by a number of steps."""

    def changed(steps: int) -> Problem:
        to = start + sign * steps
        return _with(trial.problem, replace(quota, least=to) if side == "least" else replace(quota, most=to))

    return changed


def _pair_lifted(trial: _Trial) -> Iterator[Change]:
    for partner in sorted({one for pair in trial.problem.apart if trial.candidate in pair for one in pair}):
        pair = {trial.candidate, partner}
        if partner == trial.candidate or partner not in trial.before:
            continue
        left = tuple(other for other in trial.problem.apart if set(other) != pair)
        after = trial.entered(replace(trial.problem, apart=left))
        if after:
            yield replace(trial.change(Step.PAIR_LIFTED, after), other=partner)


def _required(trial: _Trial) -> Iterator[Change]:
    after = trial.entered(replace(trial.problem, required=trial.problem.required | {trial.candidate}))
    if after:
        yield trial.change(Step.REQUIRED, after)


def _bar_lifted(trial: _Trial) -> Iterator[Change]:
    after = trial.entered(replace(trial.problem, barred=trial.problem.barred - {trial.candidate}))
    if after:
        yield trial.change(Step.BAR_LIFTED, after)
