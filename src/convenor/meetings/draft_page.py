"""What the page of a handed-in agenda shows: the marked source beside the agenda as it stands, and the questions."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from convenor.meetings import agenda as plain
from convenor.meetings.agenda.edits import Change, Tree, adopt, differences, keyed
from convenor.meetings.corrections.answers import AS_PRINTED, Answer, answers
from convenor.meetings.corrections.corrected import Corrected
from convenor.meetings.corrections.log import LINK, NO_LINK
from convenor.meetings.corrections.revising import Clash
from convenor.meetings.corrections.revision import proposal
from convenor.meetings.corrections.sentences import (
    answer_in_words,
    change_in_words,
    changes_in_words,
    day_in_words,
    impossible_in_words,
)
from convenor.meetings.lines import Lines, Point, ReadDay
from convenor.meetings.marks import marked
from convenor.meetings.models import AgendaDraft, Meeting
from convenor.meetings.reader import Doubt, Reading
from convenor.meetings.sentences import doubt
from convenor.meetings.storing import Path, words_of
from convenor.shared.languages.lists import listed


@dataclass(frozen=True, slots=True)
class Answered:
    """A doubt that was answered: the number of the correction, what was asked, and what was said."""

    number: int
    sentence: str
    answer: str


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words, by whom where several work; for one that no longer fits, why."""

    number: int
    words: str
    reason: str = ""
    insists: bool = False
    who: str = ""


@dataclass(frozen=True, slots=True)
class DraftPage:
    """Everything the page shows of a draft; `version` is that of its corrections."""

    version: int
    title: str
    purpose: str
    source: SafeString
    finding: str
    points: Sequence[Point]
    answered: Sequence[Answered]
    days: Sequence[ReadDay]
    has_items: bool
    corrections: Sequence[Told]
    redoes: str
    left: Sequence[Told]

    @property
    def asked(self) -> int:
        """How many questions there are, answered or not."""
        return len(self.points) + len(self.answered)

    @property
    def undoes(self) -> bool:
        """Whether there is something to undo."""
        return bool(self.corrections)

    @property
    def last(self) -> str:
        """What was done last, in words; empty where nothing was."""
        return self.corrections[0].words if self.corrections else ""


def draft_page(state: Corrected) -> DraftPage:
    """Gather the page."""
    agenda, log = state.reading.agenda, state.log
    tree = Tree(agenda)
    points = [_point(number, warning, state, tree) for number, warning in enumerate(state.open, start=1)]
    by_path: defaultdict[Path, list[Point]] = defaultdict(list)
    for warning, point in zip(state.open, points, strict=True):
        by_path[warning.path].append(point)
    lines = Lines(agenda.days, by_path, {link.target: link for link in state.reading.links}, _undone_links(state))
    return DraftPage(
        version=log.version,
        title=agenda.title or "",
        purpose=agenda.purpose or "",
        source=marked(replace(state.base, warnings=state.open)),
        finding=_finding(agenda),
        points=points,
        answered=_answered(state),
        days=lines.all(),
        has_items=any(block.items for day in agenda.days for block in day.blocks),
        corrections=[Told(entry.number, changes_in_words(entry)) for entry in reversed(log.done)],
        redoes=changes_in_words(log.undone[-1]) if log.undone else "",
        left=[
            Told(
                one.entry.number,
                changes_in_words(one.entry),
                impossible_in_words(one.code, one.values),
                one.code != "gone",
            )
            for one in log.left
        ],
    )


def what_the_document_changed(earlier: Reading, now: Reading) -> list[tuple[str, str]]:
    """Say what a new version of a document prints differently, each with its day."""
    before = keyed(earlier.agenda)
    return with_days(differences(before, adopt(before, now.agenda)))


def with_days(changes: Sequence[Change]) -> list[tuple[str, str]]:
    """Say changes, each with the day of its part where it is part of one."""
    days = [change.values.get("day") for change in changes]
    return [(day_in_words(day) if day else "", change_in_words(one)) for day, one in zip(days, changes, strict=True)]


def revision_shown(draft: AgendaDraft, meeting: Meeting) -> dict[str, object]:
    """Say what a new version would change in its meeting, and what is to be decided."""
    revision = proposal(draft, meeting).revision
    clashes = [
        (at, _clash_in_words(clash), [change_in_words(change) for change in clash.changes])
        for at, clash in enumerate(revision.clashes)
    ]
    return {"changes": with_days(revision.changes), "clashes": clashes}


def _clash_in_words(clash: Clash) -> str:
    values = {"name": clash.name[:80]}
    if clash.operation is None:
        return _("“%(name)s” stands elsewhere in the new version, and cannot be moved there. Move it by hand.") % values
    if clash.code == "moved_since":
        return _("“%(name)s” was moved in the agenda; the document puts it elsewhere.") % values
    if clash.code == "changed_inside":
        return _("“%(name)s” is no longer in the document, but something in it was changed in the agenda.") % values
    return _("“%(name)s” was changed in the agenda, and differently in the document.") % values


def _answered(state: Corrected) -> list[Answered]:
    found = []
    for entry, mark in state.log.marks.values():
        if mark.code not in (LINK, NO_LINK):
            sentence = doubt(mark.code, mark.values, words=str(mark.values.get("words", "")))
            words = answer_in_words(mark.code, Answer(mark.answer or AS_PRINTED, mark.values.get("said", {})))
            found.append(Answered(entry.number, sentence, words))
    return found


def _undone_links(state: Corrected) -> dict[str, int]:
    return {mark.key: entry.number for entry, mark in state.log.marks.values() if mark.code == NO_LINK}


def _point(number: int, warning: Doubt, state: Corrected, tree: Tree) -> Point:
    words = next(iter(words_of(state.reading, warning.spans)), "")
    key = state.key_of(warning.path)
    return Point(
        number,
        doubt(warning.code.value, warning.values, words=words),
        f"s{number}" if warning.spans else "",
        _anchor(key) if key else "",
        warning.code.value,
        key,
        [(answer.code, answer_in_words(warning.code.value, answer)) for answer in answers(tree, key, warning)],
    )


def _anchor(key: str) -> str:
    return f"at-{key}"


def _finding(agenda: plain.Agenda) -> str:
    """Say how much was recognised."""
    blocks = [block for day in agenda.days for block in day.blocks]
    items = sum(len(list(item.walk())) for block in blocks if block.kind is plain.Kind.ITEMS for item in block.items)
    pauses = sum(block.kind is not plain.Kind.ITEMS for block in blocks)
    counts = (
        ngettext("%(count)s day", "%(count)s days", len(agenda.days)) % {"count": len(agenda.days)},
        ngettext("%(count)s item", "%(count)s items", items) % {"count": items},
        ngettext("%(count)s break", "%(count)s breaks", pauses) % {"count": pauses},
    )
    return _("Recognised: %(counts)s.") % {"counts": listed(counts)}
