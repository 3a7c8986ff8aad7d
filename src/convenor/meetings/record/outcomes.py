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
from convenor.meetings.minutes.noting import OWNER, WORDS
from convenor.meetings.models import Item, Meeting
from convenor.meetings.record.edited import texts_of
from convenor.meetings.record.generated import report_of
from convenor.meetings.record.keeping import minutes_of, text_now
from convenor.meetings.record.models import Stage
from convenor.shared.references import Page

OUT = "out"  # what became of a proposal that rapporteurs took out of the minutes


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
    """What was proposed in a discussion, by whom, and what became of it: a `Fate`, `OUT`, or "" while it waits.

    The words are those of the minutes now: a paragraph that was edited stands whole, what they do not say has none.
    """

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
        (OUT, _("taken out")),
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
    if not rows:
        return
    words, items = _words(meeting), _items(meeting, {one.item for one in rows})
    names = names_of(meeting, {one.person for one in rows if one.person})
    fates, reads = dict(fate_choices()), _otherwise(meeting)
    for one in rows:
        said = words.get((one.corrected_by, WORDS)) or words.get((one.id, WORDS), "")
        who = names.get(one.person, "") or words.get((one.corrected_by or one.id, OWNER), "")
        shown = (said, who, one.fate, words.get((one.settled_by, WORDS), ""))
        if one.fate == Fate.WITHDRAWN:
            shown = ("", "", one.fate, "")
        elif (text := reads.get(f"{one.sort}:{one.id}")) is not None:
            shown = (text, "", one.fate if text else OUT, "")
        said, who, fate, note = shown
        name = fates.get(fate or "waits", "")
        yield Proposed(meeting, one.id, one.at, items.get(one.item), said, who, fate, name, note)


def _otherwise(meeting: Meeting) -> dict[str, str]:
    """Give the paragraphs of which the minutes say something else than the log, by key; "" where they say nothing."""
    minutes = minutes_of(meeting)
    if minutes.stage != Stage.LOCKED and (minutes.pk is None or not minutes.edits.exists()):
        return {}
    now, made = texts_of(text_now(minutes)), texts_of(report_of(meeting))
    return {key: now.get(key, "") for key, text in made.items() if now.get(key) != text}


def _words(meeting: Meeting) -> dict[tuple[int, str], str]:
    rows = FloorWords.objects.filter(entry__meeting=meeting).values_list("entry__sequence", "field", "text")
    return {(entry, field): text for entry, field, text in rows}


def _items(meeting: Meeting, keys: set[str]) -> dict[str, Item]:
    numbers = {int(key[1:]) for key in keys if key[1:].isdecimal()}
    rows = Item.objects.filter(block__day__meeting=meeting, pk__in=numbers).select_related("block__day")
    return {f"i{row.pk}": row for row in rows}
