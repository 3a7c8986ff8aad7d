"""Proposals with their contributors, some worth merging and some that cannot pass the screening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from convenor.example.organisations import shared_out
from convenor.example.people import People
from convenor.example.phrasing import Deck
from convenor.example.records import Contributor, EarlierSession, Proposal
from convenor.example.texts import Focus, Writer
from convenor.example.words import THEMES

FORMATS: Mapping[str, tuple[float, tuple[int, ...]]] = {
    "panel": (0.28, (60, 90, 90)),
    "round-table": (0.27, (60, 90, 90)),
    "break-out": (0.14, (60, 90)),
    "birds-of-a-feather": (0.10, (30, 60)),
    "debate": (0.09, (60, 90)),
    "flash": (0.06, (30,)),
    "other": (0.06, (60, 90)),
}
"""Format → its share of the proposals and the lengths it is asked for, in minutes."""
MERGER_PAIRS = 5
SPEAKER_CAP = 3
CONFIRMED_NEEDED = 3
SHORTEST_MINUTES = 30
NEWCOMER_SHARE = 0.42
RETURNING_SHARE = 0.6
"""Of those who have proposed before: who held a session in the last two years."""
SIZES = ((25, 60, 0.34), (61, 100, 0.32), (101, 120, 0.14), (121, 180, 0.13), (181, 400, 0.07))
"""Expected attendance: from, to, share."""


@dataclass(frozen=True, slots=True)
class Defects:
    """How many proposals fail each screening criterion."""

    incomplete: int
    speakers: int
    too_many: int
    report: int

    @property
    def total(self) -> int:
        """All proposals that are screened out."""
        return self.incomplete + self.speakers + self.too_many + self.report


def defects_of(proposals: int) -> Defects:
    """Scale the eleven defects of 230 proposals."""
    incomplete, speakers, too_many, report = (max(1, round(share * proposals / 230)) for share in (4, 3, 2, 2))
    return Defects(incomplete, speakers, too_many, report)


class Cast:
    """Gives contributors out so that nobody has more parts than the cap, except a sought-after few."""

    def __init__(self, rng: Random, people: People, pool: Sequence[int], owners: Sequence[int]) -> None:
        self.rng = rng
        self.people = people
        self.deck = Deck(rng, [person for person in pool for _ in range(rng.choice((1, 1, 1, 2, 2, 3)))])
        self.parts = Counter(owners)

    def draw(self, taken: set[int]) -> int:
        """Take somebody who has no part in this proposal and few enough in others."""
        while True:
            person = self.deck.draw()
            if person not in taken and self.parts[person] < SPEAKER_CAP:
                self.parts[person] += 1
                taken.add(person)
                return person

    def contributors(self, owner: int, minutes: int) -> tuple[Contributor, ...]:
        """Fill the roles of one proposal, with at least three confirmed speakers."""
        taken, shortest = {owner}, minutes == SHORTEST_MINUTES
        speakers = self.rng.randint(3, 4) if shortest else self.rng.randint(4, 6)
        found = [Contributor(owner, "organiser", self.happens(0.85), confirmed=True)]
        found += [
            Contributor(self.draw(taken), "co-organiser", self.happens(0.7), confirmed=True)
            for _ in range(self.rng.randint(1, 2))
        ]
        found += [
            Contributor(
                self.draw(taken),
                "speaker",
                self.happens(0.72),
                confirmed=place < CONFIRMED_NEEDED or self.happens(0.55),
            )
            for place in range(speakers)
        ]
        found += [
            Contributor(self.draw(taken), role, self.happens(presence), confirmed=self.happens(0.9))
            for role, presence in (("moderator", 0.95), ("online-moderator", 0.5), ("rapporteur", 0.7))
        ]
        return tuple(found)

    def happens(self, chance: float) -> bool:
        """Draw whether something with this chance happens."""
        return self.rng.random() < chance


class Call:
    """The call for proposals: writes them one after another."""

    def __init__(self, rng: Random, people: People, cast: Cast) -> None:
        self.rng = rng
        self.people = people
        self.cast = cast
        self.writer = Writer(rng)
        self.made: list[Proposal] = []
        self.newcomers: dict[int, bool] = {}

    def hand_in(self, owner: int, focus: Focus, format_code: str) -> Proposal:
        """Write the next proposal of `owner` about `focus`."""
        rng = self.rng
        minutes = rng.choice(FORMATS[format_code][1])
        texts = self.writer.write(focus, format_code, minutes)
        first_time = self.newcomers.setdefault(owner, rng.random() < NEWCOMER_SHARE)
        proposal = Proposal(
            number=len(self.made) + 1,
            title=texts.title,
            summary=texts.summary,
            specific_issue=texts.specific_issue,
            policy_questions=texts.policy_questions,
            expected_outcomes=texts.expected_outcomes,
            online_participation=texts.online_participation,
            session_agenda=texts.session_agenda,
            background=texts.background,
            theme=focus.issue.theme,
            tags=tuple(sorted(rng.sample(focus.issue.tags, rng.randint(2, len(focus.issue.tags))))),
            format=format_code,
            minutes=minutes,
            owner=owner,
            organisation=self.people.made[owner].organisation,
            contributors=self.cast.contributors(owner, minutes),
            first_time=first_time,
            earlier_session=None if first_time else self.earlier_session(focus),
            expected=expected_attendance(rng),
            status="submitted",
            screened_out=None,
        )
        self.made.append(proposal)
        return proposal

    def earlier_session(self, focus: Focus) -> EarlierSession | None:
        """Recall a session on the issue, if there was one; its report was filed."""
        if self.rng.random() > RETURNING_SHARE:
            return None
        return EarlierSession(self.rng.choice((2015, 2016)), self.writer.title(focus), report_filed=True)


def expected_attendance(rng: Random) -> int:
    """Guess how many people will come."""
    ((low, high, _),) = rng.choices(SIZES, [share for _, _, share in SIZES])
    return rng.randint(low, high)


def make_proposals(
    rng: Random, people: People, owners: Sequence[int], cast: Cast
) -> tuple[list[Proposal], tuple[tuple[int, int], ...]]:
    """Write one proposal per entry of `owners`, sound so far, and name the pairs worth merging by number."""
    call = Call(rng, people, cast)
    total = sum(weight for _, weight in THEMES.values())
    themes = shared_out(len(owners), {key: weight / total for key, (_, weight) in THEMES.items()})
    formats = shared_out(len(owners), {code: share for code, (share, _) in FORMATS.items()})
    rng.shuffle(themes)
    rng.shuffle(formats)
    twins = twin_places(rng, owners, themes)
    foci: list[Focus] = []
    for place, (owner, theme, format_code) in enumerate(zip(owners, themes, formats, strict=True)):
        foci.append(foci[twins[place]] if place in twins else call.writer.focus(theme))
        call.hand_in(owner, foci[-1], format_code)
    pairs = tuple(sorted((first + 1, second + 1) for second, first in twins.items()))
    return call.made, pairs


def twin_places(rng: Random, owners: Sequence[int], themes: Sequence[str]) -> Mapping[int, int]:
    """Choose pairs of places of one theme and different owners; the second will share the first's focus."""
    free = Counter(owners)
    places = [place for place in range(len(owners)) if free[owners[place]] == 1]
    rng.shuffle(places)
    twins: dict[int, int] = {}
    for theme in rng.sample(list(THEMES), len(THEMES)):
        chosen = sorted([place for place in places if themes[place] == theme][:2])
        if len(chosen) == 2 and len(twins) < MERGER_PAIRS:  # noqa: PLR2004 (two make a pair)
            twins[chosen[1]] = chosen[0]
    return twins


