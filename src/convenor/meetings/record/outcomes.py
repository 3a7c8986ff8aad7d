"""What meetings of a year decided, and what was proposed in their discussions, read from their logs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from convenor.cycle.members import Asked
from convenor.cycle.models import Cycle
from convenor.meetings.floor.minuting import Fate, Sort
from convenor.meetings.floor.state import Decision, Outcome
from convenor.meetings.floor_decision_actions import pages_of
from convenor.meetings.floor_log import state_of
from convenor.meetings.floor_models import FloorEntry, FloorWords
from convenor.meetings.floor_people import names_of
from convenor.meetings.floor_words import OUTCOMES
from convenor.meetings.minutes.deciding import CONDITION, PROPOSAL
from convenor.meetings.minutes.noting import WORDS
from convenor.meetings.models import Item, Meeting
from convenor.shared.references import Page


@dataclass(frozen=True, slots=True)
class Search(Asked):
    """Filters of both lists."""

    q: str = ""
    meeting: str = ""
    kind: str = ""  # an outcome, or what became of a proposal

    def fits(self, meeting: str, kind: str, *words: str) -> bool:
        """Say whether something is looked for."""
        said = " ".join(words).casefold()
        return (
            self.meeting in ("", meeting)
            and self.kind in ("", kind)
            and all(word in said for word in self.q.casefold().split())
        )


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as the list shows it."""

    meeting: Meeting
    number: int
    at: datetime
    item: Item | None
    words: str
    condition: str
    outcome: str
    outcome_words: str
    page: Page | None

    @property
    def said(self) -> tuple[str, ...]:
        """The words in which it is looked for."""
        return self.words, self.condition, str(self.item or "")


@dataclass(frozen=True, slots=True)
class Proposed:
    """What was proposed in a discussion, by whom, and what became of it: a `Fate`, or "" while it waits."""

    meeting: Meeting
    number: int
    at: datetime
    item: Item | None
    words: str
    who: str
    fate: str
    fate_words: str
    note: str


def outcome_choices() -> list[tuple[str, str]]:
    """Give the outcomes in the reader's language."""
    return [(one.value, _(words)) for one, words in OUTCOMES.items()]


def fate_choices() -> list[tuple[str, str]]:
    """Give what can become of a proposal, in the reader's language."""
    return [
        ("waits", _("waits")),
        (Fate.AGREED.value, _("agreed")),
        (Fate.ACTION.value, _("taken as an action item")),
        (Fate.DECLINED.value, _("declined")),
        (Fate.WITHDRAWN.value, _("withdrawn")),
    ]


def held_meetings(cycle: Cycle) -> list[Meeting]:
    """Give the meetings of a year of which there is a log, the latest first."""
    rows = cycle.meetings.filter(pk__in=FloorEntry.objects.order_by().values("meeting")).order_by("-pk")
    for meeting in rows:
        meeting.cycle = cycle
    return list(rows)


def decisions_of(meetings: Sequence[Meeting], search: Search) -> list[Decided]:
    """Give what was decided, meeting by meeting, the latest first."""
    found = (one for meeting in meetings for one in _decisions(meeting))
    return [one for one in found if search.fits(one.meeting.slug, one.outcome, *one.said)]


def _decisions(meeting: Meeting) -> Iterator[Decided]:
    decisions = state_of(meeting).decisions
    words, items = _words(meeting), _items(meeting, {one.item for one in decisions})
    pages = pages_of(meeting, [one.about for one in decisions])
    for one in reversed(decisions):
        yield _decided(meeting, one, words, items.get(one.item), pages.get((one.about.kind, one.about.id)))


def _decided(
    meeting: Meeting, one: Decision, words: Mapping[tuple[int, str], str], item: Item | None, page: Page | None
) -> Decided:
    said = words.get((one.id, PROPOSAL)) or words.get((one.basis, PROPOSAL), "")
    outcome = _(OUTCOMES[Outcome(one.outcome)])
    condition = words.get((one.id, CONDITION), "")
    return Decided(meeting, one.id, one.at, item, said, condition, one.outcome.value, outcome, page)


def proposals_of(meetings: Sequence[Meeting], search: Search) -> list[Proposed]:
    """Give what was proposed in discussions, meeting by meeting, in the order of the log."""
    found = [one for meeting in meetings for one in _proposals(meeting)]
    return [
        one
        for one in found
        if search.fits(one.meeting.slug, one.fate or "waits", one.words, one.who, one.note, str(one.item or ""))
    ]


def _proposals(meeting: Meeting) -> Iterator[Proposed]:
    rows = [one for one in state_of(meeting).minuted.values() if one.sort == Sort.PROPOSAL]
    words, items = _words(meeting), _items(meeting, {one.item for one in rows})
    names = names_of(meeting, {one.person for one in rows if one.person})
    fates = dict(fate_choices())
    for one in rows:
        said = words.get((one.corrected_by, WORDS)) or words.get((one.id, WORDS), "")
        became = (one.fate, fates.get(one.fate or "waits", ""), words.get((one.settled_by, WORDS), ""))
        yield Proposed(meeting, one.id, one.at, items.get(one.item), said, names.get(one.person, ""), *became)


def _words(meeting: Meeting) -> dict[tuple[int, str], str]:
    rows = FloorWords.objects.filter(entry__meeting=meeting).values_list("entry__sequence", "field", "text")
    return {(entry, field): text for entry, field, text in rows}


def _items(meeting: Meeting, keys: set[str]) -> dict[str, Item]:
    numbers = {int(key[1:]) for key in keys if key[1:].isdecimal()}
    rows = Item.objects.filter(block__day__meeting=meeting, pk__in=numbers).select_related("block__day")
    return {f"i{row.pk}": row for row in rows}
