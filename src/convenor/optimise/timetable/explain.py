"""Say why no timetable exists, by sessions and rules of which none can be spared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from convenor.optimise.timetable.board import Board
from convenor.optimise.timetable.facts import Facts
from convenor.optimise.timetable.model import Finding, Problem
from convenor.optimise.timetable.rules import BARS, HARD, RULES, open_places

TANGLED = "tangled"

#: One question of the filter may take this long; a session or rule whose question stays open is kept.
TRIAL_SECONDS = 2.0


def tangle(problem: Problem, *, seconds: float) -> Finding:
    """Return sessions that cannot all be placed and the rules that forbid it, none of them needless.

    A deletion filter: each session, then each rule, is left out for good when the rest is still impossible.
    The problem must be impossible. `minimal` is False when time ran out on a question, so that something
    could be spare.
    """
    trials = _Trials(problem, seconds)
    rules = [rule.name for rule in HARD if rule.name != "once"]
    sessions = trials.core(rules)
    for session in list(sessions):
        others = [other for other in sessions if other != session]
        if trials.impossible(others, rules):
            sessions = others
    for rule in list(rules):
        others_of_rules = [other for other in rules if other != rule]
        if trials.impossible(sessions, others_of_rules):
            rules = others_of_rules
    people = trials.shared(sessions) if "people_apart" in rules else ()
    return Finding(TANGLED, tuple(sessions), people, rules=tuple(rules), minimal=trials.all_decided)


class _Trials:
    """Questions to the solver, "are these impossible together?", within one budget of seconds."""

    def __init__(self, problem: Problem, seconds: float) -> None:
        self.problem = problem
        self.seconds_left = seconds
        self.all_decided = True

    def core(self, rules: Sequence[str]) -> list[int]:
        """Return sessions the solver itself names as impossible together; all of them when it cannot say."""
        everyone = sorted(session.id for session in self.problem.sessions)
        status, named = self._ask(everyone, rules, self.seconds_left / 2)
        return named if status == cp_model.INFEASIBLE and named else everyone

    def impossible(self, sessions: Sequence[int], rules: Sequence[str]) -> bool:
        """Tell whether the sessions cannot all be placed under these rules; False when that stays open."""
        status, _ = self._ask(sessions, rules, min(TRIAL_SECONDS, self.seconds_left))
        self.all_decided = self.all_decided and status != cp_model.UNKNOWN
        return bool(status == cp_model.INFEASIBLE)

    def shared(self, sessions: Sequence[int]) -> tuple[int, ...]:
        """Return the people who are in two or more of the sessions."""
        return tuple(p for p, ids in Facts(self._among(sessions)).sessions_of.items() if len(ids) > 1)

    def _among(self, sessions: Sequence[int]) -> Problem:
        kept = frozenset(sessions)
        return replace(
            self.problem,
            sessions=tuple(session for session in self.problem.sessions if session.id in kept),
            locks=tuple(lock for lock in self.problem.locks if lock.session in kept),
        )

    def _ask(
        self, sessions: Sequence[int], rules: Sequence[str], seconds: float
    ) -> tuple[cp_model.CpSolverStatus, list[int]]:
        """Solve without wishes; return the status and, when impossible, sessions that are so together."""
        facts = Facts(self._among(sessions))
        board = Board(facts, open_places(facts, [bar for bar in BARS if bar.name in rules]))
        for rule in RULES:
            if rule.name in rules:
                rule.post(board)
        wanted = _wanted(board)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1  # with more, the solver names no core
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.random_seed = self.problem.seed % 2**31
        solver.parameters.max_time_in_seconds = max(0.01, seconds)
        status = solver.solve(board.model)
        self.seconds_left -= solver.wall_time
        if status != cp_model.INFEASIBLE:
            return status, []
        named = solver.sufficient_assumptions_for_infeasibility()
        return status, sorted(wanted[index] for index in named)


def _wanted(board: Board) -> dict[int, int]:
    """Place each session once if wanted, assume that all are; map the assumptions to sessions."""
    choices = defaultdict(list)
    for place, chosen in board.place.items():
        choices[place.session].append(chosen)
    wanted = {}
    for session in board.facts.sessions:
        placed = board.model.new_bool_var(f"session {session} wanted")
        board.model.add_exactly_one([*choices[session], placed.negated()])
        board.model.add_assumption(placed)
        wanted[placed.index] = session
    return wanted