def spoil(
    rng: Random, proposals: list[Proposal], defects: Defects, extra: frozenset[int], spared: frozenset[int]
) -> list[Proposal]:
    """Give some proposals a real defect and screen them out.

    `extra` are the numbers that their proposer handed in beyond three; `spared` stay sound. The other
    defects go to people with one proposal, so that nothing else of theirs is touched.
    """
    handed_in = Counter(p.owner for p in proposals)
    alone = [p.number for p in proposals if handed_in[p.owner] == 1 and p.number not in spared]
    chosen = rng.sample(alone, defects.incomplete + defects.speakers + defects.report)
    reasons = dict.fromkeys(extra, "too-many-by-one-proposer")
    for count, reason in (
        (defects.incomplete, "incomplete"),
        (defects.speakers, "fewer-than-three-speakers"),
        (defects.report, "report-missing"),
    ):
        reasons |= {chosen.pop(): reason for _ in range(count)}
    return [spoilt(rng, p, reasons[p.number]) if p.number in reasons else p for p in proposals]


def spoilt(rng: Random, proposal: Proposal, reason: str) -> Proposal:
    """Screen a proposal out for a reason that can be seen in it."""
    if reason == "incomplete":
        proposal = rng.choice(GAPS)(proposal)
    elif reason == "fewer-than-three-speakers":
        proposal = replace(proposal, contributors=unconfirmed(proposal.contributors, left=rng.randint(0, 2)))
    elif reason == "report-missing":
        earlier = EarlierSession(2016, f"{proposal.title.partition(':')[0]}: first steps", report_filed=False)
        proposal = replace(proposal, first_time=False, earlier_session=earlier)
    return replace(proposal, status="screened-out", screened_out=reason)


def unconfirmed(contributors: Sequence[Contributor], left: int) -> tuple[Contributor, ...]:
    """Leave `left` speakers confirmed."""
    found = []
    for contributor in contributors:
        if contributor.role == "speaker":
            found.append(replace(contributor, confirmed=left > 0))
            left -= 1
        else:
            found.append(contributor)
    return tuple(found)


def without_roles(proposal: Proposal) -> Proposal:
    """Leave out who moderates online and who reports."""
    kept = tuple(c for c in proposal.contributors if c.role not in {"online-moderator", "rapporteur"})
    return replace(proposal, contributors=kept)


GAPS: tuple[Callable[[Proposal], Proposal], ...] = (
    without_roles,
    lambda proposal: replace(proposal, summary=""),
    lambda proposal: replace(proposal, session_agenda="", online_participation=""),
    lambda proposal: replace(proposal, policy_questions=proposal.policy_questions[:1], expected_outcomes=""),
)
