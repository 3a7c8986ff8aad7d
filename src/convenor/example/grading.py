"""Evaluations with a flat top: severe and lenient readers, exact ties where the committee draws its line."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

from convenor.example.phrasing import Phrasebook
from convenor.example.records import Conflict, Evaluation, Person, Proposal

CRITERIA = ("relevance", "content", "diversity", "format")
READERS = 8
SEVERITY_SD = 0.4
COMMENT_SHARE = 0.35
LOW_MEAN = 3.6
"""An evaluation below this is commented on with what is missing."""
LOWEST, HIGHEST = 1, 5
REASONED = 3
"""A grade of this or less carries a standard reason."""
REASONS: Mapping[str, tuple[str, ...]] = {
    "relevance": ("not-relevant",),
    "content": ("too-general", "repeated"),
    "diversity": ("few-views",),
    "format": ("format-unfit", "online-weak"),
}
"""Criterion → the rule set's reasons that can stand behind a low grade."""
CURVE = (
    (1, 4.70), (12, 4.45), (25, 4.31), (40, 4.20), (59, 4.11), (60, 4.09375), (67, 4.09375), (68, 4.0625),
    (75, 4.0625), (76, 4.03125), (87, 4.03125), (88, 4.0), (96, 4.0), (97, 3.97), (125, 3.76), (160, 3.45), (190, 3.1),
    (210, 2.65), (219, 2.1),
)  # fmt: skip
"""Rank of 219 → mean. Ranks 60–96 span 0.1 as in 2017, in four steps of 1/32 (eight readers, four
criteria), so that a line at 64, 72 or 80 cuts through a tie."""
STEPS = (60, 96)
CONFLICTS, ABSTENTIONS, BLANKS = 60, 40, 38
"""Figures for 219 evaluated proposals."""


def find_conflicts(rng: Random, people: Sequence[Person], members: Sequence[int], proposals: Sequence[Proposal]
                   ) -> tuple[Conflict, ...]:  # fmt: skip
    """Find who may not grade what, and add personal ties until the usual number is reached."""
    at_home = defaultdict(list)
    for member in members:
        at_home[people[member].organisation].append(member)
    seats = frozenset(members)
    found: dict[tuple[int, int], str] = {}
    for proposal in proposals:
        parts = [c.person for c in proposal.contributors if c.person in seats]
        found |= {(member, proposal.number): "contributor" for member in parts}
        found |= {(member, proposal.number): "organisation" for member in at_home[proposal.organisation]}
    wanted = max(len(found) + 4, round(CONFLICTS * len(proposals) / CURVE[-1][0]))
    while len(found) < wanted:
        found.setdefault((rng.choice(members), rng.choice(proposals).number), "close")
    return tuple(Conflict(member, number, reason) for (member, number), reason in sorted(found.items()))


def assign(
    rng: Random, members: Sequence[int], proposals: Sequence[Proposal], conflicts: Sequence[Conflict]
) -> Mapping[int, tuple[int, ...]]:
    """Give each proposal eight readers without a conflict, the members' lists as equal as can be."""
    barred = {(conflict.member, conflict.proposal) for conflict in conflicts}
    load = dict.fromkeys(members, 0)
    readers = {}
    for proposal in rng.sample(proposals, len(proposals)):
        free = [member for member in members if (member, proposal.number) not in barred]
        rng.shuffle(free)
        chosen = sorted(free, key=load.__getitem__)[:READERS]
        for member in chosen:
            load[member] += 1
        readers[proposal.number] = tuple(sorted(chosen))
    return dict(sorted(readers.items()))


def target(rank: float) -> float:
    """Read the mean wanted at a rank of 219 off the curve."""
    ranks = [point for point, _ in CURVE]
    right = max(1, min(bisect_left(ranks, rank), len(ranks) - 1))
    (low, high_mean), (high, low_mean) = CURVE[right - 1], CURVE[right]
    share = min(1.0, max(0.0, (rank - low) / (high - low)))
    return high_mean + share * (low_mean - high_mean)


def targets(rng: Random, proposals: Sequence[Proposal], paired: frozenset[int]) -> Mapping[int, float]:
    """Choose each proposal's mean; proposals worth merging come between ranks 20 and 110, where it matters."""
    count = len(proposals)
    scale = CURVE[-1][0] / count
    order = [p.number for p in proposals]
    rng.shuffle(order)
    middle = [place for place in range(count) if 20 <= (place + 1) * scale <= 110]  # noqa: PLR2004 (see docstring)
    for number, place in zip(sorted(paired), rng.sample(middle, len(paired)), strict=True):
        other = order.index(number)
        order[place], order[other] = order[other], order[place]
    wanted = {}
    for place, number in enumerate(order):
        rank = (place + 1) * scale
        loose = not STEPS[0] - scale < rank < STEPS[1] + scale
        nudge = rng.uniform(0, 0.012) if rank < STEPS[0] else rng.uniform(-0.012, 0)
        wanted[number] = target(rank) + (nudge if loose else 0.0)
    return wanted


