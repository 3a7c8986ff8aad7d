"""What pages show of decisions: the count or check that runs, and how the last one ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from convenor.meetings.floor import Kind, State
from convenor.meetings.floor.decisions import OTHERS
from convenor.meetings.floor.state import About, Answer, Count, CountEnd, Decision, Numbers
from convenor.meetings.floor_decision_actions import CONDITION, PROPOSAL, answered, page_of
from convenor.meetings.floor_models import FloorWords
from convenor.meetings.floor_words import ANSWERS, OUTCOMES
from convenor.meetings.models import Item, Meeting
from convenor.meetings.wording import label_as_printed
from convenor.people.models import Group
from convenor.shared.references import Page


@dataclass(frozen=True, slots=True)
class Subject:
    """What a count, a check or a decision is about: the words that were typed, and what it points at."""

    words: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A count that runs; every screen reckons it from `began_at`."""

    id: int
    subject: Subject
    began_at: datetime
    counts: int
    seconds: int
    counted: int

    @property
    def is_full(self) -> bool:
        """Whether it is counted to its end; until the chair has stated the adoption, an objection is heard."""
        return self.counted >= self.counts

    @property
    def steps(self) -> list[bool]:
        """Which of its numbers are counted."""
        return [number < self.counted for number in range(self.counts)]

    @property
    def ends_at(self) -> datetime:
        """When it is counted to its end."""
        return self.began_at + timedelta(seconds=self.counts * self.seconds)


@dataclass(frozen=True, slots=True)
class Checked:
    """A check that runs: until it is closed nobody learns more than how many have answered."""

    id: int
    subject: Subject
    is_anonymous: bool
    answered: int


@dataclass(frozen=True, slots=True)
class Told:
    """The answers of one group, or of all."""

    name: str
    numbers: tuple[int, ...]  # in the order of `Answer`


@dataclass(frozen=True, slots=True)
class Result:
    """How the last count or check ended, or what was decided; shown until the meeting moves on."""

    kind: Kind
    subject: Subject
    sentence: str
    condition: str = ""
    all: Told | None = None
    groups: tuple[Told, ...] = ()


def count_of(meeting: Meeting, state: State, *, now: datetime) -> Counted | None:
    """Say what is counted."""
    if (count := state.count) is None:
        return None
    subject = _subject(meeting, count.id, count.about, count.item, now=state.item)
    return Counted(count.id, subject, count.began_at, count.counts, count.seconds, count.counted(now))


def check_of(meeting: Meeting, state: State) -> Checked | None:
    """Say what is asked."""
    if (check := state.check) is None:
        return None
    number = answered(meeting, check.id) if check.is_anonymous else len(check.answers)
    subject = _subject(meeting, check.id, check.about, check.item, now=state.item)
    return Checked(check.id, subject, check.is_anonymous, number)


def result_of(meeting: Meeting, state: State) -> Result | None:
    """Say what the last entry that moved the meeting on has brought, if it was a result."""
    match state.mark_kind:
        case Kind.ADOPTED | Kind.DECIDED:
            return _decided(meeting, state.decisions[-1], state.mark_kind)
        case Kind.OBJECTED | Kind.COUNT_STOPPED:
            return _stopped(meeting, state.counts[-1], state.mark_kind)
        case Kind.CHECK_CLOSED:
            check = state.checks[-1]
            return _told(_subject(meeting, check.id, check.about, check.item), check.numbers or {})
        case _:
            return None


def _decided(meeting: Meeting, decision: Decision, kind: Kind) -> Result:
    subject = _subject(meeting, decision.id, decision.about, decision.item, basis=decision.basis)
    condition = _words(meeting, decision.id, decision.basis).get(CONDITION, "")
    sentence = _("Decided: %(outcome)s.") % {"outcome": _(OUTCOMES[decision.outcome])}
    return Result(kind, subject, sentence, condition)


def _stopped(meeting: Meeting, count: Count, kind: Kind) -> Result:
    sentence = _("The count was stopped; nothing is adopted.")
    if count.end is CountEnd.OBJECTED:
        sentence = _("There is an objection: the count has stopped, and nothing is adopted.")
    return Result(kind, _subject(meeting, count.id, count.about, count.item), sentence)


def _told(subject: Subject, numbers: Numbers) -> Result:
    if not numbers:
        return Result(Kind.CHECK_CLOSED, subject, _("Too few have answered for anything to be told."))
    groups = [Told(_group(group), _row(given)) for group, given in numbers.items()]
    total = Told(_("All"), tuple(map(sum, zip(*(one.numbers for one in groups), strict=True))))
    said = ", ".join(f"{number} {ANSWERS[answer]}" for answer, number in zip(Answer, total.numbers, strict=True))
    return Result(Kind.CHECK_CLOSED, subject, said, all=total, groups=tuple(groups))


def _row(given: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(given.get(answer.value, 0) for answer in Answer)


def _group(code: str) -> str:
    if code == OTHERS:
        return _("others, together")
    return str(Group(code).label) if code in Group.values else _("not stated")


def _subject(meeting: Meeting, entry: int, about: About, item: str, *, basis: int = 0, now: str = "") -> Subject:
    """Say what something is about; where that is the item under way, the page says so already."""
    words = _words(meeting, entry, basis).get(PROPOSAL, "")
    if about.kind:
        page: Page | None = page_of(meeting, about)
        return Subject(words, page.sentence if page else "", page.url if page else "")
    if words and item == now:
        return Subject(words, "")
    row = Item.objects.filter(block__day__meeting=meeting, pk=int(item[1:] or 0)).select_related("block__day").first()
    if row is None:
        return Subject(words, "")
    return Subject(words, f"{label_as_printed(row.label)} {row.title}".strip())


def _words(meeting: Meeting, *entries: int) -> dict[str, str]:
    """Give what was typed with an entry; its own words come over those of what it rests on."""
    rows = FloorWords.objects.filter(entry__meeting=meeting, entry__sequence__in=[one for one in entries if one])
    return dict(rows.order_by("entry__sequence").values_list("field", "text"))
