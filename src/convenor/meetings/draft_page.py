"""What the page of a handed-in agenda shows: the marked source beside the agenda as it stands, and the questions."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

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
from convenor.meetings.marks import marked
from convenor.meetings.models import AgendaDraft, Meeting
from convenor.meetings.reader import Doubt, Link, Reading
from convenor.meetings.sentences import doubt
from convenor.meetings.storing import AUDIENCES, Path, words_of
from convenor.meetings.wording import label_as_printed
from convenor.shared.languages.lists import listed

DEEPEST = 4  # levels of items shown one inside the other; what is deeper stands at the last of them


@dataclass(frozen=True, slots=True)
class Point:
    """An open doubt: its number, its sentence, the anchors of its place in both columns, and how it can be answered."""

    number: int
    sentence: str
    source: str
    anchor: str
    code: str
    key: str
    answers: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answered:
    """A doubt that was answered: the number of the correction, what was asked, and what was said."""

    number: int
    sentence: str
    answer: str


@dataclass(frozen=True, slots=True)
class Told:
    """A correction in words; for one that no longer fits, why."""

    number: int
    words: str
    reason: str = ""
    insists: bool = False


@dataclass(frozen=True, slots=True)
class ReadItem:
    """An item as it stands."""

    key: str
    label: str
    title: str
    minutes: int | None
    points: Sequence[Point]
    continues: str
    earlier: str
    unlinked: int
    children: Sequence["ReadItem"]


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """A block as it stands."""

    key: str
    times: str
    room: str
    is_pause: bool
    is_continued: bool
    points: Sequence[Point]
    items: Sequence[ReadItem]


@dataclass(frozen=True, slots=True)
class ReadDay:
    """A day as it stands."""

    key: str
    name: str
    date: date | None
    place: str
    audience: str
    points: Sequence[Point]
    blocks: Sequence[ReadBlock]


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
    view = _View(by_path, {link.target: link for link in state.reading.links}, agenda.days, _undone_links(state))
    return DraftPage(
        version=log.version,
        title=agenda.title or "",
        purpose=agenda.purpose or "",
        source=marked(replace(state.base, warnings=state.open)),
        finding=_finding(agenda),
        points=points,
        answered=_answered(state),
        days=[view.day(i, day) for i, day in enumerate(agenda.days)],
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
    return _with_days(differences(before, adopt(before, now.agenda)))


def _with_days(changes: Sequence[Change]) -> list[tuple[str, str]]:
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
    return {"changes": _with_days(revision.changes), "clashes": clashes}


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


@dataclass(frozen=True, slots=True)
class _View:
    """Turns the parts of an agenda into what the page shows, with what is known of each path.

    `undone` holds the corrections that undid a link, by the key of the item that no longer continues another.
    """

    points: Mapping[Path, Sequence[Point]]
    links: Mapping[Path, Link]
    days: Sequence[plain.Day]
    undone: Mapping[str, int]

    def day(self, i: int, day: plain.Day) -> ReadDay:
        parts = [part for part in (day.label, day.heading) if part]
        return ReadDay(
            key=day.key,
            name=": ".join(parts) or _("Day %(number)s") % {"number": i + 1},
            date=date.fromisoformat(day.date) if day.date else None,
            place=day.place or "",
            audience=str(AUDIENCES[day.audience].label) if day.audience else "",
            points=self.points.get((i,), ()),
            blocks=[self.block((i, j), block) for j, block in enumerate(day.blocks)],
        )

    def block(self, path: Path, block: plain.Block) -> ReadBlock:
        return ReadBlock(
            key=block.key,
            times="–".join(part for part in (block.start, block.end) if part),
            room=block.room or "",
            is_pause=block.kind is not plain.Kind.ITEMS,
            is_continued=block.continued,
            points=self.points.get(path, ()),
            items=[self.item((*path, k), item, 1) for k, item in enumerate(block.items)],
        )

    def item(self, path: Path, item: plain.Item, depth: int) -> ReadItem:
        link = self.links.get(path)
        return ReadItem(
            key=item.key,
            label=label_as_printed(item.label or ""),
            title=item.title,
            minutes=item.minutes,
            points=self.points.get(path, ()),
            continues=self.name(link.source) if link else "",
            earlier=self.at(link.source).key if link else "",
            unlinked=self.undone.get(item.key, 0) if link else 0,
            children=[self.item(child, self.at(child), depth + 1) for child in _children(path, item, depth)],
        )

    def at(self, path: Path) -> plain.Item:
        item = self.days[path[0]].blocks[path[1]].items[path[2]]
        for k in path[3:]:
            item = item.children[k]
        return item

    def name(self, path: Path) -> str:
        item, day = self.at(path), self.days[path[0]]
        values = {"label": item.label, "title": item.title[:60], "day": day.label or day.date or path[0] + 1}
        if item.label:
            return _("continues item %(label)s (%(day)s)") % values
        return _("continues “%(title)s” (%(day)s)") % values


def _children(path: Path, item: plain.Item, depth: int) -> list[Path]:
    if depth < DEEPEST:
        return [(*path, k) for k in range(len(item.children))]
    return list(_below(path, item)) if depth == DEEPEST else []


def _below(path: Path, item: plain.Item) -> Iterator[Path]:
    """Give the paths of everything under an item, in reading order."""
    waiting = [((*path, k), child) for k, child in reversed(list(enumerate(item.children)))]
    while waiting:
        at, child = waiting.pop()
        yield at
        waiting.extend(((*at, k), one) for k, one in reversed(list(enumerate(child.children))))


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