class Gradebook:
    """The grades of one proposal: reader × criterion, `None` for a blank."""

    def __init__(self, rng: Random, severities: Sequence[float], wanted: float) -> None:
        self.rng = rng
        self.rows: list[list[int | None]] = []
        for severity in severities:
            liking = rng.gauss(wanted - severity, 0.5)
            self.rows.append([clamp(round(rng.gauss(liking, 0.45))) for _ in CRITERIA])

    def mean(self) -> Fraction:
        """Average each reader's mean over the readers who graded."""
        means = [mean for row in self.rows if (mean := row_mean(row)) is not None]
        return sum(means, Fraction(0)) / len(means)

    def steer(self, wanted: float) -> None:
        """Move single grades by one, at random, until no move brings the mean nearer to `wanted`."""
        aim = Fraction(wanted)
        gap = aim - self.mean()
        while (best := self._improvement(gap)) is not None:
            row, column, step, gain = best
            grade = self.rows[row][column]
            assert grade is not None  # noqa: S101 (chosen among the given grades)
            self.rows[row][column] = grade + step
            gap -= gain

    def _improvement(self, gap: Fraction) -> tuple[int, int, int, Fraction] | None:
        step = 1 if gap > 0 else -1
        graded = sum(row_mean(row) is not None for row in self.rows)
        cells = [
            (row, column, step, Fraction(step, graded * sum(g is not None for g in self.rows[row])))
            for row, grades in enumerate(self.rows)
            for column, grade in enumerate(grades)
            if grade is not None and LOWEST <= grade + step <= HIGHEST
        ]
        useful = [cell for cell in cells if abs(gap - cell[3]) < abs(gap)]
        return self.rng.choice(useful) if useful else None


def row_mean(row: Sequence[int | None]) -> Fraction | None:
    """Average the given grades of one evaluation; none given, no mean."""
    given = [grade for grade in row if grade is not None]
    return Fraction(sum(given), len(given)) if given else None


def clamp(grade: int) -> int:
    """Keep a grade on the scale."""
    return max(LOWEST, min(HIGHEST, grade))


def make_severities(rng: Random, members: Sequence[int]) -> Mapping[int, float]:
    """Give each member a habit: positive is severe; the habits sum to 0."""
    raw = [rng.gauss(0, SEVERITY_SD) for _ in members]
    middle = sum(raw) / len(raw)
    return {member: value - middle for member, value in zip(members, raw, strict=True)}


def make_evaluations(
    rng: Random,
    members: Sequence[int],
    proposals: Sequence[Proposal],
    conflicts: Sequence[Conflict],
    pairs: Sequence[tuple[int, int]],
) -> tuple[Evaluation, ...]:
    """Grade everything that was not screened out; sorted by proposal, then member."""
    readers = assign(rng, members, proposals, conflicts)
    severities = make_severities(rng, members)
    wanted = targets(rng, proposals, frozenset(number for pair in pairs for number in pair))
    cells = [(number, place) for number in readers for place in range(READERS)]
    scale = len(proposals) / CURVE[-1][0]
    abstained, blank = set(rng.sample(cells, round(ABSTENTIONS * scale))), rng.sample(cells, round(BLANKS * scale))
    blanks = {cell: rng.randrange(len(CRITERIA)) for cell in blank}
    clerk = Clerk(rng)
    found = []
    for number, group in readers.items():
        book = Gradebook(rng, [severities[member] for member in group], wanted[number])
        for place, row in enumerate(book.rows):
            if (number, place) in abstained:
                row[:] = [None] * len(CRITERIA)
            elif (number, place) in blanks:
                row[blanks[number, place]] = None
        book.steer(wanted[number])
        found += [clerk.enter(member, number, row) for member, row in zip(group, book.rows, strict=True)]
    return ask_for_mergers(rng, clerk, found, pairs)


class Clerk:
    """Writes evaluations down, with reasons and now and then a comment."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.book = Phrasebook(rng)

    def enter(self, member: int, proposal: int, row: Sequence[int | None]) -> Evaluation:
        """Write one evaluation down."""
        grades = dict(zip(CRITERIA, row, strict=True))
        given = {criterion: grade for criterion, grade in grades.items() if grade is not None}
        reasons = {c: self.rng.choice(REASONS[c]) for c, grade in given.items() if grade <= REASONED}
        comment = ""
        if given and self.rng.random() < COMMENT_SHARE:
            low = sum(given.values()) < LOW_MEAN * len(given)
            comment = self.book.say("comment-low" if low else "comment-good", {})
        return Evaluation(member, proposal, grades, reasons, comment, merger_with=None, abstained=not given)

    def comment_on_merger(self) -> str:
        """Say why two proposals should be one."""
        return self.book.say("comment-merge", {})


def ask_for_mergers(
    rng: Random, clerk: Clerk, evaluations: Sequence[Evaluation], pairs: Sequence[tuple[int, int]]
) -> tuple[Evaluation, ...]:
    """Let several readers of either proposal of a pair tick the other as merger target."""
    other = {a: b for pair in pairs for a, b in (pair, pair[::-1])}
    places: dict[int, list[int]] = defaultdict(list)
    for place, evaluation in enumerate(evaluations):
        if evaluation.proposal in other and not evaluation.abstained:
            places[evaluation.proposal].append(place)
    found = list(evaluations)
    for number, candidates in places.items():
        for place in rng.sample(candidates, rng.randint(2, 4)):
            found[place] = replace(found[place], merger_with=other[number], comment=clerk.comment_on_merger())
    return tuple(found)
