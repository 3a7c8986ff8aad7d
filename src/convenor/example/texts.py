"""The words of a proposal: title, summary, questions and the rest, dealt from the issues and phrases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

from convenor.example.phrasing import Deck, Phrasebook, capital, fill
from convenor.example.words import THEMES, Issue, issues

FANO_LINES = ((0, 1, 2), (0, 3, 4), (0, 5, 6), (1, 3, 5), (1, 4, 6), (2, 3, 6), (2, 4, 5))
"""The lines of the Fano plane: seven triples of an issue's seven problems, any two with one in common, so
that only proposals meant to be merged say the same three things."""
LONGEST_TITLE = 60  # characters, the strictest preset
LONG_TITLE_SHARE = 0.35
QUESTIONS = 3
GENERAL_QUESTION_SHARE = 0.25
SECOND_FINDING_SHARE = 0.5
SWAPPED_SHARE = 0.5
PROBLEM_FIRST_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Focus:
    """What one proposal picks from its issue; two proposals worth merging share it."""

    issue: Issue
    subject: str
    tension: str
    problems: tuple[str, ...]
    questions: tuple[str, ...]
    outcomes: tuple[str, ...]
    people: str
    finding: str = ""

    @property
    def words(self) -> Mapping[str, str]:
        """The focus as slots of the phrases."""
        return {"s": self.subject, "t": self.tension, "o": self.outcomes[0], "w": self.people}


@dataclass(frozen=True, slots=True)
class Texts:
    """All prose of one proposal."""

    title: str
    summary: str
    specific_issue: str
    policy_questions: tuple[str, ...]
    expected_outcomes: str
    online_participation: str
    session_agenda: str
    background: str


def different(deck: Deck[str], count: int) -> tuple[str, ...]:
    """Deal `count` different cards, also where the deck begins anew."""
    dealt: dict[str, None] = {}
    while len(dealt) < count:
        dealt[deck.draw()] = None
    return tuple(dealt)


class IssueDecks:
    """One issue, each of its lists as a deck."""

    def __init__(self, rng: Random, issue: Issue) -> None:
        self.rng = rng
        self.issue = issue
        self.subjects = Deck(rng, issue.subjects)
        self.tensions = Deck(rng, issue.tensions)
        self.lines = Deck(rng, FANO_LINES)
        self.questions = Deck(rng, issue.questions)
        self.outcomes = Deck(rng, issue.outcomes)
        self.people = Deck(rng, issue.people)

    def focus(self) -> Focus:
        """Deal the focus of one more proposal."""
        problems = [self.issue.problems[point] for point in self.rng.sample(self.lines.draw(), 3)]
        questions = different(self.questions, QUESTIONS)
        outcomes = different(self.outcomes, 2)
        return Focus(
            issue=self.issue,
            subject=self.subjects.draw(),
            tension=self.tensions.draw(),
            problems=tuple(fill(self.rng, problem, {}) for problem in problems),
            questions=questions,
            outcomes=outcomes,
            people=self.people.draw(),
        )


class Writer:
    """Writes proposals; titles never come twice."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.book = Phrasebook(rng)
        self.titles: set[str] = set()
        self.themes = {
            theme: Deck(rng, [IssueDecks(rng, issue) for issue in issues() if issue.theme == theme]) for theme in THEMES
        }

    def focus(self, theme: str) -> Focus:
        """Choose what a proposal of `theme` is about."""
        focus = self.themes[theme].draw().focus()
        return replace(focus, finding=self.book.say("middle", focus.words))

    def write(self, focus: Focus, format_code: str, minutes: int) -> Texts:
        """Write all texts of a proposal."""
        return Texts(
            title=self.title(focus),
            summary=self.summary(focus, format_code),
            specific_issue=self.specific_issue(focus),
            policy_questions=self.policy_questions(focus),
            expected_outcomes=self.expected_outcomes(focus),
            online_participation=self.several(focus, "online", self.rng.randint(2, 3)),
            session_agenda=self.agenda(focus, minutes),
            background=self.several(focus, "background", 2) if format_code == "panel" else "",
        )

    def several(self, focus: Focus, section: str, count: int) -> str:
        """Say `count` phrases of a section in a row."""
        return " ".join(self.book.say(section, focus.words) for _ in range(count))

    def title(self, focus: Focus) -> str:
        """Find a title that is free and short enough, adding words of its own when frames run out."""
        for _ in range(80):
            section = "title-long" if self.rng.random() < LONG_TITLE_SHARE else "title"
            title = self.book.say(section, focus.words)
            if len(title) <= LONGEST_TITLE and title not in self.titles:
                break
        else:
            number = 2
            while (title := f"{capital(focus.subject)}, part {number}") in self.titles:
                number += 1
        self.titles.add(title)
        return title

    def summary(self, focus: Focus, format_code: str) -> str:
        """Describe the session in about 110 to 170 words."""
        body = [*focus.problems[:2], focus.finding]
        if self.rng.random() < SECOND_FINDING_SHARE:
            body.append(self.book.say("middle", focus.words))
        if self.rng.random() < SWAPPED_SHARE:
            body[1], body[2] = body[2], body[1]
        opening = [self.book.say("opening", focus.words)]
        if self.rng.random() < PROBLEM_FIRST_SHARE:
            opening, body = body[:1], opening + body[1:]
        ending = [self.book.say(f"format-{format_code}", focus.words), self.book.say("closing", focus.words)]
        return " ".join(opening + body + ending)

    def specific_issue(self, focus: Focus) -> str:
        """Name the one issue, with a problem that the summary leaves out."""
        return f"{self.book.say('specific', focus.words)} {focus.problems[-1]}"

    def policy_questions(self, focus: Focus) -> tuple[str, ...]:
        """Ask three different questions."""
        questions = [fill(self.rng, question, focus.words) for question in focus.questions]
        if len(questions) < QUESTIONS or self.rng.random() < GENERAL_QUESTION_SHARE:
            questions.insert(0, self.book.say("question", focus.words))
        return tuple(questions[:QUESTIONS])

    def expected_outcomes(self, focus: Focus) -> str:
        """Promise one or two things, each once."""
        promised = focus.outcomes[: self.rng.randint(1, 2)]
        return " ".join(self.book.say("outcome", {**focus.words, "o": outcome}) for outcome in promised)

    def agenda(self, focus: Focus, minutes: int) -> str:
        """Lay the session out in timed steps, one a line, that fill its minutes."""
        steps = {30: 1, 60: 2, 90: 4}[minutes]
        opening, last = minutes // 10, minutes // 6
        cuts = sorted(self.rng.sample(range(opening + 5, minutes - last - 4, 5), steps - 1))
        marks = [0, opening, *cuts, minutes - last, minutes]
        sections = ["step-open", *["step-body"] * steps, "step-close"]
        return "\n".join(
            f"{start}–{end} min: {self.book.say(section, focus.words)}"
            for start, end, section in zip(marks, marks[1:], sections, strict=False)
        )
